import { moment, openConsultation, pdf, png, somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, resident, signIn, test } from './support.ts';

const TEXT = `# BAB I. Umum

## Pasal 1. Tujuan

Peraturan ini dibuat agar taman dapat dipakai semua orang.

## Pasal 2. Jam buka

Taman dibuka pukul 06.00 sampai 21.00.
`;

const titleOf = (name: string) => unique(`Taman ${name}`);

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

test('a consultation goes from a blank page to its published answer', { tag: '@nojs' }, async ({ page, browser }) => {
  test.setTimeout(120_000);
  const said = (text: string) => expect(page.locator('#said')).toContainText(text);
  const save = async () => {
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await said('tersimpan');
  };
  await signIn(page, official('wahyu'));
  await page.goto('/kantor/konsultasi/baru');
  const title = titleOf('Hutan Kota');
  await page.locator('#title').fill(title);
  await page.getByRole('button', { name: 'Buat draf' }).click();
  await expect(page.locator('h1')).toHaveText(title);
  const editor = new URL(page.url()).pathname;
  const place = `/konsultasi/${editor.split('/').at(-1)}`;

  // The list of what is missing grows shorter with every part.
  const missing = page.locator('.checks').first();
  for (const part of ['Isi ringkasan', 'Tulis penjelasan', 'Isi waktu buka', 'Isi waktu tutup']) {
    await expect(missing).toContainText(part);
  }
  await page.locator('#summary').fill('Hutan kota dibuka sampai malam dan diberi lampu.');
  await page.locator('#body').fill('## Mengapa\n\nLampu membuat taman aman. '.padEnd(300, 'Warga ikut menentukan jam bukanya. '));
  await page.locator('#contact').fill('dishub@batu.example');
  await save();
  await expect(missing).not.toContainText('Isi ringkasan');

  await page.goto(`${editor}/naskah`);
  await page.locator('#source').fill(TEXT);
  await page.getByRole('button', { name: 'Lihat potongan pasal' }).click();
  await page.getByRole('button', { name: 'Simpan versi 1' }).click();
  await expect(page.locator('.timeline')).toContainText('Versi 1, 2 pasal');

  await page.goto(`${editor}/pertanyaan`);
  await page.locator('#title').fill('Setujukah Anda dengan jam buka baru?');
  await page.getByRole('button', { name: 'Tambah pertanyaan' }).click();
  await expect(page.locator('#daftar')).toContainText('jam buka baru');
  await page.locator('#title').fill('Apa yang paling perlu?');
  await page.getByLabel('Beberapa pilihan').check();
  await page.locator('#options').fill('Lampu\nBangku\nToilet');
  await page.locator('#max_choices').fill('2');
  await page.getByRole('button', { name: 'Tambah pertanyaan' }).click();
  await expect(page.locator('#daftar')).toContainText('paling banyak 2');

  const statement = unique('Hutan kota harus gratis bagi semua');
  await page.goto(`${editor}/pernyataan`);
  await page.getByLabel('Pernyataan dinas').fill(statement);
  await page.getByRole('button', { name: 'Tambahkan' }).click();
  await expect(page.locator('table')).toContainText(statement);

  await page.goto(`${editor}/berkas`);
  const picture = { name: 'hutan.png', mimeType: 'image/png', buffer: png(1200, 630) };
  await page.locator('#cover').setInputFiles(picture);
  await page.getByRole('button', { name: 'Simpan gambar' }).click();
  await expect(page.locator('#cover_alt-error'), 'a picture needs its words').toBeVisible();
  await page.locator('#cover').setInputFiles(picture);
  await page.locator('#cover_alt').fill('Pohon besar di tepi jalan setapak');
  await page.getByRole('button', { name: 'Simpan gambar' }).click();
  await said('tersimpan');
  await expect(page.getByRole('img', { name: 'Pohon besar di tepi jalan setapak' })).toBeVisible();
  await page.locator('#file_title').fill('Kajian hutan kota');
  await page.locator('#file').setInputFiles({ name: 'kajian.pdf', mimeType: 'application/pdf', buffer: pdf() });
  await page.getByRole('button', { name: 'Tambah berkas' }).click();
  await expect(page.locator('#daftar')).toContainText('kajian.pdf');
  await checkA11y(page);
  await expectNoSideScroll(page);

  // The draft is nobody's business, but for those who hold its link.
  await page.goto(`${editor}/waktu`);
  await page.locator('#opens_at').fill(moment(-1));
  await page.locator('#closes_at').fill(moment(9));
  await page.getByRole('checkbox', { name: /menilai dan menulis pernyataan/ }).check();
  await save();
  await expect(page.locator('.checks')).toHaveCount(0);
  await expect(page.locator('.office-aside')).toContainText('siap terbit');
  const secret = (await page.locator('#tautan a').getAttribute('href')) ?? '';
  const anybody = await somebody(browser);
  expect((await anybody.goto(place))?.status()).toBe(404);
  expect((await anybody.goto(secret))?.status()).toBe(200);
  await expect(anybody.getByText('Ini konsep.')).toBeVisible();
  await expect(anybody.getByRole('img', { name: 'Pohon besar' })).toBeVisible();
  await checkA11y(anybody);
  await page.getByRole('button', { name: 'Ganti tautan' }).click();
  await said('tersimpan');
  expect((await anybody.goto(secret))?.status(), 'the old link').toBe(404);

  await page.getByRole('button', { name: 'Terbitkan sekarang' }).click();
  await said('Sudah terbit');
  await anybody.goto(place);
  await expect(anybody.locator('.phases [aria-current="step"]')).toContainText('Dibuka');
  const follower = await somebody(browser, resident('tukinem'));
  await follower.goto(place);
  await follower.getByRole('button', { name: 'Ikuti', exact: true }).click();
  await expect(follower.locator('#ikuti')).toContainText('Berhenti mengikuti');

  // A resident votes, judges and comments on the text.
  const warga = await somebody(browser, resident('laila'));
  const ballot = (name: string) => warga.locator('section[id^="suara-"]').filter({ hasText: name });
  await warga.goto(place);
  await ballot('jam buka baru').locator('button[value="agree"]').click();
  await expect(ballot('jam buka baru')).toContainText('Suara Anda tersimpan.');
  await ballot('paling perlu').getByLabel('Lampu').check();
  await ballot('paling perlu').getByLabel('Toilet').check();
  await ballot('paling perlu').getByRole('button', { name: 'Simpan pilihan' }).click();
  await expect(ballot('paling perlu')).toContainText('Suara Anda tersimpan.');
  await warga.goto(`${place}/pernyataan?latihan=selesai`);
  await expect(warga.locator('#pernyataan')).toContainText(statement);
  await warga.locator('#pernyataan button[value="agree"]').click();
  await expect(warga.locator('#pernyataan')).toContainText('Anda sudah menilai semua');
  const text = unique('Jam buka terlalu pendek bagi yang bekerja');
  await warga.goto(`${place}/naskah/2`);
  await warga.getByRole('textbox', { name: 'Tanggapan Anda' }).fill(text);
  await warga.getByRole('radio', { name: 'Menolak' }).check();
  await warga.getByRole('button', { name: 'Kirim tanggapan' }).click();
  const said2 = warga.locator('article.comment').filter({ hasText: text });
  await expect(said2).toBeVisible();
  const thread = (await said2.locator('header a').last().getAttribute('href')) ?? '';

  // The office answers, and those who follow hear of it.
  await page.goto(thread);
  await page.getByRole('textbox', { name: 'Balasan Anda' }).fill('Kami pertimbangkan pukul 22.00.');
  await page.getByRole('checkbox', { name: /Tulis sebagai/ }).check();
  await page.getByRole('button', { name: 'Kirim balasan' }).click();
  await expect(page.locator('.official').last()).toContainText('Kami pertimbangkan pukul 22.00.');
  await follower.goto('/akun/kabar');
  const news = follower.locator('#kabar li').filter({ hasText: title });
  await expect(news.first()).toContainText('Dinas menjawab di tanggapan');
  await checkA11y(follower);
  await expectNoSideScroll(follower);

  // Another version of the text drops the clause: its comment stays, and says so.
  await page.goto(`${editor}/naskah`);
  await page.locator('#source').fill(TEXT.slice(0, TEXT.indexOf('## Pasal 2')));
  await page.getByRole('button', { name: 'Lihat potongan pasal' }).click();
  await expect(page.locator('#pratinjau-naskah')).toContainText('Tidak ada lagi');
  await page.getByRole('button', { name: 'Simpan versi 2' }).click();
  await expect(page.locator('.error-summary')).toContainText('Apa yang berubah');
  await page.locator('#note').fill('Pasal tentang jam buka dihapus.');
  await page.locator('#reason').fill('Jam buka diatur di papan taman saja.');
  await page.getByRole('button', { name: 'Simpan versi 2' }).click();
  await said('tersimpan');
  await anybody.goto(`${place}/tanggapan`);
  await expect(anybody.locator('article.comment').filter({ hasText: text })).toContainText('pasal ini sudah tidak ada');
  await anybody.goto(`${place}/naskah/2`);
  await expect(anybody.getByText('Pasal ini sudah tidak ada di naskah terbaru.')).toBeVisible();
  await expect(anybody.locator('main')).toContainText(text);
  await anybody.goto(`${place}/naskah/perubahan`);
  await expect(anybody.locator('main')).toContainText('Jam buka diatur di papan taman saja.');

  // Later, and then earlier after all: each with a reason that everybody sees.
  await page.goto(`${editor}/waktu`);
  await page.locator('#closes_at').fill(moment(20));
  await page.locator('#reason').fill('Warga meminta waktu dua minggu lagi.');
  await page.getByRole('button', { name: 'Perpanjang konsultasi' }).click();
  await said('tersimpan');
  await anybody.goto(place);
  await expect(anybody.locator('main')).toContainText('Warga meminta waktu dua minggu lagi.');
  await page.goto(`${editor}/waktu`);
  await page.getByRole('button', { name: 'Tutup sekarang' }).click();
  await expect(page.locator('#reason-error')).toContainText('Alasan belum diisi');
  await page.locator('#reason').fill('Semua kelompok warga sudah didengar.');
  await page.getByRole('button', { name: 'Tutup sekarang' }).click();
  await said('tersimpan');
  await anybody.goto(place);
  await expect(anybody.locator('main')).toContainText('Semua kelompok warga sudah didengar.');
  await expect(anybody.locator('.phases [aria-current="step"]')).toContainText('Ditutup');
  await anybody.goto(`${place}/riwayat`);
  await expect(anybody.locator('main')).toContainText('Ditutup lebih awal');
  await checkA11y(anybody);
  await expectNoSideScroll(anybody);

  // Themes, a reply to everything that needs one, and the decision.
  await page.goto(`${editor}/tema`);
  await page.getByLabel('Nama tema').first().fill('Jam buka');
  await page.getByRole('button', { name: 'Simpan tema' }).first().click();
  await page.getByRole('checkbox', { name: text }).check();
  await page.getByLabel('Masukkan ke tema').selectOption({ label: 'Jam buka' });
  await page.getByRole('button', { name: 'Masukkan', exact: true }).click();
  await expect(page.locator('#tema li').filter({ hasText: 'Jam buka' })).toContainText('1 tanggapan');
  await page.goto('/kantor');
  await expect(page.locator('main li').filter({ hasText: title })).toContainText('3 pertanyaan atau tema belum dibalas');
  for (const subject of ['jam buka baru', 'paling perlu', 'Jam buka']) {
    await page.goto(`${editor}/jawaban`);
    const item = page.locator('li.card').filter({ hasText: subject, has: page.getByText('Belum dijawab') }).first();
    await item.locator('summary').click();
    await item.getByRole('textbox').fill(`Jawaban kami tentang ${subject}.`);
    await item.getByRole('button', { name: 'Simpan jawaban' }).click();
    await said('tersimpan');
  }
  await page.goto(`${editor}/jawaban`);
  await page.getByRole('radio', { name: 'Rencana diubah' }).check();
  await page.locator('#reason').fill('Hutan kota dibuka sampai pukul **22.00**.');
  await page.getByRole('button', { name: 'Terbitkan keputusan' }).click();
  await expect(page.locator('#keputusan')).toContainText('Keputusan sudah terbit');
  await checkA11y(page);
  await expectNoSideScroll(page);

  await anybody.goto(place);
  await expect(anybody.locator('.phases [aria-current="step"]')).toContainText('Dijawab');
  await anybody.getByRole('link', { name: 'Lihat hasil dan jawaban' }).click();
  await expect(anybody.locator('#keputusan strong')).toHaveText('22.00');
  await expect(anybody.locator('main')).toContainText('Jawaban kami tentang paling perlu.');
  await checkA11y(anybody);
  await expectNoSideScroll(anybody);
  await follower.goto('/akun/kabar');
  await expect(news.filter({ hasText: 'Dinas menjawab konsultasi' })).toHaveCount(1);
  for (const other of [anybody, follower, warga]) await other.context().close();
});

