/** Filling in the city's forms as a resident does: page by page, by what stands on the page. */
import { readFileSync } from 'node:fs';
import { expect } from './support.ts';
import { pdf, png, unique } from './officer.ts';
import type { Locator, Page } from '@playwright/test';

/** What somebody answers, by the keys of the questions; several for several boxes; a list of answers for the items of a group. */
export type Answers = { [question: string]: string | string[] | Answers[] };

/** A day, so many days from now, in three fields. */
export function day(question: string, from: number | string): Answers {
  const at = typeof from === 'number' ? new Date(Date.now() + from * 86_400_000) : new Date(`${from}T00:00:00Z`);
  return {
    [`${question}.day`]: String(at.getUTCDate()),
    [`${question}.month`]: String(at.getUTCMonth() + 1),
    [`${question}.year`]: String(at.getUTCFullYear()),
  };
}

/** An address in the city. */
export function address(question: string, street: string, village: string): Answers {
  return { [`${question}.street`]: street, [`${question}.rt`]: '3', [`${question}.rw`]: '4', [`${question}.area`]: village };
}

/** Somebody who asks for something; the number is well formed and nobody's. */
export const DEWI: Answers = { nama: 'Dewi Lestari', nik: '3579 0171 1200 0012', telepon: '0812 3456 7890', benar: 'yes' };
/** The last four digits of her phone. */
export const DIGITS = '7890';

/** What a resident writes for each service that Kota Batu ships. People and numbers are made up. */
export const SERVICES: { [key: string]: Answers } = {
  'akta-kelahiran': {
    ...DEWI,
    nama: 'Siti Aminah',
    wni: 'yes',
    nik: '3579014107950001',
    email: 'siti@warga.example',
    hubungan: '2',
    nama_anak: 'Bima Arjuna',
    kelamin_anak: '1',
    ...day('lahir', -20),
    jam_lahir: '4',
    menit_lahir: '35',
    tempat_dilahirkan: '1',
    kota_lahir: 'Batu',
    jenis_kelahiran: '1',
    anak_ke: '2',
    penolong: '2',
    berat: '3.200',
    panjang: '49,5',
    kk: '3579011203180004',
    perkawinan: '1',
    nama_ibu: 'Siti Aminah',
    ibu_wni: 'yes',
    nik_ibu: '3579014107950001',
    tempat_lahir_ibu: 'Malang',
    ...day('lahir_ibu', '1995-07-01'),
    nama_ayah: 'John Carter',
    ayah_wni: 'no',
    paspor_ayah: 'X1234567',
    warga_ayah: 'Australia',
    tempat_lahir_ayah: 'Perth',
    ...day('lahir_ayah', '1990-02-03'),
    saksi: [
      { nama_saksi: 'Joko Susilo', saksi_wni: 'yes', nik_saksi: '3579021708450003' },
      { nama_saksi: 'Anna Lee', saksi_wni: 'no', paspor_saksi: 'K7654321', warga_saksi: 'Singapura' },
    ],
    punya_surat_lahir: 'yes',
    cara_terima: 'email',
  },
  'kartu-keluarga': {
    ...DEWI,
    jenis: 'A1',
    nama_kepala: 'Agus Salim',
    ...address('alamat', 'Jl. Diponegoro 12', '35.79.01.1004'),
    anggota: [
      {
        nama_anggota: 'Agus Salim',
        nik_anggota: '3579012902000001',
        kelamin_anggota: 'L',
        tempat_lahir_anggota: 'Batu',
        ...day('lahir_anggota', '2000-02-29'),
        shdk: '1',
        akta_lahir: 'no',
        agama: '7',
        status_kawin: '1',
        darah: '13',
        pendidikan: '5',
        pekerjaan: '88',
        nama_ibu_anggota: 'Sumiati',
        nama_ayah_anggota: 'Rahmat',
      },
    ],
    cara_terima: 'kantor',
  },
  'perubahan-data': {
    ...DEWI,
    kk: '3579011203180004',
    ...address('alamat', 'Jl. Diponegoro 12', '35.79.01.1004'),
    anggota: [
      {
        nama_ubah: 'Dewi Lestari',
        nik_ubah: '3579017112000012',
        shdk_ubah: '3',
        data: ['pendidikan', 'lainnya'],
        pendidikan_semula: '5',
        pendidikan_menjadi: '8',
        lain_apa: 'Nama ibu',
        lain_semula: 'Kartni',
        lain_menjadi: 'Kartini',
        dasar: 'Lulus S1 tahun 2026',
      },
    ],
    cara_terima: 'kantor',
  },
  pindah: {
    ...DEWI,
    kk: '3579011203180004',
    jenis: '2',
    ...address('alamat_asal', 'Jl. Diponegoro 12', '35.79.01.1004'),
    ...address('alamat_tujuan', 'Jl. Raya Punten 8', '35.79.02.2001'),
    klasifikasi: '3',
    alasan: '5',
    jenis_pindah: '1',
    kk_tinggal: '2',
    kk_pindah: '2',
    yang_pindah: [{ nama_pindah: 'Dewi Lestari', nik_pindah: '3579017112000012', shdk_pindah: '1', ktp_pindah: 'yes' }],
    cara_terima: 'kantor',
  },
  pbb: { ...DEWI, nop: '35.79.010.001.001-0001.0', tahun: '2026', perlu: 'kurang', sebab: 'pensiun', pajak_terutang: '152.500', persen: '40' },
  'izin-usaha': {
    ...DEWI,
    bentuk: 'cv',
    nama_usaha: 'Kafe Panderman',
    ...address('alamat_usaha', 'Jl. Panderman 3', '35.79.01.1002'),
    'titik.area': '35.79.01.1002',
    'titik.lat': '-7.8712, 112.5269',
    kbli: '56303',
    modal: 'Rp75.000.000',
    tenaga: '4',
    punya_nib: 'yes',
    nib: '1234567890123',
    siap_menengah: 'yes',
    dokumen: ['kkpr', 'pbg'],
  },
  'informasi-publik': {
    ...DEWI,
    email: 'dewi@warga.example',
    'alamat.street': 'Jl. Ijen 5',
    'alamat.elsewhere': 'Klojen, Kota Malang, Jawa Timur',
    pemohon: 'orang',
    rincian: 'Rencana kerja Dinas Perhubungan tahun 2026',
    tujuan: 'Penelitian skripsi',
    cara: '2',
    salinan: '5',
  },
  'permohonan-umum': {
    ...DEWI,
    ...address('alamat', 'Jl. Diponegoro 12', '35.79.01.1004'),
    perihal: 'Lampu jalan mati',
    uraian: 'Lampu di gang tiga mati sejak hari Senin, jalan menjadi gelap.',
    ada_tempat: 'yes',
    'titik.area': '35.79.02.2001',
  },
};

