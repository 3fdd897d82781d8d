//! Markdown to HTML that is safe to show: rendered without raw HTML, then sanitised against a list.

use std::{collections::HashSet, sync::LazyLock};

/// Renders a Markdown text. Raw HTML in it is shown as text or dropped; links lead to http, https, mailto or tel and
/// carry `rel="nofollow noopener"`; pictures of other hosts are dropped. Headings start at level 2.
pub fn render(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.escape = true;
    let html = comrak::markdown_to_html(markdown, &options);
    SANITISER.clean(&lower_headings(&html)).to_string()
}

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "blockquote",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "a",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "hr",
        ]))
        .tag_attributes(std::collections::HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("nofollow noopener"));
    builder
});

/// The page has one h1 of its own: a writer's `#` becomes level 2, and so on down.
fn lower_headings(html: &str) -> String {
    if !html.contains("<h1") {
        return html.to_owned();
    }
    let mut out = html.to_owned();
    for level in (1..6).rev() {
        out = out
            .replace(&format!("<h{level}>"), &format!("<h{}>", level + 1))
            .replace(&format!("</h{level}>"), &format!("</h{}>", level + 1));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_an_officer_needs() {
        let html = render(
            "# A\n\n- satu\n- *dua*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<https://batu.example>",
        );
        for part in [
            "<h2>A</h2>",
            "<li>satu</li>",
            "<em>dua</em>",
            "<td>1</td>",
            "href=\"https://batu.example\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        for attack in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x](java\tscript:alert(1))",
            "![x](https://evil.example/x.png)",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<a href=\"x\" onclick=\"alert(1)\">x</a>",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "</textarea><script>alert(1)</script>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "<math><mtext><script>alert(1)</script></mtext></math>",
        ] {
            let html = render(attack);
            for bad in [
                "<script",
                "javascript:",
                "<img",
                "<svg",
                "<iframe",
                "data:text",
                "<math",
            ] {
                assert!(!html.to_lowercase().contains(bad), "{attack} gave {html}");
            }
            assert_eq!(
                SANITISER.clean(&html).to_string(),
                html,
                "sanitising again changes nothing"
            );
        }
    }
}
