//! A consultation with its texts and questions, and then all that people did in it.

use domain::{
    AccountId, AreaId, ConsultationId, OfficeId, Timestamp, VersionId, Zone,
    clause::{Clause, Text, Version, carry_over, cut},
    consultation::ChangeKind,
};
use storage::{
    Tx,
    consultation::NewChange,
    demo::{Consultation, Question},
};

use super::{
    Maker, People, Unusable, discussion,
    files::{Folder, Plan, Town},
    outcome, voices,
};
use crate::markdown;

/// What the parts of one consultation share.
pub(super) struct Scene<'a> {
    pub(super) id: ConsultationId,
    pub(super) plan: &'a Plan,
    pub(super) path: &'a str,
    pub(super) opens_at: Timestamp,
    pub(super) published_at: Timestamp,
    /// When it closes, or now when that is later: nothing happens after it.
    pub(super) until: Timestamp,
    pub(super) author: AccountId,
    pub(super) questions: Vec<Question>,
    /// The clauses of the newest version.
    pub(super) clauses: Vec<Clause>,
}

pub(super) async fn write(
    tx: &mut Tx,
    maker: &mut Maker,
    town: &Town,
    people: &People,
    folder: &Folder,
) -> Result<(), Unusable> {
    let plan = &folder.plan;
    let mut scene = plan_scene(maker, town, people, folder)?;
    let created_at = created_at(maker, plan, scene.published_at);
    storage::demo::add_consultation(
        tx,
        &Consultation {
            id: scene.id.clone(),
            slug: plan.slug.clone(),
            office: OfficeId::new(&plan.office),
            title: plan.title.clone(),
            summary: plan.summary.clone(),
            body: folder.body.clone(),
            body_html: markdown::render(&folder.body),
            contact: plan.contact.clone(),
            opens_at: scene.opens_at,
            closes_at: closes_at(maker, town, folder)?,
            published_at: scene.published_at,
            created_at,
            counts_shown: plan.result_visibility.clone(),
            comments_open: plan.comments_open,
            statements_open: plan.statements_open,
            preview_token: maker.chance.token(),
            by: scene.author.clone(),
            areas: plan.areas.iter().map(AreaId::new).collect(),
            told_until: Some(maker.now),
        },
    )
    .await?;
    change(
        tx,
        maker,
        &scene,
        created_at,
        ChangeKind::Created,
        "",
        "",
        false,
    )
    .await?;
    change(
        tx,
        maker,
        &scene,
        scene.published_at,
        ChangeKind::Published,
        "",
        "",
        true,
    )
    .await?;
    scene.questions = questions(maker, plan, scene.published_at);
    storage::demo::add_questions(tx, &scene.id, &scene.questions).await?;
    scene.clauses = texts(tx, maker, &scene, folder).await?;
    if scene.opens_at < maker.now {
        voices::write(tx, maker, town, people, &scene).await?;
        let comments = discussion::write(tx, maker, people, &scene).await?;
        outcome::write(tx, maker, &scene, &comments).await?;
    }
    Ok(crate::search::put_all(tx, &scene.id).await?)
}

fn plan_scene<'a>(
    maker: &Maker,
    town: &Town,
    people: &People,
    folder: &'a Folder,
) -> Result<Scene<'a>, Unusable> {
    let plan = &folder.plan;
    let zone = zone(town);
    let midnight = zone.midnight(maker.now);
    // Early in the morning: nobody in the files comments before six on the first day.
    let opens_at = midnight.plus_days(plan.opens_days).plus_seconds(6 * 3600);
    let first = plan
        .versions
        .first()
        .map_or(maker.now, |v| maker.days(v.days));
    let published_at = opens_at
        .plus_days(-7)
        .max(first.plus_days(1))
        .min(opens_at)
        .min(maker.now);
    Ok(Scene {
        id: maker.id(published_at),
        path: &folder.path,
        opens_at,
        published_at,
        until: closes_at(maker, town, folder)?.min(maker.now),
        author: people.account(&folder.path, &plan.author)?,
        plan,
        questions: Vec::new(),
        clauses: Vec::new(),
    })
}

