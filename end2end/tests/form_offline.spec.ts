/**
 * A form of a service on a phone whose network comes and goes: what was typed and chosen is never lost, a form goes on without
 * a network, and what is finished becomes one case. Needs the scripts of the page and the site's worker.
 */
import type { BrowserContext, Page } from '@playwright/test';
import { fillPage, SERVICES, type Answers } from './form.ts';
import { unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, test } from './support.ts';

const GENERAL = '/layanan/permohonan-umum';

// Without a network the browser says so on the console, about requests that the page handles.
test.use({ serviceWorkers: 'allow', allowedOnConsole: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of (400|404|409|422)/] });

// Whole forms with checks of every page: more than one step of a journey.
test.describe.configure({ timeout: 90_000 });

const status = (page: Page) => page.locator('.assist[role="status"]');

/** Opened, its helpers awake, and everything of it kept for the time without a network. */
async function visit(page: Page, place: string) {
  await page.goto(place);
  await expect(page.locator('html[data-awake]')).toBeAttached();
}

async function isKept(page: Page, form = GENERAL) {
  const paths = [`${form}/luring?bahasa=id`, `${form}/formulir.json?bahasa=id`, '/layanan?bahasa=id'];
  const count = () =>
    page.evaluate(async (wanted) => {
      if (!navigator.serviceWorker.controller) return 0;
      const found = await Promise.all(wanted.map((path) => caches.match(path)));
      return found.filter(Boolean).length;
    }, paths);
  await expect.poll(count).toBe(paths.length);
}

async function cut(context: BrowserContext, page: Page) {
  await context.setOffline(true);
  const isCut = () => page.evaluate(() => fetch('/robots.txt', { cache: 'no-store' }).then(() => false, () => true));
  await expect.poll(isCut).toBe(true);
}

const next = (page: Page) => page.locator('section:not([hidden]) form, form').locator('visible=true').getByRole('button', { name: 'Lanjut', exact: true }).last().click();

/** Fills in every page of the general request, as the phone shows them. */
async function fill(page: Page, subject: string) {
  await page.locator('#nama').fill('Siti Aminah');
  await page.locator('#telepon').fill('0812-3456-7890');
  await next(page);
  await page.locator('[id="alamat.street"]').fill('Jl. Punten 3');
  await page.locator('[id="alamat.area"]').selectOption({ index: 1 });
  await next(page);
  await page.locator('#perihal').fill(subject);
  await page.locator('#uraian').fill('Lampu di gang tiga mati sejak Senin malam.');
  await next(page);
  await page.getByLabel('Tidak', { exact: true }).check();
  await next(page);
  // Pressed again before the page has turned, the button would be the last page's.
  await expect(page.locator('#lampiran')).toBeVisible();
  await next(page);
  await page.locator('#benar').check();
  await next(page);
}

/** Somebody without an account opens the form once, and then there is no network. */
async function offline(page: Page, context: BrowserContext) {
  await visit(page, GENERAL);
  await isKept(page);
  await cut(context, page);
  await page.goto(GENERAL);
  await expect(page.locator('#nama')).toBeVisible();
}

test('a place is tapped on the map without a network, and is there again after a reload', async ({ page, context }) => {
  await offline(page, context);
  await page.goto(`${GENERAL}#/isi/tempat`);
  const map = page.locator('section:not([hidden]) .area-map');
  const sisir = map.locator('[data-area="35.79.01.1004"]');
  const point = page.locator('[id="titik.lat"]');
  await page.getByLabel('Ya', { exact: true }).check();
  await sisir.click();
  await expect(page.locator('[id="titik.area"]')).toHaveValue('35.79.01.1004');
  await sisir.click();
  await expect(point).toHaveValue(/^-7\.\d{5}, 112\.\d{5}$/);
  const kept = await point.inputValue();
  await page.reload();
  await expect(point).toHaveValue(kept);
  await expect(sisir).toHaveClass('is-chosen');
  await expect(map.locator('.area-pin')).toBeVisible();
});

/** What this phone finished, as the list of services says. */
const outbox = (page: Page) => page.locator('[data-outbox]');

/** The number that the phone was told. */
async function number(page: Page): Promise<string> {
  await visit(page, '/layanan');
  await expect(outbox(page)).toContainText('Diterima dengan nomor');
  const text = await outbox(page).innerText();
  return text.match(/nomor (\S+)/)?.[1] ?? '';
}

