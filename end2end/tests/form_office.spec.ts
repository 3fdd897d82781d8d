/** The builder of forms: an officer brings a form in, looks at it, publishes it, and closes it again. */
import { begin, bringIn, fillPage, next, ownForm, publish } from './form.ts';
import { somebody } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, test } from './support.ts';

test('an officer publishes a form and closes it while somebody fills it in: what was typed is given back', { tag: '@nojs' }, async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  const { key, bundle } = ownForm();
  const officer = await somebody(browser, official('hesti'));
  await officer.goto('/kantor/formulir');
  await checkA11y(officer, ['light']);
  await expectNoSideScroll(officer);
  await bringIn(officer, bundle);
  await checkA11y(officer, ['light']);
  await expectNoSideScroll(officer);
  await officer.goto(`/kantor/formulir/${key}/pratinjau`);
  await checkA11y(officer, ['light']);
  await expectNoSideScroll(officer);
  const early = await page.goto(`/layanan/${key}`);
  expect(early?.status(), 'not yet for residents').toBe(404);
  await publish(officer, key);

  await begin(page, key);
  await page.goto(`/layanan/${key}/isi/permohonan`);
  await fillPage(page, { perihal: 'Lampu jalan mati', uraian: 'Lampu di gang tiga mati sejak hari Senin.' });
  await next(page).click();
  await officer.goto(`/kantor/formulir/${key}`);
  await officer.locator('summary').filter({ hasText: 'Tutup layanan' }).click();
  await officer.getByRole('button', { name: 'Tutup layanan' }).click();
  await officer.context().close();

  await page.goto(`/layanan/${key}/isi/permohonan`);
  await expect(page.locator('h1')).toHaveText('Layanan ini sudah ditutup');
  await expect(page.locator('main')).toContainText('Lampu di gang tiga mati sejak hari Senin.');
  await checkA11y(page);
  await expectNoSideScroll(page);
});
