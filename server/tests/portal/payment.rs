//! Payment: bills and their codes, what providers report, the land tax, the office's list.

mod gateway;
mod land;
mod notice;
mod office;
mod page;

use axum::{body::Body, http::Request};
use domain::{
    form::{Answers, Fee},
    payment::{CURRENCY, Notice, Report},
    reference::Reference,
};
use service::{
    form::fixture::{general, publish},
    payment::{Bill, Setup, provider::Reported},
};

use crate::{
    case::{new_case, prove},
    document::pdf,
    rig::{Answer, Portal},
};

/// What the service of the tests costs.
const FEE: u64 = 25_000;
/// The settings of the demo town: a simulator.
pub(crate) const SETTINGS: &str = include_str!("../../../city/kota-batu/payment.toml");
/// The address of reports.
const NOTICE: &str = "/api/v1/payment/simulator/notice";

struct Town {
    portal: Portal,
    case: Reference,
    bill: Reference,
    /// The cookie of who handed the case in.
    proof: String,
}

/// A town that takes payments through the provider of `settings`, with a case whose service has a fee.
async fn town_of(settings: &str) -> Town {
    let portal = Portal::new().await;
    let service = portal.world.service.clone();
    let setup = Setup::read(settings, service.keys()).expect("settings");
    assert!(service.take_payments(setup));
    let mut bundle = general();
    bundle.service.fee = Fee::Fixed(FEE);
    publish(&portal.world, &bundle).await;
    let mut tx = service.read().await.expect("a connection");
    let form = service::form::find(&mut tx, "permohonan-umum").await;
    drop(tx);
    let (inner, form) = (service.clone(), form.expect("is published"));
    let today = domain::Day::parse("2026-11-24").expect("a day");
    let opened: service::Result<_> = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let new = new_case("kunci-dari-perangkat", None);
                let opened = service::case::open(tx, &inner, new).await?;
                let answers = Answers::default();
                service::payment::for_case(tx, &inner, &form, &answers, &opened, today).await?;
                Ok(opened)
            })
        })
        .await;
    let case = opened.expect("the case is opened").reference;
    let proof = prove(&portal, case).await;
    let mut town = Town {
        portal,
        case,
        bill: Reference::new([0; 6]),
        proof,
    };
    let found = town.find().await;
    service::payment::charge(&service, &found.id).await;
    town.bill = found.code;
    town
}

async fn town() -> Town {
    town_of(SETTINGS).await
}

impl Town {
    async fn find(&self) -> Bill {
        let service = &self.portal.world.service;
        let mut tx = service.read().await.expect("a connection");
        let found = service::payment::of_case(&mut tx, self.case).await;
        found.expect("reads").expect("is there")
    }

    fn place(&self) -> String {
        format!("/bayar/{}", self.bill.compact())
    }

    async fn page(&self) -> String {
        self.portal.get(&self.place(), "").await.text
    }

    async fn case_page(&self) -> String {
        let place = format!("/lacak/{}", self.case.compact());
        self.portal.get(&place, &self.proof).await.text
    }

    /// What stands on the receipt of the case.
    async fn receipt(&self) -> String {
        let place = format!("/lacak/{}/tanda-terima.pdf", self.case.compact());
        let read = lopdf::Document::load_mem(&pdf(&self.portal, &place, &self.proof).await);
        let read = read.expect("is a PDF");
        let pages: Vec<u32> = read.get_pages().into_keys().collect();
        let text = read.extract_text(&pages).expect("has text");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What a provider would report about the bill, in whole Rupiah.
    fn report(&self, report: Report, rupiah: u64, reference: &str) -> Reported {
        Reported {
            id: format!("{reference}:{}:{rupiah}", report.word()),
            notice: Notice {
                order: format!("{}-1", self.bill.compact()),
                reference: reference.to_owned(),
                report,
                amount: rupiah * 100,
                currency: CURRENCY.to_owned(),
                at: self.portal.world.service.now(),
            },
        }
    }

    /// A report as the provider sends it, signed.
    fn signed(&self, reported: &Reported) -> Request<Body> {
        let setup = self
            .portal
            .world
            .service
            .payments()
            .expect("payments are taken");
        let (headers, body) = setup.provider.pretend(reported).expect("a simulator");
        let mut request = Request::builder()
            .method("POST")
            .uri(NOTICE)
            .header("host", "rembug.example")
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.body(Body::from(body)).expect("a request")
    }

    async fn arrives(&self, reported: &Reported) -> Answer {
        self.portal.send(self.signed(reported)).await
    }
}
