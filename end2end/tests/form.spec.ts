/** The city's services on the smallest phone: found, filled in, checked, sent, found again. */
import { begin, fillForm, fillPage, next, send, SERVICES, track } from './form.ts';
import { png, somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, resident, test } from './support.ts';
import type { Page } from '@playwright/test';

// A form is filled in on a phone; what a wide screen adds is looked at on its own.
test.describe.configure({ timeout: 60_000 });
test.beforeEach(({}, info) => test.skip(info.project.name === 'desktop', 'on a phone'));

/**
 * What is asked of every page on the way. The markup is the same with and without scripts, so axe looks at it once, in the light
 * colours; the pages around are looked at in both colours and both ways.
 */
async function sound(page: Page) {
  if (test.info().project.name !== 'no-js') await checkA11y(page, ['light']);
  await expectNoSideScroll(page);
  await expect(page.locator('h1')).toHaveCount(1);
}

for (const [key, answers] of Object.entries(SERVICES)) {
  test(`${key} from the list of services to following the case`, { tag: '@nojs' }, async ({ page, browser }) => {
    test.setTimeout(120_000);
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Menu utama' }).getByRole('link', { name: 'Layanan' }).click();
    await page.locator(`main a[href="/layanan/${key}"]`).click();
    const title = await page.locator('h1').innerText();
    await page.locator('summary').click();
    await expect(page.locator('details h3')).toHaveCount(14);
    await checkA11y(page);
    await expectNoSideScroll(page);

    await page.getByRole('button', { name: 'Mulai mengisi' }).click();
    await fillForm(page, answers, sound);
    await checkA11y(page, ['dark']);
    const number = await send(page);
    await checkA11y(page);
    await expectNoSideScroll(page);
    const bookmark = page.url();
    await page.goto('/');
    await page.goto(bookmark);
    await expect(page.locator('.confirmation b')).toHaveText(number);
    await page.getByRole('link', { name: 'Lacak permohonan' }).first().click();
    await expect(page.locator('h1')).toHaveText(title);
    await checkA11y(page);

    // From another phone, by the number and the digits.
    const other = await somebody(browser);
    await track(other, number);
    await expect(other.locator('h1')).toHaveText(title);
    await expect(other.locator('#keadaan')).toContainText('Diterima');
    await other.context().close();
  });
}

test('mistakes are told on top and beside their fields, and nothing typed is lost', { tag: '@nojs' }, async ({ page }) => {
  await begin(page, 'akta-kelahiran');
  await page.locator('li.task a').first().click();
  await fillPage(page, { nama: 'Siti Aminah', wni: 'yes', nik: '3579 0141 0795 000' });
  await next(page).click();
  await expect(page).toHaveTitle(/^Kesalahan: /);
  const summary = page.locator('#error-summary');
  await expect(summary).toBeFocused();
  await expect(summary).toContainText('NIK Anda memuat 15 angka, seharusnya 16.');
  await expect(page.locator('#nik-error')).toContainText('NIK Anda memuat 15 angka, seharusnya 16.');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await summary.getByRole('link').click();
  await expect(page.locator('#nik')).toBeFocused();
  await expect(page.locator('#nik')).toHaveValue('3579 0141 0795 000');
  await page.locator('#nik').fill('3579014107950001');
  await next(page).click();
  await expect(page.locator('#telepon')).toBeVisible();
});

test('an answer shows at once what it opens, without a script', { tag: '@nojs' }, async ({ page }) => {
  await begin(page, 'akta-kelahiran');
  await page.goto('/layanan/akta-kelahiran/isi/anda');
  await expect(page.locator('#nik')).toBeHidden();
  await page.locator('#wni').check();
  await expect(page.locator('#nik')).toBeVisible();
  await page.locator('#wni-2').check();
  await expect(page.locator('#nik')).toBeHidden();
  await expect(page.locator('#paspor')).toBeVisible();
  await checkA11y(page, ['light']);
});