const path = (page: Page) => new URL(page.url()).pathname;

/** The page's button that goes on. */
export const next = (page: Page) => page.getByRole('button', { name: 'Lanjut', exact: true }).last();

/** Opens a service from the list and begins, throwing away what an earlier test has left. */
export async function begin(page: Page, key: string) {
  await page.goto(`/layanan/${key}`);
  await page.getByRole('button', { name: 'Mulai mengisi' }).click();
  await expect(page).toHaveURL(new RegExp(`/layanan/${key}/isi`));
}

/**
 * Fills in what the answers have for the page that is open: fields in the order of the page, so that what an answer opens is
 * there when its turn comes. Files are photos or documents where they are asked for.
 */
export async function fillPage(page: Page, answers: Answers) {
  const fields = await page.locator('main form').locator('visible=true').last().evaluate((form) =>
    [...(form as HTMLFormElement).elements]
      .map((field) => field as HTMLInputElement)
      .filter((field) => field.name && !field.name.startsWith('_') && field.type !== 'hidden')
      .map(({ name, type, tagName, value, id }) => ({ name, type, select: tagName === 'SELECT', value, id })),
  );
  for (const field of fields) {
    const control = page.locator(`[id="${field.id}"]`);
    if (!(await control.isVisible())) continue;
    if (field.type === 'file') {
      const files = field.name.includes('foto')
        ? { name: 'foto.png', mimeType: 'image/png', buffer: png(8, 8) }
        : { name: 'surat.pdf', mimeType: 'application/pdf', buffer: pdf() };
      await control.setInputFiles(files);
      continue;
    }
    const answer = find(answers, field.name);
    if (answer === undefined) continue;
    if (field.type === 'radio' || field.type === 'checkbox') {
      if ([answer].flat().includes(field.value)) await control.check();
    } else if (field.select) {
      await control.selectOption(answer as string);
    } else {
      await control.fill(answer as string);
    }
  }
}

/** `saksi.2.nama` of the second witness, `nama` of the form. */
function find(answers: Answers, name: string): string | string[] | undefined {
  const item = /^([a-z_]+)\.(\d+)\.(.+)$/.exec(name);
  if (item) {
    const items = answers[item[1]];
    return Array.isArray(items) && typeof items[0] === 'object' ? find(items[Number(item[2]) - 1] as Answers, item[3]) : undefined;
  }
  return answers[name] as string | string[] | undefined;
}

