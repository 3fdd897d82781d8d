//! NIK, nomor induk kependudukan: the number of a person.

use serde::{Deserialize, Serialize};

use super::{Fault, area16, check_area, digits, masked16, number, text, value};
use crate::Day;

/// A person's number, `PPKKCC DDMMYY SSSS`: the kecamatan of first registration by the Ministry of Home Affairs' codes (it may
/// be an old one), the birth date with 40 added to a woman's day, a serial number. 16 digits, no check digit, no century.
///
/// Serialised as its 16 digits; `Debug` masks it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nik([u8; 16]);

number!(Nik);

/// The sex that a NIK tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// Laki-laki.
    #[serde(rename = "L")]
    Male,
    /// Perempuan.
    #[serde(rename = "P")]
    Female,
}

impl Sex {
    /// `L` or `P`, as identity cards have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Male => "L",
            Self::Female => "P",
        }
    }

    /// Reads `L` or `P`.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Male, Self::Female]
            .into_iter()
            .find(|sex| sex.word() == word)
    }
}

/// What is odd about a number that may still be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Its kecamatan is in no table: perhaps an old code.
    UnknownArea,
    /// Another birth date than the one stated.
    OtherBirth,
    /// Another sex than the one stated.
    OtherSex,
}

impl Nik {
    /// Reads a NIK; blanks, dots and dashes do not matter.
    ///
    /// Errors: [`Fault::Missing`], [`Fault::Characters`], [`Fault::Digits`], [`Fault::Province`], [`Fault::Area`] for a city
    /// or kecamatan 00, [`Fault::Date`] for a day that no century has, [`Fault::Serial`] for 0000.
    pub fn parse(raw: &str) -> Result<Self, Fault> {
        let nik = Self(digits(raw)?);
        check_area(&nik.0)?;
        if nik.birthdays().next().is_none() {
            Err(Fault::Date)
        } else if value(&nik.0[12..]) == 0 {
            Err(Fault::Serial)
        } else {
            Ok(nik)
        }
    }

    /// The 16 digits, for storing encrypted and for the keyed hash.
    pub fn digits(self) -> String {
        text(&self.0)
    }

    /// For reading aloud: `357901 410795 0001`.
    pub fn spaced(self) -> String {
        format!(
            "{} {} {}",
            text(&self.0[..6]),
            text(&self.0[6..12]),
            text(&self.0[12..])
        )
    }

    /// As it is shown: `3579********0001`.
    pub fn masked(self) -> String {
        masked16(&self.0)
    }

    /// The kecamatan of first registration, such as `35.79.01`.
    pub fn area(self) -> String {
        area16(&self.0)
    }

    /// The sex: women have 40 added to the day.
    pub fn sex(self) -> Sex {
        if value(&self.0[6..8]) > 40 {
            Sex::Female
        } else {
            Sex::Male
        }
    }

    /// The birth date, in the latest century in which it is not after `today`.
    ///
    /// A person over a hundred seems a hundred years younger: where a birth date is stated, [`Self::is_born_on`] compares with it.
    pub fn born(self, today: Day) -> Day {
        let possible: Vec<Day> = self.birthdays().collect();
        possible
            .iter()
            .rev()
            .find(|day| **day <= today)
            .or(possible.first())
            .copied()
            .unwrap_or(today)
    }

    /// Whether the stated birth date, whose century decides, is the number's.
    pub fn is_born_on(self, stated: Day) -> bool {
        self.birthdays().any(|day| day == stated)
    }

