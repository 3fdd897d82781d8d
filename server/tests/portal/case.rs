//! Cases: followed by who asked, worked on by an office.

mod desk;
mod follow;
mod paper;

use domain::{
    AccountId, OfficeId,
    case::Kind,
    deadline::{Limit, Unit},
    reference::Reference,
};
use service::case::{Contact, NewCase, open};

use crate::rig::Portal;

/// The cookie of who follows a case without an account.
const COOKIE: &str = "__Host-lacak";

/// A town whose transport office has one case, of a person without an account; its reference.
async fn town() -> (Portal, Reference) {
    let portal = Portal::new().await;
    let table = r#"{"years":[{"year":2026,"decree":"SKB","off":[]}]}"#;
    service::case::import_holidays(&portal.world.service, &portal.world.admin, table)
        .await
        .expect("the table is taken");
    let reference = sent(&portal, "kunci-dari-perangkat", None).await;
    (portal, reference)
}

/// Hands a case in.
async fn sent(portal: &Portal, key: &'static str, account: Option<&'static str>) -> Reference {
    let new = new_case(key, account);
    let service = portal.world.service.clone();
    let opened = portal
        .world
        .service
        .db()
        .write(move |tx| Box::pin(async move { open(tx, &service, new).await }))
        .await;
    opened.expect("the case is opened").reference
}

/// The cookie of who showed that a case is theirs.
pub(crate) async fn prove(portal: &Portal, reference: Reference) -> String {
    let fields = [("nomor", &*reference.to_string()), ("angka", "7890")];
    portal.post("/lacak", "", &fields).await.pair(COOKIE)
}

/// What is handed in to the transport office.
pub(crate) fn new_case(key: &str, account: Option<&str>) -> NewCase {
    NewCase {
        kind: Kind::Form,
        office: OfficeId::new("dishub"),
        title: "Izin <b>parkir</b>".into(),
        form_version: None,
        key: key.into(),
        applicant: account.map(AccountId::new),
        desk: None,
        contact: Contact {
            name: "Siti Aminah".into(),
            phone: "0812-3456-7890".into(),
            email: String::new(),
        },
        answers: "{}".into(),
        nik: Some("3579024107900001".into()),
        files: Vec::new(),
        terms: Limit {
            unit: Unit::WorkingDays,
            length: 5,
            extension: 3,
            pauses: true,
            steps: Vec::new(),
            note: String::new(),
        },
        retention_days: 30,
    }
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {name}: {page}"))
        .1;
    rest.split('"').next().unwrap_or_default().to_owned()
}
