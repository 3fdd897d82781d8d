use domain::{CommentId, QuestionId, ThemeId};

use super::*;
use crate::db_test;

/// A consultation with five comments, two of which nobody may see, one statement and four voices.
async fn town(tx: &mut Tx) -> Result<ConsultationId> {
    for (sql, values) in [
        (sql!("insert into office (id, name, short) values ('o', 'Dinas', 'D')"), args![]),
        (sql!("insert into area (id, name, kind) values ('35.79.01', 'Sisir', 'kelurahan')"), args![]),
        (
            sql!(
                "insert into account (id, email, email_key, name, password_hash, role, home_area_id, created_at)
                 values ('a', 'a', 'a', 'Siti', '-', 'resident', '35.79.01', 1)"
            ),
            args![],
        ),
        (
            sql!(
                "insert into consultation (id, slug, office_id, title, preview_token, created_at, updated_at)
                 values ('c', 'c', 'o', 'C', 'secret', 1, 1)"
            ),
            args![],
        ),
    ] {
        tx.run(sql, values).await?;
    }
    for (id, stance, supports, gone) in [
        ("c1", Some("for"), 3, 0),
        ("c2", Some("against"), 9, 0),
        ("c3", None, 1, 0),
        ("c4", Some("for"), 50, 1),
        ("c5", Some("for"), 60, 2),
    ] {
        tx.run(
            sql!(
                "insert into comment (id, consultation_id, root_id, depth, account_id, stance, body, posted_at,
                                      hidden_at, deleted_at, supports, send_key)
                 values ($1, 'c', $1, 0, 'a', $2, 'Kata ' || $1, 5, case when $3 = 1 then 6 end,
                         case when $3 = 2 then 6 end, $4, $1)"
            ),
            args![id, stance, i64::from(gone), i64::from(supports)],
        )
        .await?;
    }
    tx.run(
        sql!("insert into question (id, consultation_id, position, kind, title) values ('q', 'c', 1, 'position', 'Q')"),
        args![],
    )
    .await?;
    for (id, area) in [
        ("p1", Some("35.79.01")),
        ("p2", Some("35.79.01")),
        ("p3", None),
        ("p4", None),
    ] {
        tx.run(
            sql!("insert into participant (id, consultation_id, area_id, joined_at) values ($1, 'c', $2, 1)"),
            args![id, area],
        )
        .await?;
    }
    for id in ["p1", "p2", "p3"] {
        tx.run(
            sql!(
                "insert into ballot (question_id, participant_id, revision, choices, cast_at)
                 values ('q', $1, 1, '[\"agree\"]', 7), ('q', $1, 2, '[\"disagree\"]', 8)"
            ),
            args![id],
        )
        .await?;
    }
    // p3 withdrew.
    for id in ["p1", "p2"] {
        tx.run(
            sql!("insert into ballot_mark (question_id, participant_id, choice) values ('q', $1, 'disagree')"),
            args![id],
        )
        .await?;
    }
    Ok(ConsultationId::new("c"))
}

async fn filled(db: &crate::Db) -> ConsultationId {
    db.write(|tx| Box::pin(town(tx)))
        .await
        .expect("the town is written")
}

