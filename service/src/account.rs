//! Accounts.

/// The price of a password hash (argon2id).
#[derive(Clone, Copy, Debug)]
pub struct Hashing {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Hashing {
    /// The floor that the OWASP Password Storage Cheat Sheet gives for argon2id: 19 MiB, two passes, one lane.
    pub const STANDARD: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    /// For tests alone.
    pub const CHEAP: Self = Self { memory_kib: 64, passes: 1 };
}

/// Who holds a session.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The member.
    pub actor: domain::Actor,
    /// The language of their choice.
    pub locale: Option<domain::Locale>,
    /// Unread notices.
    pub unread: i64,
}

/// Who holds this session's token; `None` when it is unknown or has ended.
pub async fn resolve(_service: &crate::Service, _token: &str) -> crate::Result<Option<SessionView>> {
    Ok(None)
}
