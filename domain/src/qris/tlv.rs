//! Tag, length, value: two digits each for tag and length, lengths in characters.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::Error;

/// A tag with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Two digits.
    pub tag: String,
    /// At most 99 characters.
    pub value: String,
}

impl Field {
    pub(super) fn new(tag: &str, value: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// CRC-16/CCITT-FALSE: polynomial 1021, begins with FFFF, nothing reflected, nothing added.
pub fn crc(bytes: &[u8]) -> u16 {
    let mut crc = 0xffff_u16;
    for byte in bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 {
                crc << 1
            } else {
                crc << 1 ^ 0x1021
            };
        }
    }
    crc
}

pub(super) fn parse(text: &str) -> Result<Vec<Field>, Error> {
    let chars: Vec<char> = text.chars().collect();
    let mut fields = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let broken = Error::Structure { at };
        let head = chars.get(at..at + 4).ok_or_else(|| broken.clone())?;
        if !head.iter().all(char::is_ascii_digit) {
            return Err(broken);
        }
        let digit = |c: char| c as usize - '0' as usize;
        let length = digit(head[2]) * 10 + digit(head[3]);
        let value = chars.get(at + 4..at + 4 + length).ok_or(broken)?;
        fields.push(Field {
            tag: head[..2].iter().collect(),
            value: value.iter().collect(),
        });
        at += 4 + length;
    }
    Ok(fields)
}

pub(super) fn write(fields: &[Field]) -> String {
    let mut text = String::new();
    for Field { tag, value } in fields {
        let length = value.chars().count();
        let _ = write!(text, "{tag}{length:02}{value}");
    }
    text
}

pub(super) fn find<'a>(fields: &'a [Field], tag: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|field| field.tag == tag)
        .map(|field| field.value.as_str())
}

/// Sets a tag's value, in its place by number when it is new.
pub(super) fn put(fields: &mut Vec<Field>, tag: &str, value: &str) {
    if let Some(field) = fields.iter_mut().find(|field| field.tag == tag) {
        value.clone_into(&mut field.value);
    } else {
        let place = fields.iter().position(|field| field.tag.as_str() > tag);
        fields.insert(place.unwrap_or(fields.len()), Field::new(tag, value));
    }
}
