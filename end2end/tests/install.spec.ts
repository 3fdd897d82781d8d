/** The portal among a phone's apps: its manifest, and what the site's worker shows without a network. */
import type { Page } from '@playwright/test';
import { checkA11y, expect, expectNoSideScroll, test } from './support.ts';

test.use({ serviceWorkers: 'allow', allowedOnConsole: [/ERR_INTERNET_DISCONNECTED/] });

/** The worker has what it needs, and answers for this page. */
const ready = (page: Page) =>
  expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready) && !!navigator.serviceWorker.controller))
    .toBe(true);

test('the manifest says what a phone needs to put the portal among its apps', async ({ page, request }) => {
  await page.goto('/');
  const place = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await request.get(place ?? '')).json();
  expect(manifest).toMatchObject({ display: 'standalone', start_url: '/', scope: '/' });
  for (const icon of manifest.icons) expect((await request.get(icon.src)).status()).toBe(200);
  const sizes = manifest.icons.map((icon: { sizes: string }) => icon.sizes);
  expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
});

test('a page that was not kept says so in the reader’s language, and comes with the network', async ({ page, context }) => {
  await page.goto('/');
  await ready(page);
  await context.setOffline(true);
  await page.goto('/konsultasi');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Halaman ini tidak dapat dibuka tanpa jaringan');
  // It looks as the site does: the style sheet is there, too.
  expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).not.toMatch(/^"?Times/);
  await expectNoSideScroll(page);
  await checkA11y(page);
  await context.setOffline(false);
  await page.getByRole('link', { name: 'Coba lagi' }).click();
  await expect(page).toHaveURL(/\/konsultasi$/);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/tanpa jaringan/);
});