test('a form opened once is filled in without a network, waits, and becomes one case after a reload', async ({ page, context }) => {
  const subject = unique('Lampu jalan mati');
  await offline(page, context);
  await checkA11y(page);
  await expectNoSideScroll(page);
  // What is missing is said as the server says it.
  await next(page);
  await expect(page.locator('.error-summary')).toBeVisible();
  await expect(page.locator('#nama-error')).toBeVisible();
  await checkA11y(page);
  await fill(page, subject);
  await expect(page.getByRole('heading', { level: 1, name: 'Periksa jawaban Anda' })).toBeVisible();
  await expect(page.locator('[data-rows]')).toContainText(subject);
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.getByRole('button', { name: 'Kirim bila ada jaringan' }).click();
  await expect(page.getByRole('heading', { level: 1 }).locator('visible=true')).toHaveText('Tersimpan di ponsel ini');
  await checkA11y(page);
  // Left, and opened again without a network: it still waits, and says so.
  await page.goto('/layanan');
  await expect(outbox(page)).toContainText('Tersimpan di ponsel ini');
  await checkA11y(page);

  const sent: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/kirim')) sent.push(request.postData() ?? '');
  });
  await context.setOffline(false);
  await page.reload();
  await expect(outbox(page)).toContainText('Diterima dengan nomor');
  const first = await number(page);
  await page.reload();
  expect(await number(page)).toBe(first);
  // A guest whom the server has never met is introduced first, and a reload may cut an answer off: whatever is sent again is
  // the same, under the same key.
  expect(sent.length).toBeGreaterThan(0);
  expect(new Set(sent).size, sent.join('\n')).toBe(1);
  await outbox(page).getByRole('link', { name: 'Lacak permohonan' }).click();
  await expect(page).toHaveURL(/\/lacak(\/|\?nomor=)/);
  await expect(page.locator('main')).toBeVisible();
});

test('two windows send what was finished once', async ({ page, context }) => {
  const subject = unique('Selokan tersumbat');
  await offline(page, context);
  const second = await context.newPage();
  await second.goto(GENERAL);
  await expect(second.locator('#nama')).toBeVisible();
  await fill(page, subject);
  await page.getByRole('button', { name: 'Kirim bila ada jaringan' }).click();
  await expect(page.locator('[data-state]')).toHaveText('Tersimpan di ponsel ini');
  const answers: string[] = [];
  context.on('response', async (response) => {
    if (response.url().endsWith('/kirim') && response.status() === 200) answers.push(await response.text());
  });
  await context.setOffline(false);
  await expect(page.locator('[data-state]')).toContainText('Diterima dengan nomor');
  await expect.poll(() => answers.length).toBe(1);
  await visit(second, '/layanan');
  await expect(outbox(second)).toContainText('Diterima dengan nomor');
  expect(answers).toHaveLength(1);
});

test('an answer that is lost is found again: the same key is the same number', async ({ page, context }) => {
  await offline(page, context);
  await fill(page, unique('Jalan berlubang'));
  await page.getByRole('button', { name: 'Kirim bila ada jaringan' }).click();
  await expect(page.locator('[data-state]')).toHaveText('Tersimpan di ponsel ini');
  const numbers: string[] = [];
  let lost = 0;
  await context.route('**/kirim', async (route) => {
    const answer = await route.fetch();
    if (answer.status() === 200) numbers.push((await answer.json()).number);
    if (answer.status() === 200 && lost++ === 0) return route.abort();
    return route.fulfill({ response: answer });
  });
  await context.setOffline(false);
  await expect.poll(() => numbers.length).toBe(1);
  await expect(page.locator('[data-state]')).toHaveText('Tersimpan di ponsel ini');
  await page.reload();
  await expect.poll(() => numbers.length).toBe(2);
  expect(numbers[1]).toBe(numbers[0]);
  expect(await number(page)).toBe(numbers[0]);
});

