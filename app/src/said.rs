//! What the next page says after a deed: a closed list of words in the address, never free text.

use domain::Locale;

use crate::t::said as t;

/// A sentence on the page after a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Saved.
    Saved,
    /// The vote stands.
    Voted,
    /// The vote was withdrawn.
    Withdrawn,
    /// The comment is public.
    Commented,
    /// The comment was changed.
    Edited,
    /// The comment was deleted.
    Deleted,
    /// The flag reached the moderators.
    Flagged,
    /// Now following.
    Followed,
    /// No longer following.
    Unfollowed,
    /// The statement waits for a moderator.
    StatementSent,
    /// Signed in.
    SignedIn,
    /// Signed out.
    SignedOut,
    /// The account is there.
    Registered,
    /// It is public now.
    Published,
    /// The decision is in force.
    Decided,
    /// Sign in to finish; what was typed is kept.
    KeptForSignIn,
    /// Removed.
    Removed,
    /// The message is with the other side.
    Sent,
    /// The case was taken back.
    TakenBack,
    /// The cases changed hands.
    Assigned,
    /// The bill is paid.
    Paid,
    /// Nothing of the one who was served is left on the screen.
    CounterEnded,
    /// The service takes requests again.
    ServiceOpened,
    /// The service takes no more requests.
    ServiceClosed,
}

const ALL: [(Said, &str); 24] = [
    (Said::Saved, "tersimpan"),
    (Said::Voted, "suara"),
    (Said::Withdrawn, "ditarik"),
    (Said::Commented, "tanggapan"),
    (Said::Edited, "diubah"),
    (Said::Deleted, "dihapus"),
    (Said::Flagged, "dilaporkan"),
    (Said::Followed, "diikuti"),
    (Said::Unfollowed, "berhenti"),
    (Said::StatementSent, "pernyataan"),
    (Said::SignedIn, "masuk"),
    (Said::SignedOut, "keluar"),
    (Said::Registered, "terdaftar"),
    (Said::Published, "terbit"),
    (Said::Decided, "diputuskan"),
    (Said::KeptForSignIn, "disimpan-dulu"),
    (Said::Removed, "dibuang"),
    (Said::Sent, "terkirim"),
    (Said::TakenBack, "dicabut"),
    (Said::Assigned, "diserahkan"),
    (Said::Paid, "lunas"),
    (Said::CounterEnded, "loket"),
    (Said::ServiceOpened, "dibuka"),
    (Said::ServiceClosed, "ditutup"),
];

impl Said {
    /// Its word in an address.
    pub fn word(self) -> &'static str {
        ALL.iter()
            .find(|(said, _)| *said == self)
            .map_or("", |(_, word)| word)
    }

    /// Reads the word; anything else says nothing.
    pub fn parse(word: &str) -> Option<Self> {
        ALL.iter().find(|(_, w)| *w == word).map(|(said, _)| *said)
    }

    /// The sentence.
    pub const fn sentence(self, locale: Locale) -> &'static str {
        match self {
            Self::Saved => t::saved(locale),
            Self::Voted => t::voted(locale),
            Self::Withdrawn => t::withdrawn(locale),
            Self::Commented => t::commented(locale),
            Self::Edited => t::edited(locale),
            Self::Deleted => t::deleted(locale),
            Self::Flagged => t::flagged(locale),
            Self::Followed => t::followed(locale),
            Self::Unfollowed => t::unfollowed(locale),
            Self::StatementSent => t::statement_sent(locale),
            Self::SignedIn => t::signed_in(locale),
            Self::SignedOut => t::signed_out(locale),
            Self::Registered => t::registered(locale),
            Self::Published => t::published(locale),
            Self::Decided => t::decided(locale),
            Self::KeptForSignIn => t::kept_for_sign_in(locale),
            Self::Removed => t::removed(locale),
            Self::Sent => t::sent(locale),
            Self::TakenBack => t::taken_back(locale),
            Self::Assigned => t::assigned(locale),
            Self::Paid => t::paid(locale),
            Self::CounterEnded => t::counter_ended(locale),
            Self::ServiceOpened => t::service_opened(locale),
            Self::ServiceClosed => t::service_closed(locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_and_others_say_nothing() {
        for (said, word) in ALL {
            assert_eq!(Said::parse(word), Some(said));
            assert_eq!(said.word(), word);
        }
        assert_eq!(Said::parse("<script>"), None);
    }
}