db_test! { async fn themes_keep_their_order_and_gather_what_can_be_seen(db) {
    let c = filled(&db).await;
    let themes: Result<Vec<ThemeRow>> = db.write(move |tx| Box::pin(async move {
        for id in ["t1", "t2", "t3"] {
            insert_theme(tx, &c, NewTheme { id: &ThemeId::new(id), title: id, description: "" }).await?;
        }
        let (t1, t3) = (ThemeId::new("t1"), ThemeId::new("t3"));
        place_theme(tx, &c, &t1, 3).await?;
        place_theme(tx, &c, &t3, 1).await?;
        let ids: Vec<_> = ["c1", "c2", "c4", "c5", "unknown"].map(CommentId::new).into();
        assert_eq!(add_comments(tx, &c, &t1, &ids).await?, 2, "hidden, deleted and unknown ones stay out");
        assert_eq!(add_comments(tx, &c, &t1, &ids).await?, 0, "twice changes nothing");
        assert_eq!(add_comments(tx, &c, &t1, &[]).await?, 0);
        assert_eq!(add_comments(tx, &ConsultationId::new("x"), &t1, &ids).await?, 0, "not of another consultation");
        assert_eq!(remove_comments(tx, &c, &t1, &[CommentId::new("c2")]).await?, 1);
        assert!(update_theme(tx, &c, NewTheme { id: &t3, title: "Tiga", description: "d" }).await?);
        assert!(!update_theme(tx, &ConsultationId::new("x"), NewTheme { id: &t3, title: "x", description: "" }).await?);
        assert!(remove_theme(tx, &c, &ThemeId::new("t2")).await?);
        assert!(!remove_theme(tx, &c, &ThemeId::new("t2")).await?);
        let free = gatherables(tx, &c, 10).await?;
        let free: Vec<_> = free.iter().map(|g| (g.id.as_str(), g.themes.as_deref())).collect();
        assert_eq!(free, [("c2", None), ("c1", Some("t1")), ("c3", None)]);
        list_themes(tx, &c).await
    })).await;
    let themes: Vec<_> = themes.expect("works").into_iter().map(|t| (t.title, t.comments)).collect();
    assert_eq!(themes, [("Tiga".to_owned(), 0), ("t1".to_owned(), 1)]);
} }

db_test! { async fn replies_and_the_outcome_are_one_each(db) {
    let c = filled(&db).await;
    let done: Result<()> = db.write(move |tx| Box::pin(async move {
        let subject = Subject::Question(QuestionId::new("q"));
        for (body, now) in [("satu", 1), ("dua", 2)] {
            put_reply(tx, &c, &subject, body, body, None, Timestamp(now)).await?;
        }
        put_reply(tx, &c, &Subject::Theme(ThemeId::new("q")), "tema", "tema", None, Timestamp(3)).await?;
        let mut replies = subjects(tx, &c).await?.replies;
        replies.sort_by_key(|reply| reply.at);
        assert_eq!(replies.len(), 2);
        assert_eq!((replies[0].body.as_str(), replies[0].at, replies[0].subject()), ("dua", 2, Some(subject.clone())));
        remove_reply(tx, &c, &subject).await?;
        assert_eq!(subjects(tx, &c).await?.replies.len(), 1);
        hold(tx, &c).await?;
        let outcome = OutcomeRow { kind: "adopted".into(), body: "b".into(), body_html: "b".into(), link: String::new(), at: 9 };
        assert_eq!(find_outcome(tx, &c).await?, None);
        assert!(insert_outcome(tx, &c, &outcome, None).await?);
        assert!(!insert_outcome(tx, &c, &OutcomeRow { kind: "dropped".into(), ..outcome.clone() }, None).await?);
        assert_eq!(find_outcome(tx, &c).await?, Some(outcome));
        Ok(())
    })).await;
    done.expect("works");
} }

db_test! { async fn figures_count_each_voice_once_and_leave_out_what_nobody_may_see(db) {
    let c = filled(&db).await;
    let mut tx = db.read().await.expect("a connection");
    let findings = findings(&mut tx, &c).await.expect("counts");
    assert_eq!(
        findings.participation,
        Participation { participants: 4, voters: 2, comments: 3, statements: 0, judgements: 0 }
    );
    let areas: Vec<_> = findings.people.into_iter().map(|a| (a.area_id, a.people)).collect();
    assert!(areas.contains(&(Some("35.79.01".to_owned()), 2)) && areas.contains(&(None, 2)), "{areas:?}");
    let top: Vec<_> = top_comments(&mut tx, &c, 5).await.expect("lists").into_iter().map(|t| (t.id, t.area)).collect();
    assert_eq!(top, [("c1".to_owned(), Some("Sisir".to_owned())), ("c2".to_owned(), Some("Sisir".to_owned()))]);
    let ballots = ballots(&mut tx, &c).await.expect("lists");
    assert_eq!(ballots.len(), 2);
    assert_eq!((ballots[0].choice.as_str(), ballots[0].cast_at), ("disagree", 8));
    assert_eq!(count_comments(&mut tx, &c).await.expect("counts"), 5);
    let most = comments(&mut tx, &c, CommentOrder::Supported, 2, 1).await.expect("lists");
    assert_eq!(most.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["c4", "c2"]);
    let newest = comments(&mut tx, &c, CommentOrder::Newest, 1, 0).await.expect("lists");
    assert_eq!(newest[0].id, "c5");
    let comments = comments(&mut tx, &c, CommentOrder::Oldest, 100, 0).await.expect("lists");
    let gone: Vec<_> = comments.iter().filter(|c| c.state != "public").map(|c| (c.state.as_str(), c.body.as_str(), c.author.as_str())).collect();
    assert_eq!(gone, [("hidden", "", ""), ("deleted", "", "")]);
} }

