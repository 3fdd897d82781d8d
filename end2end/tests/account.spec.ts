import { checkA11y, DEMO_PASSWORD, expect, expectNoSideScroll, official, resident, signIn, test } from './support.ts';

const PASSWORD = 'tiga ekor bebek lewat';

/** An address that no earlier run has used: the demo town outlives one test. */
const newcomer = () => `warga-${Date.now()}-${Math.floor(Math.random() * 1e6)}@baru.example`;

test('a newcomer opens an account, signs out and comes back', { tag: '@nojs' }, async ({ page }) => {
  const email = newcomer();
  await page.goto('/akun/masuk?lanjut=/konsultasi');
  await page.getByRole('link', { name: 'Buka akun' }).click();
  await checkA11y(page);
  await expectNoSideScroll(page);

  await page.getByLabel('Nama').fill('Ning Tyas');
  await page.getByLabel('Surel').fill(email);
  await page.getByLabel('Kata sandi').fill(PASSWORD);
  await page.getByLabel('Desa atau kelurahan').selectOption({ label: 'Sumberbrantas, Kecamatan Bumiaji' });
  await page.getByRole('button', { name: 'Buka akun' }).click();
  await expect(page).toHaveURL(/\/konsultasi/);

  await page.goto('/akun/profil');
  await expect(page.locator('h1')).toHaveText('Akun saya');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await expect(page.getByText('Anda sudah keluar.')).toBeVisible();
  await page.goto('/akun/profil');
  await expect(page, 'signed out').toHaveURL(/\/akun\/masuk/);

  await page.getByLabel('Surel').fill(email);
  await page.getByLabel('Kata sandi').fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk' }).click();
  await expect(page, 'back to where one wanted to go').toHaveURL(/\/akun\/profil/);
});

test('mistakes are told beside their fields and nothing but the password has to be typed again', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/akun/daftar');
  await page.getByLabel('Nama').fill('Ning Tyas');
  await page.getByLabel('Surel').fill('bukan surel');
  await page.getByLabel('Kata sandi').fill('KotaBatu2026!');
  await page.getByRole('button', { name: 'Buka akun' }).click();

  await expect(page).toHaveTitle(/^Kesalahan/);
  await expect(page.locator('#email-error')).toBeVisible();
  await expect(page.locator('#password-error')).toContainText('mudah ditebak');
  await expect(page.getByLabel('Nama')).toHaveValue('Ning Tyas');
  await expect(page.getByLabel('Surel')).toHaveValue('bukan surel');
  await expect(page.getByLabel('Kata sandi')).toHaveValue('');
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('a wrong password and an unknown address are told apart by nobody', { tag: '@nojs' }, async ({ page }) => {
  const texts: (string | null)[] = [];
  for (const email of [resident('wagiman'), newcomer()]) {
    await page.goto('/akun/masuk');
    await page.getByLabel('Surel').fill(email);
    await page.getByLabel('Kata sandi').fill('bukan kata sandinya');
    await page.getByRole('button', { name: 'Masuk' }).click();
    await expect(page.getByLabel('Surel')).toHaveValue(email);
    texts.push(await page.locator('main').textContent());
  }
  expect(texts[0]).toBe(texts[1]);
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('one device signs the other out', { tag: '@nojs' }, async ({ page, browser }) => {
  const email = newcomer();
  await page.goto('/akun/daftar?lanjut=/akun/profil');
  await page.getByLabel('Nama').fill('Ning Tyas');
  await page.getByLabel('Surel').fill(email);
  await page.getByLabel('Kata sandi').fill(PASSWORD);
  await page.getByRole('button', { name: 'Buka akun' }).click();
  await expect(page).toHaveURL(/\/akun\/profil/);

  const elsewhere = await browser.newContext({ baseURL: new URL(page.url()).origin, locale: 'id-ID' });
  const other = await elsewhere.newPage();
  await other.goto('/akun/masuk?lanjut=/akun/profil');
  await other.getByLabel('Surel').fill(email);
  await other.getByLabel('Kata sandi').fill(PASSWORD);
  await other.getByRole('button', { name: 'Masuk' }).click();
  await expect(other).toHaveURL(/\/akun\/profil/);

  await page.reload();
  await page.getByRole('button', { name: /^Keluarkan / }).click();
  await expect(page.getByRole('button', { name: /^Keluarkan / })).toHaveCount(0);
  await other.goto('/akun/profil');
  await expect(other).toHaveURL(/\/akun\/masuk/);
  await elsewhere.close();
});

test('the language of the account is the language of the pages', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/akun/daftar?lanjut=/akun/profil');
  await page.getByLabel('Nama').fill('Wayan');
  await page.getByLabel('Surel').fill(newcomer());
  await page.getByLabel('Kata sandi').fill(PASSWORD);
  await page.getByRole('button', { name: 'Buka akun' }).click();
  await page.getByLabel('Bahasa').selectOption('en');
  await page.getByRole('button', { name: 'Simpan' }).first().click();
  await expect(page.locator('h1')).toHaveText('My account');
  await page.getByLabel('Language').selectOption('id');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.locator('h1')).toHaveText('Akun saya');
});

test('nobody is led to another site after signing in', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/akun/masuk?lanjut=//evil.example/');
  await page.getByLabel('Surel').fill(resident('siti'));
  await page.getByLabel('Kata sandi').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Masuk' }).click();
  await expect(page.getByText('Anda sudah masuk.')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/');
});

test('residents do not see who may do what', { tag: '@nojs' }, async ({ page }) => {
  await signIn(page, resident('siti'));
  const response = await page.goto('/kantor/orang');
  expect(response?.status()).toBe(403);
});

test('an administrator finds a person and sees what they may do', { tag: '@nojs' }, async ({ page }) => {
  await signIn(page, official('galih'));
  await page.goto('/kantor/orang');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.getByRole('searchbox').fill('lestari@batu');
  await page.getByRole('button', { name: 'Cari' }).click();
  await page.getByRole('link', { name: 'Lestari Widyaningsih' }).click();
  await expect(page.getByRole('radio', { name: 'Moderator' })).toBeChecked();
  await checkA11y(page);
  await expectNoSideScroll(page);
});
