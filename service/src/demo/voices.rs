//! Voices, their ballots and judgements, and the statements: made up, but so that opinion groups show.

use std::collections::BTreeMap;

use domain::{AccountId, AreaId, ParticipantId, Timestamp, ballot::POSITIONS};
use storage::{
    Tx,
    demo::{Ballot, Decision, Judgement, Question, Statement, Voice},
};

use super::{Dice, Maker, People, Unusable, consultation::Scene, files::Town};

/// Seconds of an hour.
const HOUR: i64 = 3600;

/// How the three opinion groups are divided, before the area tilts it.
const GROUPS: [f64; 3] = [0.52, 0.34, 0.14];

/// How likely a group agrees and disagrees; the rest passes.
fn judges(lean: &str, group: usize) -> [f64; 2] {
    let table: [[f64; 2]; 3] = match lean {
        "all" => [[0.86, 0.06], [0.79, 0.11], [0.83, 0.06]],
        "a" => [[0.84, 0.08], [0.15, 0.71], [0.46, 0.30]],
        "b" => [[0.17, 0.69], [0.83, 0.09], [0.42, 0.36]],
        "split" => [[0.47, 0.44], [0.44, 0.47], [0.40, 0.38]],
        _ => [[0.26, 0.23], [0.22, 0.28], [0.15, 0.15]],
    };
    table[group]
}

pub(super) async fn write(
    tx: &mut Tx,
    maker: &mut Maker,
    town: &Town,
    people: &People,
    scene: &Scene<'_>,
) -> Result<(), Unusable> {
    let mut dice = Dice::of(&scene.plan.slug);
    let crowd = crowd(maker, town, scene, &mut dice);
    let mut voices: Vec<Voice> = crowd.iter().map(|one| one.voice.clone()).collect();
    let writers = writers(maker, town, people, scene, &mut dice)?;
    voices.extend(writers.values().map(|(_, voice)| voice.clone()));
    storage::demo::add_voices(tx, &scene.id, &voices).await?;
    let links: Vec<(AccountId, ParticipantId)> = writers
        .values()
        .map(|(account, voice)| (account.clone(), voice.id.clone()))
        .collect();
    storage::demo::link_voices(tx, &scene.id, &links).await?;

    let statements = statements(maker, people, scene, &writers);
    storage::demo::add_statements(tx, &scene.id, &statements).await?;
    storage::demo::add_decisions(tx, &scene.id, &decisions(maker, scene, &statements)).await?;

    let ballots = ballots(scene, &crowd, &mut dice);
    let judgements = judgements(scene, &crowd, &statements, &mut dice);
    storage::demo::add_ballots(tx, &ballots).await?;
    storage::demo::add_judgements(tx, &scene.id, &judgements).await?;
    maker.filled.voices += crowd.len();
    maker.filled.votes += ballots.len() + judgements.len();
    Ok(())
}

/// A made-up person.
struct One {
    voice: Voice,
    group: usize,
}

/// The made-up people of a consultation: more from the areas that it concerns, some without an area, from each of
/// the two last villages only one or two, so that the demo shows how small areas are withheld.
fn crowd(maker: &Maker, town: &Town, scene: &Scene<'_>, dice: &mut Dice) -> Vec<One> {
    let villages: Vec<&str> = town
        .city
        .areas
        .iter()
        .filter(|a| matches!(a.kind.as_str(), "desa" | "kelurahan"))
        .map(|a| a.code.as_str())
        .collect();
    let few = villages.len().saturating_sub(2);
    let weights: Vec<f64> = villages
        .iter()
        .enumerate()
        .map(|(place, code)| {
            let concerned = scene
                .plan
                .areas
                .iter()
                .any(|area| *code == area || code.starts_with(&format!("{area}.")));
            let size = 0.5 + Dice::of(code).share();
            match (place >= few, concerned) {
                (true, _) => 0.03,
                (_, true) => 5.0 * size,
                (_, false) => size,
            }
        })
        .collect();
    let many = 420 + dice.below(860);
    let mut times: Vec<Timestamp> = (0..many).map(|_| moment(scene, dice)).collect();
    times.sort();
    times
        .into_iter()
        .enumerate()
        .map(|(n, at)| {
            let area = if dice.chance(0.06) {
                None
            } else {
                dice.weighted(&weights)
            };
            // A desa's own matters tilt its opinion.
            let tilt = area.map_or(1.0, |place| {
                0.6 + 0.8 * Dice::of(&format!("{}{}", scene.plan.slug, villages[place])).share()
            });
            let group = dice
                .weighted(&[GROUPS[0] * tilt, GROUPS[1], GROUPS[2]])
                .unwrap_or(0);
            let voice = Voice {
                id: maker.id(at),
                area: area.map(|place| AreaId::new(villages[place])),
                external_id: format!("demo-{:04}", n + 1),
                at,
            };
            One { voice, group }
        })
        .collect()
}

