import { checkA11y, expect, expectNoSideScroll, official, signIn, test } from './support.ts';

/** A moment for a `datetime-local` input, so many days from now, in the city's zone. */
const moment = (days: number) => new Date(Date.now() + (days * 24 + 7) * 3_600_000).toISOString().slice(0, 16);

const TEXT = `# BAB I. Umum

## Pasal 1. Tujuan

Peraturan ini dibuat agar taman dapat dipakai semua orang.

## Pasal 2. Jam buka

Taman dibuka pukul 06.00 sampai 21.00.
`;

// Every run makes its own consultation: the town is shared, and tests run side by side.
const titleOf = (name: string) => `Taman ${name} ${Math.random().toString(36).slice(2, 8)}`;

test('an officer takes a consultation from a blank page to publication', { tag: '@nojs' }, async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, official('wahyu'));
  await page.goto('/kantor');
  await expect(page.locator('h1')).toHaveText('Meja kerja');
  await checkA11y(page);
  await expectNoSideScroll(page);

  await page.goto('/kantor/konsultasi/baru');
  await page.getByRole('button', { name: 'Buat draf' }).click();
  await expect(page.locator('.error-summary')).toContainText('Judul belum diisi');
  const title = titleOf('Kelurahan');
  await page.locator('#title').fill(title);
  await page.getByRole('button', { name: 'Buat draf' }).click();
  await expect(page.locator('h1')).toHaveText(title);
  const editor = new URL(page.url()).pathname;

  // Content: the preview button works without a script, and nothing is lost by it.
  await page.locator('#summary').fill('Taman dibuka lebih lama dan diberi lampu.');
  await page.locator('#body').fill('## Mengapa\n\n**Lampu** membuat taman aman. '.padEnd(260, 'Warga ikut menentukan jam bukanya. '));
  await page.getByRole('button', { name: 'Pratinjau' }).click();
  await expect(page.locator('#pratinjau h2')).toHaveText('Mengapa');
  await expect(page.locator('#summary')).toHaveValue('Taman dibuka lebih lama dan diberi lampu.');
  await page.locator('#contact').fill('dishub@batu.example');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');
  await checkA11y(page);
  await expectNoSideScroll(page);

  // The text is cut and shown before it is stored.
  await page.goto(`${editor}/naskah`);
  await page.locator('#source').fill(TEXT);
  await page.getByRole('button', { name: 'Lihat potongan pasal' }).click();
  await expect(page.locator('#pratinjau-naskah')).toContainText('2 pasal ditemukan');
  await page.getByRole('button', { name: 'Simpan versi 1' }).click();
  await expect(page.locator('.timeline')).toContainText('Versi 1, 2 pasal');
  await checkA11y(page);

  // A question needs options of its own.
  await page.goto(`${editor}/pertanyaan`);
  await page.locator('#title').fill('Jam berapa taman sebaiknya ditutup?');
  await page.getByLabel('Satu pilihan').check();
  await page.locator('#options').fill('21.00');
  await page.getByRole('button', { name: 'Tambah pertanyaan' }).click();
  await expect(page.locator('.error-summary')).toContainText('dua pilihan');
  await page.locator('#options').fill('21.00\n22.00');
  await page.getByRole('button', { name: 'Tambah pertanyaan' }).click();
  await expect(page.locator('#daftar')).toContainText('22.00');
  await checkA11y(page);

  // Times in the wrong order, then right; then it can be published.
  await page.goto(`${editor}/waktu`);
  await page.locator('#opens_at').fill(moment(2));
  await page.locator('#closes_at').fill(moment(1));
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#closes_at-error')).toBeVisible();
  await expect(page.locator('#opens_at')).toHaveValue(moment(2));
  await page.locator('#opens_at').fill(moment(-1));
  await page.locator('#closes_at').fill(moment(9));
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.getByRole('button', { name: 'Terbitkan sekarang' }).click();
  await expect(page.locator('#said')).toContainText('Sudah terbit');
  await expect(page.locator('h1')).toHaveText(title);

  // Afterwards the closing moves only with a reason.
  await page.goto(`${editor}/waktu`);
  await page.locator('#closes_at').fill(moment(20));
  await page.getByRole('button', { name: 'Perpanjang konsultasi' }).click();
  await expect(page.locator('#reason-error')).toContainText('Alasan belum diisi');
  await page.locator('#reason').fill('Warga meminta waktu dua minggu lagi.');
  await page.getByRole('button', { name: 'Perpanjang konsultasi' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');
  await page.goto(`${editor}/riwayat`);
  await expect(page.locator('#riwayat > li').first()).toContainText('Diperpanjang');
  await expect(page.locator('#riwayat > li').first()).toContainText('Warga meminta waktu');
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('two editors lose nothing', { tag: '@nojs' }, async ({ page, context }) => {
  await signIn(page, official('wahyu'));
  await page.goto('/kantor/konsultasi/baru');
  await page.locator('#title').fill(titleOf('Bersama'));
  await page.getByRole('button', { name: 'Buat draf' }).click();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator('#contact').fill('Balai kota, lantai dua');
  await other.getByRole('button', { name: 'Simpan' }).click();
  await page.locator('#contact').fill('Kantor Dinas Perhubungan');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#halangan')).toContainText('Belum ada yang hilang');
  await expect(page.locator('#contact')).toHaveValue('Kantor Dinas Perhubungan');
  await expect(page.locator('del').first()).toContainText('Balai');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');
});

test('files are what they say', { tag: '@nojs' }, async ({ page }) => {
  await signIn(page, official('wahyu'));
  await page.goto('/kantor/konsultasi/baru');
  await page.locator('#title').fill(titleOf('Berkas'));
  await page.getByRole('button', { name: 'Buat draf' }).click();
  await page.goto(`${new URL(page.url()).pathname}/berkas`);
  await page.locator('#file_title').fill('Kajian lalu lintas');
  await page.locator('#file').setInputFiles({ name: 'kajian.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
  await page.getByRole('button', { name: 'Tambah berkas' }).click();
  await expect(page.locator('#file-error')).toContainText('Berkas harus PDF');
  await expect(page.locator('#file_title')).toHaveValue('Kajian lalu lintas');
  await page.locator('#file').setInputFiles({ name: 'kajian.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
  await page.getByRole('button', { name: 'Tambah berkas' }).click();
  await expect(page.locator('#daftar')).toContainText('kajian.pdf');
  const link = page.locator('#daftar a').first();
  const answer = await page.request.get(await link.getAttribute('href') ?? '');
  expect(answer.headers()['content-disposition']).toContain('attachment');
  expect(answer.headers()['content-security-policy']).toContain('sandbox');
  expect(answer.headers()['x-content-type-options']).toBe('nosniff');
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('the preview follows the typing, and typing survives a reload', async ({ page }) => {
  await signIn(page, official('wahyu'));
  await page.goto('/kantor/konsultasi/baru');
  await page.locator('#title').fill(titleOf('Pratinjau'));
  await page.getByRole('button', { name: 'Buat draf' }).click();
  await page.waitForLoadState('networkidle');
  const kept = page.waitForResponse((response) => response.url().endsWith('/draf'));
  await page.locator('#body').pressSequentially('Taman **terang**');
  await expect(page.locator('#pratinjau strong')).toHaveText('terang');
  await kept;
  await page.reload();
  await expect(page.locator('#body')).toHaveValue('Taman **terang**');
  await page.getByRole('button', { name: 'Buang, tampilkan yang tersimpan' }).click();
  await expect(page.locator('#said')).toContainText('dibuang');
});

test('the office is closed to residents', { tag: '@nojs' }, async ({ page }) => {
  await signIn(page, 'siti@warga.example');
  for (const place of ['/kantor', '/kantor/konsultasi', '/kantor/konsultasi/baru']) {
    const answer = await page.goto(place);
    expect(answer?.status(), place).toBe(403);
  }
  const unknown = await page.goto('/berkas/tidak-ada/x.pdf');
  expect(unknown?.status()).toBe(404);
});