db_test! { async fn clauses_that_have_gone_are_found_by_their_replies(db) {
    let c = filled(&db).await;
    let found: Result<Subjects> = db.write(move |tx| Box::pin(async move {
        // "k1" is reworded, "k2" and "k3" go; only "k3" has a reply.
        for (number, clauses) in [(1_i64, vec!["k1", "k2", "k3"]), (2, vec!["k1"])] {
            let version = format!("v{number}");
            tx.run(
                sql!("insert into text_version (id, consultation_id, number, source, created_at) values ($1, $2, $3, '', 0)"),
                args![&version, &c, number],
            ).await?;
            for (position, clause) in (1_i64..).zip(clauses) {
                tx.run(
                    sql!(
                        "insert into clause (id, version_id, consultation_id, position, label, heading, body, body_html)
                         values ($1, $2, $3, $4, $5, $6, '', '')"
                    ),
                    args![clause, &version, &c, position, position.to_string(), format!("{clause} in {version}")],
                ).await?;
            }
        }
        for (clause, at) in [("k1", 1), ("k3", 2)] {
            put_reply(tx, &c, &Subject::parse("clause", clause).expect("a clause"), "ya", "ya", None, Timestamp(at)).await?;
        }
        subjects(tx, &c).await
    })).await;
    let found = found.expect("reads");
    let titles = |list: &[Titled]| list.iter().map(|t| format!("{} {}", t.label, t.title)).collect::<Vec<_>>();
    assert_eq!(titles(&found.clauses), ["1 k1 in v2"]);
    assert_eq!(titles(&found.gone), ["3 k3 in v1"]);
    assert_eq!((titles(&found.questions), found.replies.len()), (vec![" Q".to_owned()], 2));
} }

db_test! { async fn findings_hold_every_part(db) {
    let c = filled(&db).await;
    let found: Result<Findings> = db.write(move |tx| Box::pin(async move {
        let outcome = OutcomeRow { kind: "changed".into(), body: "b".into(), body_html: "h".into(), link: "https://x".into(), at: 9 };
        insert_outcome(tx, &c, &outcome, None).await?;
        for (id, at, public) in [("h1", 5_i64, true), ("h2", 5, true), ("h3", 3, true), ("h4", 4, false)] {
            tx.run(
                sql!("insert into consultation_change (id, consultation_id, at, kind, field, reason, is_public) values ($1, $2, $3, 'extended', $1, 'hujan', $4)"),
                args![id, &c, at, public],
            ).await?;
        }
        findings(tx, &c).await
    })).await;
    let found = found.expect("reads");
    let steps: Vec<_> = found.steps.iter().map(|s| (s.field.as_str(), s.at.0, s.reason.as_str())).collect();
    assert_eq!(steps, [("h2", 5, "hujan"), ("h1", 5, "hujan"), ("h3", 3, "hujan")], "the newest first");
    assert_eq!(found.outcome.map(|o| (o.kind, o.body_html, o.link, o.at)), Some(("changed".into(), "h".into(), "https://x".into(), 9)));
    assert_eq!((found.questions[0].voters, &found.questions[0].votes), (2, &[("disagree".to_owned(), 2)].into()));
    let tallies: Vec<_> = found.tallies.iter().map(|t| (t.area.as_ref().map(domain::AreaId::as_str), t.choice.as_deref(), t.votes)).collect();
    assert_eq!(tallies, [(Some("35.79.01"), Some("disagree"), 2), (Some("35.79.01"), None, 2)]);
} }
