import { checkA11y, expect, expectNoSideScroll, signIn, test } from './support.ts';

const HERE = '/konsultasi/jalur-sepeda-panglima-sudirman/pernyataan';

// A form that is sent in the background and is wrong: the browser writes the status of every such answer.
test.use({ allowedOnConsole: [/status of 422/] });

test('statements are judged one at a time and the last answer can be changed', { tag: '@nojs' }, async ({ page }, info) => {
  const who = { phone: 'siti', desktop: 'bambang', 'no-js': 'komang' }[info.project.name] ?? 'siti';
  await signIn(page, `${who}@warga.example`);
  await page.goto(HERE);
  const part = page.locator('#pernyataan');
  await checkA11y(page);
  await expectNoSideScroll(page);
  const first = await part.locator('.sentence').textContent({ timeout: 2_000 }).catch(() => null);
  // Judged to the end by an earlier run: the page says so.
  if (first === null) {
    await expect(part).toContainText('Anda sudah menilai semua');
    return;
  }
  await part.locator('button[value="agree"]').click();
  await expect(part).not.toContainText(first);
  await part.getByRole('link', { name: 'Ubah jawaban terakhir' }).click();
  await expect(part).toContainText(first);
  await expect(part.locator('button[value="agree"]')).toHaveAttribute('aria-pressed', 'true');
  await part.locator('button[value="pass"]').click();
  await expect(part).not.toContainText(first);
});

test('every statement stands with its counts, in several orders', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(`${HERE}/semua`);
  await expect(page.locator('.sentences > li').first()).toContainText('setuju');
  await page.getByRole('link', { name: 'Paling terbelah' }).click();
  await expect(page).toHaveURL(/urut=terbelah/);
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('an own statement that is too short says so and stays in its field', { tag: '@nojs' }, async ({ page }, info) => {
  const who = { phone: 'siti', desktop: 'bambang', 'no-js': 'komang' }[info.project.name] ?? 'siti';
  await signIn(page, `${who}@warga.example`);
  await page.goto(HERE);
  await page.locator('textarea[name="teks"]').fill('pendek');
  await page.getByRole('button', { name: 'Kirim pernyataan' }).click();
  await expect(page.locator('#tulis')).toContainText('terlalu pendek');
  await expect(page.locator('textarea[name="teks"]')).toHaveValue('pendek');
});
