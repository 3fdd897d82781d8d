//! A file on its way to the server, piece by piece, from where it was cut.

use domain::{FileId, form::kept::Far};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use words::links;

use crate::{blob, record::hex};

/// Bytes of a piece: what a slow network carries in some seconds.
const CHUNK: usize = 256 * 1024;

/// What became of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// The server has it under this identity.
    Whole(String),
    /// It is not taken, and why.
    Refused(String),
    /// There is no network, or the server is busy: another try may do.
    Later,
}

/// Sends a file of this phone for a question of a form; calls `told` with how much is there, in percent.
pub(super) async fn send(
    form: &str,
    version: u32,
    path: &str,
    (id, name): (&FileId, &str),
    told: impl Fn(usize),
) -> Came {
    let Some(bytes) = blob::bytes(id).await else {
        return Came::Refused(String::new());
    };
    let Some(digest) = sha256(&bytes).await else {
        return Came::Later;
    };
    let size = bytes.byte_length() as usize;
    let announced = browser::encode(
        &[
            ("layanan", form),
            ("versi", &version.to_string()),
            ("pertanyaan", path),
            ("kunci", id.as_str()),
            ("nama", name),
            ("ukuran", &size.to_string()),
            ("sha256", &digest),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let mut far = match answer(browser::post(links::UPLOAD, &announced).await) {
        Ok(far) => far,
        Err(came) => return came,
    };
    while !far.is_whole {
        if !far.refused.is_empty() {
            return Came::Refused(far.refused);
        }
        told(far.received * 100 / size.max(1));
        let here = far.received.min(size);
        let end = size.min(here + CHUNK);
        #[expect(clippy::cast_possible_truncation, reason = "a file has some megabytes")]
        let piece =
            Uint8Array::new_with_byte_offset_and_length(&bytes, here as u32, (end - here) as u32);
        let place = format!("{}/{}?dari={here}", links::UPLOAD, far.id);
        far = match answer(browser::send(&place, &piece, "application/octet-stream").await) {
            Ok(far) => far,
            Err(came) => return came,
        };
    }
    told(100);
    Came::Whole(far.id)
}

/// How far it is; a piece in the wrong place says where it goes on.
fn answer(answer: Option<(String, u16, String)>) -> Result<Far, Came> {
    match answer {
        Some((_, 200 | 409, text)) => serde_json::from_str(&text).map_err(|_| Came::Later),
        Some((_, status, page)) if (400..500).contains(&status) && status != 429 => {
            Err(Came::Refused(browser::told(&page)))
        }
        _ => Err(Came::Later),
    }
}

async fn sha256(bytes: &ArrayBuffer) -> Option<String> {
    let subtle = browser::window()?.crypto().ok()?.subtle();
    let digest = subtle
        .digest_with_str_and_buffer_source("SHA-256", bytes)
        .ok()?;
    let digest: ArrayBuffer = JsFuture::from(digest).await.ok()?.dyn_into().ok()?;
    Some(hex(&Uint8Array::new(&digest).to_vec()))
}
