/** Land tax: looked up by its number, paid by a code that the simulator answers for, and the receipt. */
import { checkA11y, expect, expectNoSideScroll, test } from './support.ts';

/** Properties of the demo town with a year that is not paid, one for each way in which the tests run. */
const NOP = { phone: '35.79.010.001.001-0001.0', desktop: '35.79.010.001.001-0001.0', 'no-js': '35.79.020.004.012-0137.0' };

test('a property’s tax is looked up, paid by the simulator, and has a receipt', { tag: '@nojs' }, async ({ page }, info) => {
  test.skip(info.project.name === 'desktop', 'on a phone');
  await page.goto('/layanan/pbb');
  await page.getByRole('link', { name: /tagihan PBB/ }).click();
  await page.getByLabel('Nomor objek pajak (NOP)').fill('35.79.010');
  await page.getByRole('button', { name: 'Lihat tagihan' }).click();
  await expect(page).toHaveTitle(/^Kesalahan/);
  await checkA11y(page, ['light']);
  await page.getByLabel('Nomor objek pajak (NOP)').fill(NOP[info.project.name as keyof typeof NOP]);
  await page.getByRole('button', { name: 'Lihat tagihan' }).click();
  await expect(page.locator('#hasil')).toContainText('Tahun 2026');
  await checkA11y(page);
  await expectNoSideScroll(page);

  const pay = page.getByRole('button', { name: /^Bayar tahun/ }).first();
  test.skip((await pay.count()) === 0, 'an earlier run on this town has paid it');
  await pay.click();
  await expect(page).toHaveURL(/\/bayar\//);
  await expect(page.locator('.qr-figure')).toBeVisible();
  await expect(page.locator('#keadaan')).toContainText('Simulator, bukan pembayaran sungguhan.');
  await checkA11y(page);
  await expectNoSideScroll(page);
  await page.getByRole('button', { name: 'Bayar (simulasi)' }).click();
  await expect(page.locator('#keadaan')).toContainText('Lunas');
  await page.getByRole('link', { name: 'Lihat bukti bayar' }).click();
  await expect(page.locator('h1')).toHaveText('Bukti bayar');
  await checkA11y(page);
  await expectNoSideScroll(page);
});
