//! Public statements with the counts that may be shown.

use domain::{
    Actor, Timestamp,
    consultation::Consultation,
    statement::{Judgement, Order, Statement},
};
use storage::{Tx, statement::Found};

use crate::{Result, Service};

/// Statements on a page of the list.
pub const PAGE: i64 = 50;

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The statements, as one person may see them.
    pub statements: Vec<Statement>,
    /// How many there are on all pages.
    pub whole: i64,
    /// The page, from 1; the last one when a later one was asked for.
    pub page: i64,
    /// The order that was possible: by number while counts are hidden, since any other would betray them.
    pub order: Order,
    /// The orders that are possible for this person now.
    pub orders: Vec<Order>,
}

/// A page of the public statements of a consultation. One statement of SQL.
pub async fn list(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
    order: Order,
    page: i64,
) -> Result<Listed> {
    let now = service.now();
    // Seen without having voted means: all counts are visible, so that an order says nothing more than the page itself.
    let orders = if consultation.counts_visible(now, false) {
        Order::ALL.to_vec()
    } else {
        vec![Order::Number]
    };
    let order = if orders.contains(&order) {
        order
    } else {
        Order::Number
    };
    let account = actor.account();
    let page = page.clamp(1, 1_000_000);
    let (id, skip) = (&consultation.id, (page - 1) * PAGE);
    let found = storage::statement::list(tx, id, account, order, PAGE, skip).await?;
    let whole = found.first().map_or(0, |first| first.whole);
    Ok(Listed {
        whole,
        statements: found
            .into_iter()
            .map(|found| shown(found, consultation, now))
            .collect(),
        page: page.min((whole + PAGE - 1) / PAGE).max(1),
        order,
        orders,
    })
}

/// What of a statement may be shown to the person in whose name it was found.
pub(super) fn shown(found: Found, consultation: &Consultation, now: Timestamp) -> Statement {
    Statement {
        counts: consultation
            .counts_visible(now, found.mine.is_some())
            .then_some(found.counts),
        id: found.id,
        number: found.number,
        body: found.body,
        is_seed: found.is_seed,
        mine: found.mine,
    }
}

/// One line of the open data about statements.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OpenRow {
    /// Its number.
    pub number: i64,
    /// The sentence.
    pub text: String,
    /// Whether the office wrote it.
    pub by_office: bool,
    /// Agree; `None` while hidden.
    pub agree: Option<i64>,
    /// Disagree.
    pub disagree: Option<i64>,
    /// Pass.
    pub pass: Option<i64>,
}

/// Most statements of the open data of one consultation; more than any conversation that we know of has.
const ALL: i64 = 100_000;

/// All public statements by number, with the counts that `actor` may see.
pub async fn open_rows(
    service: &Service,
    tx: &mut Tx,
    actor: &Actor,
    consultation: &Consultation,
) -> Result<Vec<OpenRow>> {
    let now = service.now();
    let account = actor.account();
    let found =
        storage::statement::list(tx, &consultation.id, account, Order::Number, ALL, 0).await?;
    Ok(found
        .into_iter()
        .map(|found| {
            let statement = shown(found, consultation, now);
            let count = |judgement| statement.counts.map(|counts| counts.of(judgement));
            OpenRow {
                agree: count(Judgement::Agree),
                disagree: count(Judgement::Disagree),
                pass: count(Judgement::Pass),
                number: statement.number,
                text: statement.body,
                by_office: statement.is_seed,
            }
        })
        .collect())
}
