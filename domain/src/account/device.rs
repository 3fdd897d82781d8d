/// Names a browser and its system out of a `User-Agent` header, such as `Chrome · Android`; empty when it tells nothing.
///
/// Names of products alone, the same in every language. For people to know their own devices apart, nothing else.
pub fn device(agent: &str) -> String {
    // Later names hide in earlier ones: Edge says Chrome, Chrome says Safari.
    let browser = first(
        agent,
        &[
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("Opera", "Opera"),
            ("SamsungBrowser", "Samsung Internet"),
            ("UCBrowser", "UC Browser"),
            ("MiuiBrowser", "Mi Browser"),
            ("Firefox/", "Firefox"),
            ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ],
    );
    let system = first(
        agent,
        &[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS X", "Mac"),
            ("CrOS", "ChromeOS"),
            ("KAIOS", "KaiOS"),
            ("Linux", "Linux"),
        ],
    );
    [browser, system]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn first(agent: &str, marks: &[(&str, &'static str)]) -> Option<&'static str> {
    marks
        .iter()
        .find(|(mark, _)| agent.contains(mark))
        .map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_have_names() {
        let chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36";
        assert_eq!(device(chrome), "Chrome · Android");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1";
        assert_eq!(device(safari), "Safari · iPhone");
        assert_eq!(
            device("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"),
            "Firefox · Linux"
        );
        assert_eq!(device("<script>"), "");
    }
}
