//! Statements and how they are judged.

mod bulk;
mod desk;
mod judge;
mod list;
mod pin;
mod propose;
mod tally;
#[cfg(test)]
pub(crate) mod testing;

pub use bulk::{
    Event, ImportedPerson, ImportedStatement, add_events, add_people, add_statements, events,
    marks_by_number, people, statements,
};
pub use desk::{OnDesk, Totals, desk, totals};
pub use judge::{Before, NewJudgement, append, before};
pub use list::{Found, list, mark_counts};
pub use pin::{lock_pins, pins, put_pin};
pub use propose::{NewStatement, bodies, insert, mine, next_number, proposals};
pub use tally::recount;