/// A moment between opening and the end at which people are awake: many on the first days, some at the very end.
fn moment(scene: &Scene<'_>, dice: &mut Dice) -> Timestamp {
    let span = (scene.until.0 - scene.opens_at.0 - 2 * HOUR * 1000).max(1);
    let share = if dice.chance(0.25) {
        1.0 - dice.share().powi(4)
    } else {
        dice.share().powf(1.5)
    };
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "milliseconds of some months"
    )]
    let at = scene.opens_at.0 + (span as f64 * share) as i64;
    Timestamp(at)
}

/// Residents who wrote statements have a voice of their own, without votes: they can still cast them.
fn writers(
    maker: &Maker,
    town: &Town,
    people: &People,
    scene: &Scene<'_>,
    dice: &mut Dice,
) -> Result<BTreeMap<String, (AccountId, Voice)>, Unusable> {
    let mut writers = BTreeMap::new();
    for key in scene
        .plan
        .statements
        .iter()
        .filter_map(|s| s.author.as_ref())
    {
        if writers.contains_key(key) {
            continue;
        }
        let account = people.account(scene.path, key)?;
        let home = town
            .people
            .iter()
            .find(|p| p.key == *key)
            .and_then(|p| p.area.as_deref());
        let at = moment(scene, dice);
        let voice = Voice {
            id: maker.id(at),
            area: home.map(AreaId::new),
            external_id: format!("demo-{key}"),
            at,
        };
        writers.insert(key.clone(), (account, voice));
    }
    Ok(writers)
}

/// The statements: the office's from the first hour, the residents' one after the other over the first two thirds.
fn statements(
    maker: &Maker,
    people: &People,
    scene: &Scene<'_>,
    writers: &BTreeMap<String, (AccountId, Voice)>,
) -> Vec<Statement> {
    let many = i64::try_from(scene.plan.statements.len())
        .unwrap_or(1)
        .max(1);
    let step = (scene.until.0 - scene.opens_at.0).max(0) * 2 / 3 / many;
    (1_i64..)
        .zip(&scene.plan.statements)
        .map(|(number, s)| {
            let writer = s.author.as_ref().and_then(|key| writers.get(key));
            let at = match (writer, s.status.as_str()) {
                (None, _) => scene.published_at,
                // Whoever still waits wrote it in the last two days.
                (Some(_), "waiting") => scene.until.plus_seconds(-HOUR * (4 + 9 * (many - number))),
                (Some(_), _) => {
                    Timestamp(scene.opens_at.0 + step * (number - 1)).plus_seconds(HOUR)
                }
            };
            let by = people
                .moderators
                .get(usize::from(number % 2 == 0))
                .or(people.moderators.first());
            let decided = match writer {
                None => Some((scene.author.clone(), at)),
                Some(_) if s.status == "waiting" => None,
                Some(_) => by.map(|by| (by.clone(), at.plus_seconds(2 * HOUR).min(scene.until))),
            };
            Statement {
                id: maker.id(at),
                number,
                voice: writer.map(|(_, voice)| voice.id.clone()),
                body: s.text.clone(),
                status: s.status.clone(),
                at,
                decided,
                reason: s.refused.as_ref().map(|verdict| verdict.reason),
            }
        })
        .collect()
}

fn decisions(maker: &Maker, scene: &Scene<'_>, statements: &[Statement]) -> Vec<Decision> {
    statements
        .iter()
        .zip(&scene.plan.statements)
        .filter(|(s, _)| s.voice.is_some())
        .filter_map(|(s, plan)| {
            let verdict = plan.refused.as_ref();
            let (by, at) = s.decided.clone()?;
            Some(Decision {
                id: maker.id(at),
                at,
                by,
                kind: "statement",
                subject: s.id.to_string(),
                action: if s.status == "accepted" {
                    "accept"
                } else {
                    "reject"
                },
                reason: verdict.map(|verdict| verdict.reason),
                note: verdict
                    .map(|verdict| verdict.note.clone())
                    .unwrap_or_default(),
            })
        })
        .collect()
}

