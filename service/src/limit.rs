//! How often somebody may do something: a bucket of tokens for each deed and person.

use std::{collections::HashMap, sync::Mutex};

use domain::Timestamp;

use crate::{Error, Result};

/// A rule: `burst` at once, then one more every `seconds`.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The deed, as a stable word.
    pub deed: &'static str,
    /// Most at once.
    pub burst: u32,
    /// Seconds until one more is allowed.
    pub seconds: u32,
}

/// Tries to sign in, by account: slow guessing of one password.
pub const SIGN_IN: Rule = Rule {
    deed: "sign-in",
    burst: 10,
    seconds: 60,
};
/// Tries to sign in, by address: slow guessing of many accounts.
pub const SIGN_IN_ADDRESS: Rule = Rule {
    deed: "sign-in-address",
    burst: 60,
    seconds: 5,
};
/// New accounts, by address. A village may share one.
pub const REGISTER: Rule = Rule {
    deed: "register",
    burst: 40,
    seconds: 60,
};
/// Comments, by account.
pub const COMMENT: Rule = Rule {
    deed: "comment",
    burst: 10,
    seconds: 30,
};
/// Statements, by account.
pub const STATEMENT: Rule = Rule {
    deed: "statement",
    burst: 10,
    seconds: 60,
};
/// Votes, judgements, supports and flags, by account.
pub const VOTE: Rule = Rule {
    deed: "vote",
    burst: 120,
    seconds: 1,
};
/// Drafts that are kept while somebody types, by address.
pub const DRAFT: Rule = Rule {
    deed: "draft",
    burst: 240,
    seconds: 1,
};
/// Files, by account.
pub const FILE: Rule = Rule {
    deed: "file",
    burst: 20,
    seconds: 30,
};
/// Wrong pairs of reference and digits, by address. A village may share one.
pub const TRACK: Rule = Rule {
    deed: "track",
    burst: 20,
    seconds: 30,
};
/// Wrong digits for one reference: guessing all of them would take weeks.
pub const TRACK_CASE: Rule = Rule {
    deed: "track-case",
    burst: 5,
    seconds: 300,
};
/// Codes of letters that are asked for and not there, by address. A village may share one.
pub const VERIFY: Rule = Rule {
    deed: "verify",
    burst: 20,
    seconds: 30,
};
/// Messages about cases, by account or by case.
pub const CASE: Rule = Rule {
    deed: "case",
    burst: 20,
    seconds: 30,
};

/// Files of forms, by address. A family card has many members, a village may share an address.
pub const FORM_FILE: Rule = Rule {
    deed: "form-file",
    burst: 120,
    seconds: 5,
};
/// Pieces of files, by address: forty of them are the largest file.
pub const FORM_PART: Rule = Rule {
    deed: "form-part",
    burst: 600,
    seconds: 1,
};
/// Forms that are begun or handed in, by address.
pub const FORM: Rule = Rule {
    deed: "form",
    burst: 60,
    seconds: 20,
};
/// Codes to go on with a form that are tried, by address: nobody guesses one.
pub const FORM_CODE: Rule = Rule {
    deed: "form-code",
    burst: 10,
    seconds: 60,
};

/// Codes of bills that are not there, by address: nobody guesses one.
pub const BILL: Rule = Rule {
    deed: "bill",
    burst: 20,
    seconds: 30,
};
/// Payment codes that are asked for, by address. A village may share one.
pub const BILL_NEW: Rule = Rule {
    deed: "bill-new",
    burst: 60,
    seconds: 5,
};
/// Looks at the taxes of properties, by address: numbers follow one another, and nobody is to walk through them.
pub const TAX: Rule = Rule {
    deed: "tax",
    burst: 40,
    seconds: 30,
};

/// From so many people on, the buckets that are full again are forgotten.
const REMEMBERED: usize = 50_000;

/// The buckets. They live in memory: a restart fills them.
#[derive(Debug, Default)]
pub struct Limits(Mutex<Buckets>);

