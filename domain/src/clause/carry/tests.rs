use super::*;
use crate::clause::cut;

const OLD: &str = "# BAB I. Umum

## Pasal 1. Pengertian

(1) Sampah adalah sisa kegiatan sehari-hari. (2) Wadah adalah tempat sampah di depan rumah.

## Pasal 2. Tujuan

Peraturan ini dibuat agar sampah dari rumah berkurang dan kota tetap bersih.

## Pasal 3. Wadah

Setiap rumah memiliki tiga wadah: hijau, kuning, dan merah. Wadah diberikan tanpa biaya.

# BAB II. Biaya

## Pasal 4. Iuran

Setiap rumah membayar iuran Rp15.000 setiap bulan kepada pengurus RT.

## Pasal 5. Sanksi

Orang yang membakar sampah mendapat teguran tertulis, lalu kerja bakti paling lama delapan jam.";

fn old() -> Vec<Clause> {
    cut(OLD)
        .expect("cuts")
        .into_iter()
        .map(|piece| Clause {
            id: ClauseId::new(format!("id{}", piece.label)),
            label: piece.label,
            chapter: piece.chapter,
            heading: piece.heading,
            body: piece.body,
            body_html: String::new(),
        })
        .collect()
}

/// What becomes of each clause of the edited text, such as `1=1 same`, and what has gone.
fn after(new: &str) -> String {
    let old = old();
    let new = cut(new).expect("cuts");
    let carried = carry_over(&old, &new);
    assert_eq!(
        carried,
        carry_over(&old, &new),
        "the same answer every time"
    );
    let mut out: Vec<String> = new
        .iter()
        .zip(&carried)
        .map(|(piece, carried)| {
            let from = carried.from.as_ref().map_or("-", |id| &id.as_str()[2..]);
            format!("{}={from} {:?}", piece.label, carried.change).to_lowercase()
        })
        .collect();
    let mut ids: Vec<_> = carried.iter().filter_map(|c| c.from.clone()).collect();
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "each old clause at most once");
    out.extend(
        old.iter()
            .filter(|clause| !ids.contains(&clause.id))
            .map(|clause| format!("{} gone", clause.label)),
    );
    out.join(", ")
}

fn edited(from: &str, to: &str) -> String {
    assert!(OLD.contains(from), "{from}");
    OLD.replace(from, to)
}

const P4: &str = "## Pasal 4. Iuran\n\nSetiap rumah membayar iuran Rp15.000 setiap bulan kepada pengurus RT.\n\n";

