use domain::{
    Zone,
    comment::{FlagDraft, Order, State},
    moderation::Reason,
};
use storage::{args, db_test};

use super::*;
use crate::{
    comment,
    comment::tests::{open_town, said},
    testing::World,
};

fn decide(action: &str, reason: &str) -> Draft {
    Draft {
        action: action.into(),
        reason: reason.into(),
        note: "catatan".into(),
    }
}

async fn flagged_comment(world: &World) -> CommentId {
    let s = &world.service;
    let id = comment::post(s, &world.siti, "jalur", said("Pejabat itu maling"))
        .await
        .expect("posts")
        .id;
    let draft = FlagDraft {
        reason: "insult".into(),
        note: "kasar".into(),
    };
    comment::flag(s, &world.bambang, &id, &draft)
        .await
        .expect("flags");
    id
}

async fn kinds(world: &World, actor: &Actor) -> Vec<Kind> {
    let inbox = notice::list(&world.service, actor, 1).await.expect("lists");
    inbox.notices.into_iter().map(|n| n.kind).collect()
}

db_test! { async fn what_is_hidden_leaks_nowhere_but_to_its_author(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let id = flagged_comment(&world).await;
    let waiting = queue(s, &world.moderator).await.expect("lists");
    assert_eq!((waiting.flagged_total, waiting.flagged[0].flags.len()), (1, 1));
    assert_eq!(decide_comments(s, &world.moderator, std::slice::from_ref(&id), &decide("hide", "insult")).await.expect("hides"), 1);
    let again = decide_comments(s, &world.moderator, std::slice::from_ref(&id), &decide("hide", "spam")).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::Decided))));

    let mut tx = s.read().await.expect("a connection");
    let c = crate::consultation::get(s, &mut tx, &world.siti, "jalur").await.expect("reads");
    for order in Order::ALL {
        for actor in [&Actor::Anonymous, &world.siti, &world.moderator] {
            let listing = comment::list(&mut tx, actor, &c, None, order, 1).await.expect("lists");
            let text = format!("{listing:?}");
            assert!(!text.contains("maling") && !text.contains("Siti") && text.contains("insult"), "{text}");
        }
    }
    drop(tx);
    for (actor, sees) in [(&Actor::Anonymous, false), (&world.bambang, false), (&world.siti, true)] {
        let shown = comment::show(s, actor, &id).await.expect("its place stays");
        assert!(matches!(shown.thread.root.state, State::Hidden { .. }));
        assert_eq!(format!("{shown:?}").contains("maling"), sees);
        assert!(!sees || shown.hidden_text.is_some_and(|t| t.note == "catatan"));
    }
    let mut tx = s.read().await.expect("a connection");
    let found = crate::search::find(&mut tx, "maling", None, 1).await.expect("answers");
    assert!(!format!("{found:?}").contains("Pejabat"), "search has forgotten it: {found:?}");
    drop(tx);
    let waiting = queue(s, &world.moderator).await.expect("lists");
    assert_eq!((waiting.flagged.len(), waiting.hidden.len(), waiting.hidden[0].body.as_str()), (0, 1, "Pejabat itu maling"));

    decide_comments(s, &world.moderator, std::slice::from_ref(&id), &decide("restore", "")).await.expect("restores");
    decide_comments(s, &world.moderator, std::slice::from_ref(&id), &decide("hide", "other")).await.expect("hides again");
    assert_eq!(kinds(&world, &world.siti).await.len(), 3, "each decision is told");
    assert!(comment::show(s, &world.bambang, &id).await.expect("reads").thread.root.body.is_empty());
} }

db_test! { async fn only_moderators_decide_and_many_at_once(db) {
    let world = open_town(db).await;
    let s = &world.service;
    let first = flagged_comment(&world).await;
    let second = comment::post(s, &world.wayan, "jalur", said("Beli obat murah")).await.expect("posts").id;
    let both = [first.clone(), second.clone()];
    for actor in [&Actor::Anonymous, &world.siti, &world.rina] {
        assert!(decide_comments(s, actor, &both, &decide("hide", "spam")).await.is_err());
        assert!(queue(s, actor).await.is_err());
    }
    assert!(matches!(decide_comments(s, &world.moderator, &[], &decide("hide", "spam")).await, Err(Error::Invalid(_))));
    assert!(matches!(decide_comments(s, &world.moderator, &both, &decide("hide", "")).await, Err(Error::Invalid(_))));
    assert!(matches!(decide_comments(s, &world.moderator, &both, &decide("accept", "")).await, Err(Error::Invalid(_))));
    assert!(matches!(
        decide_comments(s, &world.moderator, &[CommentId::new("x")], &decide("keep", "")).await,
        Err(Error::NotFound)
    ));
    decide_comments(s, &world.moderator, std::slice::from_ref(&first), &decide("keep", "")).await.expect("keeps");
    assert_eq!(queue(s, &world.moderator).await.expect("lists").flagged_total, 0);
    assert!(kinds(&world, &world.siti).await.is_empty(), "what stays is not told");
    assert_eq!(decide_comments(s, &world.admin, &both, &decide("hide", "spam")).await.expect("hides"), 2);

    let zone = Zone { name: "WIB".into(), hours: 7 };
    let log = log(s, &zone).await.expect("reads");
    let counts: Vec<_> = log.months.iter().map(|m| (m.action, m.reason, m.count)).collect();
    assert_eq!(counts, [(Action::Hide, Some(Reason::Spam), 2), (Action::Keep, None, 1)]);
    assert_eq!(log.places[0].counts, [(Action::Hide, 2), (Action::Keep, 1)]);
    assert_eq!(log.latest.len(), 3);
    let table = csv(s).await.expect("writes");
    assert_eq!(table.lines().count(), 4);
    assert!(table.contains("jalur,comment,hide,spam") && !table.contains("Siti"));
    let mut tx = s.read().await.expect("a connection");
    assert_eq!(tx.number("select count(*) from audit where verb like 'comment.%'", args![]).await.expect("counts"), 3);
} }
