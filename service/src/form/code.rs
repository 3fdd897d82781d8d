//! Going on with a form on another device, and leaving nothing behind on a shared one.

use super::Hand;
use crate::{Error, Result, Service, limit};

/// Crockford's base 32, upper case: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code: 75 bits.
const LENGTH: usize = 15;

/// Gives what is being filled in a code with which another device goes on; an earlier code no longer works.
///
/// Fifteen characters in groups of five. Only its keyed hash is kept. Errors: [`Error::NotFound`], [`Error::TooOften`].
pub async fn show_code(service: &Service, hand: &Hand, key: &str) -> Result<String> {
    if hand.owner.is_desk() {
        return Err(Error::Forbidden);
    }
    service
        .limits()
        .take(limit::DRAFT, &hand.address, service.now())?;
    let code: String = service
        .chance()
        .bytes::<LENGTH>()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .iter()
        .collect();
    let mark = service.keys().mark("form_code", &code);
    let (owner, key) = (hand.owner.clone(), key.to_owned());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let found = storage::form::find_open(tx, owner.as_str(), &key).await?;
                let draft = found.ok_or(Error::NotFound)?;
                Ok::<_, Error>(storage::form::set_code(tx, &draft.id, &mark).await?)
            })
        })
        .await?;
    Ok(format!("{}-{}-{}", &code[..5], &code[5..10], &code[10..]))
}

/// What somebody typed, as the code was made: small letters, `o` for 0, `i` and `l` for 1, blanks and dashes anywhere.
fn plain(typed: &str) -> Option<String> {
    let mut code = String::new();
    for c in typed.chars() {
        let c = match c.to_ascii_uppercase() {
            c if c.is_whitespace() || matches!(c, '-' | '.' | '_' | '\u{2010}'..='\u{2015}') => {
                continue;
            }
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        if code.len() == LENGTH || !c.is_ascii() || !ALPHABET.contains(&(c as u8)) {
            return None;
        }
        code.push(c);
    }
    (code.len() == LENGTH).then_some(code)
}

/// Lets this device go on with what belongs to a code; the form's word.
///
/// `None` for every code that does not work, whatever the reason. Errors: [`Error::TooOften`].
pub async fn resume_by_code(service: &Service, hand: &Hand, typed: &str) -> Result<Option<String>> {
    let now = service.now();
    service
        .limits()
        .take(limit::FORM_CODE, &hand.address, now)?;
    // Also what cannot be a code is looked for: the answer takes as long.
    let code = plain(typed).unwrap_or_default();
    let mark = service.keys().mark("form_code", &code);
    let owner = hand.owner.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let Some((id, key)) = storage::form::find_by_code(tx, &mark, now).await? else {
                    return Ok(None);
                };
                storage::form::hold(tx, owner.as_str(), &id).await?;
                // What was chosen is the newest: it is what this device goes on with.
                storage::form::touch(tx, &id, now).await?;
                Ok(Some(key))
            })
        })
        .await
}

/// Leaves nothing of what the owner fills in with this device: a shared computer. What has a code, or is held by another
/// device or an account, stays there; anything else is thrown away. Whether something stayed.
pub async fn forget(service: &Service, hand: &Hand) -> Result<bool> {
    let owner = hand.owner.clone();
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let mut stays = false;
                storage::form::delete_uploads(tx, owner.as_str()).await?;
                for held in storage::form::list_held(tx, owner.as_str()).await? {
                    storage::form::release(tx, owner.as_str(), &held.id).await?;
                    if held.is_sent {
                        continue;
                    }
                    if held.has_code || storage::form::holders(tx, &held.id).await? > 0 {
                        stays = true;
                    } else {
                        storage::form::delete(tx, &held.id).await?;
                    }
                }
                Ok(stays)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = "K7M2P9XQ4TABCD0";
        for typed in [
            "K7M2P-9XQ4T-ABCD0",
            " k7m2p 9xq4t abcdO ",
            "k7m2p.9xq4t–abcdo",
        ] {
            assert_eq!(plain(typed).as_deref(), Some(code), "{typed}");
        }
        for typed in [
            "",
            "K7M2P-9XQ4T",
            "K7M2P-9XQ4T-ABCD00",
            "K7M2P-9XQ4T-ABCDU",
            "🦀",
        ] {
            assert_eq!(plain(typed), None, "{typed}");
        }
    }
}