fn zone(town: &Town) -> Zone {
    Zone {
        name: town.city.zone.clone(),
        hours: town.city.utc_offset_hours,
    }
}

/// The city's clock time on the day that the plan names.
fn closes_at(maker: &Maker, town: &Town, folder: &Folder) -> Result<Timestamp, Unusable> {
    let plan = &folder.plan;
    let time = plan
        .closes_time
        .split_once(['.', ':'])
        .and_then(|(hours, minutes)| {
            Some((hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?))
        })
        .filter(|(hours, minutes)| (0..24).contains(hours) && (0..60).contains(minutes));
    let (hours, minutes) = time.ok_or_else(|| {
        Unusable::Wrong(
            folder.path.clone(),
            format!("closes_time {:?} is no time of day", plan.closes_time),
        )
    })?;
    Ok(zone(town)
        .midnight(maker.now)
        .plus_days(plan.closes_days)
        .plus_seconds(hours * 3600 + minutes * 60))
}

fn created_at(maker: &Maker, plan: &Plan, published_at: Timestamp) -> Timestamp {
    let first = plan
        .versions
        .first()
        .map_or(published_at, |v| maker.days(v.days));
    first.min(published_at).plus_days(-3)
}

fn questions(maker: &Maker, plan: &Plan, at: Timestamp) -> Vec<Question> {
    plan.questions
        .iter()
        .map(|q| Question {
            id: maker.id(at),
            kind: q.kind.clone(),
            title: q.title.clone(),
            help: q.help.clone(),
            max_choices: q.max_choices.unwrap_or(1),
            options: q
                .options
                .iter()
                .map(|label| (maker.id(at), label.clone()))
                .collect(),
        })
        .collect()
}

/// Writes the versions of the text one after the other; a clause keeps its identity. The newest clauses.
async fn texts(
    tx: &mut Tx,
    maker: &Maker,
    scene: &Scene<'_>,
    folder: &Folder,
) -> Result<Vec<Clause>, Unusable> {
    let mut clauses: Vec<Clause> = Vec::new();
    for (version, source) in folder.plan.versions.iter().zip(&folder.texts) {
        let at = maker.days(version.days);
        let cuts = cut(source)
            .map_err(|error| Unusable::Wrong(version.file.clone(), error.to_string()))?;
        let carried = carry_over(&clauses, &cuts);
        clauses = cuts
            .into_iter()
            .zip(carried)
            .map(|(cut, carried)| Clause {
                id: carried.from.unwrap_or_else(|| maker.id(at)),
                body_html: markdown::render(&cut.body),
                label: cut.label,
                chapter: cut.chapter,
                heading: cut.heading,
                body: cut.body,
            })
            .collect();
        let text = Text {
            version: Version {
                id: maker.id::<VersionId>(at),
                number: version.number,
                note: version.note.clone(),
                reason: version.reason.clone(),
                published_at: at,
                clauses: i64::try_from(clauses.len()).unwrap_or(0),
            },
            clauses: clauses.clone(),
        };
        storage::clause::insert(tx, &scene.id, &text, source, Some(&scene.author)).await?;
        let number = version.number.to_string();
        let public = at >= scene.published_at;
        change(
            tx,
            maker,
            scene,
            at,
            ChangeKind::TextPublished,
            &number,
            &version.reason,
            public,
        )
        .await?;
    }
    Ok(clauses)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one row of the history, used here alone"
)]
async fn change(
    tx: &mut Tx,
    maker: &Maker,
    scene: &Scene<'_>,
    at: Timestamp,
    kind: ChangeKind,
    field: &str,
    reason: &str,
    is_public: bool,
) -> Result<(), Unusable> {
    let new = NewChange {
        id: maker.id(at),
        at,
        by: Some(&scene.author),
        kind,
        field,
        before: "",
        after: "",
        reason,
        is_public,
    };
    Ok(storage::consultation::insert_change(tx, &scene.id, &new).await?)
}
