use domain::{FileId, consultation::CountsShown};

use super::*;
use crate::{Error, db_test, file, testing::consultation};

fn valid(slug: &str) -> Valid {
    Valid {
        slug: slug.into(),
        title: "Jalur sepeda".into(),
        summary: "Ringkas".into(),
        body: "*Isi*".into(),
        office: OfficeId::new("office"),
        areas: Vec::new(),
        contact: "Balai kota".into(),
        cover_alt: String::new(),
        opens_at: Some(Timestamp(100)),
        closes_at: Some(Timestamp(200)),
        counts_shown: CountsShown::AfterVote,
        comments_open: false,
        statements_open: true,
    }
}

db_test! { async fn a_save_needs_the_edition_it_saw(db) {
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let id = consultation(tx, "jalur").await?;
        assert!(update(tx, &id, 1, &valid("jalur-sepeda"), "<p>Isi</p>", Timestamp(5)).await?);
        assert!(!update(tx, &id, 1, &valid("jalur-lain"), "", Timestamp(6)).await?);
        let sheet = find_sheet(tx, "jalur-sepeda").await?.expect("is there");
        assert_eq!((sheet.body.as_str(), sheet.updated_at, sheet.consultation.edition), ("*Isi*", Timestamp(5), 2));
        assert_eq!(sheet.consultation.counts_shown, CountsShown::AfterVote);
        assert!(!sheet.consultation.comments_open && sheet.consultation.statements_open);
        assert!(!touch(tx, &id, 1, Timestamp(7)).await?);
        assert!(touch(tx, &id, 2, Timestamp(7)).await?);
        assert!(publish(tx, &id, 3, Timestamp(8)).await?);
        assert!(!publish(tx, &id, 4, Timestamp(9)).await?, "once");
        assert!(!set_closing(tx, &id, 3, Timestamp(300), Timestamp(9)).await?);
        assert!(set_closing(tx, &id, 4, Timestamp(300), Timestamp(9)).await?);
        set_preview_token(tx, &id, "baru").await?;
        let sheet = find_sheet(tx, "jalur-sepeda").await?.expect("is there");
        assert_eq!(sheet.consultation.published_at, Some(Timestamp(8)));
        assert_eq!(sheet.consultation.closes_at, Some(Timestamp(300)));
        assert_eq!((sheet.preview_token.as_str(), sheet.consultation.edition), ("baru", 5));
        Ok(())
    })).await;
    done.expect("is saved");
} }

db_test! { async fn a_slug_is_used_once(db) {
    let taken: Result<()> = db.write(|tx| Box::pin(async move {
        consultation(tx, "jalur").await?;
        let other = consultation(tx, "parkir").await?;
        let blank = Blank {
            id: &ConsultationId::new("x"),
            slug: "jalur",
            office: &OfficeId::new("office"),
            title: "Jalur",
            contact: "",
            preview_token: "t",
            by: None,
            now: Timestamp(1),
        };
        assert!(!insert_blank(tx, &blank).await?);
        assert!(insert_blank(tx, &Blank { slug: "jalur-2", ..blank }).await?);
        update(tx, &other, 1, &valid("jalur"), "", Timestamp(5)).await?;
        Ok(())
    })).await;
    assert!(matches!(taken, Err(Error::Conflict)));
} }

db_test! { async fn a_form_sent_twice_is_found(db) {
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        consultation(tx, "lain").await?;
        tx.run(sql!("insert into account (id, email, email_key, name, password_hash, role, created_at)
                     values ('rina', 'r', 'r', 'Rina', '-', 'resident', 0)"), args![]).await?;
        let (rina, office) = (AccountId::new("rina"), OfficeId::new("office"));
        let blank = Blank {
            id: &ConsultationId::new("x"),
            slug: "jalur",
            office: &office,
            title: "Jalur",
            contact: "",
            preview_token: "t",
            by: Some(&rina),
            now: Timestamp(1000),
        };
        insert_blank(tx, &blank).await?;
        let since = |t| Timestamp(t);
        assert_eq!(find_twin(tx, &office, "Jalur", Some(&rina), since(900)).await?.as_deref(), Some("jalur"));
        assert_eq!(find_twin(tx, &office, "Jalur", Some(&rina), since(1001)).await?, None);
        assert_eq!(find_twin(tx, &office, "Jalan", Some(&rina), since(900)).await?, None);
        assert_eq!(find_twin(tx, &office, "Jalur", None, since(900)).await?, None);
        Ok(())
    })).await;
    done.expect("is found");
} }

db_test! { async fn areas_files_and_the_list(db) {
    let done: Result<()> = db.write(|tx| Box::pin(async move {
        let id = consultation(tx, "jalur").await?;
        for area in ["35.79.01", "35.79.02"] {
            tx.run(sql!("insert into area (id, name, kind) values ($1, $1, 'kecamatan')"), args![area]).await?;
        }
        put_areas(tx, &id, &[AreaId::new("35.79.01")]).await?;
        put_areas(tx, &id, &[AreaId::new("35.79.02")]).await?;
        for name in ["a", "b"] {
            let new = file::NewFile {
                id: &FileId::new(name),
                name: "x.pdf",
                media_type: "application/pdf",
                sha256: "s",
                body: vec![1, 2, 3],
                by: None,
                now: Timestamp(1),
            };
            file::insert(tx, new).await?;
            insert_attachment(tx, &id, &FileId::new(name), name).await?;
        }
        assert!(set_cover(tx, &id, 1, Some(&FileId::new("a")), "Peta", Timestamp(2)).await?);
        let files: Vec<_> = list_attachments(tx, &id).await?.into_iter().map(|a| (a.title, a.size)).collect();
        assert_eq!(files, [("a".to_owned(), 3), ("b".to_owned(), 3)]);
        assert!(delete_attachment(tx, &id, &FileId::new("a")).await?);
        assert!(!delete_attachment(tx, &id, &FileId::new("a")).await?);
        let all = list_for_officers(tx, None).await?;
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].consultation.areas, [AreaId::new("35.79.02")]);
        assert_eq!(all[0].consultation.cover, Some(FileId::new("a")));
        assert_eq!((all[0].comments, all[0].missing_replies, all[0].open_flags), (0, 0, 0));
        let mine = [OfficeId::new("office")];
        assert_eq!(list_for_officers(tx, Some(&mine)).await?.len(), 1);
        assert_eq!(list_for_officers(tx, Some(&[])).await?.len(), 0);
        Ok(())
    })).await;
    done.expect("is kept");
} }