/// Most people vote on the first question, fewer on the next; a few change their vote an hour later.
fn ballots(scene: &Scene<'_>, crowd: &[One], dice: &mut Dice) -> Vec<Ballot> {
    let mut ballots = Vec::new();
    for one in crowd {
        for (place, question) in scene.questions.iter().enumerate() {
            if !dice.chance(if place == 0 { 0.93 } else { 0.74 }) {
                continue;
            }
            let at = one
                .voice
                .at
                .plus_seconds(20 * i64::try_from(place).unwrap_or(0));
            let changes = dice.chance(0.03);
            for revision in 0..=i64::from(changes) {
                ballots.push(Ballot {
                    question: question.id.clone(),
                    voice: one.voice.id.clone(),
                    revision,
                    choices: choices(question, one.group, dice),
                    at: at.plus_seconds(revision * HOUR).min(scene.until),
                    counts: revision == i64::from(changes),
                });
            }
        }
    }
    ballots
}

fn choices(question: &Question, group: usize, dice: &mut Dice) -> Vec<String> {
    if question.kind == "position" {
        let [agree, against] = [[0.85, 0.08], [0.21, 0.66], [0.48, 0.22]][group];
        let place = dice
            .weighted(&[agree, against, 1.0 - agree - against])
            .unwrap_or(2);
        return vec![POSITIONS[place].to_owned()];
    }
    // The second option is the most wanted; the groups differ in the others.
    let weights: Vec<f64> = (0..question.options.len())
        .map(|place| {
            [0.17, 0.36, 0.22, 0.13, 0.20, 0.10][place % 6]
                + 0.07 * f64::from(u8::from(place % 3 == group))
        })
        .collect();
    let most = usize::try_from(question.max_choices).unwrap_or(1).max(1);
    let many = if question.kind == "many" {
        1 + dice.below(most)
    } else {
        1
    };
    let mut places: Vec<usize> = Vec::new();
    let mut left = weights;
    while places.len() < many {
        let Some(place) = dice.weighted(&left) else {
            break;
        };
        left[place] = 0.0;
        places.push(place);
    }
    // As the question has them: that is how ballots are stored.
    places.sort_unstable();
    places
        .iter()
        .map(|place| question.options[*place].0.to_string())
        .collect()
}

/// Each judges some of the statements that were there by then; a few judge one again.
fn judgements(
    scene: &Scene<'_>,
    crowd: &[One],
    statements: &[Statement],
    dice: &mut Dice,
) -> Vec<Judgement> {
    let leans: Vec<&str> = scene
        .plan
        .statements
        .iter()
        .map(|s| s.lean.as_str())
        .collect();
    let mut judgements = Vec::new();
    for one in crowd {
        let there: Vec<usize> = (0..statements.len())
            .filter(|n| {
                let s = &statements[*n];
                s.status == "accepted"
                    && s.decided
                        .as_ref()
                        .is_some_and(|(_, at)| *at <= one.voice.at.plus_days(2))
            })
            .collect();
        if there.is_empty() || dice.chance(0.12) {
            continue;
        }
        let many = 3 + dice.below(there.len());
        for (n, place) in dice.some_of(&there, many).into_iter().enumerate() {
            let statement = &statements[place];
            let ready = statement
                .decided
                .as_ref()
                .map_or(one.voice.at, |(_, at)| *at);
            let at = one
                .voice
                .at
                .max(ready)
                .plus_seconds(40 + 9 * i64::try_from(n).unwrap_or(0));
            let changes = dice.chance(0.02);
            for revision in 0..=i64::from(changes) {
                let [agree, disagree] = judges(leans[place], one.group);
                let value = match dice.weighted(&[agree, disagree, 1.0 - agree - disagree]) {
                    Some(0) => 1,
                    Some(1) => -1,
                    _ => 0,
                };
                judgements.push(Judgement {
                    statement: statement.id.clone(),
                    voice: one.voice.id.clone(),
                    revision,
                    value,
                    at: at.plus_seconds(revision * 60).min(scene.until),
                });
            }
        }
    }
    judgements
}
