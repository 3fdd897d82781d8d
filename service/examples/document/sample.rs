//! What is drawn: the letter of a decision, and the receipt of sixty answers.

use domain::{Locale, Timestamp, Zone};
use service::document::{Block, Paper};

fn paper(title: &str, subtitle: &str, blocks: Vec<Block>) -> Paper {
    Paper {
        locale: Locale::Id,
        letterhead: vec![
            "Pemerintah Kota Batu".into(),
            "Dinas Kependudukan dan Pencatatan Sipil".into(),
            "Balai Kota Among Tani, Jalan Panglima Sudirman 507, Batu · (0341) 512 345".into(),
        ],
        title: title.into(),
        subtitle: subtitle.into(),
        foot: subtitle.into(),
        at: Timestamp(1_795_478_400_000),
        zone: Zone {
            name: "WIB".into(),
            hours: 7,
        },
        blocks,
    }
}

fn fact(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The letter of a decision, of one page.
pub(crate) fn letter() -> Paper {
    paper(
        "Surat keputusan",
        "Nomor 474.1/0012/422.108/2026",
        vec![
            Block::Text("Yth. Siti Aminah\n\nTerima kasih atas permohonan Anda. Kami sudah memeriksanya dan mengambil keputusan.".into()),
            Block::Facts(vec![
                fact("Pemohon", "Siti Aminah"),
                fact("Layanan", "Akta kelahiran"),
                fact("Nomor permohonan", "K7M2P-9XQ4T"),
                fact("Diterima", "24 November 2026"),
                fact("Keputusan", "Dikabulkan"),
            ]),
            Block::Text("Permohonan Akta kelahiran dengan nomor K7M2P-9XQ4T, yang kami terima pada 24 November 2026, dikabulkan.\n\nAlasan keputusan: Persyaratan lengkap dan sesuai. Kutipan akta dapat diambil di loket 3 dengan membawa KTP asli, atau diunduh dari halaman permohonan Anda.".into()),
            Block::Text("Bila Anda keberatan, sampaikan secara tertulis kepada kantor kami. Batas waktunya diatur undang-undang; tanyakan kepada kami bila Anda ragu.".into()),
            Block::Signature {
                place: "Batu, 26 November 2026".into(),
                post: "Kepala Dinas Kependudukan\ndan Pencatatan Sipil".into(),
                name: "Dra. Wiwik Nuryati, M.M.".into(),
            },
            Block::Code {
                address: "https://rembug.batu.example/verifikasi/K7M2P9XQ4T".into(),
                words: "Kode QR untuk memeriksa surat ini".into(),
                text: "Periksa apakah surat ini asli dan masih berlaku: pindai kode di samping, atau buka alamat di bawah ini. Kode surat: K7M2P-9XQ4T".into(),
            },
        ],
    )
}

/// The receipt of sixty answers, of several pages.
pub(crate) fn receipt() -> Paper {
    let answers = (1..=60)
        .map(|n| {
            let name = format!("Pertanyaan nomor {n} tentang keluarga Anda");
            let value = format!(
                "Jawaban ke-{n}: Jalan Diponegoro 12, RT 03 / RW 05, Sisir, Kec. Batu, 65314"
            );
            (name, value)
        })
        .collect();
    paper(
        "Tanda terima",
        "Nomor K7M2P-9XQ4T",
        vec![
            Block::Text("Kami sudah menerima permohonan Anda. Simpan tanda terima ini.".into()),
            Block::Facts(vec![
                fact("Layanan", "Perubahan kartu keluarga"),
                fact("Diterima", "24 November 2026 pukul 07.00 WIB"),
                fact("Dijawab paling lambat", "1 Desember 2026"),
            ]),
            Block::Heading("Yang Anda isi".into()),
            Block::Facts(answers),
            Block::Heading("Berkas yang Anda kirim".into()),
            Block::List(vec!["kartu-keluarga.pdf".into(), "ktp.jpg".into()]),
            Block::Code {
                address: "https://rembug.batu.example/lacak".into(),
                words: "Kode QR untuk melacak permohonan".into(),
                text: "Lihat sampai di mana permohonan Anda: pindai kode di samping, atau buka alamat di bawah ini. Ketik nomor K7M2P-9XQ4T dan empat angka terakhir telepon Anda.".into(),
            },
        ],
    )
}
