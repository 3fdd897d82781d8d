//! Forms with files: read to their end, counted while they come, refused whole when anything goes wrong.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};
use service::file::{ATTACHMENT_BYTES, Upload};

use crate::{Failure, Fields};

/// Most bytes of a form with files: the largest file, and room for the other fields.
pub(crate) const LARGEST: usize = ATTACHMENT_BYTES + 1024 * 1024;
/// Most parts of such a form.
const PARTS: usize = 60;

/// A form with files.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// Its plain fields.
    pub(crate) fields: Fields,
    files: Vec<(String, Upload)>,
}

impl Form {
    /// The file of a field; `None` when none was chosen.
    pub(crate) fn file(&mut self, name: &str) -> Option<Upload> {
        let place = self.files.iter().position(|(field, _)| field == name)?;
        Some(self.files.swap_remove(place).1)
    }

    /// Reads a form with files, or a plain one.
    ///
    /// Errors: [`Failure::TooLarge`] by the announced length or by what came; [`Failure::BadRequest`] when it is cut off,
    /// broken, or holds text that is not UTF-8.
    pub(crate) async fn read(request: Request) -> Result<Self, Failure> {
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
                files: Vec::new(),
            });
        }
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| Failure::BadRequest)?;
        let (mut fields, mut files, mut total) = (Vec::new(), Vec::new(), 0);
        while let Some(mut part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let mut bytes = Vec::new();
            // Every error of the stream is a failure: what was cut off must not look like a whole file.
            while let Some(chunk) = part.chunk().await.map_err(broken)? {
                total += chunk.len();
                if total > LARGEST {
                    return Err(Failure::TooLarge);
                }
                bytes.extend_from_slice(&chunk);
            }
            match file {
                // A field for a file that was left empty.
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) => files.push((name, Upload { name: file, bytes })),
                None => fields.push((
                    name,
                    String::from_utf8(bytes).map_err(|_| Failure::BadRequest)?,
                )),
            }
            if fields.len() + files.len() > PARTS {
                return Err(Failure::BadRequest);
            }
        }
        Ok(Self {
            fields: fields.into(),
            files,
        })
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

    fn request(body: impl Into<Body>) -> Request {
        Request::post("/")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(body.into())
            .expect("a request")
    }

    fn part(name: &str, file: Option<&str>, body: &[u8]) -> Vec<u8> {
        let file = file
            .map(|f| format!("; filename=\"{f}\""))
            .unwrap_or_default();
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        [head.as_bytes(), body, b"\r\n"].concat()
    }

    #[tokio::test]
    async fn fields_and_files_are_read() {
        let body = [
            part("judul", None, "Peta é".as_bytes()),
            part("file", Some("peta.pdf"), b"%PDF-\xff\x00"),
            part("kosong", Some(""), b""),
            b"--x--\r\n".to_vec(),
        ]
        .concat();
        let mut form = Form::read(request(body)).await.expect("reads");
        assert_eq!(form.fields.text("judul"), "Peta é");
        assert_eq!(
            form.file("file").map(|f| (f.name, f.bytes.len())),
            Some(("peta.pdf".into(), 7))
        );
        assert!(form.file("kosong").is_none() && form.file("file").is_none());
    }

    #[tokio::test]
    async fn what_is_cut_off_or_broken_is_refused() {
        let whole = part("file", Some("a.pdf"), &[b'a'; 500]);
        for body in [
            whole[..300].to_vec(),
            whole.clone(),
            b"--x\r\n\r\n".to_vec(),
            part("judul", None, b"\xff\xfe"),
        ] {
            assert!(matches!(
                Form::read(request(body)).await,
                Err(Failure::BadRequest)
            ));
        }
        let other = Request::post("/")
            .header(header::CONTENT_TYPE, "multipart/form-data")
            .body(Body::from("x"))
            .expect("a request");
        assert!(
            matches!(Form::read(other).await, Err(Failure::BadRequest)),
            "no boundary"
        );
    }

    #[tokio::test]
    async fn too_large_by_length_and_by_chunks() {
        let mut announced = request("x");
        announced
            .headers_mut()
            .insert(header::CONTENT_LENGTH, (LARGEST + 1).into());
        assert!(matches!(
            Form::read(announced).await,
            Err(Failure::TooLarge)
        ));
        let mut body = part("file", Some("a.pdf"), &vec![b'a'; LARGEST + 10]);
        body.extend(b"--x--\r\n");
        let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
            body.chunks(64 * 1024).map(|c| Ok(c.to_vec())).collect();
        let mut request = request(Body::from_stream(futures::stream::iter(chunks)));
        axum::extract::DefaultBodyLimit::max(LARGEST).apply(&mut request);
        assert!(matches!(Form::read(request).await, Err(Failure::TooLarge)));
    }
}
