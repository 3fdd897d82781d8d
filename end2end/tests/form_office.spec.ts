/** The builder of forms: an officer brings a form in, looks at it, publishes it, and closes it again. */
import { readFileSync } from 'node:fs';
import { begin, fillPage, next } from './form.ts';
import { somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, test } from './support.ts';

test('an officer publishes a form and closes it while somebody fills it in: what was typed is given back', { tag: '@nojs' }, async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  const key = unique('uji').replace(' ', '-');
  const bundle = JSON.parse(readFileSync(new URL('../../city/kota-batu/forms/permohonan-umum.json', import.meta.url), 'utf8'));
  bundle.definition.key = key;
  bundle.definition.version = 1;
  bundle.definition.title = { id: `Permohonan ${key}`, en: `Request ${key}` };
  const officer = await somebody(browser, official('hesti'));
  await officer.goto('/kantor/formulir');
  await checkA11y(officer, ['light']);
  await expectNoSideScroll(officer);
  await officer.getByRole('link', { name: 'Impor formulir' }).click();
  await officer.locator('#json').fill(JSON.stringify(bundle));
  await officer.getByRole('button', { name: 'Impor' }).click();
  await expect(officer.locator('h1')).toContainText(key);
  await checkA11y(officer, ['light']);
  await expectNoSideScroll(officer);
  await officer.goto(`/kantor/formulir/${key}/pratinjau`);
  await checkA11y(officer, ['light']);
  await expect(page.goto(`/layanan/${key}`).then((answer) => answer?.status()), 'not yet for residents').resolves.toBe(404);
  await officer.getByRole('button', { name: 'Terbitkan versi 1' }).click();
  await expect(officer.locator('main, body').first()).toContainText('Versi 1');

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
