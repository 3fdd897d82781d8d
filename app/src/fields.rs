//! The fields of a form as they were sent: nothing is missing, nothing is too much, broken text is told.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
};

use crate::error::Failure;

/// Largest form in bytes. A policy text goes through a file or fits in here.
const LARGEST: usize = 1024 * 1024;
/// Most fields of a form.
const MOST: usize = 2_000;

/// A form's fields by name. A field that was not sent reads as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// The first value as an owned text.
    pub fn string(&self, name: &str) -> String {
        self.text(name).to_owned()
    }

    /// All values of a field that may come several times, in the order sent.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Whether the field was sent: a ticked box, a pressed button.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// All fields in the order sent.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Reads `a=b&c=d` (also the query of an address). `None` when it is not UTF-8 or has too many fields.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut fields = Vec::new();
        for pair in text.split(|b| *b == b'&').filter(|p| !p.is_empty()) {
            let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            let value = pair.get(at + 1..).unwrap_or_default();
            fields.push((decode(&pair[..at])?, decode(value)?));
            if fields.len() > MOST {
                return None;
            }
        }
        Some(Self(fields))
    }

    /// The fields of a query; what cannot be read counts as not there.
    pub fn of_query(query: Option<&str>) -> Self {
        Self::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default()
    }
}

impl From<Vec<(String, String)>> for Fields {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let form = request
            .headers()
            .get("content-type")
            .and_then(|v| v.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let body = to_bytes(request.into_body(), LARGEST)
            .await
            .map_err(|_| Failure::TooLarge)?;
        if !form && !body.is_empty() {
            return Err(Failure::BadRequest);
        }
        Self::parse(&body).ok_or(Failure::BadRequest)
    }
}

fn decode(text: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_browser_sends() {
        let fields = Fields::parse(b"nama=Bu+Siti%20A.&p=1&p=2&kosong=&x").expect("reads");
        assert_eq!(fields.text("nama"), "Bu Siti A.");
        assert_eq!(fields.all("p"), ["1", "2"]);
        assert!(fields.has("kosong") && fields.has("x") && !fields.has("y"));
        assert_eq!(fields.text("y"), "");
    }

    #[test]
    fn refuses_what_is_no_text() {
        for broken in [&b"a=%ff"[..], b"a=%zz", b"a=%f", b"%c3%28=1"] {
            assert_eq!(Fields::parse(broken), None);
        }
        assert_eq!(Fields::parse("a=1&".repeat(2_001).as_bytes()), None);
        assert_eq!(Fields::of_query(Some("a=%ff")), Fields::default());
    }
}
