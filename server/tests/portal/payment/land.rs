use axum::http::StatusCode;

use super::town;

const LOOK: &str = "/layanan/pbb/tagihan";
const PAY: &str = "/layanan/pbb/bayar";
const NOP: &str = "35.79.010.001.001-0001.0";

async fn lists(town: &super::Town) {
    let (service, admin) = (&town.portal.world.service, &town.portal.world.admin);
    let table = include_str!("../../../../city/kota-batu/pbb.json").replace("bapenda", "dishub");
    let list = include_str!("../../../../demo/sppt.csv");
    service::payment::import_table(service, admin, &table)
        .await
        .expect("is taken");
    service::payment::import_bills(service, admin, list)
        .await
        .expect("is taken");
}

#[tokio::test]
async fn the_tax_is_looked_up_reckoned_and_paid() {
    let town = town().await;
    let portal = &town.portal;
    lists(&town).await;
    let empty = portal.get(LOOK, "").await;
    assert!(
        empty.text.contains("Nomor objek pajak (NOP)"),
        "{}",
        empty.text
    );
    let found = portal.post(LOOK, "", &[("nop", NOP)]).await;
    assert_eq!(
        (found.status, found.head("cache-control")),
        (StatusCode::OK, "no-store")
    );
    for part in [
        "S*** A***",
        "120 m² × Rp1.000.000 = Rp120.000.000 (kelas A30)",
        "−Rp10.000.000",
        "40 % × Rp200.000.000 = Rp80.000.000",
        "0,1 % × NJKP = Rp80.000",
        "1 % × 3 bulan = Rp2.400",
        "Rp82.400",
        "Tarif belum diverifikasi.",
        "Tahun 2024",
        "Dibayar 20 Agustus 2024.",
        "Belum dibayar: Rp174.400",
    ] {
        assert!(found.text.contains(part), "{part}: {}", found.text);
    }
    assert!(!found.text.contains("Siti"), "the owner's name is masked");
    let digits = portal
        .post(LOOK, "", &[("nop", "357901000100100010")])
        .await;
    assert!(digits.text.contains("Rp82.400"));
    let id = found
        .text
        .split("name=\"tagihan\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a year to pay")
        .to_owned();
    let bill = portal.post(PAY, "", &[("tagihan", &id)]).await;
    assert_eq!(bill.status, StatusCode::SEE_OTHER, "{}", bill.text);
    let again = portal.post(PAY, "", &[("tagihan", &id)]).await;
    assert_eq!(again.place(), bill.place(), "one bill at a time");
    let page = portal.get(bill.place(), "").await.text;
    assert!(
        page.contains("PBB-P2 2026") && page.contains("Rp82.400") && page.contains("class=\"qr\""),
        "{page}"
    );
    portal.post(bill.place(), "", &[("aksi", "lunas")]).await;
    let found = portal.post(LOOK, "", &[("nop", NOP)]).await.text;
    assert!(found.contains("Lihat bukti bayar tahun 2026"), "{found}");
    assert!(found.contains("Belum dibayar: Rp92.000"), "{found}");
    let late = portal.post(PAY, "", &[("tagihan", &id)]).await;
    assert_eq!(late.place(), LOOK, "what is paid is not paid again");
}

#[tokio::test]
async fn numbers_that_cannot_be_are_told_and_strangers_get_one_answer() {
    let town = town().await;
    let portal = &town.portal;
    lists(&town).await;
    for (nop, part) in [
        ("", "NOP"),
        ("35.79", "4 angka, seharusnya 18"),
        ("35.78.010.001.001-0001.0", "bukan objek pajak di kota ini"),
        ("35.79.040.001.001-0001.0", "kecamatan yang tidak ada"),
        ("<script>alert(1)</script>", "NOP"),
    ] {
        let got = portal.post(LOOK, "", &[("nop", nop)]).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{nop}");
        assert!(got.text.contains(part), "{part}: {}", got.text);
        assert!(!got.text.contains("<script>alert"), "{nop}");
    }
    let unknown = portal
        .post(LOOK, "", &[("nop", "35.79.010.001.001-0777.0")])
        .await;
    assert!(
        unknown.status == StatusCode::OK
            && unknown.text.contains("Tidak ada tagihan untuk NOP ini.")
    );
    let mut last = unknown.status;
    for _ in 0..60 {
        last = portal.post(LOOK, "", &[("nop", NOP)]).await.status;
    }
    assert_eq!(
        last,
        StatusCode::TOO_MANY_REQUESTS,
        "found or not, every look counts"
    );
    let nothing = portal.post(PAY, "", &[("tagihan", "x")]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}
