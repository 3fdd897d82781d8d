//! Places of a form as words in fields and addresses.

use domain::form::edit::{Home, Place};

use crate::links;

/// A new form.
pub(super) const NEW: &str = "/kantor/formulir/baru";
/// Bringing one in.
pub(super) const IMPORT: &str = "/kantor/formulir/impor";

/// `question:nama`, `page:anak`, `section:kirim`, `check:GROUP:KEY`.
pub(super) fn word(place: &Place) -> String {
    match place {
        Place::Form => "form".to_owned(),
        Place::Service => "service".to_owned(),
        Place::Section(key) => format!("section:{key}"),
        Place::Page(key) => format!("page:{key}"),
        Place::Question(key) => format!("question:{key}"),
        Place::Check { group, key } => format!("check:{group}:{key}"),
    }
}

pub(super) fn of_word(word: &str) -> Option<Place> {
    let (kind, rest) = word.split_once(':')?;
    let key = rest.to_owned();
    match kind {
        "section" => Some(Place::Section(key)),
        "page" => Some(Place::Page(key)),
        "question" => Some(Place::Question(key)),
        "check" => {
            let (group, key) = rest.split_once(':')?;
            Some(Place::Check {
                group: group.to_owned(),
                key: key.to_owned(),
            })
        }
        _ => None,
    }
}

/// Where a question goes: `page:anak`, `group:saksi`.
pub(super) fn home_of_word(word: &str) -> Option<Home> {
    let (kind, key) = word.split_once(':')?;
    match kind {
        "page" => Some(Home::Page(key.to_owned())),
        "group" => Some(Home::Group(key.to_owned())),
        _ => None,
    }
}

/// A page of the builder.
pub(super) fn part(key: &str, tail: &str) -> String {
    format!("{}{tail}", links::form(key))
}

/// The order of pages and questions.
pub(super) fn outline(key: &str) -> String {
    part(key, "/susunan")
}

/// Where a place is edited.
pub(super) fn editor(key: &str, place: &Place) -> String {
    match place {
        Place::Form => part(key, "/susunan#formulir"),
        Place::Section(section) => part(key, &format!("/susunan#s-{section}")),
        Place::Service => part(key, "/layanan"),
        Place::Page(page) => part(key, &format!("/halaman/{}", links::encode(page))),
        Place::Question(question) => part(key, &format!("/pertanyaan/{}", links::encode(question))),
        Place::Check { group, key: check } => {
            let (group, check) = (links::encode(group), links::encode(check));
            part(key, &format!("/aturan?ubah={check}&dalam={group}#aturan"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_word() {
        let check = |group: &str| Place::Check {
            group: group.into(),
            key: "c".into(),
        };
        for place in [
            Place::Section("s".into()),
            Place::Page("p-1".into()),
            Place::Question("q".into()),
            check(""),
            check("g"),
        ] {
            assert_eq!(of_word(&word(&place)), Some(place));
        }
        assert_eq!((of_word("x:y"), of_word("page")), (None, None));
        assert_eq!(home_of_word("group:g"), Some(Home::Group("g".into())));
    }
}
