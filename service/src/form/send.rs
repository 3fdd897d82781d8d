//! Handing in: judged by the same rules as while filling in, and made a case in the same transaction, once.

use domain::{
    AccountId, Actor, CaseId, OfficeId, Timestamp,
    case::Kind as CaseKind,
    form::{Answer, Answers, LifeEvent, Prefill, Question},
    reference::Reference,
};

use super::{Filling, Form, Hand};
use crate::{
    Conflict, Error, Event, News, Result, Service,
    case::{self, Contact, Counter, NewCase},
    limit, payment,
};

/// Days for which whoever handed something in finds its number again here.
const REMEMBERED: i64 = 365;

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is a case now, or was already.
    Received(Reference),
    /// Something is missing or wrong: nothing was handed in.
    NotReady,
}

/// Hands in what has the key `send_key`. The same key again gives the same number again.
///
/// `desk` is the officer who filled it in on somebody's behalf, after [`super::begin_at_desk`]. Errors: [`Error::NotFound`],
/// [`Error::Forbidden`] when it did not begin where it is handed in, [`Error::TooOften`], [`Conflict::Gone`] for what expired, [`Conflict::Closed`].
pub async fn send(
    service: &Service,
    hand: &Hand,
    send_key: &str,
    desk: Option<AccountId>,
) -> Result<Sent> {
    let now = service.now();
    service.limits().take(limit::FORM, &hand.address, now)?;
    let (inner, hand, send_key) = (service.clone(), hand.clone(), send_key.to_owned());
    let done = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let row = storage::form::get(tx, hand.owner.as_str(), &send_key)
                    .await?
                    .ok_or(Error::NotFound)?;
                if let Some(reference) = &row.reference {
                    return Ok((Sent::Received(read(reference)?), Fresh::default()));
                }
                let filling = Filling::read(&inner, tx, row, hand.today).await?;
                filling.must_go_on()?;
                Ok::<_, Error>(match hand_in(tx, &inner, &hand, &filling, desk).await? {
                    Some((reference, fresh)) => (Sent::Received(reference), fresh),
                    None => (Sent::NotReady, Fresh::default()),
                })
            })
        })
        .await?;
    let (sent, fresh) = done;
    tell(service, fresh).await;
    Ok(sent)
}

/// What handing in has brought about, and others are told of after the commit; nothing where it was handed in before.
#[derive(Clone, Debug, Default)]
pub(super) struct Fresh {
    case: Option<CaseId>,
    bill: Option<String>,
}

/// Makes a case of what is ready, with its bill where it costs something. `None` when something is missing or wrong.
pub(super) async fn hand_in(
    tx: &mut storage::Tx,
    service: &Service,
    hand: &Hand,
    filling: &Filling,
    desk: Option<AccountId>,
) -> Result<Option<(Reference, Fresh)>> {
    let now = service.now();
    let areas = storage::area::list(tx).await?;
    let outcome = filling.outcome(&areas);
    if !outcome.is_ready() {
        return Ok(None);
    }
    let desk = counter(&hand.actor, filling, desk)?;
    let new = new_case(&hand.actor, filling, &outcome.answers, desk)?;
    let files = new.files.clone();
    let opened = case::open(tx, service, new).await?;
    let reference = opened.reference;
    let forget_at = now.plus_days(REMEMBERED);
    let compact = reference.compact();
    if !storage::form::mark_sent(tx, &filling.id, &compact, now, forget_at).await? && opened.is_new
    {
        return Err(Error::Conflict(Conflict::Stale));
    }
    storage::form::keep_files(tx, &filling.id, &files).await?;
    let (form, answers) = (&filling.form, &outcome.answers);
    let bill = payment::for_case(tx, service, form, answers, &opened, hand.today).await?;
    let case = opened.is_new.then_some(opened.id);
    Ok(Some((reference, Fresh { case, bill })))
}

/// Tells of a new case and asks for the code of its bill, after the commit.
pub(super) async fn tell(service: &Service, fresh: Fresh) {
    if let Some(bill) = fresh.bill {
        // Whoever hands in does not wait for the provider.
        let service = service.clone();
        tokio::spawn(async move { payment::charge(&service, &bill).await });
    }
    if let Some(id) = fresh.case {
        service
            .publish(Event {
                consultation: None,
                news: News::Case(id),
            })
            .await;
    }
}

