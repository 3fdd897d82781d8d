import type { Locator, Page } from '@playwright/test';
import { comment, openConsultation, somebody, unique } from './officer.ts';
import { checkA11y, expect, expectNoSideScroll, official, resident, signIn, test } from './support.ts';

const ANSWERED = '/konsultasi/air-irigasi-dan-sumber-mata-air';
const RESULT = `${ANSWERED}/hasil`;

/** "4.389" and "56 %" as numbers. */
const figure = (text: string) => Number(text.replace(/[.\s%]/g, '').replace(',', '.'));

/** A file with commas as rows by the names of its columns. */
function rows(text: string): Record<string, string>[] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') lines.push([]);
  }
  const [head = [], ...body] = lines.filter((line) => line.length > 1);
  return body.map((line) => Object.fromEntries(head.map((name, n) => [name, line[n] ?? ''])));
}

/** The cells of a table on the page: its first column as key, the others as numbers. */
async function cells(table: Locator): Promise<Map<string, number[]>> {
  const found = await table.locator('tbody tr').evaluateAll((lines) =>
    lines.map((line) => [...line.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? '')),
  );
  return new Map(found.map(([name = '', ...rest]) => [name, rest.map(figure)]));
}

/** Fetched as by any program, without the browser's session. */
async function download(page: Page, name: string, kind: RegExp): Promise<string> {
  const link = page.locator(`main a[href$="/${name}"]`);
  const answer = await page.request.get((await link.getAttribute('href')) ?? 'no link');
  expect(answer.status(), name).toBe(200);
  expect(answer.headers()['content-type'], name).toMatch(kind);
  expect(answer.headers()['content-disposition'], name).toContain('attachment');
  return answer.text();
}

test('the result tells who took part, what came out and what was done with it', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(ANSWERED);
  await page.getByRole('link', { name: 'Lihat hasil dan jawaban' }).click();
  await expect(page).toHaveURL(RESULT);
  await expect(page.locator('h1')).toContainText('Hasil:');

  await expect(page.locator('#keputusan')).toContainText('Rencana diubah');
  await expect(page.getByRole('link', { name: 'Baca keputusannya' })).toHaveAttribute('href', /^https:/);
  const stats = page.locator('.stats > div');
  for (const label of ['orang ikut', 'orang memberi suara', 'tanggapan warga', 'penilaian pernyataan']) {
    const text = await stats.filter({ hasText: label }).locator('dd').textContent();
    expect(figure(text ?? ''), label).toBeGreaterThan(0);
  }
  // The office's reply to each question and theme.
  await expect(page.locator('#q1 + .official')).toBeVisible();
  await expect(page.locator('#q2 + .official')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Giliran air antara hulu dan hilir' })).toBeVisible();
  await expect(page.locator('main')).not.toContainText('Belum dijawab');
  await checkA11y(page);
  await expectNoSideScroll(page);
});

test('every chart has its table, and no table tells on few people', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(RESULT);
  expect(await page.locator('main .bars, main [role="img"]').count()).toBeGreaterThan(5);
  for (const summary of await page.locator('main summary').all()) await summary.click();
  const without = await page.locator('main').evaluate((main) =>
    [...main.querySelectorAll('.bars, [role="img"]')]
      // In the chart itself, or folded away after it or its list.
      .filter((chart) => !chart.querySelector('table') && !(chart.closest('ul') ?? chart).parentElement?.querySelector('table'))
      .map((chart) => chart.getAttribute('aria-label') ?? chart.querySelector('figcaption')?.textContent),
  );
  expect(without, 'charts without a table').toEqual([]);
  await checkA11y(page);
  await expectNoSideScroll(page);

  for (const id of ['areas', 'q1-area-table', 'q2-area-table']) {
    const table = page.locator('table').filter({ has: page.locator(`#${id}-caption`) });
    for (const [area, [people = 0]] of await cells(table)) {
      expect(people, `${area} in ${id}`).toBeGreaterThanOrEqual(5);
    }
  }
});

