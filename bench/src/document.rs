//! Documents drawn: the letter of a decision, and the receipt of sixty answers; and a receipt as the portal answers with it.

use std::path::Path;

use anyhow::{Context, Result};

use crate::{
    cargo,
    child::{Server, output},
    form,
    http::Request,
    load::{self, Plan, Round},
    report::{Budget, Report, Spread, series, series_heads},
    town::Town,
};

/// Milliseconds within which a document is drawn.
const LONGEST: f64 = 150.0;
/// Drawings of each document in a row whose median is a round.
const DRAWINGS: usize = 20;
/// By the program's names, and by ours.
const PAPERS: [(&str, &str); 2] = [
    ("letter", "letter of a decision"),
    ("receipt", "receipt of 60 answers"),
];

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let target = cargo::build("service", &["--release", "--example", "document"])?;
    let program = target.join("release/examples/document");
    let portal = town.portal(&town.busy_copy("documents.db")?).await?;
    let (number, cookie) = form::one(&portal).await?;
    let request = Request::get_with(
        &format!("/lacak/{number}/tanda-terima.pdf"),
        &[("Cookie", &cookie)],
    );
    let (mut rounds, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..town.options.rounds() {
        rounds.push(Drawings::of(&each(town, &program)?)?);
        answers.push(receipts(town, &portal, &request).await?);
    }
    portal.stop().await;
    report.subject(
        "Documents drawn",
        &format!(
            "As PDF/A-2a and PDF/UA-1, in memory, on the portal's core; each round a process of its own that draws {DRAWINGS} of\n\
             each, ours and the reference in turn. The first drawing reads the fonts, and counts for itself alone. The reference\n\
             shapes the same words with the same fonts, breaks them at blanks and writes them with the same library as a plain\n\
             PDF: no tags, no outline, no rules of PDF/A, no columns, links or codes."
        ),
    );
    for (paper, (_, name)) in PAPERS.iter().enumerate() {
        let of = |side: Side| {
            let medians = rounds.iter().map(|round| round.median(paper, side));
            Spread::of(medians)
        };
        let budget = Budget::Most(LONGEST);
        report.spread(name, &of(Side::Ours), "ms", budget);
        let ours = rounds.iter().flat_map(|round| &round.warm[paper]);
        let ours: Vec<f64> = ours.map(|(ours, _)| *ours).collect();
        let worst = Spread::of(ours.iter().copied()).most;
        let of_many = format!("   the worst of {}", ours.len());
        report.figure(&of_many, worst, "ms", budget);
        report.spread(
            "   the same words, bare",
            &of(Side::Bare),
            "ms",
            Budget::None,
        );
        let ratio = rounds
            .iter()
            .map(|round| round.median(paper, Side::Bare) / round.median(paper, Side::Ours));
        report.spread("   ratio", &Spread::of(ratio), "", Budget::None);
    }
    let first = Spread::of(rounds.iter().map(|round| round.first));
    report.spread(
        "first letter of a process",
        &first,
        "ms",
        Budget::Most(LONGEST),
    );
    through_http(&answers, report);
    Ok(())
}

/// One after the other: how long somebody waits for it.
async fn receipts(town: &Town<'_>, portal: &Server, request: &Request) -> Result<Round> {
    let plan = Plan {
        connections: 1,
        time: town.options.slice(),
        status: 200,
        least: 10_000,
    };
    let request = request.clone();
    load::run(portal, plan, move |_| request.clone()).await
}

fn through_http(answers: &[Round], report: &mut Report) {
    report.subject(
        "A receipt through HTTP",
        "Of a general request with two files, by the guest who handed it in, one connection: the case is read and unsealed, and\n\
         the receipt drawn, each time.",
    );
    series_heads();
    series("receipt", answers);
    let slowest = Spread::of(answers.iter().map(|round| round.p99));
    report.spread("p99", &slowest, "ms", Budget::Most(LONGEST));
}

fn each(town: &Town<'_>, program: &Path) -> Result<String> {
    // One more: the first is none of them.
    let many = (DRAWINGS + 1).to_string();
    output(town.machine.command(program).args(["--each", &many]))
}

#[derive(Clone, Copy, Debug)]
enum Side {
    Ours,
    Bare,
}

/// What a process told, in milliseconds.
#[derive(Debug, Default)]
struct Drawings {
    /// Its very first drawing.
    first: f64,
    /// Of each paper the drawings after its first, ours and bare.
    warm: [Vec<(f64, f64)>; PAPERS.len()],
}

impl Drawings {
    fn of(said: &str) -> Result<Self> {
        let mut all: [Vec<(f64, f64)>; PAPERS.len()] = Default::default();
        for line in said.lines() {
            let mut words = line.split(' ');
            let mut word = || words.next().context("A drawing told too little");
            let name = word()?;
            let paper = PAPERS.iter().position(|paper| paper.0 == name);
            let paper = paper.with_context(|| format!("`{name}` is no document"))?;
            all[paper].push((word()?.parse()?, word()?.parse()?));
        }
        let mut drawings = Self::default();
        for (paper, told) in all.into_iter().enumerate() {
            let (first, rest) = told.split_first().context("A document was not drawn")?;
            if paper == 0 {
                drawings.first = first.0;
            }
            anyhow::ensure!(!rest.is_empty(), "A document was drawn once alone");
            drawings.warm[paper] = rest.to_vec();
        }
        Ok(drawings)
    }

    fn median(&self, paper: usize, side: Side) -> f64 {
        let figures = self.warm[paper].iter().map(|(ours, bare)| match side {
            Side::Ours => *ours,
            Side::Bare => *bare,
        });
        Spread::of(figures).median
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_drawing_is_none_of_the_others() {
        let told = Drawings::of("letter 9 4\nletter 3 1\nreceipt 8 2\nreceipt 6 2\n").unwrap();
        assert!((told.first - 9.0).abs() < f64::EPSILON);
        assert_eq!(told.warm, [vec![(3.0, 1.0)], vec![(6.0, 2.0)]]);
        assert!(Drawings::of("letter 9 4\n").is_err());
    }
}
