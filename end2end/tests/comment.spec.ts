import type { Page } from '@playwright/test';
import { checkA11y, expect, expectNoSideScroll, fillSignIn, official, resident, signIn, test } from './support.ts';

const ALL = '/konsultasi/jalur-sepeda-panglima-sudirman/tanggapan';

/** Words that nobody else writes: the demo town is shared by all tests of a run. */
const words = (what: string) => `${what} ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

const box = (page: Page) => page.getByRole('textbox', { name: 'Tanggapan Anda' });
const article = (page: Page, text: string) => page.locator('article.comment').filter({ hasText: text }).first();

async function write(page: Page, text: string) {
  await page.goto(ALL);
  await box(page).fill(text);
  await page.getByRole('radio', { name: 'Mendukung' }).check();
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(article(page, text)).toBeVisible();
}

// A form that is sent in the background and is wrong: the browser writes the status of every such answer.
test.use({ allowedOnConsole: [/status of 422/] });

test('all comments can be read, sorted and paged through', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(ALL);
  await expect(page.locator('#tanggapan h2')).toContainText(/\d+ tanggapan/);
  await checkA11y(page);
  await expectNoSideScroll(page);
  for (const order of ['Paling didukung', 'Paling dibahas', 'Terlama', 'Terbaru']) {
    await page.getByRole('link', { name: order }).click();
    await expect(page.getByRole('link', { name: order })).toHaveAttribute('aria-current', 'page');
  }
});

test('a resident writes, is answered, changes and takes back', { tag: '@nojs' }, async ({ page }) => {
  const text = words('Trotoar cukup lebar untuk kursi roda');
  await signIn(page, resident('siti'));
  await write(page, text);
  await expect(article(page, text)).toContainText('Mendukung');

  await article(page, text).getByRole('link', { name: 'Ubah atau hapus' }).click();
  await expect(page.locator('h1')).toContainText('Siti');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.locator('summary', { hasText: 'Ubah tanggapan' }).click();
  await page.locator('#isi-baru').fill(`${text} dan kereta bayi`);
  await page.getByRole('button', { name: 'Simpan perubahan' }).click();
  await expect(article(page, 'kereta bayi')).toBeVisible();
  await page.locator('summary', { hasText: 'Teks sebelumnya' }).click();
  await expect(page.locator('.as-typed').first()).toHaveText(text);

  await page.locator('summary', { hasText: 'Hapus tanggapan' }).click();
  await page.getByRole('button', { name: 'Ya, hapus' }).click();
  await expect(page.locator('.absent').first()).toContainText('Dihapus penulisnya');
  await expect(page.locator('main')).not.toContainText(text);
});

test('what is typed before signing in is there afterwards', { tag: '@nojs' }, async ({ page }) => {
  const text = words('Saya menulis dulu, masuk kemudian');
  await page.goto(ALL);
  await box(page).fill(text);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(page).toHaveURL(/\/akun\/masuk/);
  await fillSignIn(page, resident('bambang'));
  await expect(box(page)).toHaveValue(text);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(article(page, text)).toBeVisible();
  await expect(box(page)).toHaveValue('');
});

test('too short a text stays in the form with a sentence beside it', { tag: '@nojs' }, async ({ page }) => {
  await signIn(page, resident('suparmi'));
  await page.goto(ALL);
  await box(page).fill('x');
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(page.locator('.error-summary')).toContainText('terlalu pendek');
  await expect(box(page)).toHaveValue('x');
  await checkA11y(page);
});

test('others support, reply and report; the office answers and is seen to', { tag: '@nojs' }, async ({ page, browser }) => {
  const text = words('Parkir pengganti jangan jauh dari toko');
  await signIn(page, resident('siti'));
  await write(page, text);
  const place = await article(page, text).locator('header a').last().getAttribute('href');

  const javaScriptEnabled = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  const other = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await signIn(other, official('wahyu'));
  await other.goto(ALL);
  await article(other, text).getByRole('button', { name: 'Dukung' }).click();
  await expect(article(other, text).getByRole('button', { name: /Anda dukung\s*1/ })).toBeVisible();
  await other.goto(place ?? '');
  await other.getByRole('textbox', { name: 'Balasan Anda' }).fill('Parkir ada di Alun-alun Barat, 150 meter dari toko.');
  await other.getByRole('checkbox', { name: /Tulis sebagai/ }).check();
  await other.getByRole('button', { name: 'Kirim balasan' }).click();
  await expect(other.locator('.official').last()).toContainText('Jawaban Dinas Perhubungan');
  await other.context().close();

  await page.goto('/akun/kabar');
  await expect(page.locator('main')).toContainText('Dinas menjawab di tanggapan');
  await checkA11y(page);
  await page.getByRole('button', { name: 'Tandai semua sudah dibaca' }).click();
  await expect(page.getByRole('button', { name: /sudah dibaca/ })).toHaveCount(0);
});
