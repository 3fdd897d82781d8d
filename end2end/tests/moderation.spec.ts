import type { Page } from '@playwright/test';
import { openConsultation, openStatements, somebody, unique } from './officer.ts';
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

/** Presses Tab until what has the focus is `wanted`, and expects that it can be seen where that is. */
async function tabTo(page: Page, wanted: string) {
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate((selector) => {
      const focus = document.activeElement;
      if (!focus?.matches(selector)) return null;
      const { outlineStyle, boxShadow } = getComputedStyle(focus);
      return outlineStyle !== 'none' || boxShadow !== 'none';
    }, wanted);
    if (found !== null) {
      expect(found, `${wanted} shows that it has the focus`).toBe(true);
      return;
    }
  }
  throw new Error(`Tab never reaches ${wanted}`);
}

test('near-duplicates wait together and one decision settles them, by keyboard alone', { tag: '@nojs' }, async ({ page, browser }) => {
  test.slow();
  const officer = await somebody(browser, official('wahyu'));
  const title = unique('Taman sore');
  const { editor, place } = await openConsultation(officer, title);
  await openStatements(officer, editor);
  await officer.goto(`${editor}/pernyataan`);
  await officer.locator('textarea[name="teks"]').fill('Kolam ikan di taman perlu pagar.');
  await officer.getByRole('button', { name: 'Tambahkan' }).click();
  await expect(officer.getByRole('table')).toContainText('Kolam ikan');
  await officer.context().close();

  const write = async (who: string, sentences: string[]) => {
    const writer = await somebody(browser, resident(who));
    for (const words of sentences) {
      await writer.goto(`${place}/pernyataan`);
      await writer.locator('textarea[name="teks"]').fill(words);
      await writer.getByRole('button', { name: 'Kirim pernyataan' }).click();
      await expect(writer.locator('#tulis')).toContainText(words);
    }
    await writer.context().close();
  };
  await write('sulastri', ['Lapangan voli di taman perlu lampu malam.', 'Kolam ikan di taman perlu pagar besi.']);
  await write('wagiman', ['Lapangan voli di taman perlu lampu di malam hari.', 'Kolam ikan di taman sebaiknya perlu pagar.']);

  await signIn(page, official('lestari'));
  await page.goto('/kantor/moderasi');
  const cases = page.locator('#menunggu li.card').filter({ hasText: title });
  await expect(cases).toHaveCount(2);
  await checkA11y(page);
  await expectNoSideScroll(page);
  const fish = cases.filter({ hasText: 'pagar besi' });
  await expect(fish).toContainText('Sudah tampil:');
  await expect(fish).toContainText('Nomor 1: Kolam ikan di taman perlu pagar.');
  const ids = await cases.filter({ hasText: 'voli' }).locator('input[name="anggota"]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  expect(ids).toHaveLength(2);

  // Without a choice nothing is decided, and the page says what is missing.
  const voli = `form:has(input[name="anggota"][value="${ids[0]}"])`;
  await tabTo(page, `${voli} button[value="accept"]`);
  await page.keyboard.press('Enter');
  await expect(page.locator('.error-summary')).toContainText('Pernyataan yang diterima');
  await tabTo(page, `${voli} input[type="radio"]`);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator(`${voli} input[value="${ids[1]}"][type="radio"]`)).toBeChecked();
  await tabTo(page, `${voli} button[value="accept"]`);
  await page.keyboard.press('Enter');
  await expect(page.locator('#said')).toBeVisible();
  await expect(cases).toHaveCount(1);

  // What only looks alike can be decided one by one.
  await fish.getByRole('link', { name: 'Putuskan satu per satu' }).click();
  await expect(cases.locator('input[name="anggota"]')).toHaveCount(0);
  await expect(page.locator('#menunggu').getByRole('checkbox', { name: 'pagar besi' })).toHaveCount(1);
  await page.goBack();

  // What is public already is why these are not taken: the reason stands there.
  const first = await fish.locator('input[name="anggota"]').first().inputValue();
  await tabTo(page, `form:has(input[name="anggota"][value="${first}"]) button[value="reject"]`);
  await page.keyboard.press('Enter');
  await expect(page.locator('#said')).toBeVisible();
  await expect(cases).toHaveCount(0);

  await page.goto(`${place}/pernyataan/semua`);
  await expect(page.locator('.sentences > li')).toHaveCount(2);
  await expect(page.locator('.sentences')).toContainText('lampu di malam hari');
  const writer = await somebody(browser, resident('sulastri'));
  await writer.goto(`${place}/pernyataan`);
  await expect(writer.locator('#tulis')).toContainText('Sudah ada pernyataan yang sama.');
  await writer.context().close();
});

test('a cluster that another moderator was faster with says so and changes nothing', { tag: '@nojs' }, async ({ page, browser }) => {
  test.slow();
  const officer = await somebody(browser, official('wahyu'));
  const title = unique('Taman siang');
  const { editor, place } = await openConsultation(officer, title);
  await openStatements(officer, editor);
  await officer.context().close();
  const writer = await somebody(browser, resident('hariyono'));
  for (const words of ['Bangku taman perlu sandaran.', 'Bangku di taman perlu sandaran.']) {
    await writer.goto(`${place}/pernyataan`);
    await writer.locator('textarea[name="teks"]').fill(words);
    await writer.getByRole('button', { name: 'Kirim pernyataan' }).click();
    await expect(writer.locator('#tulis')).toContainText(words);
  }
  await writer.context().close();

  await signIn(page, official('lestari'));
  await page.goto('/kantor/moderasi');
  const waiting = (of: Page) => of.locator('#menunggu li.card').filter({ hasText: title });
  const other = await somebody(browser, official('lestari'));
  await other.goto('/kantor/moderasi');
  await waiting(other).getByRole('combobox').selectOption('spam');
  await waiting(other).getByRole('button', { name: 'Tolak semua' }).click();
  await expect(other.locator('#said')).toBeVisible();
  await other.context().close();

  await waiting(page).getByRole('radio').first().check();
  await waiting(page).getByRole('button', { name: 'Terima yang dipilih' }).click();
  await expect(page.locator('.error-summary')).toContainText('sudah diputuskan moderator lain');
  await expect(waiting(page)).toHaveCount(0);
  await page.goto(`${place}/pernyataan/semua`);
  await expect(page.locator('main')).toContainText('Belum ada pernyataan');
});