test('a page of the server keeps what was typed and chosen through a reload, and goes on from the phone', async ({ page, context }) => {
  await visit(page, GENERAL);
  await isKept(page);
  await page.getByRole('button', { name: 'Mulai mengisi' }).click();
  await visit(page, `${GENERAL}/isi/pemohon`);
  await page.locator('#nama').fill('Siti Aminah');
  await page.reload();
  await expect(page.locator('html[data-awake]')).toBeAttached();
  await expect(page.locator('#nama')).toHaveValue('Siti Aminah');
  await visit(page, `${GENERAL}/isi/lampiran`);
  await page.locator('#lampiran').setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: pdf(40_000) });
  const chosen = () => page.locator('#lampiran').evaluate((input: HTMLInputElement) => input.files?.[0]?.name);
  await expect.poll(() => page.evaluate(async () => (await (await caches.open('rembug:files')).keys()).length)).toBe(1);
  await page.reload();
  await expect.poll(chosen).toBe('surat.pdf');
  // The step is sent without a network.
  await visit(page, `${GENERAL}/isi/pemohon`);
  await page.locator('#telepon').fill('0812-3456-7890');
  await cut(context, page);
  await page.getByRole('button', { name: 'Lanjut' }).last().click();
  await expect(page.getByText('Halaman tadi tersimpan di ponsel ini')).toBeVisible();
  await expect(page.locator('[id="alamat.street"]')).toBeVisible();
  await checkA11y(page);
  await page.locator('[id="alamat.street"]').fill('Jl. Punten 3');
  await page.locator('[id="alamat.area"]').selectOption({ index: 1 });
  await next(page);
  await expect(page.locator('#perihal')).toBeVisible();
  // With the network back, the server learns of it.
  await context.setOffline(false);
  await visit(page, `${GENERAL}/isi/pemohon`);
  await expect(page.locator('#nama')).toHaveValue('Siti Aminah');
  await expect(page.locator('#telepon')).toHaveValue('0812-3456-7890');
  await visit(page, `${GENERAL}/isi/permohonan`);
  await expect.poll(async () => (await page.request.get(`${GENERAL}/isi/alamat`)).text()).toContain('Jl. Punten 3');
});

/** A PDF of so many bytes, no two alike. Letters only: among all signs, chance writes names that a PDF must not have. */
function pdf(size: number): Buffer {
  const noise = Buffer.from(Array.from({ length: size }, () => 97 + Math.floor(Math.random() * 26)));
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), noise, Buffer.from('\n%%EOF')]);
}

test('an upload goes on where it was cut', async ({ page, context }) => {
  await visit(page, GENERAL);
  await page.getByRole('button', { name: 'Mulai mengisi' }).click();
  await visit(page, `${GENERAL}/isi/lampiran`);
  const pieces: number[] = [];
  await context.route('**/layanan/unggah/*', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('dari'));
    pieces.push(from);
    // The network goes in the middle, once.
    return pieces.length === 3 ? route.abort() : route.continue();
  });
  await page.locator('#lampiran').setInputFiles({ name: 'besar.pdf', mimeType: 'application/pdf', buffer: pdf(1_000_000) });
  await expect.poll(() => pieces.length).toBe(3);
  await expect(page.getByText('Berkas tersimpan di ponsel ini')).toBeVisible();
  await page.reload();
  await expect(page.getByText('besar.pdf: sudah terunggah')).toBeVisible({ timeout: 15_000 });
  const piece = 256 * 1024;
  expect(pieces).toEqual([0, piece, 2 * piece, 2 * piece, 3 * piece]);
  await page.getByRole('button', { name: 'Lanjut' }).last().click();
  await visit(page, `${GENERAL}/isi/lampiran`);
  await expect(page.getByRole('link', { name: 'besar.pdf' })).toBeVisible();
  await expect.poll(() => page.evaluate(async () => (await (await caches.open('rembug:files')).keys()).length)).toBe(0);
});

