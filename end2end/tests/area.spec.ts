/** The map of the city: a place is chosen on it, and whoever decides sees it there. */
import { readFileSync } from 'node:fs';
import { begin, fillForm, next, open, send, SERVICES } from './form.ts';
import { somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, test } from './support.ts';
import type { Page } from '@playwright/test';

const PLACE = '/layanan/permohonan-umum/isi/tempat';
const SISIR = '35.79.01.1004';
const PUNTEN = '35.79.02.2001';

const map = (page: Page) => page.locator('.area-map');
const area = (page: Page, code: string) => map(page).locator(`[data-area="${code}"]`);
const list = (page: Page) => page.locator('[id="titik.area"]');
const point = (page: Page) => page.locator('[id="titik.lat"]');
const pin = (page: Page) => map(page).locator('.area-pin');

/** The outline of an area as the demo brought it in: longitude and latitude of its corners. */
function corners(code: string): [number, number][] {
  const file = new URL('../../demo/outline.geojson', import.meta.url);
  const { features } = JSON.parse(readFileSync(file, 'utf8'));
  return features.find((one: { properties: { code: string } }) => one.properties.code === code).geometry.coordinates[0];
}

/** Whether the numbers in the field lie in the frame around an area. */
async function liesIn(page: Page, code: string) {
  const [lat, lon] = (await point(page).inputValue()).split(', ').map(Number);
  const ring = corners(code);
  const within = (value: number, side: 0 | 1) => {
    const all = ring.map((corner) => corner[side]);
    return value >= Math.min(...all) && value <= Math.max(...all);
  };
  return within(lon, 0) && within(lat, 1);
}

/** The page that asks for a place, with the map open. */
async function show(page: Page) {
  await begin(page, 'permohonan-umum');
  await page.goto(PLACE);
  await page.locator('#ada_tempat').check();
  await expect(map(page)).toBeVisible();
}

test('a place is tapped on the map: its desa first, then the spot', async ({ page }) => {
  await show(page);
  await expect(pin(page)).toBeHidden();
  await area(page, SISIR).click();
  await expect(list(page)).toHaveValue(SISIR);
  await expect(map(page).getByRole('status')).toHaveText('Sisir: ketuk sekali lagi di tempatnya.');
  await expect(point(page)).toHaveValue('');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await area(page, SISIR).click();
  await expect(map(page).getByRole('status')).toContainText('Tempat di Sisir sudah ditandai.');
  await expect(pin(page)).toBeVisible();
  expect(await liesIn(page, SISIR)).toBe(true);
  // Where it was tapped, there the pin stands.
  const shape = (await area(page, SISIR).boundingBox())!;
  const tip = (await pin(page).boundingBox())!;
  expect(Math.abs(tip.x + tip.width / 2 - (shape.x + shape.width / 2))).toBeLessThan(4);
  expect(Math.abs(tip.y + tip.height - (shape.y + shape.height / 2))).toBeLessThan(4);

  // Kept as it was typed, also after another look.
  const kept = await point(page).inputValue();
  await next(page).click();
  await expect(page).not.toHaveURL(new RegExp(PLACE));
  await page.goto(PLACE);
  await expect(point(page)).toHaveValue(kept);
  await expect(pin(page)).toBeVisible();

  // A neighbour is one tap away, from the whole city.
  await map(page).getByRole('button', { name: 'Lihat seluruh kota' }).click();
  await area(page, PUNTEN).click();
  await expect(list(page)).toHaveValue(PUNTEN);
  await expect(point(page), 'what was marked is about to move').toHaveValue('');
  await expect(pin(page)).toBeHidden();
});

test('the map follows the list, the numbers and the position of the phone', async ({ page, context }) => {
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: -7.8763, longitude: 112.529 });
  await show(page);
  await list(page).selectOption(PUNTEN);
  await expect(area(page, PUNTEN)).toHaveClass('is-chosen');
  await page.getByRole('button', { name: 'Pakai posisi saya' }).click();
  await expect(point(page)).toHaveValue('-7.876300, 112.529000');
  await expect(list(page)).toHaveValue(SISIR);
  await expect(area(page, SISIR)).toHaveClass('is-chosen');
  await expect(pin(page)).toBeVisible();
  // What lies nowhere on the map is shown nowhere near an area, and is said when the page is sent.
  await point(page).fill('-6.2, 106.8');
  await next(page).click();
  await expect(page.locator('#error-summary')).toBeVisible();
  await expect(point(page)).toHaveValue('-6.2, 106.8');
});

test('without leave the position is not read, and the list is enough', async ({ page, context }) => {
  await context.clearPermissions();
  await show(page);
  await page.getByRole('button', { name: 'Pakai posisi saya' }).click();
  await expect(page.getByText('Posisi tidak terbaca. Pilih desa atau kelurahan saja.')).toBeVisible();
  await list(page).selectOption(PUNTEN);
  await next(page).click();
  await expect(page).not.toHaveURL(new RegExp(PLACE));
});

test('the office sees on the map what the request is about', { tag: '@nojs' }, async ({ page, browser }) => {
  await begin(page, 'permohonan-umum');
  const perihal = unique('Lampu jalan mati');
  await fillForm(page, { ...SERVICES['permohonan-umum'], perihal, 'titik.area': PUNTEN, 'titik.lat': '-7.8297, 112.5219' });
  const number = await send(page);
  const officer = await somebody(browser, official('hesti'));
  await open(officer, number);
  const drawn = officer.locator('#isian .area-map');
  await expect(drawn).toBeVisible();
  await expect(drawn.locator('.area-pin')).toBeVisible();
  await expect(drawn.locator('.is-chosen')).toHaveAttribute('data-area', PUNTEN);
  await expect(drawn.getByRole('button')).toHaveCount(0);
  await checkA11y(officer);
  await expectNoSideScroll(officer);
  await officer.context().close();
});
