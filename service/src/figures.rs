//! What is counted for the person who runs the machine; nobody's name, nobody's choice.

use metrics::{counter, describe_counter, describe_histogram};
pub use storage::database::{WRITER_FAILED, WRITER_GROUP};

/// Votes that were stored, changes and withdrawals too.
pub const VOTES: &str = "rembug_votes_accepted_total";
/// Comments that were stored.
pub const COMMENTS: &str = "rembug_comments_posted_total";

/// Reports of payment providers.
pub const PAYMENT_NOTICES: &str = "rembug_payment_notices_total";

/// Says what each figure means.
pub fn describe() {
    describe_counter!(
        VOTES,
        "Votes that were stored, changes and withdrawals too."
    );
    describe_counter!(COMMENTS, "Comments that were stored.");
    describe_counter!(
        PAYMENT_NOTICES,
        "Callbacks of payment providers: kept, repeated, refused."
    );
    describe_histogram!(
        WRITER_GROUP,
        "Writes that shared a commit of SQLite; the count is the number of flushes."
    );
    describe_counter!(WRITER_FAILED, "Commits of SQLite that failed.");
}

/// A vote is stored: on a `question` or a `statement`.
pub(crate) fn vote(on: &'static str) {
    counter!(VOTES, "on" => on).increment(1);
}

/// A comment is stored.
pub(crate) fn comment() {
    counter!(COMMENTS).increment(1);
}

/// A payment provider reported something: `kept`, `repeated` or `refused`.
pub(crate) fn payment_notice(verdict: &'static str) {
    counter!(PAYMENT_NOTICES, "verdict" => verdict).increment(1);
}
