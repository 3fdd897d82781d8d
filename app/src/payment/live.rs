//! News of one bill as server-sent events: that its page has changed.

use axum::extract::{Path, State};
use service::News;

use super::bill::{code, find};
use crate::{Answer, Visit, case};

/// `GET /bayar/{kode}/langsung`: `event: page` when the page has changed.
pub(super) async fn news(
    State(live): State<case::Live>,
    visit: Visit,
    Path(text): Path<String>,
) -> Answer {
    let bill = find(&visit, code(&text)?).await?;
    case::listen(&live, &visit, News::Bill(bill.code))
}
