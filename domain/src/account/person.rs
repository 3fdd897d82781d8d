//! What an account may keep for forms to begin with. Never asked for; gone when the person takes it out.

use serde::{Deserialize, Serialize};

use crate::{
    Invalid, Problem,
    identity::{Fault, Kk, Nik},
    phone::Phone,
};

/// What is kept. Stored sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The telephone number.
    pub phone: Option<Phone>,
    /// The person's NIK.
    pub nik: Option<Nik>,
    /// The number of their family card.
    pub kk: Option<Kk>,
}

/// The form as typed. The numbers are shown masked alone, so that an empty field leaves what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonForm {
    /// Field `phone`; empty takes it out.
    pub phone: String,
    /// Field `nik`; empty leaves what is there.
    pub nik: String,
    /// Takes the NIK out.
    pub drop_nik: bool,
    /// Field `kk`; empty leaves what is there.
    pub kk: String,
    /// Takes the KK out.
    pub drop_kk: bool,
}

impl Person {
    /// Whether nothing is kept.
    pub const fn is_empty(&self) -> bool {
        self.phone.is_none() && self.nik.is_none() && self.kk.is_none()
    }

    /// What is kept after the form. Errors: fields `phone`, `nik` and `kk`: [`Problem::Malformed`].
    pub fn after(&self, form: &PersonForm) -> Result<Self, Invalid> {
        let mut invalid = Invalid::default();
        let phone = match Phone::parse(&form.phone) {
            Err(Problem::Missing) => Ok(None),
            other => other.map(Some),
        };
        let phone = invalid.take("phone", phone);
        let nik = kept(Nik::parse(&form.nik), form.drop_nik, self.nik);
        let nik = invalid.take("nik", nik);
        let kk = kept(Kk::parse(&form.kk), form.drop_kk, self.kk);
        let kk = invalid.take("kk", kk);
        match (phone, nik, kk) {
            (Some(phone), Some(nik), Some(kk)) => Ok(Self { phone, nik, kk }),
            _ => Err(invalid),
        }
    }
}

/// A new number, what there is, or nothing.
fn kept<T>(typed: Result<T, Fault>, drop: bool, there: Option<T>) -> Result<Option<T>, Problem> {
    match typed {
        _ if drop => Ok(None),
        Ok(number) => Ok(Some(number)),
        Err(Fault::Missing) => Ok(there),
        Err(_) => Err(Problem::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_until_they_are_changed_or_taken_out() {
        let form = PersonForm {
            phone: "0812-3456-7890".into(),
            nik: "3579 0141 0795 0001".into(),
            ..PersonForm::default()
        };
        let first = Person::default().after(&form).expect("is sound");
        assert_eq!(
            first.nik.map(Nik::masked).as_deref(),
            Some("3579********0001")
        );
        let empty = first.after(&PersonForm::default()).expect("is sound");
        assert_eq!((empty.phone, empty.nik), (None, first.nik));
        let drop = PersonForm {
            drop_nik: true,
            nik: "bukan angka".into(),
            ..PersonForm::default()
        };
        assert!(first.after(&drop).expect("is sound").is_empty());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let form = PersonForm {
            phone: "12".into(),
            nik: "3579012902010001".into(),
            kk: "1".into(),
            ..PersonForm::default()
        };
        let invalid = Person::default().after(&form).expect_err("is wrong");
        for field in ["phone", "nik", "kk"] {
            assert_eq!(invalid.of(field), Some(&Problem::Malformed), "{field}");
        }
    }
}
