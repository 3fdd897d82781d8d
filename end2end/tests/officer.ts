/** What several specs need of the back office: a consultation of one's own, its people, and files that are what they say. */
import { crc32, deflateSync } from 'node:zlib';
import { client, expect, signIn, test } from './support.ts';
import type { Browser, Page } from '@playwright/test';

/** A moment for a `datetime-local` input, so many days from now, in the city's zone (UTC+7). */
export const moment = (days: number) => new Date(Date.now() + (days * 24 + 7) * 3_600_000).toISOString().slice(0, 16);

/** Words that nobody else uses: every run makes its own consultation, the town is shared, and tests run side by side. */
export const unique = (words: string) => `${words} ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

/** A window of somebody else, with the screen and the scripting of the test's own. */
export async function somebody(browser: Browser, email?: string): Promise<Page> {
  const { baseURL, locale, viewport, javaScriptEnabled, contextOptions } = test.info().project.use;
  const extraHTTPHeaders = { 'x-forwarded-for': client() };
  const context = await browser.newContext({ ...contextOptions, baseURL, locale, viewport, javaScriptEnabled, extraHTTPHeaders });
  const page = await context.newPage();
  if (email) await signIn(page, email);
  return page;
}

/** Signed in as an officer: a consultation with one question, open since yesterday or announced for later, and its addresses. */
export async function openConsultation(page: Page, title: string, opens = moment(-1)): Promise<{ editor: string; place: string }> {
  await page.goto('/kantor/konsultasi/baru');
  await page.locator('#title').fill(title);
  await page.getByRole('button', { name: 'Buat draf' }).click();
  await expect(page.locator('h1')).toHaveText(title);
  const editor = new URL(page.url()).pathname;
  await page.locator('#summary').fill('Taman dibuka lebih lama dan diberi lampu.');
  await page.locator('#body').fill('Lampu membuat taman aman. '.padEnd(260, 'Warga ikut menentukan jam bukanya. '));
  await page.locator('#contact').fill('dishub@batu.example');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');

  await page.goto(`${editor}/pertanyaan`);
  await page.locator('#title').fill('Setujukah Anda dengan rencana ini?');
  await page.getByRole('button', { name: 'Tambah pertanyaan' }).click();
  await expect(page.locator('#daftar')).toContainText('Setujukah');

  await page.goto(`${editor}/waktu`);
  await page.locator('#opens_at').fill(opens);
  await page.locator('#closes_at').fill(moment(9));
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');
  await page.getByRole('button', { name: 'Terbitkan sekarang' }).click();
  await expect(page.locator('#said')).toContainText('Sudah terbit');
  return { editor, place: editor.replace('/kantor', '') };
}

/** Switches statements on for a consultation that is open. */
export async function openStatements(page: Page, editor: string) {
  await page.goto(`${editor}/waktu`);
  await page.locator('#statements_open').check();
  await page.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.locator('#said')).toContainText('tersimpan');
}

/** Writes a comment on the page of all comments, and waits until it stands there. */
export async function comment(page: Page, place: string, text: string, stance = 'Mendukung') {
  await page.goto(`${place}/tanggapan`);
  await page.getByRole('textbox', { name: 'Tanggapan Anda' }).fill(text);
  await page.getByRole('radio', { name: stance }).check();
  await page.getByRole('button', { name: 'Kirim tanggapan' }).click();
  await expect(page.locator('article.comment').filter({ hasText: text })).toBeVisible();
}

/** A real picture: a PNG of one colour. */
export function png(width: number, height: number): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([46, 125, 80]))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** A real document: a PDF of one empty page. */
export function pdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, n) => {
    const offset = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  text += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