test('what is announced can be read and followed, and opens when it says', { tag: '@nojs' }, async ({ page, browser }) => {
  await signIn(page, official('indah'));
  const { editor, place } = await openConsultation(page, titleOf('Diumumkan'), moment(2));
  const anybody = await somebody(browser, resident('suparmi'));
  await anybody.goto(place);
  await expect(anybody.locator('.phases [aria-current="step"]')).toContainText('Diumumkan');
  await expect(anybody.getByText('Belum dibuka.')).toBeVisible();
  await expect(anybody.locator('button[value="agree"]')).toHaveCount(0);
  await expect(anybody.getByRole('textbox', { name: 'Tanggapan Anda' })).toHaveCount(0);
  await anybody.getByRole('button', { name: 'Ikuti', exact: true }).click();
  await expect(anybody.locator('#ikuti')).toContainText('Berhenti mengikuti');
  await checkA11y(anybody);
  await anybody.context().close();

  // Nobody can say afterwards that it had been open before.
  await page.goto(`${editor}/waktu`);
  await page.locator('#opens_at').fill(moment(-1));
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#opens_at-error')).toBeVisible();
  await page.locator('#opens_at').fill(moment(1));
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');
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
  await page.locator('#file').setInputFiles({ name: 'kajian.pdf', mimeType: 'application/pdf', buffer: pdf() });
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