test('a shared computer keeps nothing', async ({ page }) => {
  await visit(page, GENERAL);
  await isKept(page);
  await page.getByRole('button', { name: 'Mulai mengisi' }).click();
  await visit(page, `${GENERAL}/isi/pemohon`);
  await page.locator('#nama').fill('Siti Rahasia');
  await visit(page, `${GENERAL}/isi/lampiran`);
  await page.locator('#lampiran').setInputFiles({ name: 'ktp.pdf', mimeType: 'application/pdf', buffer: pdf(20_000) });
  await expect.poll(() => page.evaluate(async () => (await (await caches.open('rembug:files')).keys()).length)).toBe(1);
  await page.goto(`${GENERAL}/nanti`);
  await page.getByRole('button', { name: 'Hapus dari perangkat ini' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tidak ada lagi isian di perangkat ini');
  const left = await page.evaluate(async () => ({
    texts: Object.entries(localStorage).filter(([key, value]) => `${key}${value}`.includes('Rahasia') || key.startsWith('rembug:form')),
    files: (await caches.keys()).includes('rembug:files'),
  }));
  expect(left).toEqual({ texts: [], files: false });
  await visit(page, GENERAL);
  await page.getByRole('button', { name: 'Mulai mengisi' }).click();
  await visit(page, `${GENERAL}/isi/pemohon`);
  await expect(page.locator('#nama')).toHaveValue('');
});

test('who says that others use the computer leaves nothing in it while filling in', async ({ page }) => {
  await visit(page, GENERAL);
  await page.getByLabel('Komputer ini dipakai bersama orang lain').check();
  await page.getByRole('button', { name: 'Mulai mengisi' }).click();
  await visit(page, `${GENERAL}/isi/pemohon`);
  await page.locator('#nama').fill('Siti Rahasia');
  await page.reload();
  await expect(page.locator('html[data-awake]')).toBeAttached();
  await expect(page.locator('#nama')).toHaveValue('');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Rahasia');
});

test('a page of the release before works on after a new one came', async ({ page, context }) => {
  // The release before: its worker has an address of its own, and so have its files.
  await visit(page, GENERAL);
  await isKept(page);
  const old = await page.evaluate(async () => {
    const shell = await caches.open('rembug:shell:?v=sebelumnya');
    for (const file of ['/pkg/rembug.js', '/pkg/rembug.wasm', '/boot.js']) {
      const now = [...document.querySelectorAll('script')].map((s) => new URL(s.src).search)[0];
      const answer = await fetch(file + now);
      await shell.put(file + '?v=sebelumnya', answer);
    }
    return (await (await caches.open('rembug:shell:?v=sebelumnya')).keys()).length;
  });
  expect(old).toBe(3);
  // A page that was drawn by it, kept on the phone, and opened after the new one is there.
  await page.evaluate(async (form) => {
    const pages = await caches.open('rembug:pages');
    const name = `${form}/luring?bahasa=id`;
    const html = await (await pages.match(name))!.text();
    const before = html.replaceAll(/\?v=[^"]+/g, '?v=sebelumnya');
    await pages.put(name, new Response(before, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
  }, GENERAL);
  await cut(context, page);
  await page.goto(GENERAL);
  await expect(page.locator('#nama')).toBeVisible();
  await fill(page, unique('Dari rilis sebelumnya'));
  await page.getByRole('button', { name: 'Kirim bila ada jaringan' }).click();
  await context.setOffline(false);
  await expect(page.locator('[data-state]')).toContainText('Diterima dengan nomor');
  await expect(status(page)).toContainText('Diterima');
});

/** From where a form stands on the phone to the page on which the answers are checked. */
async function fillSheet(page: Page, answers: Answers) {
  const seen = (selector: string) => page.locator(selector).locator('visible=true');
  for (let step = 0; step < 80; step += 1) {
    if (page.url().endsWith('#/periksa')) return;
    await fillPage(page, answers);
    // A file is read and kept before the form has it.
    const files = await seen('input[type=file]').count();
    await expect.poll(() => seen('ul.files > li').count()).toBeGreaterThanOrEqual(files);
    const add = seen('button[name="_tambah"]');
    const group = (await add.count()) > 0 ? await add.getAttribute('value') : null;
    const wanted = group ? (answers[group] as Answers[]).length : 0;
    const there = group ? await seen('ul.files > li').count() : 0;
    const before = page.url();
    if (there < wanted) await add.click();
    else await next(page);
    await expect.poll(async () => page.url() !== before || (await seen('.error-summary').count()) > 0).toBe(true);
    await expect(page.locator('.error-summary'), `nothing is wrong at ${before}`).toHaveCount(0);
    // The address changes first, the page that it names is drawn when the browser has told so.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50))));
  }
  throw new Error(`the form does not end: ${page.url()}`);
}

for (const [key, answers] of Object.entries(SERVICES)) {
  test(`${key} is finished without a network and becomes one case after a reload`, async ({ page, context }) => {
    test.skip(test.info().project.name !== 'phone', 'on a phone');
    const place = `/layanan/${key}`;
    await visit(page, place);
    await isKept(page, place);
    await cut(context, page);
    await page.goto(place);
    await fillSheet(page, answers);
    await page.getByRole('button', { name: 'Kirim bila ada jaringan' }).click();
    await expect(page.locator('[data-state]')).toHaveText('Tersimpan di ponsel ini');
    await page.goto('/layanan');
    await expect(outbox(page)).toContainText('Tersimpan di ponsel ini');
    await context.setOffline(false);
    await page.reload();
    await expect(outbox(page)).toContainText('Diterima dengan nomor', { timeout: 20_000 });
    const first = await number(page);
    await page.reload();
    expect(await number(page)).toBe(first);
  });
}
