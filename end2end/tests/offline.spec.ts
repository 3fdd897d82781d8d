/**
 * The network goes away while somebody writes. What was typed is never lost, what was sent is kept on the phone in plain
 * words, and it arrives once. Needs the scripts of the page: without them a form without a network is the browser's affair.
 */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { comment, openConsultation, somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, fillSignIn, official, resident, signIn, test } from './support.ts';

const OPEN = '/konsultasi/jalur-sepeda-panglima-sudirman';
const ALL = `${OPEN}/tanggapan`;
const KEPT = 'Isian disimpan di ponsel ini dan dikirim sendiri nanti.';
const SENT = 'Isian Anda sudah terkirim.';

// Without a network the browser says so on the console, about requests that the page handles.
test.use({ allowedOnConsole: [/ERR_INTERNET_DISCONNECTED|status of (409|422)/] });

const box = (page: Page) => page.getByRole('textbox', { name: 'Tanggapan Anda' });
const article = (page: Page, text: string) => page.locator('article.comment').filter({ hasText: text });
const status = (page: Page) => page.locator('.assist[role="status"]');
const awake = (page: Page) => expect(page.locator('html[data-awake]')).toBeAttached();

/** Opened, and its helpers awake. */
async function visit(page: Page, place: string) {
  await page.goto(place);
  await awake(page);
}

/** How often a text stands on the page of all comments, as anybody sees it. */
async function seen(browser: Browser, text: string, place = ALL): Promise<number> {
  const anybody = await somebody(browser);
  await anybody.goto(place);
  const count = await article(anybody, text).count();
  await anybody.context().close();
  return count;
}

/** Cuts the network, and waits until nothing comes through any more: the browser does it a little after it says so. */
async function cut(context: BrowserContext, page: Page) {
  await context.setOffline(true);
  const isCut = () => page.evaluate(() => fetch('/robots.txt', { cache: 'no-store' }).then(() => false, () => true));
  await expect.poll(isCut).toBe(true);
}

/** Sends the comment that is being typed, without a network. */
async function sendOffline(context: BrowserContext, page: Page, text: string) {
  await cut(context, page);
  await box(page).fill(text);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(status(page)).toContainText('Tanpa jaringan.');
  await expect(status(page)).toContainText(KEPT);
}

test('a text survives the loss of the network and a reload', async ({ page, context }) => {
  const text = unique('Saya sedang menulis di angkot');
  await signIn(page, resident('sulastri'));
  await visit(page, ALL);
  await cut(context, page);
  await box(page).fill(text);
  await page.reload().catch(() => {});
  await expect(box(page)).toHaveCount(0);
  await context.setOffline(false);
  await visit(page, ALL);
  await expect(box(page)).toHaveValue(text);
  // Somebody else on the same phone does not find it.
  await page.goto('/akun/profil');
  await page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await expect(page.getByText('Anda sudah keluar.')).toBeVisible();
  await signIn(page, resident('wagiman'));
  await visit(page, ALL);
  await expect(box(page)).not.toHaveValue(text);
});

test('a comment without a network is kept, said so, and sent once', async ({ page, context, browser }) => {
  const text = unique('Trotoar di depan pasar terlalu sempit');
  await signIn(page, resident('kasiyanto'));
  await visit(page, ALL);
  await sendOffline(context, page, text);
  await expect(box(page), 'nobody is led to send it again').toHaveValue('');
  await checkA11y(page);
  await expectNoSideScroll(page);
  expect(await seen(browser, text)).toBe(0);

  await context.setOffline(false);
  await expect(status(page)).toContainText(SENT);
  await expect(article(page, text), 'the page shows it without a reload').toHaveCount(1);
  await checkA11y(page);
  expect(await seen(browser, text)).toBe(1);
  await page.reload();
  await awake(page);
  await expect(box(page)).toHaveValue('');
  await expect(status(page)).toBeEmpty();
  expect(await seen(browser, text)).toBe(1);
});

