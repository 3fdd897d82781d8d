import { openConsultation, openStatements, somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, resident, signIn, test } from './support.ts';

const HERE = '/konsultasi/jalur-sepeda-panglima-sudirman/pernyataan';

// A form that is sent in the background and is wrong: the browser writes the status of every such answer.
test.use({ allowedOnConsole: [/status of 422/] });

test('statements are judged one at a time and the last answer can be changed', { tag: '@nojs' }, async ({ page }, info) => {
  const who = { phone: 'siti', desktop: 'bambang', 'no-js': 'komang' }[info.project.name] ?? 'siti';
  await signIn(page, `${who}@warga.example`);
  await page.goto(`${HERE}?latihan=selesai`);
  const part = page.locator('#pernyataan');
  await checkA11y(page);
  await expectNoSideScroll(page);
  const first = await part.locator('.sentence').textContent({ timeout: 2_000 }).catch(() => null);
  // Judged to the end by an earlier run: the page says so.
  if (first === null) {
    await expect(part).toContainText('Anda sudah menilai semua');
    return;
  }
  await part.locator('button[value="agree"]').click();
  await expect(part).not.toContainText(first);
  await part.getByRole('link', { name: 'Ubah jawaban terakhir' }).click();
  await expect(part).toContainText(first);
  await expect(part.locator('button[value="agree"]')).toHaveAttribute('aria-pressed', 'true');
  await part.locator('button[value="pass"]').click();
  await expect(part).not.toContainText(first);
});

test('every statement stands with its counts, in several orders', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(`${HERE}/semua`);
  await expect(page.locator('.sentences > li').first()).toContainText('setuju');
  await page.getByRole('link', { name: 'Paling terbelah' }).click();
  await expect(page).toHaveURL(/urut=terbelah/);
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('an own statement that is too short says so and stays in its field', { tag: '@nojs' }, async ({ page }, info) => {
  const who = { phone: 'siti', desktop: 'bambang', 'no-js': 'komang' }[info.project.name] ?? 'siti';
  await signIn(page, `${who}@warga.example`);
  await page.goto(HERE);
  await page.locator('textarea[name="teks"]').fill('pendek');
  await page.getByRole('button', { name: 'Kirim pernyataan' }).click();
  await expect(page.locator('#tulis')).toContainText('terlalu pendek');
  await expect(page.locator('textarea[name="teks"]')).toHaveValue('pendek');
});

test('whoever is new practises on two sentences that say why, and nothing is kept', { tag: '@nojs' }, async ({ page }) => {
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  await page.goto(HERE);
  const part = page.locator('#pernyataan');
  await expect(part).toContainText('Latihan 1 dari 2');
  await expect(part).toContainText('Jawabannya tidak disimpan');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await part.locator('button[value="agree"]').click();
  await expect(part).toContainText('Latihan 2 dari 2');
  await expect(part).toContainText('Jawaban Anda: Setuju');
  await expect(part).toContainText('Mengapa menilai kalimat orang lain?');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await part.locator('button[value="pass"]').click();
  await expect(part).toContainText('Latihan selesai');
  await expect(part).toContainText(/Pernyataan \d+/);
  await checkA11y(page);
  expect(posts).toEqual([]);
});

test('the practice can be skipped, and whoever has judged never sees it', { tag: '@nojs' }, async ({ page, browser }) => {
  await page.goto(HERE);
  const part = page.locator('#pernyataan');
  await part.getByRole('link', { name: 'Lewati latihan' }).click();
  await expect(part).toContainText(/Pernyataan \d+/);
  await expect(part).not.toContainText('Latihan');

  const officer = await somebody(browser, official('wahyu'));
  const { editor, place } = await openConsultation(officer, unique('Taman malam'));
  await openStatements(officer, editor);
  await officer.goto(`${editor}/pernyataan`);
  await officer.locator('textarea[name="teks"]').fill('Taman dijaga sampai malam.');
  await officer.getByRole('button', { name: 'Tambahkan' }).click();
  await expect(officer.getByRole('table')).toContainText('Taman dijaga');
  await officer.context().close();
  await signIn(page, resident('sugeng'));
  await page.goto(`${HERE}?latihan=selesai`);
  const first = part.locator('button[value="pass"]');
  // Judged to the end by an earlier run: that is having judged, too.
  if (await first.isVisible()) {
    await first.click();
    await expect(part).toContainText('Ubah jawaban terakhir');
  }
  await page.goto(`${place}/pernyataan`);
  await expect(part).toContainText('Taman dijaga sampai malam.');
  await expect(part).not.toContainText('Latihan');
});

test('what the office pins comes first, in its order, and the history says so', { tag: '@nojs' }, async ({ page, browser }) => {
  await signIn(page, official('wahyu'));
  const { editor, place } = await openConsultation(page, unique('Taman pagi'));
  await openStatements(page, editor);
  await page.goto(`${editor}/pernyataan`);
  for (const words of ['Taman dibuka sebelum subuh.', 'Taman perlu lebih banyak lampu.', 'Anjing boleh masuk taman.']) {
    await page.locator('textarea[name="teks"]').fill(words);
    await page.getByRole('button', { name: 'Tambahkan' }).click();
    await expect(page.getByRole('table')).toContainText(words);
  }
  const pinned = page.locator('#sematan');
  await expect(pinned).toContainText('Belum ada');
  await page.getByRole('button', { name: 'Sematkan pernyataan 3' }).click();
  await expect(pinned.locator('li').first()).toContainText('Anjing boleh masuk');
  await page.getByRole('button', { name: 'Sematkan pernyataan 2' }).click();
  await page.getByRole('button', { name: 'Naikkan pernyataan 2' }).click();
  await expect(pinned.locator('li').first()).toContainText('lebih banyak lampu');
  await checkA11y(page);
  await expectNoSideScroll(page);

  const reader = await somebody(browser);
  await reader.goto(`${place}/pernyataan?latihan=selesai`);
  await expect(reader.locator('.sentence')).toHaveText('Taman perlu lebih banyak lampu.');
  await page.getByRole('button', { name: 'Lepas pernyataan 2' }).click();
  await expect(pinned.locator('li')).toHaveCount(1);
  await reader.reload();
  await expect(reader.locator('.sentence')).toHaveText('Anjing boleh masuk taman.');
  await reader.goto(`${place}/riwayat`);
  await expect(reader.locator('main')).toContainText('Pernyataan yang tampil lebih dulu kini nomor 2, 3');
  await reader.context().close();
});
