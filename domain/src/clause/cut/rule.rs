//! The rule that fits a text, and what each of its lines begins by it.

use super::line::{
    article, bare, chapter, clause_level, counts_up, heading, is_title, numbered, outside_code,
};

/// What a line begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line<'t> {
    /// Nothing: it belongs to the clause above.
    Text(&'t str),
    /// A chapter with its heading.
    Chapter(String),
    /// A clause with its label (may be empty), heading, and first words of its body.
    Clause(String, String, &'t str),
}

/// Chooses the rule that fits the text and reads each line by it.
pub(super) fn mark(source: &str) -> Vec<Line<'_>> {
    let lines: Vec<&str> = source.lines().collect();
    let plain: Vec<bool> = outside_code(&lines);
    if (0..lines.len()).any(|n| plain[n] && article(lines[n]).is_some()) {
        return by_articles(&lines, &plain);
    }
    if let Some(level) = clause_level(&lines, &plain) {
        return by_headings(&lines, &plain, level);
    }
    if counts_up(&lines, &plain) {
        return by_numbers(&lines, &plain);
    }
    by_paragraphs(&lines, &plain)
}

fn by_articles<'t>(lines: &[&'t str], plain: &[bool]) -> Vec<Line<'t>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut skip = None;
    for (n, line) in lines.iter().enumerate() {
        if skip == Some(n) {
            continue;
        }
        out.push(if !plain[n] {
            Line::Text(line)
        } else if let Some(mut heading) = chapter(line) {
            // Laws write the title of a chapter on the line below its number.
            if !heading.contains(['.', ':'])
                && let Some(title) = lines.get(n + 1).filter(|l| is_title(l))
            {
                heading = format!("{heading}. {}", bare(title));
                skip = Some(n + 1);
            }
            Line::Chapter(heading)
        } else if let Some((label, title)) = article(line) {
            Line::Clause(label, title, "")
        } else {
            Line::Text(line)
        });
    }
    out
}

fn by_headings<'t>(lines: &[&'t str], plain: &[bool], level: usize) -> Vec<Line<'t>> {
    lines
        .iter()
        .zip(plain)
        .map(|(line, plain)| match heading(line).filter(|_| *plain) {
            Some((found, title)) if found == level => {
                let (number, rest) = numbered(title).unwrap_or_default();
                let title = if number.is_empty() { title } else { rest };
                Line::Clause(number, bare(title), "")
            }
            Some((found, title)) if found < level => Line::Chapter(bare(title)),
            _ => Line::Text(line),
        })
        .collect()
}

fn by_numbers<'t>(lines: &[&'t str], plain: &[bool]) -> Vec<Line<'t>> {
    lines
        .iter()
        .zip(plain)
        .map(|(line, plain)| match numbered(line).filter(|_| *plain) {
            Some((number, rest)) if is_title(rest) => Line::Clause(number, bare(rest), ""),
            Some((number, rest)) => Line::Clause(number, String::new(), rest),
            None => chapter(line).map_or(Line::Text(line), Line::Chapter),
        })
        .collect()
}

fn by_paragraphs<'t>(lines: &[&'t str], plain: &[bool]) -> Vec<Line<'t>> {
    let mut fresh = true;
    lines
        .iter()
        .zip(plain)
        .map(|(line, plain)| {
            let starts = fresh && *plain && !line.is_empty();
            fresh = line.is_empty();
            match heading(line).filter(|_| *plain) {
                Some((_, title)) => {
                    fresh = true;
                    Line::Chapter(bare(title))
                }
                None if starts => Line::Clause(String::new(), String::new(), line),
                None => Line::Text(line),
            }
        })
        .collect()
}