test('two comments from one form are two', async ({ page, context, browser }) => {
  const [one, two] = [unique('Pertama, parkir'), unique('Kedua, pohon')];
  await signIn(page, resident('lilik'));
  await visit(page, ALL);
  await sendOffline(context, page, one);
  await sendOffline(context, page, two);
  await context.setOffline(false);
  await expect(status(page)).toContainText(SENT);
  expect(await seen(browser, one)).toBe(1);
  expect(await seen(browser, two)).toBe(1);
});

test('a vote without a network counts once, the last choice of several', async ({ page, context, browser }, info) => {
  const who = { phone: 'hariyono', desktop: 'dewi' }[info.project.name] ?? 'hariyono';
  const question = (of: Page) => of.locator('section[id^="suara-"]').filter({ has: of.locator('button[value="agree"]') }).first();
  const choice = (of: Page, value: string) => question(of).locator(`button[value="${value}"]`);
  await signIn(page, resident(who));
  await visit(page, OPEN);
  await cut(context, page);
  for (const value of ['agree', 'disagree', 'agree']) {
    await choice(page, value).click();
    await expect(status(page)).toContainText(KEPT);
  }
  await context.setOffline(false);
  await expect(status(page)).toContainText(SENT);
  await expect(choice(page, 'agree')).toHaveAttribute('aria-pressed', 'true');

  const elsewhere = await somebody(browser, resident(who));
  await elsewhere.goto(OPEN);
  await expect(choice(elsewhere, 'agree')).toHaveAttribute('aria-pressed', 'true');
  await expect(choice(elsewhere, 'disagree')).toHaveAttribute('aria-pressed', 'false');
  await question(elsewhere).locator('button[name="tarik"]').click();
  await expect(question(elsewhere).locator('[aria-pressed="true"]')).toHaveCount(0);
  await elsewhere.context().close();
});

test('what is kept is sent after the page was left and opened again', async ({ page, context, browser }) => {
  const text = unique('Jalan ini gelap setelah magrib');
  await signIn(page, resident('rokib'));
  await visit(page, ALL);
  await sendOffline(context, page, text);
  await page.close();
  await context.setOffline(false);
  expect(await seen(browser, text)).toBe(0);
  const again = await context.newPage();
  await visit(again, '/konsultasi');
  await expect(status(again)).toContainText(SENT);
  expect(await seen(browser, text)).toBe(1);
});

test('two windows send what one of them kept once', async ({ page, context, browser }) => {
  const text = unique('Halte jangan dipindah');
  await signIn(page, resident('hosnan'));
  await visit(page, ALL);
  const second = await context.newPage();
  await visit(second, ALL);
  await sendOffline(context, page, text);
  // Every window hears that the network is back.
  const sent: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/tanggapan')) sent.push(request.url());
  });
  await context.setOffline(false);
  await expect.poll(() => seen(browser, text)).toBe(1);
  await expect.poll(() => page.evaluate(() => localStorage.getItem('rembug:outbox'))).toBe('[]');
  expect(sent).toHaveLength(1);
  expect(await seen(browser, text)).toBe(1);
});

test('signing in on the way keeps the text, and nobody else sends it', async ({ page, context, browser }) => {
  const text = unique('Saya belum masuk tetapi mau bicara');
  await visit(page, ALL);
  await sendOffline(context, page, text);
  await context.setOffline(false);
  await expect(status(page)).toContainText('Masuk dulu, lalu kami kirim.');
  expect(await seen(browser, text), 'nothing is published without an account').toBe(0);
  await status(page).getByRole('link', { name: 'Masuk' }).click();
  await fillSignIn(page, resident('sugeng'));
  await expect(box(page)).toHaveValue(text);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(article(page, text)).toHaveCount(1);
  expect(await seen(browser, text)).toBe(1);
});