#[test]
fn twenty_kinds_of_edits() {
    let same = "1=1 same, 2=2 same, 3=3 same, 4=4 same, 5=5 same";
    let table: Vec<(&str, String, &str)> = vec![
        ("nothing", OLD.to_owned(), same),
        ("white space and marks", edited("tiga wadah:", "**tiga**   wadah :"), same),
        ("case of a letter", edited("tanpa biaya", "Tanpa Biaya"), same),
        ("another chapter heading", edited("BAB II. Biaya", "BAB II. Biaya dan sanksi"), same),
        ("one number", edited("Rp15.000", "Rp10.000"), "1=1 same, 2=2 same, 3=3 same, 4=4 reworded, 5=5 same"),
        ("a heading", edited("Pasal 2. Tujuan", "Pasal 2. Maksud"), "1=1 same, 2=2 reworded, 3=3 same, 4=4 same, 5=5 same"),
        ("a sentence more", edited("tanpa biaya.", "tanpa biaya. Wadah yang rusak diganti satu kali dalam tiga tahun."), "1=1 same, 2=2 same, 3=3 reworded, 4=4 same, 5=5 same"),
        ("a sentence less", edited(" Wadah diberikan tanpa biaya.", ""), "1=1 same, 2=2 same, 3=3 reworded, 4=4 same, 5=5 same"),
        ("rewritten under its heading", edited("Setiap rumah membayar iuran Rp15.000 setiap bulan kepada pengurus RT.", "Tidak ada pungutan apa pun."), "1=1 same, 2=2 same, 3=3 same, 4=4 reworded, 5=5 same"),
        ("a clause at the end", format!("{OLD}\n\n## Pasal 6. Mulai berlaku\n\nBerlaku sejak diundangkan."), "1=1 same, 2=2 same, 3=3 same, 4=4 same, 5=5 same, 6=- new"),
        ("a clause at the start", edited("## Pasal 1.", "## Pasal 0. Dasar\n\nUndang-undang tentang kebersihan kota.\n\n## Pasal 1."), "0=- new, 1=1 same, 2=2 same, 3=3 same, 4=4 same, 5=5 same"),
        (
            "a clause in the middle, all behind it renumbered",
            edited("Pasal 5. Sanksi", "Pasal 6. Sanksi").replace("Pasal 4. Iuran", "Pasal 5. Iuran").replace("# BAB II.", "## Pasal 4. Jadwal\n\nTruk datang pada hari Senin dan Kamis pukul enam pagi.\n\n# BAB II."),
            "1=1 same, 2=2 same, 3=3 same, 4=- new, 5=4 moved, 6=5 moved",
        ),
        ("a clause less", edited(P4, ""), "1=1 same, 2=2 same, 3=3 same, 5=5 same, 4 gone"),
        (
            "a clause less, the one behind renumbered",
            edited(P4, "").replace("Pasal 5.", "Pasal 4."),
            "1=1 same, 2=2 same, 3=3 same, 4=5 moved, 4 gone",
        ),
        (
            "renumbered and reworded",
            edited(P4, "").replace("Pasal 5.", "Pasal 4.").replace("delapan jam", "empat jam"),
            "1=1 same, 2=2 same, 3=3 same, 4=5 reworded, 4 gone",
        ),
        (
            "two change places",
            edited("Pasal 4. Iuran", "Pasal X").replace("Pasal 5. Sanksi", "Pasal 4. Sanksi").replace("Pasal X", "Pasal 5. Iuran"),
            "1=1 same, 2=2 same, 3=3 same, 5=4 moved, 4=5 moved",
        ),
        (
            "order changed, labels kept",
            format!("{}\n\n{P4}", edited(P4, "")),
            "1=1 same, 2=2 same, 3=3 same, 5=5 same, 4=4 same",
        ),
        (
            "one cut in two: the larger part keeps the identity",
            edited(" (2) Wadah adalah tempat sampah di depan rumah.", "\n\n## Pasal 1A. Arti wadah\n\nWadah adalah tempat sampah di depan rumah."),
            "1=1 reworded, 1a=- new, 2=2 same, 3=3 same, 4=4 same, 5=5 same",
        ),
        (
            "two put into one: it keeps the nearer identity",
            edited(P4, "").replace("delapan jam.", "delapan jam. Setiap rumah membayar iuran Rp15.000 setiap bulan kepada pengurus RT."),
            "1=1 same, 2=2 same, 3=3 same, 5=5 reworded, 4 gone",
        ),
        (
            "another clause under an old number",
            edited(P4, "## Pasal 4. Bank sampah\n\nWarga dapat menjual botol plastik ke bank sampah terdekat di kelurahan.\n\n"),
            "1=1 same, 2=2 same, 3=3 same, 4=- new, 5=5 same, 4 gone",
        ),
        (
            "the same clause twice: the second is new",
            format!("{OLD}\n\n## Pasal 6. Iuran\n\nSetiap rumah membayar iuran Rp15.000 setiap bulan kepada pengurus RT."),
            "1=1 same, 2=2 same, 3=3 same, 4=4 same, 5=5 same, 6=- new",
        ),
        (
            "everything new",
            "Pasal 1\nParkir gratis.\n\nPasal 2\nTaman baru dibangun tahun depan.".to_owned(),
            "1=- new, 2=- new, 1 gone, 2 gone, 3 gone, 4 gone, 5 gone",
        ),
    ];
    assert!(table.len() >= 20);
    for (kind, new, expected) in table {
        assert_eq!(after(&new), expected, "{kind}");
    }
}

#[test]
fn likeness_counts_words() {
    assert!((likeness("a b c d", "D C B A") - 1.0).abs() < f64::EPSILON);
    assert!((likeness("a b", "a c") - 0.5).abs() < f64::EPSILON);
    assert!(likeness("a", "b").abs() < f64::EPSILON);
    assert!((likeness("", "") - 1.0).abs() < f64::EPSILON);
}

#[test]
fn what_has_gone_stands_where_it_stood() {
    let old = old();
    let mut new = old.clone();
    new.remove(0);
    new.remove(1);
    new[0].body.push_str(" Segera.");
    new.swap(1, 2);
    new[1].label = "4".into();
    let rows: Vec<_> = compare(&old, &new)
        .iter()
        .map(|row| (row.change, row.before, row.after))
        .collect();
    assert_eq!(
        rows,
        [
            (Change::Gone, Some(0), None),
            (Change::Reworded, Some(1), Some(0)),
            (Change::Gone, Some(2), None),
            (Change::Moved, Some(4), Some(1)),
            (Change::Same, Some(3), Some(2)),
        ]
    );
}

proptest::proptest! {
    #[test]
    fn no_identity_is_used_twice(order in proptest::collection::vec(0_usize..5, 0..9)) {
        let old = old();
        let new: Vec<Cut> = order.iter().enumerate().map(|(n, from)| Cut {
            label: (n + 1).to_string(),
            chapter: String::new(),
            heading: old[*from].heading.clone(),
            body: old[*from].body.clone(),
        }).collect();
        let mut ids: Vec<_> = carry_over(&old, &new).into_iter().filter_map(|c| c.from).collect();
        let mut distinct = order.clone();
        distinct.sort_unstable();
        distinct.dedup();
        proptest::prop_assert_eq!(ids.len(), distinct.len());
        ids.sort();
        ids.dedup();
        proptest::prop_assert_eq!(ids.len(), distinct.len());
    }
}
