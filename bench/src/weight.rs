//! What a first visit weighs: compressed as the portal sends it, without pictures and HTTP heads.

use anyhow::{Context, Result, bail};

use crate::{
    account,
    child::Server,
    http::{Answer, Request, once},
    report::{Budget, Report},
    town::{ANSWERED, OPEN, Town},
};

/// Budgets in kilobytes, from the design: lists, pages of a consultation, a whole page in light mode, a page of a form.
const LIST: f64 = 16.0;
const CONSULTATION: f64 = 20.0;
const LIGHT: f64 = 25.0;
const STEP: f64 = 25.0;

/// Modules of the browser, their files and budgets: the first is the design's, the others are held by `budget.toml`.
const MODULES: &[(&str, &[&str], f64)] = &[
    (
        "all islands, WASM + JS",
        &["/boot.js", "/pkg/rembug.js", "/pkg/rembug.wasm"],
        200.0,
    ),
    (
        "forms on the phone, WASM + JS",
        &["/pkg/form.js", "/pkg/form.wasm"],
        170.0,
    ),
    (
        "groups worked out again, WASM + JS",
        &["/pkg/group.js", "/pkg/group.wasm"],
        85.0,
    ),
];

/// The pages that most people see, by name, with their budget.
pub(crate) fn pages() -> [(&'static str, String, f64); 6] {
    [
        ("home", "/".to_owned(), LIST),
        ("list of consultations", "/konsultasi".to_owned(), LIST),
        (
            "consultation with 20 comments shown",
            format!("/konsultasi/{OPEN}"),
            CONSULTATION,
        ),
        (
            "one statement to judge",
            format!("/konsultasi/{OPEN}/pernyataan"),
            CONSULTATION,
        ),
        (
            "all statements",
            format!("/konsultasi/{OPEN}/pernyataan/semua"),
            CONSULTATION,
        ),
        (
            "result",
            format!("/konsultasi/{ANSWERED}/hasil"),
            CONSULTATION,
        ),
    ]
}

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let server = town.demo().await?;
    report.subject(
        "Page weight",
        "Demo town, first visit: HTML and style sheet after brotli as sent, without pictures, icon and heads.",
    );
    let fetch = async |path: &str, light: bool| -> Result<Answer> {
        let wish = if light { "on" } else { "" };
        let request = Request::get_with(path, &[("Accept-Encoding", "br"), ("Save-Data", wish)]);
        let answer = once(server.address, &request).await?;
        if answer.status != 200 {
            bail!("{path} is answered with {}", answer.status);
        }
        Ok(answer)
    };
    for (name, path, budget) in pages() {
        let page = fetch(&path, false).await?;
        let style = fetch(&needs(&plain(&page)?).style, false).await?;
        let whole = kilobytes(page.body().len() + style.body().len());
        report.figure(name, whole, "kB", Budget::Most(budget));
        let light = fetch(&path, true).await?;
        let needs = needs(&plain(&light)?);
        let whole = kilobytes(light.body().len() + style.body().len());
        report.figure("   light mode", whole, "kB", Budget::Most(LIGHT));
        let requests = 1.0 + f64::from(needs.others) + f64::from(!needs.style.is_empty());
        report.figure("   light mode", requests, "requests", Budget::Most(2.0));
    }
    let step = step(&server).await?;
    let style = fetch(&needs(&plain(&step)?).style, false).await?;
    report.figure(
        "a step of a form, with an address",
        kilobytes(step.body().len() + style.body().len()),
        "kB",
        Budget::Most(STEP),
    );
    for (name, files, budget) in MODULES {
        let mut bytes = 0;
        for path in *files {
            bytes += fetch(path, false).await?.body().len();
        }
        report.figure(name, kilobytes(bytes), "kB", Budget::Most(*budget));
    }
    server.stop().await;
    Ok(())
}

/// A page of a form that a guest has begun: the one that asks for the most at once.
async fn step(server: &Server) -> Result<Answer> {
    const SERVICE: &str = "/layanan/permohonan-umum";
    let begin = Request::form(&format!("{SERVICE}/mulai"), "", "baru=0");
    let begun = once(server.address, &begin).await?;
    let cookie = begun.cookie(account::GUEST).context("A guest got no key")?;
    let path = format!("{SERVICE}/isi/alamat");
    let headers = [("Cookie", cookie.as_str()), ("Accept-Encoding", "br")];
    let answer = once(server.address, &Request::get_with(&path, &headers)).await?;
    if answer.status != 200 {
        bail!("{path} is answered with {}", answer.status);
    }
    Ok(answer)
}

/// What a page makes the browser fetch.
#[derive(Debug, Default, PartialEq, Eq)]
struct Needs {
    style: String,
    /// Scripts and other things that are fetched before the page is whole; pictures and icons are not counted.
    others: u8,
}

fn needs(html: &str) -> Needs {
    let mut needs = Needs::default();
    for tag in html.split('<') {
        if tag.starts_with("link rel=\"stylesheet\"") {
            let place = tag
                .split("href=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            place.unwrap_or_default().clone_into(&mut needs.style);
        } else if tag.starts_with("script") && tag.contains("src=")
            || tag.starts_with("link rel=\"modulepreload\"")
        {
            needs.others += 1;
        }
    }
    needs
}

fn plain(page: &Answer) -> Result<String> {
    let mut html = Vec::new();
    brotli::BrotliDecompress(&mut page.body(), &mut html)?;
    Ok(String::from_utf8_lossy(&html).into_owned())
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_fetches_is_counted() {
        let html = "<link rel=\"stylesheet\" href=\"/a.css?v=1\"><link rel=\"icon\" href=\"/i\"><img src=\"/p\"><script type=\"module\" src=\"/b\"></script>";
        let expected = Needs {
            style: "/a.css?v=1".to_owned(),
            others: 1,
        };
        assert_eq!(needs(html), expected);
    }
}