/// Who acts at the counter, and for whom. What began there is handed in there, by an officer of the office.
fn counter(actor: &Actor, filling: &Filling, desk: Option<AccountId>) -> Result<Option<Counter>> {
    match (desk, &filling.mandate) {
        (None, None) => Ok(None),
        (Some(officer), Some(mandate)) if actor.account() == Some(&officer) => {
            actor.may_handle(&OfficeId::new(&filling.form.service.office))?;
            Ok(Some(Counter {
                officer,
                mandate: mandate.clone(),
            }))
        }
        _ => Err(Error::Forbidden),
    }
}

fn new_case(
    actor: &Actor,
    filling: &Filling,
    answers: &Answers,
    desk: Option<Counter>,
) -> Result<NewCase> {
    let form = &filling.form;
    let files = answers.0.values().filter_map(|answer| match answer {
        Answer::Files(files) => Some(files),
        _ => None,
    });
    Ok(NewCase {
        kind: if form.service.life_event == LifeEvent::Information {
            CaseKind::Information
        } else {
            CaseKind::Form
        },
        office: OfficeId::new(&form.service.office),
        title: form.definition.title.id.clone(),
        form_version: Some(form.version_id.clone()),
        key: filling.key.clone(),
        applicant: actor.account().filter(|_| desk.is_none()).cloned(),
        desk,
        contact: contact(actor, filling, answers),
        answers: serde_json::to_string(answers).map_err(|_| Error::NotFound)?,
        nik: find(form, answers, Prefill::Nik, |answer| match answer {
            Answer::Nik(nik) => Some(nik.digits()),
            _ => None,
        }),
        files: files.flatten().cloned().collect(),
        terms: form.service.limit.clone(),
        retention_days: form.service.retention_days,
    })
}

/// Whom to reach: what the form asks of the person who fills it in.
fn contact(actor: &Actor, filling: &Filling, answers: &Answers) -> Contact {
    let form = &filling.form;
    let at_desk = filling.mandate.as_ref();
    let name = find(form, answers, Prefill::Name, |answer| match answer {
        Answer::Text(text) => Some(text.clone()),
        _ => None,
    });
    Contact {
        name: name
            .or_else(|| match at_desk {
                Some(mandate) => Some(mandate.name.clone()),
                None => actor.member().map(|member| member.name.clone()),
            })
            .unwrap_or_default(),
        phone: find(form, answers, Prefill::Phone, |answer| match answer {
            Answer::Phone(phone) => Some(phone.as_str().to_owned()),
            _ => None,
        })
        .unwrap_or_default(),
        email: find(form, answers, Prefill::Email, |answer| match answer {
            Answer::Email(email) => Some(email.clone()),
            _ => None,
        })
        .unwrap_or_default(),
    }
}

/// The answer that says something of the person: to a question that begins with it, else the first of a fitting kind outside
/// groups. A name is only taken from a question that says that it is one.
fn find<T>(
    form: &Form,
    answers: &Answers,
    source: Prefill,
    take: impl Fn(&Answer) -> Option<T>,
) -> Option<T> {
    let questions = || {
        form.definition
            .pages
            .iter()
            .flat_map(|page| &page.questions)
    };
    let answer = |question: &Question| answers.get(&question.key).and_then(&take);
    questions()
        .filter(|question| question.prefill == Some(source))
        .find_map(answer)
        .or_else(|| match source {
            Prefill::Name => None,
            _ => questions().find_map(answer),
        })
}

pub(super) fn read(reference: &str) -> Result<Reference> {
    Reference::parse(reference).map_err(|_| Error::NotFound)
}

/// What the owner handed in last of a form: its number, and when.
pub async fn last_sent(
    tx: &mut storage::Tx,
    hand: &Hand,
    key: &str,
) -> Result<Option<(Reference, Timestamp)>> {
    let found = storage::form::find_last_sent(tx, hand.owner.as_str(), key).await?;
    found
        .map(|(reference, at)| Ok((read(&reference)?, Timestamp(at))))
        .transpose()
}

/// What the owner handed in under a number: the form, and when. `None` for another's number as for one that is not there.
pub async fn sent(
    service: &Service,
    tx: &mut storage::Tx,
    hand: &Hand,
    reference: Reference,
) -> Result<Option<(Form, Timestamp)>> {
    let found = storage::form::find_sent(tx, hand.owner.as_str(), &reference.compact()).await?;
    let Some(row) = found else {
        return Ok(None);
    };
    let at = Timestamp(row.updated_at);
    let filling = Filling::read(service, tx, row, hand.today).await?;
    Ok(Some((filling.form, at)))
}