test('a change on the check page comes back to it', { tag: '@nojs' }, async ({ page }) => {
  await begin(page, 'permohonan-umum');
  await fillForm(page, SERVICES['permohonan-umum']);
  await page.getByRole('link', { name: 'Ubah Perihal' }).click();
  await expect(page.locator('#perihal')).toHaveValue('Lampu jalan mati');
  await page.locator('#perihal').fill('Dua lampu jalan mati');
  await next(page).click();
  await expect(page).toHaveURL(/\/periksa$/);
  await expect(page.locator('main')).toContainText('Dua lampu jalan mati');
});

test('what is half done goes on later, on another device by a code, and leaves nothing on a shared one', { tag: '@nojs' }, async ({
  page,
  browser,
}) => {
  await begin(page, 'permohonan-umum');
  await page.locator('li.task a').first().click();
  await fillPage(page, SERVICES['permohonan-umum']);
  await next(page).click();
  await page.goto('/layanan');
  await expect(page.locator('.card-strong')).toContainText('Isian Anda yang belum dikirim');
  await checkA11y(page);
  await page.goto('/layanan/permohonan-umum');
  await page.getByRole('link', { name: 'Lanjutkan mengisi' }).click();
  await expect(page.locator('main')).toContainText('0 dari 3 langkah selesai');
  await page.goto('/layanan/permohonan-umum/nanti');
  await page.getByRole('button', { name: 'Buat kode' }).click();
  const code = await page.locator('main .ref').innerText();
  await checkA11y(page);
  await expectNoSideScroll(page);

  const other = await somebody(browser);
  await other.goto('/layanan');
  await other.getByRole('link', { name: 'Lanjutkan isian dengan kode' }).click();
  await other.getByLabel('Kode').fill('00000-00000-00000');
  await other.getByRole('button', { name: 'Lanjutkan' }).click();
  await expect(other.locator('#error-summary')).toContainText('tidak cocok');
  await checkA11y(other, ['light']);
  await other.getByLabel('Kode').fill(code.toLowerCase());
  await other.getByRole('button', { name: 'Lanjutkan' }).click();
  await other.goto('/layanan/permohonan-umum/isi/pemohon');
  await expect(other.locator('#nama')).toHaveValue('Dewi Lestari');
  await other.goto('/layanan/permohonan-umum/nanti');
  await other.getByRole('button', { name: 'Hapus dari perangkat ini' }).click();
  await expect(other.locator('h1')).toHaveText('Tidak ada lagi isian di perangkat ini');
  await other.goto('/layanan/permohonan-umum/isi/pemohon');
  await expect(other).toHaveURL(/\/layanan\/permohonan-umum$/);
  await other.context().close();
  await page.goto('/layanan/permohonan-umum/isi/pemohon');
  await expect(page.locator('#nama'), 'the first device still has it').toHaveValue('Dewi Lestari');
});

test('who signs in while filling in goes on in the account', { tag: '@nojs' }, async ({ page, browser }) => {
  await begin(page, 'izin-usaha');
  await page.goto('/layanan/izin-usaha/isi/bentuk');
  const name = unique('Kedai');
  await fillPage(page, { bentuk: 'orang', nama_usaha: name });
  await next(page).click();
  await page.goto('/layanan/izin-usaha/nanti');
  await page.getByRole('link', { name: 'Masuk' }).last().click();
  await page.locator('input[name="email"]').fill(resident('made'));
  await page.locator('input[name="password"]').fill('rembug-demo-2026');
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
  await expect(page).toHaveURL(/\/layanan\/izin-usaha\/isi/);
  const other = await somebody(browser, resident('made'));
  await other.goto('/layanan/izin-usaha/isi/bentuk');
  await expect(other.locator('#nama_usaha')).toHaveValue(name);
  await other.context().close();
});

