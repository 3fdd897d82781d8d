//! What any answer must be.

use crate::rig::Answer;

fn is_markup(kind: &str) -> bool {
    ["html", "xml", "svg"].iter().any(|of| kind.contains(of))
}

/// Below 500, and with words where something is refused.
pub(super) fn judge(case: &str, place: &str, got: &Answer) {
    let status = got.status.as_u16();
    assert!(
        matches!(
            status,
            200 | 204 | 303 | 304 | 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 429
        ),
        "{case}: {status} {}",
        got.text
    );
    // Only what a browser reads as markup can run; in a CSV or a JSON it is the text that was written.
    assert!(
        !(is_markup(got.kind()) && got.text.contains("<script>alert(1)")),
        "{case}: a text became a script"
    );
    if status == 303 {
        assert!(
            got.place().starts_with('/') && !got.place().starts_with("//"),
            "{case}: leads to {}",
            got.place()
        );
    }
    if status < 400 {
        return;
    }
    if place.starts_with("/api/") {
        let problem: serde_json::Value = serde_json::from_str(&got.text)
            .unwrap_or_else(|_| panic!("{case}: {} is no JSON", got.text));
        assert!(
            problem["code"].is_string()
                && problem["message"].as_str().is_some_and(|m| m.len() > 10),
            "{case}: {problem}"
        );
    } else if got.kind().starts_with("text/html") {
        assert!(got.text.contains("<h1"), "{case}: {}", got.text);
    } else {
        assert!(
            got.text.trim().len() > 10,
            "{case}: {status} without a sentence"
        );
    }
}
