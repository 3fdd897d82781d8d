//! What is being filled in.

use std::collections::BTreeMap;

use domain::{
    Day, FileId, OfficeId, Timestamp,
    area::Area,
    case::Mandate,
    form::{Context, Draft, FileKind, Kind, Opening, Outcome, Prefill, Question, Upload, validate},
};
use serde::{Deserialize, Serialize};
use storage::{Tx, form::NewDraft};

use super::{Form, Hand, parse};
use crate::{Conflict, Error, Result, Service, limit};

/// Days after the last save for which something can be gone on with.
pub const DAYS: i64 = 30;
/// The same at the counter: a customer is served on the day.
pub(super) const DESK_DAYS: i64 = 1;
/// Days after that for which it can still be read, so that nothing typed is lost.
pub(super) const GRACE: i64 = 7;

/// What is sealed of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) draft: Draft,
    /// With which revision each page, and each item of a group, was saved last.
    #[serde(default)]
    pub(super) saved: BTreeMap<String, i64>,
    /// For whom, when an officer fills it in at the counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) mandate: Option<Mandate>,
}

/// Why it cannot be gone on with; it can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Nobody touched it for [`DAYS`].
    Expired,
    /// The service can no longer be asked for here.
    Closed,
}

/// Something that is being filled in.
#[derive(Clone, Debug)]
pub struct Filling {
    pub(super) id: String,
    /// The version that it began with.
    pub form: Form,
    /// What was typed.
    pub draft: Draft,
    /// Its files.
    pub files: BTreeMap<FileId, Upload>,
    /// How often it was saved.
    pub revision: i64,
    /// With which it is handed in.
    pub key: String,
    /// Whether there is a code for another device.
    pub has_code: bool,
    /// When it was saved last.
    pub updated_at: Timestamp,
    /// Until when it can be handed in.
    pub expires_at: Timestamp,
    /// Why it cannot be gone on with, if so.
    pub halt: Option<Halt>,
    /// The day of filling in.
    pub today: Day,
    /// For whom, when an officer fills it in at the counter.
    pub mandate: Option<Mandate>,
    pub(super) saved: BTreeMap<String, i64>,
}

impl Filling {
    /// A form in which nothing is filled in: for drawing it where nobody's answers are known.
    pub fn blank(form: Form, today: Day) -> Self {
        Self {
            id: String::new(),
            form,
            draft: Draft::default(),
            files: BTreeMap::new(),
            revision: 0,
            key: String::new(),
            has_code: false,
            updated_at: Timestamp(0),
            expires_at: Timestamp(0),
            halt: None,
            today,
            mandate: None,
            saved: BTreeMap::new(),
        }
    }

    /// What it is worth.
    pub fn outcome(&self, areas: &[Area]) -> Outcome {
        let context = Context {
            today: self.today,
            areas: Some(areas),
            files: &self.files,
        };
        validate(&self.form.definition, &self.draft, &context)
    }

    /// The questions inside an item such as `saksi.2`, or nothing when there is none.
    pub fn item(&self, item: &str) -> Option<&[Question]> {
        let (group, id) = item.rsplit_once('.')?;
        let question = self.form.definition.question(group)?;
        let Kind::Group { questions, .. } = &question.kind else {
            return None;
        };
        // An item inside an item is there when the outer one is.
        let outer = group.rsplit_once('.').map(|(outer, _)| outer);
        let is_there = self.draft.items(group).contains(&id)
            && outer.is_none_or(|outer| self.item(outer).is_some());
        is_there.then_some(questions)
    }

    pub(super) fn context(id: &str) -> String {
        format!("form_draft:{id}")
    }

    pub(super) async fn read(
        service: &Service,
        tx: &mut Tx,
        row: storage::form::Draft,
        today: Day,
    ) -> Result<Self> {
        let files = storage::form::list_files(tx, &row.id).await?;
        let kept: Kept = if row.body.is_empty() {
            Kept::default()
        } else {
            let body = service.keys().open(&Self::context(&row.id), &row.body)?;
            serde_json::from_slice(&body).map_err(|_| Error::NotFound)?
        };
        let expires_at = Timestamp(row.expires_at);
        let now: domain::form::Service = parse(&row.service_now)?;
        let opening = now.opening(today);
        let at_desk = kept.mandate.is_some();
        let halt = if expires_at <= service.now() {
            Some(Halt::Expired)
        } else if opening == Opening::Open || at_desk && opening == Opening::Offline {
            None
        } else {
            Some(Halt::Closed)
        };
        Ok(Self {
            form: Form {
                version_id: row.version_id,
                key: row.form_key,
                office: OfficeId::new(row.office_id),
                office_name: row.office_name,
                office_contact: row.office_contact,
                minutes: u32::try_from(row.minutes).unwrap_or(0),
                service: parse(&row.service)?,
                definition: parse(&row.definition)?,
            },
            id: row.id,
            draft: kept.draft,
            saved: kept.saved,
            mandate: kept.mandate,
            files: files.into_iter().filter_map(known).collect(),
            revision: row.revision,
            key: row.key,
            has_code: row.has_code,
            updated_at: Timestamp(row.updated_at),
            expires_at,
            halt,
            today,
        })
    }

    pub(super) fn seal(&self, service: &Service) -> String {
        let kept = Kept {
            draft: self.draft.clone(),
            saved: self.saved.clone(),
            mandate: self.mandate.clone(),
        };
        let body = serde_json::to_vec(&kept).unwrap_or_default();
        service.keys().seal(&Self::context(&self.id), &body)
    }

