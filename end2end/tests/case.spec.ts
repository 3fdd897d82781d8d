/** One case from the city's side and from the resident's: checked, asked, answered, decided, handed out, and followed while it happens. */
import { ask, open, track } from './form.ts';
import { somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, test } from './support.ts';

test('a clerk checks, asks, decides and hands out; the applicant answers by number and digits', { tag: '@nojs' }, async ({ page, browser }) => {
  test.setTimeout(90_000);
  const number = await ask(page, unique('Lampu jalan'));
  const officer = await somebody(browser, official('hesti'));
  await officer.goto('/kantor/kasus');
  await checkA11y(officer, ['light']);
  await expectNoSideScroll(officer);
  await open(officer, number);
  await checkA11y(officer);
  await expectNoSideScroll(officer);
  await officer.locator('summary').filter({ hasText: 'Minta kelengkapan' }).click();
  await officer.locator('#pertanyaan').fill('Nomor tiang lampunya berapa?');
  await officer.getByRole('button', { name: 'Minta kelengkapan' }).click();
  await expect(officer.locator('#keadaan')).toContainText('Menunggu pemohon');

  // Somebody with the number alone gets nowhere; both together open the case.
  const phone = await somebody(browser);
  await track(phone, number, '0000');
  await expect(phone.locator('#error-summary')).toContainText('tidak cocok');
  await checkA11y(phone);
  await track(phone, number);
  await expect(phone.locator('#linimasa')).toContainText('Nomor tiang lampunya berapa?');
  await checkA11y(phone);
  await expectNoSideScroll(phone);
  await phone.locator('#pesan').fill('Nomor 17, di depan mushola.');
  await phone.getByRole('button', { name: 'Kirim jawaban' }).click();
  await expect(phone.locator('#linimasa')).toContainText('Nomor 17, di depan mushola.');
  await expect(phone.locator('main')).toContainText('Hesti Maharani', { useInnerText: true });

  await open(officer, number);
  await expect(officer.locator('#linimasa')).toContainText('Nomor 17');
  await officer.getByRole('button', { name: 'Berkas lengkap' }).click();
  await expect(officer.locator('#keadaan')).toContainText('Menunggu keputusan');
  // A decision without a reason is no decision.
  await officer.getByRole('radio', { name: 'Kabulkan', exact: true }).check();
  await officer.getByRole('button', { name: 'Putuskan' }).click();
  await expect(officer.locator('#error-summary')).toBeVisible();
  await expect(officer.getByRole('radio', { name: 'Kabulkan', exact: true })).toBeChecked();
  await officer.locator('#alasan').fill('Lampu diganti petugas pada hari kerja berikutnya.');
  await officer.getByRole('button', { name: 'Putuskan' }).click();
  await expect(officer.locator('#keadaan')).toContainText('Dikabulkan');
  await officer.getByRole('button', { name: 'Tandai sudah diserahkan' }).click();
  await expect(officer.locator('#keadaan')).toContainText('Sudah diserahkan');
  await officer.context().close();

  await phone.reload();
  await expect(phone.locator('#keadaan')).toContainText('Sudah diserahkan');
  await expect(phone.locator('#linimasa')).toContainText('Lampu diganti petugas pada hari kerja berikutnya.');
  await checkA11y(phone, ['light']);
  await phone.getByRole('button', { name: 'Jangan tampilkan lagi' }).click();
  await phone.goto(`/lacak/${number.replace('-', '')}`);
  await expect(phone.locator('#nomor')).toHaveValue(number);
  await phone.context().close();
});

test('the timeline moves while one looks at it', async ({ page, browser }) => {
  test.setTimeout(60_000);
  const number = await ask(page, unique('Lampu taman'));
  await page.goto(`/lacak/${number.replace('-', '')}`);
  await expect(page.locator('html')).toHaveAttribute('data-awake', /.*/);
  const officer = await somebody(browser, official('hesti'));
  await open(officer, number);
  await officer.getByRole('button', { name: 'Berkas lengkap' }).click();
  await expect(officer.locator('#keadaan')).toContainText('Menunggu keputusan');
  await expect(page.locator('#linimasa'), 'without a reload').toContainText('Berkas lengkap');
  await expect(page.locator('#keadaan')).toContainText('Berkas Anda lengkap');
  await officer.context().close();
});

test('two officers do not work past each other', { tag: '@nojs' }, async ({ page, browser }) => {
  test.setTimeout(60_000);
  const number = await ask(page, unique('Lampu gang'));
  const first = await somebody(browser, official('hesti'));
  const second = await somebody(browser, official('galih'));
  await open(first, number);
  await open(second, number);
  await first.getByRole('button', { name: 'Berkas lengkap' }).click();
  await expect(first.locator('#keadaan')).toContainText('Menunggu keputusan');
  await second.locator('summary').filter({ hasText: 'Minta kelengkapan' }).click();
  await second.locator('#pertanyaan').fill('Nomor tiang lampunya berapa?');
  await second.getByRole('button', { name: 'Minta kelengkapan' }).click();
  await expect(second.locator('main')).toContainText('berubah sejak halaman ini dibuka');
  await expect(second.locator('main')).toContainText('Nomor tiang lampunya berapa?');
  await checkA11y(second, ['light']);
  await first.context().close();
  await second.context().close();
});
