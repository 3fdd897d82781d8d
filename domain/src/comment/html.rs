//! Plain text of a person as safe HTML.

/// What a person typed as HTML: paragraphs, line ends, and links for addresses that begin with `http://` or `https://`.
///
/// Everything else is escaped: no tag and no attribute of the text survives as one.
pub fn to_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    let mut open = false;
    for row in text.lines() {
        if row.trim().is_empty() {
            if open {
                html.push_str("</p>");
                open = false;
            }
            continue;
        }
        html.push_str(if open { "<br>" } else { "<p>" });
        open = true;
        line(row, &mut html);
    }
    if open {
        html.push_str("</p>");
    }
    html
}

fn line(mut rest: &str, html: &mut String) {
    while let Some(start) = next_address(rest) {
        let (before, from) = rest.split_at(start);
        let length = address_length(from);
        let (address, after) = from.split_at(length);
        escape(before, html);
        html.push_str("<a rel=\"nofollow ugc noopener\" href=\"");
        escape(address, html);
        html.push_str("\">");
        escape(address, html);
        html.push_str("</a>");
        rest = after;
    }
    escape(rest, html);
}

/// Where the next address begins: `http://` or `https://` with a letter or digit after it, not inside a word.
fn next_address(text: &str) -> Option<usize> {
    text.match_indices("http").map(|(at, _)| at).find(|at| {
        let inside = text[..*at]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        let from = &text[*at..];
        let host = from
            .strip_prefix("https://")
            .or_else(|| from.strip_prefix("http://"));
        !inside && host.is_some_and(|host| host.starts_with(char::is_alphanumeric))
    })
}

/// How many bytes belong to the address; marks of the sentence around it do not.
fn address_length(text: &str) -> usize {
    let end = text
        .find(|c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(
                    c,
                    '<' | '>' | '"' | '\'' | '`' | '“' | '”' | '’' | '«' | '»'
                )
        })
        .unwrap_or(text.len());
    let mut address = &text[..end];
    while let Some(last) = address.chars().next_back() {
        let closes = match last {
            ')' => !address.contains('('),
            ']' => !address.contains('['),
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '*' | '_' => true,
            _ => false,
        };
        if !closes {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::to_html;

    const LINK: &str = "<a rel=\"nofollow ugc noopener\" href=\"";

    #[test]
    fn paragraphs_and_line_ends() {
        assert_eq!(to_html("a\nb\n\nc"), "<p>a<br>b</p><p>c</p>");
        assert_eq!(to_html(""), "");
    }

    #[test]
    fn addresses_become_links_without_the_marks_around_them() {
        assert_eq!(
            to_html("lihat (https://batu.example/a?b=1&c=2)."),
            format!(
                "<p>lihat ({LINK}https://batu.example/a?b=1&amp;c=2\">https://batu.example/a?b=1&amp;c=2</a>).</p>"
            )
        );
        assert_eq!(
            to_html("https://id.wikipedia.org/wiki/Batu_(kota), ya"),
            format!(
                "<p>{LINK}https://id.wikipedia.org/wiki/Batu_(kota)\">https://id.wikipedia.org/wiki/Batu_(kota)</a>, ya</p>"
            )
        );
        for plain in [
            "xhttps://a.example",
            "https://",
            "http:/a",
            "ftp://a.example",
            "HTTPS://A",
        ] {
            assert!(!to_html(plain).contains("<a"), "{plain}");
        }
    }

    /// The OWASP cheat sheet's kinds of attack, and those that aim at links.
    const ATTACKS: &[&str] = &[
        "<script>alert(1)</script>",
        "<ScRiPt src=//evil.example></sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<math><mtext><script>alert(1)</script>",
        "<iframe src=\"javascript:alert(1)\">",
        "</p></article><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "data:text/html;base64,PHNjcmlwdD4=",
        "//evil.example",
        "https://a.example\" onmouseover=\"alert(1)",
        "https://a.example/'onclick='alert(1)",
        "https://a.example/><script>alert(1)</script>",
        "https://a.example/&quot;onclick=alert(1)",
        "http://a.example/`onclick=alert(1)`",
        "https://javascript:alert(1)@evil.example",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "\u{2028}<script>\u{2029}alert(1)</script>",
        "<a href=\"https://evil.example\" onclick=alert(1)>x</a>",
        "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=alert()//>\\x3e",
    ];

    /// What stands outside the tags that we write ourselves.
    fn without_our_tags(html: &str) -> String {
        let mut out = html.to_owned();
        for tag in ["<p>", "</p>", "<br>", "</a>"] {
            out = out.replace(tag, "");
        }
        while let Some(start) = out.find(LINK) {
            let value = &out[start + LINK.len()..];
            let end = value.find("\">").expect("our own tag is closed");
            let address = value[..end].to_owned();
            assert!(
                address.starts_with("http://") || address.starts_with("https://"),
                "{address}"
            );
            assert!(
                !address.contains(['"', '\'', '<', '>', ' ', '`']),
                "{address}"
            );
            out.replace_range(start..start + LINK.len() + end + 2, "");
        }
        out
    }

    #[test]
    fn no_attack_leaves_its_text() {
        for attack in ATTACKS {
            let left = without_our_tags(&to_html(attack));
            assert!(
                !left.contains(['<', '>', '"', '\'']),
                "{attack} left {left}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_at_all_makes_a_tag(text in "(\\PC|[<>\"'& \n]|https?://[a-z<>\"']{0,4}){0,60}") {
            let left = without_our_tags(&to_html(&text));
            proptest::prop_assert!(!left.contains(['<', '>', '"', '\'']));
        }
    }
}
