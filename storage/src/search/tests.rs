use domain::search::{Asked, ask};

use super::*;
use crate::{db_test, sql};

async fn town(db: &Db) {
    let docs = [
        doc(
            Kind::Consultation,
            "c1",
            "c1",
            "",
            "Pengelolaan sampah dari rumah",
            "Warga memilah sampah. 優步 masuk juga.",
        ),
        doc(
            Kind::Consultation,
            "c2",
            "c2",
            "",
            "Jalur sepeda",
            "Jalur baru dan tempat parkir; sampah dibersihkan.",
        ),
        doc(
            Kind::Consultation,
            "c3",
            "c3",
            "",
            "Sampah rahasia",
            "Konsep sampah.",
        ),
        doc(
            Kind::Clause,
            "k1",
            "c2",
            "4",
            "Parkir pengganti",
            "Pemerintah menyediakan 180 tempat parkir.",
        ),
        doc(
            Kind::Comment,
            "m1",
            "c2",
            "",
            "",
            "Parkirnya jangan dihapus, 100% penting_sekali.",
        ),
        doc(
            Kind::Comment,
            "m2",
            "c1",
            "",
            "",
            "Sampah saya dikelola sendiri. 駕駛員",
        ),
    ];
    db.write(move |tx| {
        Box::pin(async move {
            tx.run(sql!("insert into office (id, name, short) values ('dlh', 'DLH', 'DLH')"), args![]).await?;
            for (id, published) in [("c1", Some(5)), ("c2", Some(6)), ("c3", None::<i64>)] {
                tx.run(
                    sql!(
                        "insert into consultation (id, slug, office_id, title, preview_token, published_at, created_at, updated_at)
                         values ($1, $1, 'dlh', $1, '', $2, 0, 0)"
                    ),
                    args![id, published],
                )
                .await?;
            }
            for doc in &docs {
                index(tx, doc).await?;
                // Putting it twice is putting it once.
                index(tx, doc).await?;
            }
            Ok::<_, Error>(())
        })
    })
    .await
    .expect("the town is indexed");
}

fn doc(kind: Kind, id: &str, consultation: &str, place: &str, title: &str, body: &str) -> Doc {
    Doc {
        kind,
        subject: id.into(),
        consultation: ConsultationId::new(consultation),
        place: place.into(),
        title: title.into(),
        body: body.into(),
        at: Timestamp(7),
    }
}

fn terms(question: &str) -> Vec<Term> {
    match ask(question) {
        Asked::Terms(terms) => terms,
        _ => Vec::new(),
    }
}

async fn found(tx: &mut Tx, question: &str) -> String {
    let finds = find(tx, &terms(question), None, 1).await.expect("answers");
    let count = count(tx, &terms(question)).await.expect("answers");
    assert_eq!(
        count.iter().sum::<i64>(),
        i64::try_from(finds.len()).expect("few"),
        "{question}"
    );
    finds
        .into_iter()
        .map(|f| f.doc.subject)
        .collect::<Vec<_>>()
        .join(" ")
}

db_test! { async fn finds_titles_then_clauses_then_comments(db) {
    town(&db).await;
    let mut tx = db.read().await.expect("a connection");
    for (question, expected) in [
        ("sampah", "c1 c2 m2"),
        ("mengelola sampah", "c1 m2"),
        ("parkir", "k1 c2 m1"),
        ("park", "k1 c2 m1"),
        ("sedia parkir", "k1"),
        ("rahasia", ""),
        ("優步", "c1"),
        ("駕駛", "m2"),
        ("步優", ""),
        ("100% penting", "m1"),
        ("\"parkir\" OR sepeda*", "c2"),
        ("sepeda*", "c2"),
    ] {
        assert_eq!(found(&mut tx, question).await, expected, "{question}");
    }
} }

db_test! { async fn odd_questions_are_harmless(db) {
    town(&db).await;
    let mut tx = db.read().await.expect("a connection");
    for question in ["\"", "' or 1=1 --", "NEAR(a b)", "AND", "sampah AND", "a:b", "head : x", "(((", "*", "^x", "{a} -b", "!& |", "\\", "%", "_", "x\u{0}y", "🙂 sampah"] {
        let _ = found(&mut tx, question).await;
    }
    let long = "sampah ".repeat(5000);
    let _ = found(&mut tx, &long).await;
    assert_eq!(find(&mut tx, &terms("sampah"), None, i64::MAX).await.expect("answers"), []);
    assert_eq!(find(&mut tx, &[], None, 1).await.expect("answers"), []);
} }

db_test! { async fn filters_and_forgets(db) {
    town(&db).await;
    let mut tx = db.read().await.expect("a connection");
    let comments = find(&mut tx, &terms("sampah"), Some(Kind::Comment), 1).await.expect("answers");
    assert_eq!(comments.len(), 1);
    assert_eq!((comments[0].slug.as_str(), comments[0].consultation_title.as_str()), ("c1", "c1"));
    assert_eq!(in_consultations(&mut tx, &terms("parkir")).await.expect("answers"), [ConsultationId::new("c2")]);
    assert_eq!(in_comments(&mut tx, &ConsultationId::new("c1"), &terms("sampah")).await.expect("answers"), [CommentId::new("m2")]);
    drop(tx);
    db.write(|tx| Box::pin(async move {
        remove(tx, Kind::Comment, "m2").await?;
        remove(tx, Kind::Comment, "never").await?;
        remove_kind(tx, Kind::Clause, &ConsultationId::new("c2")).await?;
        tx.run(sql!("delete from consultation where id = $1"), args!["c1"]).await?;
        Ok::<_, Error>(())
    })).await.expect("forgets");
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(found(&mut tx, "sampah").await, "c2");
    assert_eq!(found(&mut tx, "parkir").await, "c2 m1");
    drop(tx);
    db.write(|tx| Box::pin(async move { clear(tx).await })).await.expect("clears");
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(found(&mut tx, "parkir").await, "");
} }

db_test! { async fn preparing_again_keeps_what_is_there(db) {
    town(&db).await;
    prepare(&db).await.expect("prepares");
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(found(&mut tx, "sepeda").await, "c2");
} }

db_test! { async fn sources_are_read_as_they_stand(db) {
    town(&db).await;
    let mut tx = db.read().await.expect("a connection");
    assert_eq!(consultations(&mut tx, None).await.expect("answers").len(), 3);
    let one = ConsultationId::new("c2");
    assert_eq!(consultations(&mut tx, Some(&one)).await.expect("answers")[0].title, "c2");
    assert_eq!(clauses(&mut tx, None).await.expect("answers"), []);
    assert_eq!(comments(&mut tx, Some(&one), None).await.expect("answers"), []);
} }
