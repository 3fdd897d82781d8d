//! `rembug groups`: where people agree, found again from a folder or a consultation.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use domain::group::{
    Direction, FEWEST_PEOPLE, Findings, Group, PUBLISHABLE, Published, compute_with, sign::Rule,
};
use service::{
    Service,
    group::{Poll, read_folder, read_membership},
};

/// Statements in the list of what groups agree on.
const MOST: usize = 5;

#[derive(Args, Debug)]
pub(super) struct Groups {
    /// A folder with comments.csv and votes.csv, as Polis and `rembug export` write them, or with the same tables as
    /// comments.json and votes.json; or the word in a consultation's address.
    #[arg(value_name = "DIR|SLUG")]
    target: String,
    /// Print an object in JSON instead of sentences.
    #[arg(long)]
    json: bool,
    /// Take the groups from a CSV file with the columns participant and group, and compute the rest.
    #[arg(long, value_name = "FILE.csv")]
    membership: Option<PathBuf>,
    /// Leave out the people whom a rule names, as a page does whose office published it: identical_ballots, agrees_with_all
    /// or disagrees_with_all. May be given several times.
    #[arg(long, value_name = "RULE", value_parser = rule, conflicts_with = "membership")]
    without: Vec<Rule>,
}

fn rule(word: &str) -> Result<Rule, String> {
    let known = PUBLISHABLE.map(Rule::word).join(", ");
    Rule::parse(word)
        .filter(|rule| rule.is_publishable())
        .ok_or_else(|| format!("one of {known}"))
}

impl Groups {
    /// The folder, if the target is one. Then no database is needed.
    pub(super) fn folder(&self) -> Option<&Path> {
        let path = Path::new(&self.target);
        path.is_dir().then_some(path)
    }
}

/// Of a folder.
pub(super) fn of_folder(options: &Groups, folder: &Path) -> Result<(), String> {
    let poll = read_folder(folder).map_err(|e| e.to_string())?;
    print(options, &poll)
}

/// Of a consultation in the database.
pub(super) async fn of_consultation(service: &Service, options: &Groups) -> Result<(), String> {
    let poll = match service::group::read(service, &options.target).await {
        Ok(poll) => poll,
        Err(service::Error::NotFound) => {
            let target = &options.target;
            return Err(format!("there is no folder and no consultation {target:?}"));
        }
        Err(error) => return Err(super::sentence(error)),
    };
    print(options, &poll)
}

fn print(options: &Groups, poll: &Poll) -> Result<(), String> {
    let found = match &options.membership {
        Some(file) => {
            let membership = read_membership(file).map_err(|e| e.to_string())?;
            compute_with(&poll.statements, &poll.votes, &membership)
        }
        None => Published::of(&poll.statements, &poll.votes).compute_without(&options.without),
    };
    let mut text = if options.json {
        serde_json::to_string(&found).map_err(|e| e.to_string())?
    } else {
        sentences(&found, &poll.texts)
    };
    if options.json {
        text.push('\n');
    }
    match std::io::stdout().write_all(text.as_bytes()) {
        // Who reads with `head` has seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the answer cannot be written: {error}"))
        }
        _ => Ok(()),
    }
}

/// For a person at the console.
fn sentences(found: &Findings, texts: &BTreeMap<i64, String>) -> String {
    let mut out = String::new();
    let grouped: usize = found.groups.iter().map(|g| g.members.len()).sum();
    let _ = writeln!(
        out,
        "{} people cast {} votes on {} statements. {grouped} of them are in groups; there are {}.",
        found.participants,
        found.votes,
        found.statements.len(),
        found.groups.len()
    );
    if !found.is_shown() {
        let _ = writeln!(
            out,
            "The portal shows nothing of this: that takes {FEWEST_PEOPLE} people."
        );
    }
    let line = |id: &i64| {
        format!(
            "{id:>6}  {}",
            short(texts.get(id).map_or("", String::as_str))
        )
    };
    for (title, list) in [
        ("Most people agree:", &found.majority.agree),
        ("Most people disagree:", &found.majority.disagree),
    ] {
        if !list.is_empty() {
            let _ = writeln!(out, "\n{title}");
        }
        for id in list {
            let _ = writeln!(out, "{}", line(id));
        }
    }
    if found.groups.len() > 1 {
        let mut all: Vec<_> = found.statements.iter().collect();
        all.sort_by(|a, b| b.consensus.total_cmp(&a.consensus));
        let _ = writeln!(
            out,
            "\nWhat the groups agree on most (group-informed consensus):"
        );
        for figures in all.into_iter().take(MOST) {
            let _ = writeln!(out, "{}  ({:.2})", line(&figures.id), figures.consensus);
        }
    }
    for group in &found.groups {
        describe(&mut out, group, &line);
    }
    out
}

fn describe(out: &mut String, group: &Group, line: &dyn Fn(&i64) -> String) {
    let hidden = if group.is_shown() {
        ""
    } else {
        ", too few for the portal to show"
    };
    let _ = writeln!(
        out,
        "\nGroup {}, {} people{hidden}:",
        group.id,
        group.members.len()
    );
    for row in &group.representative {
        let verb = match row.direction {
            Direction::Agree => "agree",
            Direction::Disagree => "disagree",
        };
        let _ = writeln!(
            out,
            "{}  ({} of {} {verb}, {:.1} times as often as the others)",
            line(&row.statement),
            row.successes,
            row.trials,
            row.ratio
        );
    }
}

/// As much of a sentence as fits on a line of a console.
fn short(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(72) {
        words.truncate(end);
        words.push('…');
    }
    words
}