test('the files to download say what the page says', { tag: '@nojs' }, async ({ page }) => {
  await page.goto(RESULT);
  for (const summary of await page.locator('main summary').all()) await summary.click();
  const stat = async (label: string) =>
    figure((await page.locator('.stats > div').filter({ hasText: label }).locator('dd').textContent()) ?? '');
  const table = (id: string) => page.locator('table').filter({ has: page.locator(`#${id}-caption`) });

  const result = rows(await download(page, 'hasil.csv', /^text\/csv; charset=utf-8$/));
  const turnout = (choice: string) => Number(result.find((r) => r.about === 'turnout' && r.area === '' && r.choice === choice)?.count);
  expect(turnout('participants')).toBe(await stat('orang ikut'));
  expect(turnout('voters')).toBe(await stat('orang memberi suara'));
  expect(turnout('comments')).toBe(await stat('tanggapan warga'));
  expect(turnout('judgements')).toBe(await stat('penilaian pernyataan'));
  const areas = await cells(table('areas'));
  for (const row of result.filter((r) => r.about === 'turnout' && r.area !== '')) {
    expect(areas.get(row.area ?? ''), row.area).toEqual([Number(row.count)]);
  }

  const json = JSON.parse(await download(page, 'hasil.json', /^application\/json/));
  expect(json.turnout.participants).toBe(await stat('orang ikut'));
  const position = await cells(table('q1-table'));
  const named: Record<string, string> = { agree: 'Setuju', disagree: 'Tidak setuju', abstain: 'Abstain' };
  for (const { choice, votes } of json.questions[0].choices) {
    expect(position.get(named[choice] ?? '')?.[0], choice).toBe(votes);
  }
  expect(json.outcome.kind).toBe('changed');

  // Ballots one by one: as many as were counted, and no area that the page keeps to itself.
  const ballots = rows(await download(page, 'suara.csv', /^text\/csv/));
  expect(ballots.filter((b) => b.question === '1')).toHaveLength(json.questions[0].voters);
  expect(new Set(ballots.map((b) => b.participant)).size).toBe(await stat('orang memberi suara'));
  for (const question of ['1', '2']) {
    const shown = await cells(table(`q${question}-area-table`));
    const voices = new Map<string, number>();
    for (const ballot of ballots.filter((b) => b.question === question && b.area !== '')) {
      voices.set(ballot.area ?? '', (voices.get(ballot.area ?? '') ?? 0) + 1);
    }
    for (const [area, count] of voices) expect(shown.get(area)?.[0], `${area} beside question ${question}`).toBe(count);
  }

  const statements = rows(await download(page, 'pernyataan.csv', /^text\/csv/));
  expect(statements).toHaveLength(json.statements.length);
  const judged = statements.reduce((sum, s) => sum + Number(s.agree) + Number(s.disagree) + Number(s.pass), 0);
  expect(judged).toBe(await stat('penilaian pernyataan'));
  const comments = rows(await download(page, 'tanggapan.csv', /^text\/csv/));
  const all = JSON.parse(await download(page, 'semua.json', /^application\/json/));
  expect(comments).toHaveLength(all.comments.length);
  expect(all.results.questions).toEqual(json.questions);
  // What a moderator hid is in no file.
  for (const gone of comments.filter((c) => c.state !== 'public')) expect(gone.text).toBe('');
});

test('a consultation that is open has no result yet, and its files give no counts that are hidden', { tag: '@nojs' }, async ({ page }) => {
  const hidden = '/konsultasi/pengelolaan-sampah-dari-rumah';
  await page.goto(`${hidden}/hasil`);
  await expect(page.getByText('Hasil belum ada')).toBeVisible();
  await checkA11y(page);
  for (const name of ['hasil.csv', 'suara.csv', 'hasil.json']) {
    expect((await page.request.get(`${hidden}/${name}`)).status(), name).toBe(409);
  }
});

