import { checkA11y, expect, expectNoSideScroll, test } from './support.ts';

test('the home page leads to what is open, and from there to the text', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sedang dibicarakan' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Cara ikut serta' })).toBeVisible();
  await checkA11y(page);
  await expectNoSideScroll(page);

  await page.locator('.cards a').first().click();
  await expect(page).toHaveURL(/\/konsultasi\/[a-z0-9-]+$/);
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('.phases [aria-current="step"]')).toHaveCount(1);
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('the text is read whole, clause by clause, and from version to version', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/konsultasi/jalur-sepeda-panglima-sudirman/naskah');
  await expect(page.locator('.clause').first()).toBeVisible();
  await checkA11y(page);
  await expectNoSideScroll(page);

  await page.locator('.clause-foot a').first().click();
  await expect(page).toHaveURL(/\/naskah\/[a-z0-9-]+$/);
  await expect(page.locator('blockquote')).toBeVisible();
  await checkA11y(page);

  await page.locator('a[rel="next"]').click();
  await expect(page).toHaveURL(/\/naskah\/[a-z0-9-]+$/);

  await page.goto('/konsultasi/jalur-sepeda-panglima-sudirman/naskah/perubahan');
  await expect(page.getByRole('heading', { name: 'Versi 3' })).toBeVisible();
  await expect(page.locator('.diff ins').first()).toBeVisible();
  await checkA11y(page);
  await expectNoSideScroll(page);

  await page.goto('/konsultasi/jalur-sepeda-panglima-sudirman/naskah?versi=1');
  await expect(page.getByText('Ini versi lama.')).toBeVisible();
  const missing = await page.goto('/konsultasi/jalur-sepeda-panglima-sudirman/naskah?versi=99');
  expect(missing?.status()).toBe(404);
});

test('the list is narrowed by an address that can be shared', { tag: '@nojs' }, async ({ page }) => {
  await page.goto('/konsultasi');
  await page.getByText('Saring menurut tahap, dinas, wilayah').click();
  await page.getByLabel('Tahap').selectOption({ label: 'Dibuka' });
  await page.getByRole('button', { name: 'Tampilkan' }).click();
  await expect(page).toHaveURL(/keadaan=dibuka/);
  await expect(page.getByLabel('Tahap')).toHaveValue('dibuka');
  await checkA11y(page);
  await expectNoSideScroll(page);

  for (const query of ['?kantor=zzz', '?wilayah=%ff', '?halaman=99999', '?halaman=x', '?keadaan=draft', '?cari=%25&cari=b', '?&&=']) {
    const response = await page.goto(`/konsultasi${query}`);
    expect(response?.status(), query).toBe(200);
  }
  await page.goto('/konsultasi?cari=zxqvw');
  await expect(page.getByText('Tidak ada yang cocok')).toBeVisible();
});

test('an unknown consultation is a page that helps', { tag: '@nojs' }, async ({ page }) => {
  for (const path of ['/konsultasi/tidak-ada', '/konsultasi/tidak-ada/naskah', '/konsultasi/%F0%9F%99%82', '/konsultasi/x/pratinjau/y']) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('link', { name: /konsultasi/i }).first()).toBeVisible();
  }
});

test('feeds, calendar and site map are there for other programs', { tag: '@nojs' }, async ({ request }) => {
  const kinds: [string, RegExp, RegExp][] = [
    ['/umpan.atom', /atom\+xml/, /<feed[\s>]/],
    ['/kalender.ics', /text\/calendar/, /^BEGIN:VCALENDAR\r\n/],
    ['/sitemap.xml', /xml/, /<urlset/],
    ['/robots.txt', /text\/plain/, /Disallow: \/kantor/],
  ];
  for (const [path, kind, body] of kinds) {
    const [one, other] = [await request.get(path), await request.get(path)];
    expect(one.status(), path).toBe(200);
    expect(one.headers()['content-type'], path).toMatch(kind);
    expect(await one.text(), path).toMatch(body);
    expect(await other.text(), `${path} is the same twice`).toBe(await one.text());
  }
  expect((await request.get('/konsultasi/tidak-ada/kalender.ics')).status()).toBe(404);
});
