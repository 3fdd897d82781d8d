import { checkA11y, expect, expectNoSideScroll, test } from './support.ts';

test('the home page is there, readable by everybody and fits a small telephone', { tag: '@nojs' }, async ({ page }) => {
  const response = await page.goto('/');

  expect(response?.status()).toBe(200);
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('h1')).toBeVisible();
  await checkA11y(page);
  await expectNoSideScroll(page);
});
