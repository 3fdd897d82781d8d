//! An anonymous page drawn twice is the same to the byte: else neither cache nor browser could keep it.

use std::time::Duration;

use anyhow::Result;

use crate::{
    http::{Answer, Request, once},
    report::Report,
    town::Town,
    weight::pages,
};

/// The portal keeps a drawn page for a second at most; after so long it draws it anew.
const FORGOTTEN: Duration = Duration::from_millis(1_200);

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let server = town.demo().await?;
    report.subject(
        "The same twice",
        "Each anonymous page drawn again after the portal forgot it: the same bytes and mark (ETag), also compressed.",
    );
    let all = async || -> Result<Vec<Answer>> {
        let mut answers = Vec::new();
        for (_, path, _) in pages() {
            for encoding in ["br", ""] {
                let request = Request::get_with(&path, &[("Accept-Encoding", encoding)]);
                answers.push(once(server.address, &request).await?);
            }
        }
        Ok(answers)
    };
    let first = all().await?;
    tokio::time::sleep(FORGOTTEN).await;
    let second = all().await?;
    let mut pairs = first.chunks(2).zip(second.chunks(2));
    for (name, _, _) in pages() {
        let same = pairs.next().is_some_and(|(a, b)| {
            a.iter()
                .zip(b)
                .all(|(a, b)| a.body() == b.body() && a.header("etag") == b.header("etag"))
        });
        report.holds(name, same);
    }
    server.stop().await;
    Ok(())
}
