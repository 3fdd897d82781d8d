//! Files that the server does not have yet, in a cache of the browser's: it takes what the other stores are too small for.

use domain::{
    FileId,
    form::{FileKind, Upload},
};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Cache, File, Response};
use words::links;

const CACHE: &str = "rembug:files";

async fn cache() -> Option<Cache> {
    let caches = browser::window()?.caches().ok()?;
    JsFuture::from(caches.open(CACHE))
        .await
        .ok()?
        .dyn_into()
        .ok()
}

/// An address at which nothing is ever asked for.
fn place(id: &FileId) -> String {
    format!("{}/{id}", links::UPLOAD)
}

/// Keeps a file; whether there was room.
pub(super) async fn put(id: &FileId, file: &Blob) -> bool {
    let Some(cache) = cache().await else {
        return false;
    };
    let Ok(response) = Response::new_with_opt_blob(Some(file)) else {
        return false;
    };
    JsFuture::from(cache.put_with_str(&place(id), &response))
        .await
        .is_ok()
}

/// A file, if it is still here.
pub(super) async fn get(id: &FileId) -> Option<Blob> {
    let found = JsFuture::from(cache().await?.match_with_str(&place(id)))
        .await
        .ok()?;
    let response: Response = found.dyn_into().ok()?;
    JsFuture::from(response.blob().ok()?)
        .await
        .ok()?
        .dyn_into()
        .ok()
}

/// A file's bytes.
pub(super) async fn bytes(id: &FileId) -> Option<ArrayBuffer> {
    JsFuture::from(get(id).await?.array_buffer())
        .await
        .ok()?
        .dyn_into()
        .ok()
}

/// Throws a file away.
pub(super) async fn remove(id: &FileId) {
    if let Some(cache) = cache().await {
        let _ = JsFuture::from(cache.delete_with_str(&place(id))).await;
    }
}

/// What a file is by its first bytes; `None` for what no form takes.
pub(super) async fn known(file: &File) -> Option<Upload> {
    let head = file.slice_with_i32_and_i32(0, 12).ok()?;
    let head: ArrayBuffer = JsFuture::from(head.array_buffer())
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    let head = Uint8Array::new(&head).to_vec();
    let kind = match &head[..] {
        [0xff, 0xd8, 0xff, ..] => FileKind::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => FileKind::Png,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => FileKind::Webp,
        [b'%', b'P', b'D', b'F', ..] => FileKind::Pdf,
        _ => return None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole number"
    )]
    let bytes = file.size() as u64;
    Some(Upload {
        name: file.name(),
        kind,
        bytes,
    })
}

/// A file as a page's field takes it.
pub(super) async fn as_file(id: &FileId, name: &str) -> Option<File> {
    let parts = js_sys::Array::of1(&JsValue::from(get(id).await?));
    File::new_with_blob_sequence(&parts, name).ok()
}
