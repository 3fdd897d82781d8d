//! A page of a form as it was sent, with its files: counted while they come, never more of them in memory than is taken.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};
use service::{file::Upload, form::FILE_BYTES};

use crate::{Failure, Fields};

/// Most bytes of a page with its files. Up to here the texts of a page survive a file that is too large.
pub const LARGEST: usize = 48 * 1024 * 1024;
/// Most bytes of files that are taken together.
const TOGETHER: usize = 24 * 1024 * 1024;
/// Most parts of such a page.
const PARTS: usize = 500;
/// Most bytes of a text.
const TEXT: usize = 256 * 1024;

/// A page as it was sent.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its texts.
    pub fields: Fields,
    /// Its files by their fields.
    pub files: Vec<(String, Upload)>,
    /// Fields and names of files that were too large: their content is not here.
    pub too_large: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequest<S> for Sheet {
    type Rejection = Failure;

    /// Errors: [`Failure::TooLarge`] by the announced length or by what came; [`Failure::BadRequest`] when it is cut off, broken,
    /// or holds text that is not UTF-8.
    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let (announced, has_parts) = {
            let header = |name| request.headers().get(name).and_then(|v| v.to_str().ok());
            (
                header(header::CONTENT_LENGTH).and_then(|v| v.parse::<usize>().ok()),
                header(header::CONTENT_TYPE)
                    .is_some_and(|kind| kind.starts_with("multipart/form-data")),
            )
        };
        if announced.is_some_and(|bytes| bytes > LARGEST) {
            return Err(Failure::TooLarge);
        }
        if !has_parts {
            let fields = Fields::from_request(request, &()).await?;
            return Ok(Self {
                fields,
                ..Self::default()
            });
        }
        let parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| Failure::BadRequest)?;
        Self::read(parts).await
    }
}

impl Sheet {
    async fn read(mut parts: Multipart) -> Result<Self, Failure> {
        let mut sheet = Self::default();
        let (mut fields, mut total, mut held, mut count) = (Vec::new(), 0, 0, 0);
        while let Some(mut part) = parts.next_field().await.map_err(broken)? {
            count += 1;
            if count > PARTS {
                return Err(Failure::BadRequest);
            }
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let most = if file.is_some() { FILE_BYTES } else { TEXT };
            let (mut bytes, mut is_too_large) = (Vec::new(), false);
            // Every error of the stream is a failure: what was cut off must not look like a whole file.
            while let Some(chunk) = part.chunk().await.map_err(broken)? {
                total += chunk.len();
                if total > LARGEST {
                    return Err(Failure::TooLarge);
                }
                is_too_large |= bytes.len() + chunk.len() > most || held + chunk.len() > TOGETHER;
                if is_too_large {
                    held -= bytes.len();
                    bytes = Vec::new();
                } else {
                    held += chunk.len();
                    bytes.extend_from_slice(&chunk);
                }
            }
            match file {
                // A field for a file that was left empty.
                Some(file) if file.is_empty() && bytes.is_empty() && !is_too_large => {}
                Some(file) if is_too_large => sheet.too_large.push((name, file)),
                Some(file) => sheet.files.push((name, Upload { name: file, bytes })),
                None if is_too_large => return Err(Failure::TooLarge),
                None => fields.push((
                    name,
                    String::from_utf8(bytes).map_err(|_| Failure::BadRequest)?,
                )),
            }
        }
        sheet.fields = fields.into();
        Ok(sheet)
    }
}

fn broken(error: MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::TooLarge
    } else {
        Failure::BadRequest
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn read(body: Body, length: Option<usize>) -> Result<Sheet, Failure> {
        let mut request = Request::post("/")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(body)
            .expect("a request");
        if let Some(length) = length {
            request
                .headers_mut()
                .insert(header::CONTENT_LENGTH, length.into());
        }
        axum::extract::DefaultBodyLimit::max(LARGEST).apply(&mut request);
        Sheet::from_request(request, &()).await
    }

    fn part(name: &str, file: Option<&str>, body: &[u8]) -> Vec<u8> {
        let file = file
            .map(|f| format!("; filename=\"{f}\""))
            .unwrap_or_default();
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        [head.as_bytes(), body, b"\r\n"].concat()
    }

    #[tokio::test]
    async fn texts_survive_a_file_that_is_too_large() {
        let body = [
            part("foto", Some("besar.jpg"), &vec![b'a'; FILE_BYTES + 1]),
            part("kecil", Some("kecil.jpg"), b"abc"),
            part("kosong", Some(""), b""),
            part("nama", None, "Siti é".as_bytes()),
            b"--x--\r\n".to_vec(),
        ]
        .concat();
        let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
            body.chunks(64 * 1024).map(|c| Ok(c.to_vec())).collect();
        let sheet = read(Body::from_stream(futures::stream::iter(chunks)), None)
            .await
            .expect("reads");
        assert_eq!(sheet.fields.text("nama"), "Siti é");
        assert_eq!(
            sheet.too_large,
            [("foto".to_owned(), "besar.jpg".to_owned())]
        );
        assert_eq!(sheet.files.len(), 1);
    }

    #[tokio::test]
    async fn what_is_cut_off_broken_or_endless_is_refused() {
        let whole = part("file", Some("a.pdf"), &[b'a'; 500]);
        for body in [
            whole[..300].to_vec(),
            whole.clone(),
            part("judul", None, b"\xff\xfe"),
        ] {
            assert!(matches!(
                read(Body::from(body), None).await,
                Err(Failure::BadRequest)
            ));
        }
        assert!(matches!(
            read(Body::from("x"), Some(LARGEST + 1)).await,
            Err(Failure::TooLarge)
        ));
        let text = [
            part("nama", None, &vec![b'a'; TEXT + 1]),
            b"--x--\r\n".to_vec(),
        ]
        .concat();
        assert!(matches!(
            read(Body::from(text), None).await,
            Err(Failure::TooLarge)
        ));
        let head = part("file", Some("a.pdf"), b"");
        let endless = std::iter::once(head[..head.len() - 2].to_vec()).chain(std::iter::repeat_n(
            vec![b'a'; 1024 * 1024],
            LARGEST / (1024 * 1024) + 2,
        ));
        let endless = futures::stream::iter(endless.map(Ok::<_, std::io::Error>));
        assert!(matches!(
            read(Body::from_stream(endless), None).await,
            Err(Failure::TooLarge)
        ));
    }
}
