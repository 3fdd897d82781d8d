/** A decision becomes a letter: issued by the office, got by the applicant, verified by anybody. */
import { ask, open } from './form.ts';
import { somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, test } from './support.ts';

test('a decision letter is downloaded by the applicant and verified by anybody', { tag: '@nojs' }, async ({ page, browser }, info) => {
  test.skip(info.project.name === 'desktop', 'on a phone');
  test.setTimeout(90_000);
  const number = await ask(page, unique('Surat lampu'));
  const officer = await somebody(browser, official('hesti'));
  await open(officer, number);
  await officer.getByRole('button', { name: 'Berkas lengkap' }).click();
  await officer.getByRole('radio', { name: 'Kabulkan', exact: true }).check();
  await officer.locator('#alasan').fill('Lampu diganti petugas pada hari kerja berikutnya.');
  await officer.getByRole('button', { name: 'Putuskan' }).click();
  await officer.locator('#surat').getByRole('link', { name: 'Terbitkan surat' }).click();
  await officer.getByRole('button', { name: 'Terbitkan surat' }).click();
  await expect(officer.locator('#surat')).toContainText('Berlaku');
  await checkA11y(officer, ['light']);
  // The name was written wrong: a new letter puts it right, there and in the request.
  await officer.locator('summary', { hasText: 'Ganti surat ini' }).click();
  await expect(officer.locator('#nama')).toHaveValue('Dewi Lestari');
  await officer.locator('#nama').fill('Dewi Lestariani');
  await officer.locator('#alasan-ganti').fill('Salah');
  await officer.getByRole('button', { name: 'Ganti surat', exact: true }).click();
  await expect(officer.locator('#error-summary')).toBeFocused();
  await expect(officer.locator('#nama')).toHaveValue('Dewi Lestariani');
  await checkA11y(officer, ['light']);
  await officer.locator('#alasan-ganti').fill('Nama pemohon salah tulis.');
  await officer.getByRole('button', { name: 'Ganti surat', exact: true }).click();
  await expect(officer.locator('#surat')).toContainText('Diganti');
  await officer.locator('main a[href*="/kantor/kasus/"]').filter({ hasText: 'Permohonan umum' }).click();
  await expect(officer.locator('main')).toContainText('Dewi Lestariani');
  await officer.context().close();

  await page.goto(`/lacak/${number.replace('-', '')}`);
  for (const name of [/^Surat nomor .* \(PDF\)/, 'Unduh tanda terima (PDF)']) {
    const href = await page.locator('#dokumen').getByRole('link', { name }).first().getAttribute('href');
    const file = await page.request.get(href ?? '');
    expect(file.headers()['content-type']).toBe('application/pdf');
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }
  // The newest comes first.
  const letter = await page.locator('#dokumen').getByRole('link', { name: /^Surat nomor/ }).first().getAttribute('href');
  const code = /([^/]+)\.pdf$/.exec(letter ?? '')?.[1] ?? '';
  const anybody = await somebody(browser);
  await anybody.goto(`/verifikasi/${code}`);
  await expect(anybody.locator('main')).toContainText('Surat ini berlaku.');
  await expect(anybody.locator('main'), 'nobody’s name is told').not.toContainText('Dewi');
  await checkA11y(anybody);
  await expectNoSideScroll(anybody);
  await anybody.goto('/verifikasi/0000000000');
  await expect(anybody.locator('main')).not.toContainText('Surat ini berlaku.');
  await checkA11y(anybody, ['light']);
  await anybody.context().close();
});
