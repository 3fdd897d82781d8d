/** What the city asks money for: paid by a code that the simulator answers for, and the receipt. */
import { address, begin, bringIn, DEWI, fillForm, ownForm, publish, send } from './form.ts';
import { somebody } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, test } from './support.ts';
import type { Page } from '@playwright/test';

/**
 * Houses of one estate in the demo town whose tax of 2026 is not paid: ten for each way in which the tests run, so that no two
 * runs pay the same bill, and a second run on the same town finds another house.
 */
const HOUSES = { phone: 1, desktop: 11, 'no-js': 21 };
const house = (n: number) => `35.79.020.007.013-${String(n).padStart(4, '0')}.0`;

/** The button that pays the tax of a house which nobody has paid for yet, on the page of what was found. */
async function unpaid(page: Page, project: string) {
  const first = HOUSES[project as keyof typeof HOUSES];
  const pay = page.getByRole('button', { name: 'Bayar tahun 2026' });
  for (let n = first; n < first + 10; n += 1) {
    await page.getByLabel('Nomor objek pajak (NOP)').fill(house(n));
    await page.getByRole('button', { name: 'Lihat tagihan' }).click();
    await expect(page.locator('#hasil')).toContainText('Tahun 2026');
    if ((await pay.count()) > 0) return pay;
  }
  throw new Error('all ten houses have paid: this town has seen more runs than it has houses, begin a new one');
}

/** Pays the bill whose page is open, and goes on to its receipt. */
async function paySimulated(page: Page) {
  await expect(page).toHaveURL(/\/bayar\//);
  await expect(page.locator('.qr-figure')).toBeVisible();
  await expect(page.locator('#keadaan')).toContainText('Simulator, bukan pembayaran sungguhan.');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.getByRole('button', { name: 'Bayar (simulasi)' }).click();
  await expect(page.locator('#keadaan')).toContainText('Lunas');
  await checkA11y(page, ['light']);
  await page.getByRole('link', { name: 'Lihat bukti bayar' }).click();
  await expect(page.locator('h1')).toHaveText('Bukti bayar');
  await checkA11y(page);
  await expectNoSideScroll(page);
}

test('a property’s tax is looked up, paid by the simulator, and has a receipt', { tag: '@nojs' }, async ({ page }, info) => {
  await page.goto('/layanan/pbb');
  await page.getByRole('link', { name: /tagihan PBB/ }).click();
  await page.getByLabel('Nomor objek pajak (NOP)').fill('35.79.010');
  await page.getByRole('button', { name: 'Lihat tagihan' }).click();
  await expect(page).toHaveTitle(/^Kesalahan/);
  await checkA11y(page, ['light']);
  const pay = await unpaid(page, info.project.name);
  await checkA11y(page);
  await expectNoSideScroll(page);
  await pay.click();
  await paySimulated(page);
});

test('a service with a fee sends its bill with the number, and the case knows when it is paid', { tag: '@nojs' }, async ({ page, browser }) => {
  test.setTimeout(90_000);
  const { key, bundle } = ownForm();
  bundle.service.fee = { fixed: 152_500 };
  const officer = await somebody(browser, official('hesti'));
  await bringIn(officer, bundle);
  await publish(officer, key);

  await begin(page, key);
  await fillForm(page, {
    ...DEWI,
    ...address('alamat', 'Jl. Diponegoro 12', '35.79.01.1004'),
    perihal: 'Sewa lapangan',
    uraian: 'Lapangan desa untuk lomba anak-anak hari Minggu pagi.',
    ada_tempat: 'no',
  });
  const number = await send(page);
  await expect(page.locator('main')).toContainText('Rp152.500');
  await checkA11y(page, ['light']);
  await page.goto(`/lacak/${number.replace('-', '')}`);
  await expect(page.locator('main')).toContainText('Rp152.500');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.locator('main a[href^="/bayar/"]').first().click();
  await paySimulated(page);

  await officer.goto(`/kantor/kasus/${number.replace('-', '')}`);
  await expect(officer.locator('#linimasa')).toContainText('Pembayaran diterima: Rp152.500');
  await checkA11y(officer, ['light']);
  await expectNoSideScroll(officer);
  await officer.context().close();
});
