import { checkA11y, expect, expectNoSideScroll, signIn, test } from './support.ts';

const OPEN = '/konsultasi/jalur-sepeda-panglima-sudirman';
const HIDDEN = '/konsultasi/pengelolaan-sampah-dari-rumah';

/** The part of the page with the first question that is answered by a position. */
const question = (page: import('@playwright/test').Page) =>
  page.locator('section[id^="suara-"]').filter({ has: page.locator('button[value="agree"]') }).first();

test('one press saves a vote, another changes it, and it can be withdrawn', { tag: '@nojs' }, async ({ page }, info) => {
  // Each project votes as somebody else: they share one town.
  const who = { phone: 'siti', desktop: 'bambang', 'no-js': 'komang' }[info.project.name] ?? 'siti';
  await signIn(page, `${who}@warga.example`);
  await page.goto(OPEN);
  await question(page).locator('button[value="agree"]').click();
  await expect(question(page).locator('button[value="agree"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(question(page)).toContainText('Suara Anda tersimpan.');
  await checkA11y(page);
  await expectNoSideScroll(page);

  await question(page).locator('button[value="disagree"]').click();
  await expect(question(page).locator('button[value="disagree"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(question(page).locator('button[value="agree"]')).toHaveAttribute('aria-pressed', 'false');

  await question(page).locator('button[name="tarik"]').click();
  await expect(question(page)).not.toContainText('Suara Anda tersimpan.');
  await expect(question(page).locator('[aria-pressed="true"]')).toHaveCount(0);
});

test('who is not signed in is led there', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(OPEN);
  await question(page).locator('button[value="agree"]').click();
  await expect(page.locator('input[name="password"]')).toBeVisible();
});

test('counts that show after voting are nowhere before', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(HIDDEN);
  await expect(question(page)).toContainText('Hasil sementara tampil setelah Anda memberi suara.');
  await expect(question(page).locator('.bar, [data-count$=":share"], table')).toHaveCount(0);
});

test('the vote of somebody else shows without a reload', async ({ page, browser }, info) => {
  await page.goto(OPEN);
  // Nobody else abstains meanwhile, while others vote and withdraw.
  const abstained = question(page).locator('[data-count$=":abstain"]').first();
  const before = await abstained.textContent();
  const context = await browser.newContext();
  const other = await context.newPage();
  // Each project has a voter of its own: the town is shared.
  await signIn(other, info.project.name === 'phone' ? 'wahyu@batu.example' : 'hesti@batu.example');
  await other.goto(OPEN);
  await question(other).locator('button[value="abstain"]').click();
  await expect(question(other)).toContainText('Suara Anda tersimpan.');
  await expect(abstained).not.toHaveText(before ?? '', { timeout: 10_000 });
  await question(other).locator('button[name="tarik"]').click();
  await context.close();
});