test('an officer gathers comments under themes, replies to each, and then answers', { tag: '@nojs' }, async ({ page, browser }) => {
  test.setTimeout(90_000);
  await signIn(page, official('wahyu'));
  const { editor, place } = await openConsultation(page, unique('Taman tema'));
  const siti = await somebody(browser, resident('siti'));
  await comment(siti, place, 'Lampu taman harus terang sampai tengah malam');
  await comment(siti, place, 'Lampu taman jangan mati sebelum tengah malam');
  const made = await somebody(browser, resident('made'));
  await comment(made, place, 'Lampu taman sebaiknya hemat, cukup sampai tengah malam', 'Netral');
  await comment(made, place, 'Bangku untuk orang tua ditambah', 'Netral');
  await siti.context().close();
  await made.context().close();

  // The decision waits for the closing.
  await page.goto(`${editor}/jawaban`);
  await expect(page.locator('#keputusan')).toContainText('Anda dapat menjawab setelah konsultasi ditutup');

  await page.goto(`${editor}/tema`);
  await page.getByRole('button', { name: 'Simpan tema' }).click();
  await expect(page.locator('.error-summary')).toContainText('Nama tema');
  await page.getByLabel('Nama tema').first().fill('Lampu malam');
  await page.getByRole('button', { name: 'Simpan tema' }).first().click();
  await expect(page.locator('#tema')).toContainText('Lampu malam');
  await checkA11y(page);
  await expectNoSideScroll(page);

  // Many at once; what is alike is suggested afterwards.
  await page.getByRole('checkbox', { name: 'Lampu taman harus terang' }).check();
  await page.getByRole('checkbox', { name: 'Lampu taman jangan mati' }).check();
  await page.getByRole('button', { name: 'Masukkan' }).click();
  await expect(page.locator('.error-summary')).toContainText('Masukkan ke tema');
  await expect(page.getByRole('checkbox', { name: 'Lampu taman harus terang' }), 'still ticked').toBeChecked();
  await page.getByLabel('Masukkan ke tema').selectOption({ label: 'Lampu malam' });
  await page.getByRole('button', { name: 'Masukkan' }).click();
  await expect(page.locator('#tema li').filter({ hasText: 'Lampu malam' })).toContainText('2 tanggapan');
  await page.locator('#tema li').filter({ hasText: 'Lampu malam' }).getByRole('link', { name: /2 tanggapan/ }).click();
  const alike = page.getByRole('group', { name: 'Mungkin termasuk juga' });
  await expect(alike.getByRole('checkbox', { name: 'Lampu taman sebaiknya hemat' })).toBeVisible();
  await expect(alike.getByRole('checkbox', { name: 'Bangku untuk orang tua' })).toHaveCount(0);
  await checkA11y(page);
  await alike.getByRole('checkbox', { name: 'Lampu taman sebaiknya hemat' }).check();
  await page.getByRole('button', { name: 'Masukkan', exact: true }).click();
  await expect(page.locator('#tema li').filter({ hasText: 'Lampu malam' })).toContainText('3 tanggapan');

  await page.goto(`${editor}/waktu`);
  await page.locator('#alasan-tutup').fill('Semua pendapat sudah terkumpul.');
  await page.getByRole('button', { name: 'Tutup sekarang' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');

  // Not before every question and theme has its reply.
  await page.goto(`${editor}/jawaban`);
  const missing = page.locator('#keputusan .notice');
  await expect(missing).toContainText('Lampu malam');
  await expect(missing).toContainText('Setujukah Anda');
  await page.getByRole('radio', { name: 'Rencana diubah' }).check();
  await page.locator('#reason').fill('Lampu menyala sampai pukul 24.00.');
  await page.getByRole('button', { name: 'Terbitkan keputusan' }).click();
  await expect(missing, 'refused').toContainText('Lampu malam');
  await expect(page.locator('#reason'), 'nothing has to be typed again').toHaveValue('Lampu menyala sampai pukul 24.00.');
  await checkA11y(page);

  for (const [subject, text] of [['Lampu malam', 'Lampu kami nyalakan sampai pukul 24.00.'], ['Setujukah Anda', 'Terima kasih atas suaranya.']]) {
    const item = page.locator('li.card').filter({ hasText: subject }).first();
    await item.locator('summary').click();
    await item.getByRole('textbox').fill(text ?? '');
    await item.getByRole('button', { name: 'Simpan jawaban' }).click();
    await expect(page.locator('li.card').filter({ hasText: subject }).first()).toContainText(text ?? '');
  }
  await expect(missing).toHaveCount(0);
  await page.getByRole('button', { name: 'Terbitkan keputusan' }).click();
  await expect(page.locator('.error-summary')).toContainText('Keputusan');
  await page.getByRole('radio', { name: 'Rencana diubah' }).check();
  await page.locator('#reason').fill('Lampu menyala sampai pukul 24.00.');
  await page.locator('#link').fill('https://example.org/taman');
  await page.getByRole('button', { name: 'Terbitkan keputusan' }).click();
  await expect(page.locator('#keputusan')).toContainText('Keputusan sudah terbit');
  await expectNoSideScroll(page);

  const anybody = await somebody(browser);
  await anybody.goto(`${place}/hasil`);
  await expect(anybody.locator('#keputusan')).toContainText('Lampu menyala sampai pukul 24.00.');
  await expect(anybody.locator('main')).toContainText('Lampu kami nyalakan sampai pukul 24.00.');
  await anybody.context().close();
});
