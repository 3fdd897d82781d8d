//! Where one is in the form, as the mark of the address says it.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Page(String),
    /// A page, and the item of a group such as `saksi.2`.
    Item(String, String),
    Check,
    /// The key of what was finished.
    Sent(String),
}

impl Place {
    /// What the mark of the address says; `None` for the mark of a field.
    pub(super) fn of_mark() -> Option<Self> {
        let mark = browser::window()?.location().hash().ok()?;
        Self::read(mark.strip_prefix('#')?)
    }

    pub(super) fn read(path: &str) -> Option<Self> {
        let mut parts = path.split('/').skip(1);
        match (parts.next()?, parts.next(), parts.next()) {
            ("isi", Some(page), None) => Some(Self::Page(page.to_owned())),
            ("isi", Some(page), Some(item)) => Some(Self::Item(page.to_owned(), item.to_owned())),
            ("periksa", None, None) => Some(Self::Check),
            ("terkirim", Some(key), None) => Some(Self::Sent(key.to_owned())),
            _ => None,
        }
    }

    /// Where an item belongs: its page, or the item around it.
    pub(super) fn above(page: &str, item: &str) -> Self {
        let group = item.rsplit_once('.').map_or("", |(group, _)| group);
        match group.rsplit_once('.') {
            Some((outer, _)) => Self::Item(page.to_owned(), outer.to_owned()),
            None => Self::Page(page.to_owned()),
        }
    }

    pub(super) fn mark(&self) -> String {
        match self {
            Self::Page(page) => format!("#/isi/{page}"),
            Self::Item(page, item) => format!("#/isi/{page}/{item}"),
            Self::Check => "#/periksa".to_owned(),
            Self::Sent(key) => format!("#/terkirim/{key}"),
        }
    }
}

/// Goes to another place of the form; the browser's way back leads through all of them.
pub(super) fn go(place: &Place) {
    if let Some(window) = browser::window() {
        let _ = window.location().set_hash(&place.mark());
    }
}
