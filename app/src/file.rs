//! Stored files: pictures and downloads of consultations.

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new().route("/berkas/{id}/{name}", get(ssr::serve))
}

#[cfg(feature = "ssr")]
pub(crate) use ssr::private;

#[cfg(feature = "ssr")]
mod ssr {
    use axum::{
        body::Body,
        extract::Path,
        http::{HeaderMap, HeaderValue, StatusCode, header},
        response::{IntoResponse, Response},
    };
    use domain::FileId;

    use crate::{Answer, Failure, Visit, links};

    /// Seconds for which a public file is kept: its content never changes under its id.
    const KEPT: &str = "public, max-age=31536000, immutable";

    /// `GET /berkas/{id}/{name}`: the picture on top is shown, everything else is downloaded. The name is for people alone.
    pub(super) async fn serve(
        visit: Visit,
        Path((id, _)): Path<(String, String)>,
        asked: HeaderMap,
    ) -> Answer {
        let id = FileId::new(id);
        let mut tx = visit.service.read().await?;
        let shown = service::file::find(&mut tx, &visit.actor, &id).await?;
        let etag = format!("\"{}\"", shown.sha256);
        let known = asked
            .get(header::IF_NONE_MATCH)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|known| {
                known
                    .split(',')
                    .any(|k| k.trim().trim_start_matches("W/") == etag)
            });
        let body = if known {
            Body::empty()
        } else {
            Body::from(service::file::content(&mut tx, &id).await?)
        };
        drop(tx);
        let mut response = body.into_response();
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let inline = shown.is_cover && shown.media_type.starts_with("image/");
        let kept = if shown.is_public {
            KEPT
        } else {
            "private, no-store"
        };
        dress(
            &mut response,
            [
                (header::CONTENT_TYPE, shown.media_type.as_str()),
                (header::ETAG, &etag),
                (header::CACHE_CONTROL, kept),
                (
                    header::CONTENT_DISPOSITION,
                    &disposition(inline, &shown.name),
                ),
                // A file of somebody's must never run as a page of ours.
                (
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; sandbox",
                ),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
        )?;
        Ok(response)
    }

    /// A file of somebody's own, to be downloaded and kept by nothing on the way.
    pub(crate) fn private(name: &str, media_type: &str, bytes: Vec<u8>) -> Answer {
        let mut response = Body::from(bytes).into_response();
        dress(
            &mut response,
            [
                (header::CONTENT_TYPE, media_type),
                (header::CACHE_CONTROL, "private, no-store"),
                (header::CONTENT_DISPOSITION, &disposition(false, name)),
                (
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; sandbox",
                ),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
        )?;
        Ok(response)
    }

    fn dress<const N: usize>(
        response: &mut Response,
        headers: [(header::HeaderName, &str); N],
    ) -> Result<(), Failure> {
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).map_err(|_| Failure::Unavailable)?;
            response.headers_mut().insert(name, value);
        }
        Ok(())
    }

    /// RFC 6266: a plain name for old browsers, the real one for all others.
    fn disposition(inline: bool, name: &str) -> String {
        let kind = if inline { "inline" } else { "attachment" };
        let plain: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || "._-()".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        let real = links::encode(name).replace('/', "%2F");
        format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{real}")
    }

    #[cfg(test)]
    mod tests {
        use super::disposition;

        #[test]
        fn names_cannot_leave_the_header() {
            assert_eq!(
                disposition(false, "Peta é.pdf"),
                "attachment; filename=\"Peta__.pdf\"; filename*=UTF-8''Peta%20%C3%A9.pdf"
            );
            assert!(!disposition(true, "a\"\r\nb/c").contains(['\r', '\n', '/']));
        }
    }
}
