//! The page of a consultation with 1,000 comments: kept for everybody, and drawn for one who is signed in.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{
    account::sign_in,
    child::Server,
    http::{Answer, Request, once},
    load::{self, Plan, Round},
    report::{Budget, Report, series, series_heads},
    town::{OPEN, Town},
};

/// Connections that ask at once.
const CONNECTIONS: usize = 32;

pub(crate) async fn cached(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let portal = town.portal(&town.busy_copy("cached.db")?).await?;
    let path = format!("/konsultasi/{OPEN}");
    let whole = Request::get_with(&path, &[("Accept-Encoding", "br")]);
    let answer = fetch(&portal, &whole, 200).await?;
    let etag = answer.header("etag").context("The page has no ETag")?;
    let sample = town.scratch.path("page.http");
    std::fs::write(&sample, &answer.bytes)?;
    let bare = town.reference("bytes", &sample, &path).await?;
    let same = Request::get_with(
        &path,
        &[("Accept-Encoding", "br"), ("If-None-Match", &etag)],
    );

    report.subject(
        "Consultation page with 1,000 comments, anonymous",
        "Through the whole portal, drawn once a second and else from its cache, against a bare axum handler that\n\
         sends the same bytes and heads; 32 connections, brotli. Then the same with `If-None-Match`.",
    );
    let pair = Pair {
        town,
        portal: &portal,
        theirs: &bare,
    };
    let length = answer.body().len();
    let (ours, theirs) = pair.measure(&whole, &whole, 200, length).await?;
    series_heads();
    series("portal, whole page", &ours);
    series("bare handler, whole page", &theirs);
    report.ratio("ratio, whole page", &ours, &theirs, Budget::Least(0.8));
    report.cost("the same by processor time", &ours, &theirs);
    let (ours, theirs) = pair.measure(&same, &same, 304, 0).await?;
    series("portal, unchanged (304)", &ours);
    series("bare handler, unchanged (304)", &theirs);
    report.ratio("ratio, unchanged", &ours, &theirs, Budget::Least(0.95));
    report.cost("the same by processor time", &ours, &theirs);
    portal.stop().await;
    bare.stop().await;
    Ok(())
}

pub(crate) async fn rendered(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let database = town.busy_copy("rendered.db")?;
    let portal = town.portal(&database).await?;
    let cookie = sign_in(&portal).await?;
    let path = format!("/konsultasi/{OPEN}");
    let plain = Request::get_with(&path, &[("Cookie", &cookie)]);
    let packed = Request::get_with(&path, &[("Cookie", &cookie), ("Accept-Encoding", "br")]);
    let by_hand = town.reference("rendered", &database, "/healthz").await?;
    let ours = fetch(&portal, &plain, 200).await?.body().len();
    let theirs = fetch(&by_hand, &plain, 200).await?.body().len();

    report.subject(
        "Consultation page with 1,000 comments, signed in",
        &format!(
            "Session, queries and drawing each time, against a page written by hand (axum, askama, the same queries\n\
             over sqlx on the same file); 32 connections. HTML of {ours} bytes against {theirs}."
        ),
    );
    let pair = Pair {
        town,
        portal: &portal,
        theirs: &by_hand,
    };
    series_heads();
    for (name, request, budget) in [
        ("not compressed", &plain, Budget::Least(0.3)),
        ("brotli", &packed, Budget::None),
    ] {
        let (ours, theirs) = pair.measure(request, request, 200, 1_000).await?;
        series(&format!("portal, {name}"), &ours);
        series(&format!("by hand, {name}"), &theirs);
        report.ratio(&format!("ratio, {name}"), &ours, &theirs, budget);
        report.cost("the same by processor time", &ours, &theirs);
    }
    portal.stop().await;
    by_hand.stop().await;
    Ok(())
}

/// Two servers that are asked in turn.
struct Pair<'a> {
    town: &'a Town<'a>,
    portal: &'a Server,
    theirs: &'a Server,
}

impl Pair<'_> {
    /// All rounds; who is first changes with each.
    async fn measure(
        &self,
        ours: &Request,
        theirs: &Request,
        status: u16,
        least: usize,
    ) -> Result<(Vec<Round>, Vec<Round>)> {
        let plan = |time: Duration| Plan {
            connections: CONNECTIONS,
            time,
            status,
            least,
        };
        let ask = async |server: &Server, request: &Request, time: Duration| {
            let request = request.clone();
            load::run(server, plan(time), move |_| request.clone()).await
        };
        let warm = self.town.options.slice() / 5;
        ask(self.portal, ours, warm).await?;
        ask(self.theirs, theirs, warm).await?;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for round in 0..self.town.options.rounds() {
            let time = self.town.options.slice();
            if round % 2 == 0 {
                first.push(ask(self.portal, ours, time).await?);
                second.push(ask(self.theirs, theirs, time).await?);
            } else {
                second.push(ask(self.theirs, theirs, time).await?);
                first.push(ask(self.portal, ours, time).await?);
            }
        }
        Ok((first, second))
    }
}

async fn fetch(server: &Server, request: &Request, status: u16) -> Result<Answer> {
    let answer = once(server.address, request).await?;
    if answer.status != status {
        bail!(
            "The page is answered with {}: {}",
            answer.status,
            answer.text()
        );
    }
    Ok(answer)
}