#[derive(Debug, Default)]
struct Buckets {
    of: HashMap<(&'static str, String), Bucket>,
    /// How many are looked through next for those that are full again.
    sweep_at: usize,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
    full_at: Timestamp,
}

impl Buckets {
    /// Forgets the full ones, once the buckets have doubled: a look at all of them costs each request next to nothing.
    fn sweep(&mut self, now: Timestamp) {
        if self.of.len() >= self.sweep_at.max(REMEMBERED) {
            self.of.retain(|_, bucket| bucket.full_at > now);
            self.sweep_at = 2 * self.of.len();
        }
    }
}

impl Limits {
    /// Takes one token of `who`; [`Error::TooOften`] when there is none.
    pub fn take(&self, rule: Rule, who: &str, now: Timestamp) -> Result<()> {
        let mut buckets = self
            .0
            .lock()
            .expect("nobody panics while holding the buckets");
        buckets.sweep(now);
        let bucket = buckets
            .of
            .entry((rule.deed, who.to_owned()))
            .or_insert(Bucket {
                tokens: f64::from(rule.burst),
                at: now,
                full_at: now,
            });
        // A clock that goes back gives nothing.
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds between two requests are few"
        )]
        let passed = (now.0 - bucket.at.0).max(0) as f64 / 1000.0;
        bucket.tokens =
            (bucket.tokens + passed / f64::from(rule.seconds)).min(f64::from(rule.burst));
        bucket.at = now;
        // Never too early: forgotten, it would begin as full.
        bucket.full_at =
            Timestamp(now.0 + i64::from(rule.burst + 1) * i64::from(rule.seconds) * 1000);
        if bucket.tokens < 1.0 {
            return Err(Error::TooOften {
                seconds: rule.seconds,
            });
        }
        bucket.tokens -= 1.0;
        Ok(())
    }

    /// Gives a token back that was taken for nothing: where only failures are to count.
    pub fn give_back(&self, rule: Rule, who: &str) {
        let mut buckets = self
            .0
            .lock()
            .expect("nobody panics while holding the buckets");
        if let Some(bucket) = buckets.of.get_mut(&(rule.deed, who.to_owned())) {
            bucket.tokens = (bucket.tokens + 1.0).min(f64::from(rule.burst));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limits = Limits::default();
        let rule = Rule {
            deed: "x",
            burst: 2,
            seconds: 10,
        };
        let at = |s: i64| Timestamp(s * 1000);
        assert!(limits.take(rule, "a", at(0)).is_ok());
        assert!(limits.take(rule, "a", at(0)).is_ok());
        assert!(matches!(
            limits.take(rule, "a", at(1)),
            Err(Error::TooOften { seconds: 10 })
        ));
        assert!(
            limits.take(rule, "b", at(1)).is_ok(),
            "another person has a bucket of their own"
        );
        assert!(limits.take(rule, "a", at(11)).is_ok());
        assert!(
            limits.take(rule, "a", at(5)).is_err(),
            "a clock that goes back gives nothing"
        );
        limits.give_back(rule, "a");
        assert!(
            limits.take(rule, "a", at(11)).is_ok(),
            "what was given back can be taken again"
        );
        limits.give_back(rule, "unknown");
    }

    #[test]
    fn many_people_are_forgotten_once_their_buckets_are_full_and_nobody_gains_by_it() {
        let limits = Limits::default();
        let rule = Rule {
            deed: "x",
            burst: 1,
            seconds: 10,
        };
        assert!(limits.take(rule, "early", Timestamp(0)).is_ok());
        for n in 0..REMEMBERED {
            let _ = limits.take(rule, &n.to_string(), Timestamp(60_000));
        }
        assert!(limits.take(rule, "late", Timestamp(61_000)).is_ok());
        let of = |limits: &Limits| limits.0.lock().expect("is free").of.len();
        assert!(
            of(&limits) <= REMEMBERED + 1,
            "who was full again is forgotten"
        );
        assert!(limits.take(rule, "0", Timestamp(61_000)).is_err());
        let long_after = Timestamp(600_000);
        for n in 0..REMEMBERED {
            let _ = limits.take(rule, &format!("second {n}"), long_after);
        }
        assert!(
            of(&limits) <= REMEMBERED + 1,
            "the first crowd made room for the second"
        );
    }
}