test('two tabs with the same page lose nothing', { tag: '@nojs' }, async ({ page, context }) => {
  await begin(page, 'permohonan-umum');
  await page.goto('/layanan/permohonan-umum/isi/permohonan');
  const second = await context.newPage();
  await second.goto('/layanan/permohonan-umum/isi/permohonan');
  const typed = { perihal: 'Lampu di tab satu', uraian: 'Lampu di gang tiga mati sejak Senin.' };
  await fillPage(page, typed);
  await next(page).click();
  await expect(page).toHaveURL(/\/isi\/tempat/);
  await fillPage(second, { ...typed, perihal: 'Lampu di tab dua' });
  await next(second).click();
  await expect(second.locator('main')).toContainText('Halaman ini baru diubah di tab atau perangkat lain.');
  await expect(second.locator('main')).toContainText('Lampu di tab satu');
  await expect(second.locator('#perihal')).toHaveValue('Lampu di tab dua');
  await checkA11y(second);
  await next(second).click();
  await expect(second).toHaveURL(/\/isi\/tempat/);
  await page.goto('/layanan/permohonan-umum/isi/permohonan');
  await expect(page.locator('#perihal')).toHaveValue('Lampu di tab dua');
});

test('files are taken, opened, thrown away and refused in words', { tag: '@nojs' }, async ({ page }) => {
  await begin(page, 'permohonan-umum');
  await page.goto('/layanan/permohonan-umum/isi/lampiran');
  await page.locator('#lampiran').setInputFiles({ name: 'lampu.png', mimeType: 'image/png', buffer: png(16, 16) });
  await page.getByRole('button', { name: 'Unggah berkas' }).click();
  await expect(page.getByRole('link', { name: 'lampu' })).toBeVisible();
  await checkA11y(page);
  await page.locator('#lampiran').setInputFiles({ name: 'catatan.txt', mimeType: 'text/plain', buffer: Buffer.from('halo') });
  await page.getByRole('button', { name: 'Unggah berkas' }).click();
  await expect(page.locator('#error-summary')).toContainText('bukan jenis yang kami terima');
  await expect(page.getByRole('link', { name: 'lampu' }), 'what was there stays').toBeVisible();
  await page.getByRole('button', { name: /^Buang / }).click();
  await expect(page.getByRole('link', { name: 'lampu' })).toHaveCount(0);
});

test('sent twice is sent once', { tag: '@nojs' }, async ({ page, context }) => {
  await begin(page, 'permohonan-umum');
  await fillForm(page, SERVICES['permohonan-umum']);
  const second = await context.newPage();
  await second.goto(page.url());
  const number = await send(page);
  expect(await send(second)).toBe(number);
  await page.goBack();
  await expect(page.locator('main')).toContainText('Anda sudah mengirim permohonan ini');
  await page.getByRole('link', { name: `Lihat nomor ${number}` }).click();
  await expect(page.locator('.confirmation b')).toHaveText(number);
});

test('services are found by words, and by the moment in life', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/layanan?cari=anak');
  await expect(page.locator('main .rows a').first()).toHaveText('Akta kelahiran');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.goto('/layanan?cari=zxqvw');
  await expect(page.locator('main')).toContainText('Tidak ada layanan yang cocok');
  await checkA11y(page, ['light']);
  await page.goto('/');
  await page.getByRole('searchbox').fill('pindah rumah');
  await page.keyboard.press('Enter');
  await page.locator('main').getByRole('link', { name: 'Pindah rumah' }).click();
  await expect(page.locator('h1')).toHaveText('Pindah rumah');
});

test('a page of a form is whole in English', { tag: '@nojs' }, async ({ page }) => {
  await begin(page, 'pindah');
  await page.goto('/layanan/pindah/isi/tujuan?bahasa=en');
  await expect(page.locator('h1')).toHaveText(/address/i);
  await expect(page.getByRole('button', { name: 'Continue' }).last()).toBeVisible();
  await checkA11y(page, ['light']);
  await expectNoSideScroll(page);
});
