//! Long explanations: the first part stays open, the rest is folded away.

/// Bytes of a body that stay open at least.
const OPEN: usize = 1_200;
/// Fewer bytes than this are not worth folding away.
const LEAST: usize = 700;

/// Splits sanitised HTML after a whole block: what stays open, and the rest when there is enough of it.
pub(super) fn fold(html: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some(length) = html[start..].find('>') else {
            break;
        };
        let end = start + length + 1;
        let tag = &html[start + 1..end - 1];
        at = end;
        if let Some(name) = tag.strip_prefix('/') {
            depth = depth.saturating_sub(1);
            // A heading stays with what it heads.
            let block = depth == 0 && !name.starts_with('h');
            if block && end >= OPEN {
                let rest = html[end..].trim_start();
                return if rest.len() >= LEAST {
                    (&html[..end], Some(rest))
                } else {
                    (html, None)
                };
            }
        } else if !(tag.ends_with('/') || is_void(tag)) {
            depth += 1;
        }
    }
    (html, None)
}

/// The elements of ours that have no end.
fn is_void(tag: &str) -> bool {
    ["br", "hr", "img"].iter().any(|name| {
        tag.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '/']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_between_blocks_alone() {
        let p = format!("<p>{}</p>\n", "a".repeat(500));
        let list = format!("<ul><li>{}<br></li><li>b</li></ul>\n", "a".repeat(900));
        let long = format!("{p}{list}<h2>Judul</h2>\n{p}{p}");
        let (open, rest) = fold(&long);
        assert_eq!(open, format!("{p}{list}").trim_end());
        assert!(rest.is_some_and(|rest| rest.starts_with("<h2>")));
        assert_eq!(fold(&p), (p.as_str(), None));
        let short_rest = format!("{p}{list}<p>c</p>");
        assert_eq!(fold(&short_rest).1, None);
        for odd in [
            "",
            "<",
            "<p",
            "</p></p>",
            "a > b",
            "<br><hr><img src=\"x\">",
        ] {
            assert_eq!(fold(odd), (odd, None));
        }
    }
}