test('somebody who is not signed in has one text, the last that they sent', async ({ page, context }) => {
  const [first, last] = [unique('Ini dulu pendapat saya'), unique('Ini pendapat saya sekarang')];
  await visit(page, ALL);
  await sendOffline(context, page, first);
  await expect(box(page)).toHaveValue(first);
  await box(page).fill(last);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await context.setOffline(false);
  await expect(status(page)).toContainText('Masuk dulu, lalu kami kirim.');
  // A look around on the way loses nothing.
  await visit(page, OPEN);
  await page.goto(`/akun/masuk?lanjut=${ALL}`);
  await fillSignIn(page, resident('yohanes'));
  await expect(box(page)).toHaveValue(last);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(article(page, last)).toHaveCount(1);
  await expect(article(page, first)).toHaveCount(0);
});

test('a text typed before signing in comes along, also by the link in the header', async ({ page }) => {
  const text = unique('Ini saya tulis sebelum masuk');
  await visit(page, ALL);
  await box(page).fill(text);
  await page.getByRole('banner').getByRole('link', { name: 'Masuk' }).click();
  await fillSignIn(page, resident('yusuf'));
  await expect(page).toHaveURL(/\/tanggapan/);
  await expect(box(page)).toHaveValue(text);
  // Sent at once after the last letter, it does not come back as a draft.
  const last = `${text} dan sesudahnya`;
  const told: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/draf')) told.push(request.postData() ?? '');
  });
  await awake(page);
  await box(page).fill(last);
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(article(page, last)).toHaveCount(1);
  await box(page).fill('Lalu sesuatu yang lain');
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(told.filter((body) => body.includes('sesudahnya'))).toEqual([]);
  await box(page).fill('');
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(1);
});

test('what one person kept is not sent as another', async ({ page, context, browser }) => {
  const text = unique('Ini pendapat Meilani sendiri');
  await signIn(page, resident('meilani'));
  await visit(page, ALL);
  await sendOffline(context, page, text);
  // The phone changes hands before the network is back.
  await page.goto('about:blank');
  await context.clearCookies();
  await context.setOffline(false);
  await visit(page, ALL);
  await expect(status(page)).toContainText('Masuk dulu');
  await signIn(page, resident('made'));
  await visit(page, ALL);
  await expect(status(page)).toBeEmpty();
  expect(await seen(browser, text)).toBe(0);
  await context.clearCookies();
  // The first page that she opens sends it.
  await signIn(page, resident('meilani'), ALL);
  await expect(status(page)).toContainText(SENT);
  await expect(article(page, text)).toContainText('Meilani');
  expect(await seen(browser, text)).toBe(1);
});

test('what cannot be taken any more is told, and its text comes back', async ({ page, context, browser }) => {
  test.setTimeout(60_000);
  const officer = await somebody(browser, official('indah'));
  const { editor, place } = await openConsultation(officer, unique('Taman ditutup'));
  const text = unique('Terlambat sedikit');
  await signIn(page, resident('komang'));
  await comment(page, place, unique('Tepat waktu'));
  await visit(page, `${place}/tanggapan`);
  await sendOffline(context, page, text);
  await officer.goto(`${editor}/waktu`);
  await officer.locator('#alasan-tutup').fill('Semua pendapat sudah terkumpul.');
  await officer.getByRole('button', { name: 'Tutup sekarang' }).click();
  await expect(officer.locator('#said')).toContainText('tersimpan');
  await context.setOffline(false);
  await expect(status(page)).toContainText('Tidak terkirim.');
  await expect(status(page)).not.toContainText(SENT);
  await expect(box(page)).toHaveValue(text);
  // Pressed once more, the page says why.
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(page.locator('main, .assist').filter({ hasText: 'ditutup' }).first()).toBeVisible();
  await expect(page.locator('textarea').filter({ hasText: text }).or(page.getByText(text)).first()).toBeVisible();
  await officer.context().close();
});
