//! Where the lines of a text end.

use std::{collections::BTreeSet, ops::Range};

use super::font::Run;

/// The glyphs of each line of a text at a size, `width` points wide. Lines end where Unicode (UAX 14) lets them end; blanks at
/// the end of a line hang out; what is longer than a line ends wherever it must. Never no line at all.
pub(super) fn lines(run: &Run, size: f32, width: f32) -> Vec<Range<usize>> {
    let ends: BTreeSet<usize> = unicode_linebreak::linebreaks(&run.text)
        .map(|(at, _)| at)
        .collect();
    let (mut lines, mut start, mut may_end) = (Vec::new(), 0, None);
    // Where the letter began that the glyph is a part of: a letter with its marks stays together.
    let mut letter = 0;
    for (place, glyph) in run.glyphs.iter().enumerate() {
        if place == 0 || run.glyphs[place - 1].range.start != glyph.range.start {
            letter = place;
            if ends.contains(&glyph.range.start) {
                may_end = Some(place);
            }
        }
        if run.is_blank(glyph) {
            continue;
        }
        while run.width(start..place + 1, size) > width {
            let end = may_end.take().filter(|end| *end > start);
            let Some(end) = end.or(Some(letter).filter(|letter| *letter > start)) else {
                break;
            };
            lines.push(start..end);
            start = end;
        }
    }
    if start < run.glyphs.len() || lines.is_empty() {
        lines.push(start..run.glyphs.len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::font::{Style, shape};

    fn broken(text: &str, width: f32) -> Vec<String> {
        let run = shape(Style::Text, text);
        lines(&run, 10.0, width)
            .into_iter()
            .map(|line| {
                let glyphs = &run.glyphs[line];
                glyphs.iter().map(|g| &run.text[g.range.clone()]).collect()
            })
            .collect()
    }

    #[test]
    fn lines_end_between_words() {
        assert_eq!(broken("", 100.0), [""]);
        assert_eq!(broken("satu dua tiga", 500.0), ["satu dua tiga"]);
        assert_eq!(broken("satu dua tiga", 45.0), ["satu dua ", "tiga"]);
        assert_eq!(broken("satu    dua", 24.0), ["satu    ", "dua"]);
        // Not before a full stop, nor inside an amount.
        assert_eq!(broken("Rp152.500. Ya", 60.0), ["Rp152.500. ", "Ya"]);
        assert_eq!(
            broken("rumah-rumah besar", 45.0),
            ["rumah-", "rumah ", "besar"]
        );
    }

    #[test]
    fn what_is_too_long_ends_where_it_must() {
        let word = "x".repeat(100);
        let lines = broken(&word, 50.0);
        assert_eq!(lines.concat(), word);
        assert!(lines.len() > 5 && lines.iter().all(|line| line.len() < 12));
        assert_eq!(broken("abc", 1.0), ["a", "b", "c"]);
        assert_eq!(broken("b\u{301}\u{323}b\u{301}", 1.0).len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_and_lines_fit(text in "\\PC{0,80}", width in 20.0_f32..200.0) {
            let run = shape(Style::Text, &text);
            let lines = lines(&run, 10.0, width);
            let mut next = 0;
            for line in &lines {
                proptest::prop_assert_eq!(line.start, next);
                next = line.end;
                let mut end = line.end;
                while end > line.start && run.is_blank(&run.glyphs[end - 1]) {
                    end -= 1;
                }
                let is_one = run.glyphs[line.start..end].windows(2).all(|g| g[0].range.start == g[1].range.start);
                proptest::prop_assert!(is_one || run.width(line.start..end, 10.0) <= width + 0.01);
            }
            proptest::prop_assert_eq!(next, run.glyphs.len());
        }
    }
}
