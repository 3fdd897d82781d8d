//! Offices of the city, which ask and answer.

use serde::{Deserialize, Serialize};

use crate::OfficeId;

/// An office of the city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its short word in addresses, such as `dishub`.
    pub id: OfficeId,
    /// Its full name.
    pub name: String,
    /// The name as people say it.
    pub short: String,
    /// Whom to ask: e-mail, telephone, as one text.
    pub contact: String,
}