    /// Errors: [`Conflict::Gone`] when it expired, [`Conflict::Closed`].
    pub(super) fn must_go_on(&self) -> Result<()> {
        match self.halt {
            None => Ok(()),
            Some(Halt::Expired) => Err(Error::Conflict(Conflict::Gone)),
            Some(Halt::Closed) => Err(Error::Conflict(Conflict::Closed)),
        }
    }
}

fn known(row: storage::form::Known) -> Option<(FileId, Upload)> {
    let upload = Upload {
        name: row.name,
        kind: kind_of(&row.kind)?,
        bytes: u64::try_from(row.size).unwrap_or(u64::MAX),
    };
    Some((FileId::new(row.id), upload))
}

/// An upload that is whole, as a file that is known.
pub(super) fn known_upload(row: &storage::form::Upload) -> Option<Upload> {
    Some(Upload {
        name: row.name.clone(),
        kind: kind_of(row.kind.as_deref()?)?,
        bytes: u64::try_from(row.clean_size).unwrap_or(u64::MAX),
    })
}

pub(super) const fn word_of(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "jpeg",
        FileKind::Png => "png",
        FileKind::Webp => "webp",
        FileKind::Pdf => "pdf",
    }
}

pub(crate) fn kind_of(word: &str) -> Option<FileKind> {
    [FileKind::Jpeg, FileKind::Png, FileKind::Webp, FileKind::Pdf]
        .into_iter()
        .find(|kind| word_of(*kind) == word)
}

/// Begins to fill a form in, or goes on with what is there; `anew` throws that away first.
///
/// What the account knows stands in it already. Errors: [`Error::NotFound`], [`Error::TooOften`], [`Conflict::NotYetOpen`],
/// [`Conflict::Closed`], [`Error::Forbidden`] at the counter, where it is said first for whom, [`Conflict::SwitchedOff`] for a service that can be asked for at the office alone.
pub async fn begin(service: &Service, hand: &Hand, key: &str, anew: bool) -> Result<()> {
    if hand.owner.is_desk() {
        return Err(Error::Forbidden);
    }
    let now = service.now();
    service.limits().take(limit::FORM, &hand.address, now)?;
    let (inner, hand, key) = (service.clone(), hand.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let form = super::find(tx, &key).await?;
                match form.service.opening(hand.today) {
                    Opening::Open => {}
                    Opening::Later { .. } => return Err(Error::Conflict(Conflict::NotYetOpen)),
                    Opening::Over { .. } => return Err(Error::Conflict(Conflict::Closed)),
                    Opening::Offline => return Err(Error::Conflict(Conflict::SwitchedOff)),
                }
                let owner = hand.owner.as_str();
                if let Some(there) = storage::form::find_open(tx, owner, &key).await? {
                    if !anew && Timestamp(there.expires_at) > now {
                        return Ok(());
                    }
                    if anew {
                        storage::form::delete(tx, &there.id).await?;
                    }
                }
                let known = known_of(&inner, tx, &hand).await?;
                keep_new(&inner, tx, &hand, &form, &known, None).await
            })
        })
        .await
}

/// Keeps something new that begins with what is known.
pub(super) async fn keep_new(
    service: &Service,
    tx: &mut Tx,
    hand: &Hand,
    form: &Form,
    known: &BTreeMap<Prefill, String>,
    mandate: Option<Mandate>,
) -> Result<()> {
    let (id, now): (String, Timestamp) = (service.id(), service.now());
    let mut draft = Draft::default();
    form.definition.prefill(&mut draft, known);
    let days = if mandate.is_some() { DESK_DAYS } else { DAYS };
    let kept = Kept {
        draft,
        saved: BTreeMap::new(),
        mandate,
    };
    let body = serde_json::to_vec(&kept).unwrap_or_default();
    let new = NewDraft {
        id: &id,
        owner: hand.owner.as_str(),
        version_id: &form.version_id,
        body: &service.keys().seal(&Filling::context(&id), &body),
        key: &service.chance().token(),
        at: now,
        expires_at: now.plus_days(days),
    };
    Ok(storage::form::insert(tx, &new).await?)
}

/// What the account knows of the person.
async fn known_of(
    service: &Service,
    tx: &mut Tx,
    hand: &Hand,
) -> Result<BTreeMap<Prefill, String>> {
    let mut known = BTreeMap::new();
    let Some(member) = hand.actor.member() else {
        return Ok(known);
    };
    known.insert(Prefill::Name, member.name.clone());
    if let Some(home) = &member.home {
        known.insert(Prefill::Home, home.to_string());
    }
    if let Some(account) = storage::account::find(tx, &member.account).await? {
        known.insert(Prefill::Email, account.email);
    }
    let person = crate::account::person_of(service, tx, &member.account).await?;
    for (source, value) in [
        (
            Prefill::Phone,
            person.phone.map(|phone| phone.as_str().to_owned()),
        ),
        (Prefill::Nik, person.nik.map(domain::identity::Nik::spaced)),
        (Prefill::Kk, person.kk.map(domain::identity::Kk::spaced)),
    ] {
        if let Some(value) = value {
            known.insert(source, value);
        }
    }
    Ok(known)
}

/// What the owner was filling in last of a form, also when it can only be read any more.
pub async fn resume(
    service: &Service,
    tx: &mut Tx,
    hand: &Hand,
    key: &str,
) -> Result<Option<Filling>> {
    match storage::form::find_open(tx, hand.owner.as_str(), key).await? {
        Some(row) => Ok(Some(Filling::read(service, tx, row, hand.today).await?)),
        None => Ok(None),
    }
}
