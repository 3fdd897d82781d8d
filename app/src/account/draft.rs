use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use service::draft::{self, Owner};

use super::cookie;
use crate::{Answer, Fields, Said, Visit, links};

/// `POST /draf`: keeps what is being typed (fields `place` and `body`, a JSON object). 204.
pub(super) async fn save(visit: Visit, fields: Fields) -> Answer {
    let (owner, fresh) = owner(&visit);
    let (place, body) = (fields.text("place"), fields.text("body"));
    draft::save(&visit.service, &owner, place, body, &visit.client).await?;
    Ok(with_key(StatusCode::NO_CONTENT.into_response(), fresh))
}

/// Keeps what somebody sent who is not signed in, and leads them to sign in and from there to `back`, where they find it
/// again. `place` names the form as its `data-draft` does.
pub async fn keep_for_sign_in(
    visit: &Visit,
    place: &str,
    fields: &[(&str, &str)],
    back: &str,
) -> Answer {
    let (owner, fresh) = owner(visit);
    draft::save_fields(&visit.service, &owner, place, fields, &visit.client).await?;
    let response = visit.go_saying(&links::sign_in_for(back), Said::KeptForSignIn);
    Ok(with_key(response, fresh))
}

/// Whose drafts these are, and the guest's key when it has just been made.
pub(crate) fn owner(visit: &Visit) -> (Owner, Option<String>) {
    match Owner::of(&visit.actor, visit.guest.as_deref()) {
        Some(owner) => (owner, None),
        None => {
            let token = visit.service.chance().token();
            (Owner::guest(&token), Some(token))
        }
    }
}

/// Hands the guest's key over when it has just been made.
pub(crate) fn with_key(response: Response, fresh: Option<String>) -> Response {
    match fresh {
        Some(token) => cookie::guest(response, &token),
        None => response,
    }
}
