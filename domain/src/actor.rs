//! Who acts, and the permissions that a deed requires.
//!
//! A deed takes a [`Permit`]; only the functions here make one. A forgotten check does not compile.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::{AccountId, AreaId, OfficeId};

/// What an account may do beside what every resident may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Votes, comments, follows.
    #[default]
    Resident,
    /// Looks after comments and statements.
    Moderator,
    /// Gives out roles and may do everything.
    Administrator,
}

impl Role {
    /// The word under which the role is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Moderator => "moderator",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the word; `None` when it is none of ours.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Resident, Self::Moderator, Self::Administrator]
            .into_iter()
            .find(|role| role.word() == word)
    }
}

/// A person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// The name as they write it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Offices for which they act as an officer.
    pub offices: Vec<OfficeId>,
    /// The desa or kelurahan they stated.
    pub home: Option<AreaId>,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody we know.
    Anonymous,
    /// Somebody signed in.
    Member(Member),
    /// The program itself: the command line and the jobs of the machine's administrator.
    System,
}

/// Why a deed is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// One must sign in first.
    #[error("sign in first")]
    SignIn,
    /// This account may not do it.
    #[error("not allowed")]
    Forbidden,
}

/// The right to do `Verb`, and in whose name.
#[derive(Clone, Debug)]
pub struct Permit<Verb> {
    by: Option<AccountId>,
    verb: PhantomData<Verb>,
}

impl<Verb> Permit<Verb> {
    const fn to(by: Option<AccountId>) -> Self {
        Self {
            by,
            verb: PhantomData,
        }
    }

    /// The account in whose name the deed is done; `None` for the program itself.
    pub const fn by(&self) -> Option<&AccountId> {
        self.by.as_ref()
    }
}

/// To take part as a resident: vote, judge statements, comment, follow.
#[derive(Clone, Debug)]
pub struct Participate;
/// To write, publish, extend, close and answer the consultations of an office.
#[derive(Clone, Debug)]
pub struct Author;
/// To work on the cases of an office.
#[derive(Clone, Debug)]
pub struct Handle;
/// To hide, accept and reject what residents wrote.
#[derive(Clone, Debug)]
pub struct Moderate;
/// To give out roles and change the city's own data.
#[derive(Clone, Debug)]
pub struct Administer;
/// To be in the back office at all.
#[derive(Clone, Debug)]
pub struct EnterOffice;

impl Actor {
    /// The member, when signed in.
    pub const fn member(&self) -> Option<&Member> {
        match self {
            Self::Member(member) => Some(member),
            _ => None,
        }
    }

    /// The account, when signed in.
    pub fn account(&self) -> Option<&AccountId> {
        self.member().map(|member| &member.account)
    }

    /// The member, or the demand to sign in.
    pub fn signed_in(&self) -> Result<&Member, Refusal> {
        self.member().ok_or(Refusal::SignIn)
    }

    /// Anybody signed in may take part.
    pub fn may_participate(&self) -> Result<Permit<Participate>, Refusal> {
        self.signed_in()
            .map(|member| Permit::to(Some(member.account.clone())))
    }

    /// Officers of the office, administrators and the program may author.
    pub fn may_author(&self, office: &OfficeId) -> Result<Permit<Author>, Refusal> {
        self.allowed(|m| m.role == Role::Administrator || m.offices.contains(office))
    }

    /// Officers of the office, administrators and the program may work on its cases.
    pub fn may_handle(&self, office: &OfficeId) -> Result<Permit<Handle>, Refusal> {
        self.allowed(|m| m.role == Role::Administrator || m.offices.contains(office))
    }

    /// Moderators, administrators and the program may moderate everywhere.
    pub fn may_moderate(&self) -> Result<Permit<Moderate>, Refusal> {
        self.allowed(|m| matches!(m.role, Role::Moderator | Role::Administrator))
    }

    /// Administrators and the program may administer.
    pub fn may_administer(&self) -> Result<Permit<Administer>, Refusal> {
        self.allowed(|m| m.role == Role::Administrator)
    }

    /// Officers, moderators and administrators may enter the back office.
    pub fn may_enter_office(&self) -> Result<Permit<EnterOffice>, Refusal> {
        self.allowed(|m| m.role != Role::Resident || !m.offices.is_empty())
    }

    fn allowed<Verb>(&self, rule: impl Fn(&Member) -> bool) -> Result<Permit<Verb>, Refusal> {
        match self {
            Self::System => Ok(Permit::to(None)),
            Self::Anonymous => Err(Refusal::SignIn),
            Self::Member(m) if rule(m) => Ok(Permit::to(Some(m.account.clone()))),
            Self::Member(_) => Err(Refusal::Forbidden),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(role: Role, office: Option<&str>) -> Actor {
        Actor::Member(Member {
            account: AccountId::new("a"),
            name: "A".into(),
            role,
            offices: office.map(OfficeId::new).into_iter().collect(),
            home: None,
        })
    }

    #[test]
    fn who_may_what() {
        let dishub = OfficeId::new("dishub");
        // actor, participate, author for dishub, moderate, administer, enter the office
        let table = [
            (Actor::Anonymous, [false, false, false, false, false]),
            (
                member(Role::Resident, None),
                [true, false, false, false, false],
            ),
            (
                member(Role::Resident, Some("dishub")),
                [true, true, false, false, true],
            ),
            (
                member(Role::Resident, Some("dlh")),
                [true, false, false, false, true],
            ),
            (
                member(Role::Moderator, None),
                [true, false, true, false, true],
            ),
            (
                member(Role::Administrator, None),
                [true, true, true, true, true],
            ),
            (Actor::System, [false, true, true, true, true]),
        ];
        for (actor, expected) in table {
            let found = [
                actor.may_participate().is_ok(),
                actor.may_author(&dishub).is_ok(),
                actor.may_moderate().is_ok(),
                actor.may_administer().is_ok(),
                actor.may_enter_office().is_ok(),
            ];
            assert_eq!(found, expected, "{actor:?}");
        }
    }

    #[test]
    fn anonymous_is_asked_to_sign_in_and_others_are_refused() {
        assert_eq!(Actor::Anonymous.may_moderate().err(), Some(Refusal::SignIn));
        assert_eq!(
            member(Role::Resident, None).may_moderate().err(),
            Some(Refusal::Forbidden)
        );
    }
}
