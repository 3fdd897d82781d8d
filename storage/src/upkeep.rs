//! Whether a database takes writes.

mod copy;
mod rules;
#[cfg(test)]
mod tests;

use domain::Timestamp;

pub use copy::{Whole, back_up, inspect, put_back};
pub use rules::{Checked, file_ids, own, rules};

use crate::{Result, Tx, args, sql};

/// Bytes that a probe writes: about what a comment with its traces in the index needs.
const PROBE: usize = 32 * 1024;

/// Writes something real, which nobody reads: whether the disk takes writes is not found out by reading.
///
/// One row among the drafts, always the same one, of no owner that could sign in.
pub async fn probe(tx: &mut Tx, now: Timestamp) -> Result<()> {
    tx.run(
        sql!(
            "insert into draft (owner, place, body, updated_at) values ('probe', 'probe', $1, $2)
             on conflict (owner, place) do update set body = excluded.body, updated_at = excluded.updated_at"
        ),
        args![" ".repeat(PROBE), now],
    )
    .await
    .map(drop)
}
