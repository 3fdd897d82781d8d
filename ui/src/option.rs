/// One thing to choose in a select, radios or checkboxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choosable {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    /// In a select, the heading below which it stands together with its neighbours.
    pub group: Option<String>,
}

impl Choosable {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
            group: None,
        }
    }

    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
