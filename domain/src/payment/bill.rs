use crate::{CaseId, Day, OfficeId};

/// What a bill is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The fee of a service that was asked for.
    Case(CaseId),
    /// A year's tax on a property: the identity of the tax bill.
    Tax(String),
}

/// A bill to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBill {
    /// What it is about.
    pub subject: Subject,
    /// Who is paid.
    pub office: OfficeId,
    /// What it is for, in Indonesian.
    pub title_id: String,
    /// What it is for, in English.
    pub title_en: String,
    /// Whole Rupiah, more than nothing.
    pub amount: u64,
    /// The last day for paying.
    pub due: Day,
}

/// A name for people who need not know whose it is: the first letter of each word, `S*** A***`.
pub fn masked_name(name: &str) -> String {
    let words: Vec<String> = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .map(|first| format!("{first}***"))
        .collect();
    words.join(" ")
}
