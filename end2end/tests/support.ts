/**
 * What every browser test starts from: import `test` and `expect` from here, not from Playwright.
 *
 * - `test` fails when the page says anything on the console that a resident would suffer from.
 * - `checkA11y`, `expectNoSideScroll` are the two questions asked of every page.
 * - `signIn` opens a session as one of the demo town's people.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

export { expect };

type Quiet = {
  /**
   * Console lines that this test expects, for example `test.use({ allowedOnConsole: [/offline/] })`. One pattern alone: of two,
   * Playwright takes the second for the fixture's settings.
   */
  allowedOnConsole: RegExp[];
  quietConsole: void;
};

/** Playwright's `test`, and a console that must stay silent: no warning, no error, no uncaught exception. */
export const test = base.extend<Quiet>({
  // A client of its own: the town's limits by address are for one person, not for all tests together.
  extraHTTPHeaders: async ({}, use) => use({ 'x-forwarded-for': client() }),
  allowedOnConsole: [[], { option: true }],
  quietConsole: [
    async ({ context, allowedOnConsole }, use) => {
      const complaints = listen(context);
      await use();
      const unexpected = complaints().filter((line) => !allowedOnConsole.some((allowed) => allowed.test(line)));
      expect(unexpected, 'warnings and errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});

/** An address that nobody else has. */
export const client = () => `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 254) + 1).join('.')}`;

/** Collects what all pages of `context` complain about. */
function listen(context: BrowserContext): () => string[] {
  const heard: { line: string; about: string }[] = [];
  const refusedPages = new Set<string>();

  context.on('console', (message) => {
    if (!['warning', 'error'].includes(message.type())) return;
    // Playwright says what the configuration asks it to do.
    if (message.text().includes('registration blocked by Playwright')) return;
    const about = message.location().url;
    heard.push({ line: `${message.type()}: ${message.text()} (${about})`, about });
  });
  context.on('weberror', (error) => heard.push({ line: `exception: ${error.error().stack ?? error.error()}`, about: '' }));
  // Chromium also reports a *page* answered 404 or 422. Such an answer is the subject of a test, not an accident in it.
  context.on('response', (response) => {
    const refused = response.status() >= 400 && response.status() < 500;
    if (refused && response.request().isNavigationRequest()) refusedPages.add(response.url());
  });

  const isRefusedPage = ({ line, about }: (typeof heard)[number]) =>
    line.startsWith('error: Failed to load resource') && refusedPages.has(about);
  return () => heard.filter((complaint) => !isRefusedPage(complaint)).map(({ line }) => line);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

/** Fails with one readable paragraph per finding of axe, in the light and in the dark colours. */
export async function checkA11y(page: Page, schemes: ('light' | 'dark')[] = ['light', 'dark']) {
  const { page: audited, close } = await withScripting(page);
  const findings: string[] = [];
  for (const colorScheme of schemes) {
    await audited.emulateMedia({ colorScheme });
    findings.push(...describe(await runAxe(audited), colorScheme));
  }
  await audited.emulateMedia({ colorScheme: null });
  await close();
  if (findings.length > 0) throw new Error(`Accessibility of ${new URL(page.url()).pathname}:\n${findings.join('\n')}`);
}

async function runAxe(page: Page): Promise<AxeResults> {
  // Handed over by the browser's debugger, so the page's own content security policy stays as strict as it is.
  await page.evaluate(AXE);
  return page.evaluate((rules) => (window as unknown as { axe: typeof import('axe-core') }).axe.run(document, rules), RULES);
}

function describe(results: AxeResults, colorScheme: string): string[] {
  return results.violations.map((rule) => {
    const places = rule.nodes.map((node) => `    ${node.html.slice(0, 160)}\n      ${node.failureSummary?.replace(/\n\s*/g, ' ')}`);
    return `  ${rule.impact} · ${rule.id} · ${rule.help} (${colorScheme})\n${places.join('\n')}`;
  });
}

/**
 * axe waits for promises, which never come true on a page without JavaScript. Such a page is copied as it stands into a
 * second window that has JavaScript, without the page's own scripts and with what stands in `<noscript>` unwrapped.
 */
async function withScripting(page: Page): Promise<{ page: Page; close: () => Promise<void> }> {
  const scripting = await page.evaluate(() => !matchMedia('(scripting: none)').matches);
  if (scripting) return { page, close: async () => {} };

  const browser = page.context().browser();
  if (!browser) throw new Error('this page belongs to no browser that could open a second window');
  const html = (await page.content()).replace(/<script\b.*?<\/script>/gs, '').replace(/<\/?noscript[^>]*>/g, '');
  const context = await browser.newContext({ javaScriptEnabled: true });
  await context.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  const copy = await context.newPage();
  await copy.goto(page.url());
  return { page: copy, close: () => context.close() };
}

/** Nobody should have to scroll sideways to read. Names the elements that stick out. */
export async function expectNoSideScroll(page: Page) {
  const sticksOut = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const culprits = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`);
    return [`${root.scrollWidth} px of content`, ...culprits];
  });
  const where = new URL(page.url()).pathname;
  expect(sticksOut, `${where} scrolls sideways at ${page.viewportSize()?.width} px`).toEqual([]);
}

/** The one password of everybody in the demo town. */
export const DEMO_PASSWORD = 'rembug-demo-2026';

/** Address of a resident of the demo town. */
export const resident = (key: string) => `${key}@warga.example`;

/** Address of somebody who works for the demo town. */
export const official = (key: string) => `${key}@batu.example`;

/** Opens a session: `signIn(page, resident('sari'))`. Afterwards the page is `to`, or wherever signing in leads to. */
export async function signIn(page: Page, email: string, to?: string) {
  await page.goto(to ? `/akun/masuk?lanjut=${encodeURIComponent(to)}` : '/akun/masuk');
  await fillSignIn(page, email);
  await expect(page, `${email} is signed in`).not.toHaveURL(/\/akun\/masuk/);
}

/** Fills and sends the sign-in form that the page shows. */
export async function fillSignIn(page: Page, email: string) {
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
}
