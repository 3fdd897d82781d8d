import { checkA11y, expect, expectNoSideScroll, official, resident, signIn, test } from './support.ts';

const ALL = '/konsultasi/jalur-sepeda-panglima-sudirman/tanggapan';

test('the public log can be read by everybody', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/moderasi');
  await expect(page.locator('h1')).toHaveText('Catatan moderasi');
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('residents are not let into moderation', { tag: '@nojs' }, async ({ page }) => {
  await signIn(page, resident('siti'));
  const answer = await page.goto('/kantor/moderasi');
  expect(answer?.status()).toBe(403);
});

test('a reported comment is hidden with a reason, says so in its place, and comes back', { tag: '@nojs' }, async ({ page, browser }) => {
  const text = `Kiriman yang tidak pantas ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  await signIn(page, resident('ngatemin'));
  await page.goto(ALL);
  await page.getByRole('textbox', { name: 'Tanggapan Anda' }).fill(text);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  const mine = page.locator('article.comment').filter({ hasText: text }).first();
  const place = (await mine.locator('header a').last().getAttribute('href')) ?? '';

  const javaScriptEnabled = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  const open = async (email: string) => {
    const other = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await signIn(other, email);
    return other;
  };
  const bambang = await open(resident('bambang'));
  await bambang.goto(place);
  await bambang.locator('summary', { hasText: 'Laporkan kepada moderator' }).click();
  await bambang.getByRole('radio', { name: 'Menghina' }).check();
  await bambang.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(bambang.locator('#lapor')).toContainText('sudah melaporkan');

  const lestari = await open(official('lestari'));
  await lestari.goto('/kantor/moderasi');
  await checkA11y(lestari);
  await expectNoSideScroll(lestari);
  const waiting = lestari.locator('li').filter({ hasText: text }).first();
  await waiting.getByRole('checkbox').check();
  await lestari.getByRole('button', { name: 'Sembunyikan' }).click();
  await expect(lestari.locator('.error-summary')).toContainText('Alasan');
  await lestari.locator('#t-alasan').selectOption('insult');
  await lestari.getByRole('button', { name: 'Sembunyikan' }).click();
  await expect(lestari.locator('#said')).toBeVisible();

  await bambang.goto(place);
  await expect(bambang.locator('.absent').first()).toContainText('Disembunyikan moderator');
  await expect(bambang.locator('main')).not.toContainText(text);
  await page.goto(place);
  await expect(page.locator('main')).toContainText('Hanya Anda yang melihat teks ini');
  await expect(page.locator('main')).toContainText(text);
  await page.goto('/moderasi');
  await expect(page.locator('main')).toContainText('Menghina orang atau kelompok');

  await lestari.goto(place);
  await lestari.getByRole('button', { name: 'Tampilkan lagi' }).click();
  await expect(lestari.locator('article.comment').first()).toContainText(text);
  await bambang.context().close();
  await lestari.context().close();
});
