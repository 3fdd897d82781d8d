import { checkA11y, expect, expectNoSideScroll, test } from './support.ts';

test('searching finds other forms of a word and says where', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/');
  await page.getByRole('searchbox').fill('mengelola sampah');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/cari\?q=mengelola/);
  await expect(page.locator('.finds mark').first()).toBeVisible();
  const first = page.locator('.finds a').first();
  await expect(first).toHaveAttribute('href', /^\/konsultasi\//);
  await checkA11y(page);
  await expectNoSideScroll(page);

  await page.getByRole('link', { name: /^Pasal \d/ }).first().click();
  await expect(page).toHaveURL(/jenis=pasal|\/naskah\//);
});

test('odd questions are answered in words, never by an error', { tag: '@nojs' }, async ({ page }) => {
  const odd: [string, RegExp][] = [
    ['', /Cari layanan, rencana/],
    ['?q=', /Cari layanan, rencana/],
    ['?q=%25', /terlalu pendek/],
    ['?q=%22*%22', /terlalu pendek/],
    ['?q=%ff%fe', /Cari layanan, rencana/],
    ['?q=zxqvw', /Tidak ada yang cocok/],
    ['?q=AND+OR+NEAR(', /Tidak ada yang cocok|hasil/],
    ['?q=sampah&halaman=99999999999999&jenis=x', /hasil/],
    ['?q=sampah&q=parkir&halaman=-3', /hasil/],
  ];
  for (const [query, says] of odd) {
    const response = await page.goto(`/cari${query}`);
    expect(response?.status(), query).toBe(200);
    await expect(page.locator('main'), query).toContainText(says);
  }
  await checkA11y(page);
});

test('what is typed is shown as typed', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(`/cari?q=${encodeURIComponent('<img src=x onerror=alert(1)> "sampah"')}`);
  await expect(page.getByRole('searchbox')).toHaveValue('<img src=x onerror=alert(1)> "sampah"');
  await expect(page.locator('main img')).toHaveCount(0);
});
