//! Issuing a letter: drawn, numbered, sealed and written into the timeline in one transaction.

use std::collections::BTreeMap;

use domain::{
    Actor, Locale, Zone,
    case::{Happening, Side},
    document::{Template, initials, number},
    form::{Answer, written},
    reference::Reference,
};
use storage::{Tx, document::New};

use super::{
    Letter, body_context,
    letter::{Values, draw_aside, letter},
    list,
};
use crate::{
    Conflict, Error, Result, Service, audit,
    case::{self, Case, Entry, Held},
    chance,
};

/// How often the next number is tried when another office has it, by the same codes.
const TRIES: u32 = 1_000;

/// What is issued, and how.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// The address of the page on which letters are checked, without a slash at its end.
    pub(super) verify_at: String,
    /// The form's own key: sent twice is one letter.
    pub(super) key: String,
    /// In the place of which letter, and why.
    pub(super) replaces: Option<(Letter, String)>,
}

/// Issues the letter of a case that is decided, or gives the one that holds. `verify_at` is the address of the page on which
/// letters are checked, without a slash at its end; `key` is the form's own.
///
/// The drawing takes place inside of the transaction, since a number is never given twice and never without a letter; it takes
/// a few milliseconds, and letters are rare beside everything else that is written.
///
/// Errors: [`Error::NotFound`] for a case of another office; [`Conflict::Incomplete`] when it is not decided,
/// [`Conflict::Gone`] when what is personal is erased.
pub async fn issue(
    service: &Service,
    actor: &Actor,
    reference: Reference,
    verify_at: &str,
    key: &str,
) -> Result<Letter> {
    actor.may_enter_office()?;
    let order = Order {
        verify_at: verify_at.to_owned(),
        key: key.to_owned(),
        replaces: None,
    };
    let (inner, who) = (service.clone(), actor.clone());
    let (letter, news) = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let held = Held::lock(&inner, tx, &reference.compact()).await?;
                let permit = case::handle(&who, &held.case)?;
                let there = list(tx, &held.case.id).await?;
                let is_sent = storage::document::is_sent(tx, &key_hash(&held, &order.key)).await?;
                let holds = there.iter().find(|one| one.ended_at.is_none());
                if let Some(letter) = holds.or(there.last().filter(|_| is_sent)) {
                    storage::case::unlock(tx, &held.case.id).await?;
                    return Ok((letter.clone(), None));
                }
                let letter = put(&inner, tx, &held, &who, order).await?;
                let entry = Entry {
                    detail: &letter.mark(),
                    ..Entry::new(Side::Office, permit.by(), Happening::LetterIssued)
                };
                held.write(tx, &inner, &entry).await?;
                audit::note(
                    &inner,
                    tx,
                    permit.by(),
                    "document.issue",
                    &letter.id,
                    &letter.number,
                )
                .await?;
                held.tell_applicant(tx, &inner).await?;
                Ok::<_, Error>((letter, Some(held.id())))
            })
        })
        .await?;
    if let Some(id) = news {
        case::tell(service, id).await;
    }
    Ok(letter)
}

