/** Where people agree: sentences before pictures, the reader's own place, and the same result found on one's own phone. */
import { somebody } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, resident, signIn, test } from './support.ts';

const GROUPS = '/konsultasi/jalur-sepeda-panglima-sudirman/kelompok';
const CLOSED = '/konsultasi/air-irigasi-dan-sumber-mata-air';

test('sentences come first, then every statement by group, then the map', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(GROUPS);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Di mana warga sepakat');
  const titles = await page.getByRole('heading', { level: 2 }).allInnerTexts();
  const at = (title: string) => titles.findIndex((one) => one.startsWith(title));
  expect(at('Semua kelompok setuju')).toBe(0);
  expect(at('Kelompok A berbeda')).toBeGreaterThan(0);
  expect(at('Setiap pernyataan')).toBeGreaterThan(at('Kelompok A berbeda'));
  expect(at('Peta pendapat')).toBeGreaterThan(at('Setiap pernyataan'));
  expect(at('Hitung sendiri')).toBeGreaterThan(at('Peta pendapat'));
  await page.getByText('Lihat sebagai tabel').first().click();
  await expect(page.getByRole('table', { name: 'Penilaian menurut kelompok' })).toContainText('Setuju');
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('the map can be read with the keyboard, and everything on it is in a table', async ({ page }) => {
  await page.goto(GROUPS);
  const name = page.locator('#peta a').first();
  await name.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#anggota-a$/);
  await expect(page.getByRole('table', { name: 'Kelompok pendapat' })).toContainText('Kelompok A');
});

test('somebody who has judged finds their own place', { tag: '@nojs' }, async ({ page }) => {
  await signIn(page, resident('slamet'));
  await page.goto(`${GROUPS.replace('kelompok', 'pernyataan')}?nomor=1`);
  await page.locator('main form button[value="agree"]').first().click();
  await page.goto(GROUPS);
  await expect(page.locator('#peta')).toContainText('Anda');
  await expect(page.getByText(/Jawaban Anda paling dekat dengan kelompok [A-E]/)).toBeVisible();
});

test('the phone finds the same groups in the published votes', async ({ page }) => {
  await page.goto(`${CLOSED}/kelompok`);
  await page.getByRole('button', { name: 'Hitung ulang di ponsel ini' }).click();
  await expect(page.getByText('Hasilnya sama, sampai angka terakhir.')).toBeVisible();
  await checkA11y(page);
});

test('the result says where people agree and leads to the groups', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(`${CLOSED}/hasil`);
  await expect(page.getByRole('heading', { name: 'Di mana warga sepakat' })).toBeVisible();
  await page.getByRole('link', { name: 'Hitung sendiri' }).click();
  await expect(page).toHaveURL(/\/kelompok#hitung$/);
});

test('the office sees signs as figures with their rules, and nobody else does', { tag: '@nojs' }, async ({ page, browser }) => {
  const signs = GROUPS.replace('/konsultasi', '/kantor/konsultasi');
  await signIn(page, official('wahyu'));
  await page.goto(signs);
  await expect(page.getByText('Tanda bukan bukti.')).toBeVisible();
  for (const rule of ['Banyak yang mulai bersamaan', 'Jawaban yang persis sama', 'Setuju dengan semuanya', 'Tidak setuju dengan semuanya']) {
    const section = page.locator('section').filter({ has: page.getByRole('heading', { name: rule, exact: true }) });
    await expect(section, 'each rule says what it looks for').toContainText(/sedikitnya/i);
  }
  await checkA11y(page);
  await expectNoSideScroll(page);

  const anybody = await somebody(browser, resident('fikri'));
  const answer = await anybody.goto(signs);
  expect(answer?.status()).toBe(403);
  await anybody.context().close();
});
