//! What to do when two writes of one person meet: the second looks again and goes on from what the first left.

use crate::{Conflict, Error, Result};

/// Most tries. From the second on a write waits for the others of the same person, so that more than a few mean a fault.
const TRIES: u32 = 12;

/// Does `attempt` until it has met no other write; it is told whether it follows a lost race.
pub(crate) async fn settle<T, F, Fut>(attempt: F) -> Result<T>
where
    F: Fn(bool) -> Fut,
    Fut: Future<Output = Result<T>>,
{
    for tries in 1.. {
        match attempt(tries > 1).await {
            Err(Error::Conflict(Conflict::Taken | Conflict::Stale)) if tries < TRIES => {}
            done => return done,
        }
    }
    Err(Error::Conflict(Conflict::Stale))
}