/** Presses what leads to another page, and waits until that one, or the same with its errors, is there. */
async function leave(page: Page, way: Locator) {
  const before = page.url();
  await way.click();
  await expect.poll(async () => page.url() !== before || (await page.locator('#error-summary').count()) > 0).toBe(true);
  await page.waitForLoadState('domcontentloaded');
}

/** From where the form stands to the page on which the answers are checked. `each` is asked of every page on the way. */
export async function fillForm(page: Page, answers: Answers, each: (page: Page) => Promise<void> = async () => {}) {
  for (let step = 0; step < 80; step += 1) {
    await each(page);
    if (path(page).endsWith('/periksa')) return;
    if (path(page).endsWith('/isi')) {
      await leave(page, page.locator('li.task').filter({ hasText: /Belum selesai/ }).getByRole('link').first());
      continue;
    }
    await fillPage(page, answers);
    const add = page.locator('button[name="_tambah"]');
    const group = (await add.count()) > 0 ? await add.getAttribute('value') : null;
    const wanted = group ? (answers[group] as Answers[]).length : 0;
    const there = group ? await page.locator('ul.files > li').count() : 0;
    await leave(page, there < wanted ? add : next(page));
    await expect(page.locator('#error-summary'), `nothing is wrong at ${path(page)}`).toHaveCount(0);
  }
  throw new Error(`the form does not end: ${page.url()}`);
}

/** Sends what stands on the check page; the number of the case. */
export async function send(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Kirim permohonan' }).click();
  await expect(page.locator('h1')).toHaveText('Permohonan Anda kami terima');
  return (await page.locator('.confirmation b').innerText()).trim();
}

/** Opens a case by its number and the phone's digits, as on a device that knows nothing of it. */
export async function track(page: Page, number: string, digits = DIGITS) {
  await page.goto('/lacak');
  await page.getByLabel('Nomor permohonan').fill(number);
  await page.getByLabel('4 angka terakhir telepon').fill(digits);
  await page.getByRole('button', { name: 'Lihat' }).click();
}

/** Asks the city's information office for something; the number, on a device that follows the case. */
export async function ask(page: Page, subject: string): Promise<string> {
  await begin(page, 'permohonan-umum');
  await fillForm(page, {
    ...DEWI,
    ...address('alamat', 'Jl. Diponegoro 12', '35.79.01.1004'),
    perihal: subject,
    uraian: 'Lampu di gang tiga mati sejak hari Senin, jalan menjadi gelap.',
    ada_tempat: 'no',
  });
  return send(page);
}

/** An officer finds a case in the inbox by its number and opens it. */
export async function open(officer: Page, number: string) {
  await officer.goto('/kantor/kasus');
  await officer.getByRole('searchbox').fill(number);
  await officer.keyboard.press('Enter');
  await officer.locator('tbody th a').first().click();
  await expect(officer.locator('h1')).toHaveText('Permohonan umum');
  await expect(officer.locator('#kasus')).toContainText(number);
}

/** What is brought in: a form and the service around it. Only what tests change has a name here. */
export type Bundle = {
  service: { fee?: 'free' | { fixed: number } };
  definition: { key: string; version: number; title: { id: string; en: string } };
};

/** A form of the test's own, made from the city's general request. Its key stands in addresses, its title on pages. */
export function ownForm(): { key: string; bundle: Bundle } {
  const shipped = new URL('../../city/kota-batu/forms/permohonan-umum.json', import.meta.url);
  const bundle = JSON.parse(readFileSync(shipped, 'utf8')) as Bundle;
  const key = unique('uji').replace(' ', '-');
  Object.assign(bundle.definition, { key, version: 1, title: { id: `Permohonan ${key}`, en: `Request ${key}` } });
  return { key, bundle };
}

/** As an officer: brings a form in as a working copy, whose page is open afterwards. */
export async function bringIn(officer: Page, bundle: Bundle) {
  await officer.goto('/kantor/formulir');
  await officer.getByRole('link', { name: 'Impor formulir' }).click();
  await officer.locator('#json').fill(JSON.stringify(bundle));
  await officer.getByRole('button', { name: 'Impor' }).click();
  await expect(officer.locator('h1')).toContainText(bundle.definition.key);
}

/** As an officer: publishes the working copy of a form for the first time. */
export async function publish(officer: Page, key: string) {
  await officer.goto(`/kantor/formulir/${key}/pratinjau`);
  await officer.getByRole('button', { name: 'Terbitkan versi 1' }).click();
  await expect(officer.locator('#said')).toContainText('Sudah terbit');
  await expect(officer.locator('main')).toContainText('Versi 1');
}
