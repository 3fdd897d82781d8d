//! NOP, nomor objek pajak: the number of a taxed property.

use serde::{Deserialize, Serialize};

use super::{Fault, digits, number, text, value};

/// A property's number in the local land and building tax (PBB-P2, layout of PER-12/PJ/2010): 18 digits
/// `PP KK CCC LLL BBB UUUU S`. Its areas are **statistical (BPS) codes**, not the Ministry's that a NIK has.
///
/// PER-48/PJ/2015 describes another layout of 18 digits for the central government's tax; this is not it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nop([u8; 18]);

number!(Nop);

/// What the last digit tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// 0: one owner.
    One,
    /// 9: shared use.
    Shared,
    /// 7: entered through SISTEP.
    Sistep,
    /// A digit that the sources do not explain.
    Other(u8),
}

/// The kecamatan of a city as its tax office numbers them. Data, since only the tax office can confirm it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxArea {
    /// Province and city, four digits: `3579`.
    pub city: String,
    /// Codes of three digits with the names of the kecamatan.
    pub districts: Vec<(String, String)>,
    /// Where the table is from and whether it is confirmed; shown beside what follows from it.
    #[serde(default)]
    pub note: String,
}

impl Nop {
    /// Reads a number; blanks, dots and dashes do not matter.
    ///
    /// Errors: [`Fault::Missing`], [`Fault::Characters`], [`Fault::Digits`], [`Fault::Area`] for parts of zeros before the
    /// block, [`Fault::Serial`].
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let nop = Self(digits(raw)?);
        let parts = [0..2, 2..4, 4..7, 7..10];
        if parts.into_iter().any(|part| value(&nop.0[part]) == 0) {
            Err(Fault::Area)
        } else if value(&nop.0[13..17]) == 0 {
            Err(Fault::Serial)
        } else {
            Ok(nop)
        }
    }

    /// Whether it lies in the city of the table, in a kecamatan that it has; the kecamatan's name.
    ///
    /// Errors: [`Fault::OtherCity`], [`Fault::District`].
    pub fn district_in(self, table: &TaxArea) -> Result<&str, Fault> {
        if text(&self.0[..4]) != table.city {
            return Err(Fault::OtherCity);
        }
        let code = text(&self.0[4..7]);
        let found = table.districts.iter().find(|(known, _)| *known == code);
        found.map(|(_, name)| name.as_str()).ok_or(Fault::District)
    }

    /// The 18 digits.
    pub fn digits(self) -> String {
        text(&self.0)
    }

    /// As it is usually printed: `35.79.010.001.001-0001.0`.
    pub fn dotted(self) -> String {
        format!(
            "{}.{}.{}.{}.{}-{}.{}",
            text(&self.0[..2]),
            text(&self.0[2..4]),
            text(&self.0[4..7]),
            text(&self.0[7..10]),
            text(&self.0[10..13]),
            text(&self.0[13..17]),
            text(&self.0[17..])
        )
    }

    /// For people who need not know which property: `35.79.010.001.***-****.0`.
    pub fn masked(self) -> String {
        format!(
            "{}.{}.{}.{}.***-****.{}",
            text(&self.0[..2]),
            text(&self.0[2..4]),
            text(&self.0[4..7]),
            text(&self.0[7..10]),
            text(&self.0[17..])
        )
    }

    /// What the last digit tells.
    pub fn sharing(self) -> Sharing {
        match self.0[17] - b'0' {
            0 => Sharing::One,
            9 => Sharing::Shared,
            7 => Sharing::Sistep,
            other => Sharing::Other(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batu() -> TaxArea {
        TaxArea {
            city: "3579".into(),
            districts: [("010", "Batu"), ("020", "Junrejo"), ("030", "Bumiaji")]
                .map(|(code, name)| (code.to_owned(), name.to_owned()))
                .to_vec(),
            note: String::new(),
        }
    }

    #[test]
    fn as_printed_and_as_digits() {
        let nop = Nop::parse("35.79.010.001.001-0001.0").expect("valid");
        assert_eq!(nop.digits(), "357901000100100010");
        assert_eq!(Nop::parse("357901000100100010"), Ok(nop));
        assert_eq!(nop.dotted(), "35.79.010.001.001-0001.0");
        assert_eq!(format!("{nop:?}"), "35.79.010.001.***-****.0");
        assert_eq!(nop.sharing(), Sharing::One);
        assert_eq!(
            Nop::parse("357901000100100019").unwrap().sharing(),
            Sharing::Shared
        );
        assert_eq!(
            Nop::parse("357901000100100017").unwrap().sharing(),
            Sharing::Sistep
        );
        assert_eq!(
            Nop::parse("357901000100100013").unwrap().sharing(),
            Sharing::Other(3)
        );
    }

    /// The trap: 020 is Junrejo here and Bumiaji in a NIK.
    #[test]
    fn districts_are_the_tax_offices() {
        let district =
            |raw: &str| Nop::parse(raw).and_then(|nop| nop.district_in(&batu()).map(str::to_owned));
        assert_eq!(district("357901000100100010"), Ok("Batu".into()));
        assert_eq!(district("357902000100100010"), Ok("Junrejo".into()));
        assert_eq!(district("357903000100100010"), Ok("Bumiaji".into()));
        assert_eq!(district("357904000100100010"), Err(Fault::District));
        assert_eq!(district("357801000100100010"), Err(Fault::OtherCity));
        assert_eq!(
            district("35790100010010001"),
            Err(Fault::Digits {
                expected: 18,
                given: 17
            })
        );
        assert_eq!(district("357900000100100010"), Err(Fault::Area));
        assert_eq!(district("357901000100100000"), Err(Fault::Serial));
        assert_eq!(district("35-79/010"), Err(Fault::Characters));
    }
}