    /// What is odd about the number beside what was stated; `knows` says whether the area table has a kecamatan such as `35.79.01`.
    pub fn doubts(
        self,
        born: Option<Day>,
        sex: Option<Sex>,
        knows: impl Fn(&str) -> bool,
    ) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        if !knows(&self.area()) {
            doubts.push(Doubt::UnknownArea);
        }
        if born.is_some_and(|stated| !self.is_born_on(stated)) {
            doubts.push(Doubt::OtherBirth);
        }
        if sex.is_some_and(|stated| stated != self.sex()) {
            doubts.push(Doubt::OtherSex);
        }
        doubts
    }

    /// The days that the six digits can mean, one a century from the nineteenth, earliest first.
    fn birthdays(self) -> impl Iterator<Item = Day> {
        let day = value(&self.0[6..8]);
        let day = if day > 40 { day - 40 } else { day };
        let (month, year) = (value(&self.0[8..10]), value(&self.0[10..12]));
        [1800, 1900, 2000].into_iter().filter_map(move |century| {
            Day::new(
                century + i32::from(year),
                u8::try_from(month).ok()?,
                u8::try_from(day).ok()?,
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn batu(area: &str) -> bool {
        ["35.79.01", "35.79.02", "35.79.03"].contains(&area)
    }

    /// The nine vectors; reference date 2026-11-24.
    #[test]
    fn the_vectors() {
        let today = day("2026-11-24");
        for (raw, sex, born, area) in [
            ("3579014107950001", Sex::Female, "1995-07-01", "35.79.01"),
            ("3579021708450003", Sex::Male, "1945-08-17", "35.79.02"),
            ("3579017112000012", Sex::Female, "2000-12-31", "35.79.01"),
            ("3579012902000001", Sex::Male, "2000-02-29", "35.79.01"),
        ] {
            let nik = Nik::parse(raw).expect(raw);
            assert_eq!((nik.sex(), nik.born(today)), (sex, day(born)), "{raw}");
            assert_eq!(nik.area(), area);
            assert_eq!(nik.doubts(Some(day(born)), Some(sex), batu), [], "{raw}");
        }
        for (raw, fault) in [
            ("3579012902010001", Fault::Date),
            ("3579033202990001", Fault::Date),
            ("3579010000000001", Fault::Date),
            ("9779010101900001", Fault::Province),
        ] {
            assert_eq!(Nik::parse(raw), Err(fault), "{raw}");
        }
        let odd = Nik::parse("3579992902000001").expect("valid");
        assert_eq!(odd.doubts(None, None, batu), [Doubt::UnknownArea]);
    }

    #[test]
    fn separators_do_not_matter_other_things_do() {
        let nik = Nik::parse(" 357901.410795-0001\u{a0}").expect("valid");
        assert_eq!(nik.spaced(), "357901 410795 0001");
        assert_eq!(Nik::parse(" .-"), Err(Fault::Missing));
        assert_eq!(
            Nik::parse("357901410795000"),
            Err(Fault::Digits {
                expected: 16,
                given: 15
            })
        );
        assert_eq!(
            Nik::parse("35790141079500011"),
            Err(Fault::Digits {
                expected: 16,
                given: 17
            })
        );
        assert_eq!(Nik::parse("357901410795000O"), Err(Fault::Characters));
        assert_eq!(Nik::parse("٣579014107950001"), Err(Fault::Characters));
        assert_eq!(Nik::parse("3500014107950001"), Err(Fault::Area));
        assert_eq!(Nik::parse("3579004107950001"), Err(Fault::Area));
        assert_eq!(Nik::parse("3579014107950000"), Err(Fault::Serial));
    }

    #[test]
    fn days_from_1_to_31_and_41_to_71() {
        for day in 0..=99 {
            let fits = (1..=31).contains(&day) || (41..=71).contains(&day);
            assert_eq!(
                Nik::parse(&format!("357901{day:02}01900001")).is_ok(),
                fits,
                "{day}"
            );
        }
    }

    #[test]
    fn the_stated_birth_date_decides_the_century() {
        let nik = Nik::parse("3579021708250003").expect("valid");
        assert_eq!(nik.born(day("2026-11-24")), day("2025-08-17"));
        assert!(nik.is_born_on(day("1925-08-17")));
        assert_eq!(
            nik.doubts(Some(day("1925-08-18")), Some(Sex::Female), batu),
            [Doubt::OtherBirth, Doubt::OtherSex]
        );
        let unborn = Nik::parse("3579022512260003").expect("valid");
        assert_eq!(unborn.born(day("2026-11-24")), day("1926-12-25"));
    }

    #[test]
    fn shown_and_logged_masked() {
        let nik = Nik::parse("3579014107950001").expect("valid");
        assert_eq!(format!("{nik:?}"), "3579********0001");
        assert_eq!(serde_json::to_string(&nik).unwrap(), "\"3579014107950001\"");
        assert!(serde_json::from_str::<Nik>("\"1\"").is_err());
    }
}