/// Draws and keeps the letter of a case that is held.
pub(super) async fn put(
    service: &Service,
    tx: &mut Tx,
    held: &Held,
    actor: &Actor,
    order: Order,
) -> Result<Letter> {
    let case = &held.case;
    if case.erased_at.is_some() {
        return Err(Error::Conflict(Conflict::Gone));
    }
    let outcome = case.outcome.ok_or(Error::Conflict(Conflict::Incomplete))?;
    let now = service.now();
    let city = storage::area::find_city(tx).await?;
    let zone = city.as_ref().map_or(Zone::UTC, |city| city.zone.clone());
    let office = storage::office::find(tx, &case.office).await?;
    let row = storage::case::get(tx, &case.id)
        .await?
        .ok_or(Error::NotFound)?;
    let person = case::person(service, &case.id, &row.contact)?.contact;
    let asked = Asked::load(service, tx, actor, case).await?;
    let (template, scope, version) = template(tx, &asked.form).await?;
    let own = office.as_ref().map_or("", |office| office.id.as_str());
    let code_of_office = match template.office.as_str() {
        "" => own.to_uppercase(),
        code => code.to_owned(),
    };
    let year = zone.wall(now).year();
    let number = free_number(tx, case, &template.matter, &code_of_office, year).await?;
    let code = Reference::new(service.chance().bytes());
    let replaces = order.replaces.as_ref().map(|(old, reason)| {
        let day = zone.date(old.issued_at, Locale::Id);
        format!(
            "Surat ini menggantikan surat nomor {} tanggal {day}. Alasan: {reason}",
            old.number
        )
    });
    let values = Values {
        reference: case.reference,
        service: case.title.clone(),
        outcome,
        reason: reason(service, tx, case).await?,
        at: now,
        received_at: case.received_at,
        number: number.clone(),
        office: case.office_name.clone(),
        contact: office.map_or_else(String::new, |office| office.contact),
        city: city.map_or_else(String::new, |city| city.name),
        officer: actor
            .member()
            .map_or_else(String::new, |member| member.name.clone()),
        zone,
        answers: asked.answers,
        is_sample: false,
        replaces,
        code,
        address: format!("{}/{}", order.verify_at, code.compact()),
        name: person.name.clone(),
    };
    let pdf = draw_aside(letter(&template, &values)).await?;
    let id: String = service.id();
    let sha256 = chance::digest_bytes(&pdf);
    let new = New {
        id: &id,
        case: &case.id,
        number: &number,
        code: &code.compact(),
        template_scope: &scope,
        template_version: version,
        body: service.keys().seal_bytes(&body_context(&id), &pdf),
        sha256: &sha256,
        initials: &initials(&person.name),
        at: now,
        by: actor.account(),
        key_hash: &key_hash(held, &order.key),
    };
    storage::document::insert(tx, new).await?;
    let row = storage::document::find(tx, &code.compact()).await?;
    Letter::read(row.ok_or(Error::NotFound)?)
}

/// The hash of a form's own key, for one case.
pub(super) fn key_hash(held: &Held, key: &str) -> String {
    chance::digest(&format!("{}:{key}", held.case.id))
}

/// The next number of the office that nobody has.
async fn free_number(
    tx: &mut Tx,
    case: &Case,
    matter: &str,
    office: &str,
    year: i32,
) -> Result<String> {
    for _ in 0..TRIES {
        let place = storage::document::next_number(tx, &case.office, year).await?;
        let number = number(matter, place, office, year);
        if !storage::document::is_taken(tx, &number).await? {
            return Ok(number);
        }
    }
    Err(super::broken("numbers of letters"))
}

/// The reason of the decision, as it was written.
async fn reason(service: &Service, tx: &mut Tx, case: &Case) -> Result<String> {
    let rows = storage::case::events(tx, &case.id, true, 0).await?;
    let lines = case::lines(service, &case.id, rows)?;
    let decided = lines
        .into_iter()
        .rfind(|line| line.kind == Happening::Decided);
    Ok(decided.map_or_else(String::new, |line| line.text))
}

/// The template of a form, its scope and version; the one that comes with the program when the city has none.
async fn template(tx: &mut Tx, form: &str) -> Result<(Template, String, i64)> {
    match storage::document::template(tx, form).await? {
        Some(row) => {
            let template = super::template::read(&row.body)?;
            Ok((template, row.scope, row.version))
        }
        None => Ok((Template::shipped(), String::new(), 0)),
    }
}

/// What was asked for in the form.
struct Asked {
    /// The form's word; empty for a case without a form.
    form: String,
    /// Answers by the keys of their questions, as people read them.
    answers: BTreeMap<String, String>,
}

impl Asked {
    /// Needs a transaction that writes: that the actor read the answers is written down.
    async fn load(service: &Service, tx: &mut Tx, actor: &Actor, case: &Case) -> Result<Self> {
        let nothing = Self {
            form: String::new(),
            answers: BTreeMap::new(),
        };
        let Some(version) = &case.form_version else {
            return Ok(nothing);
        };
        let Some(form) = storage::document::form_of(tx, version).await? else {
            return Ok(nothing);
        };
        let attached = case::attached(tx, &case.id).await?;
        let Some(paper) = case::handed_in(service, tx, &case.id, &attached).await? else {
            return Ok(nothing);
        };
        case::note_look(service, tx, actor, &case.id, ("answers", "")).await?;
        let questions = paper
            .definition
            .pages
            .iter()
            .flat_map(|page| &page.questions);
        let answers = questions
            .filter_map(|question| {
                let answer: &Answer = paper.answers.get(&question.key)?;
                let text =
                    written::answer(Locale::Id, &paper.areas, &paper.files, question, answer);
                Some((question.key.clone(), text))
            })
            .collect();
        Ok(Self { form, answers })
    }
}
