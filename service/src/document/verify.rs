//! Whether a letter is one of ours and holds: anybody may ask.

use domain::reference::Reference;

use super::Letter;
use crate::{Error, Result, Service, limit};

/// The letter of a code as typed. `address` is the client's.
///
/// The same answer for what is no code, for a code that is not there, and for one mistyped, and each of them counts: nobody
/// finds letters by trying. Codes that are there cost nothing. Errors: [`Error::NotFound`], [`Error::TooOften`].
pub async fn verify(service: &Service, code: &str, address: &str) -> Result<Letter> {
    let now = service.now();
    service.limits().take(limit::VERIFY, address, now)?;
    let code = Reference::parse(code).map_err(|_| Error::NotFound)?;
    let mut tx = service.read().await?;
    let row = storage::document::find(&mut tx, &code.compact()).await?;
    let letter = Letter::read(row.ok_or(Error::NotFound)?)?;
    service.limits().give_back(limit::VERIFY, address);
    Ok(letter)
}
