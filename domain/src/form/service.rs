//! What surrounds a form: the public service that it asks for.

use serde::{Deserialize, Serialize};

use super::{Answer, Answers, Definition, Text};
use crate::{Day, Locale, deadline::Limit};

/// Longest time for which cases of a service are kept, in days: ten years.
pub const RETENTION: u32 = 3_653;

/// A public service. It goes with one version of its [`Definition`]: a case is judged by the version it began with.
///
/// ```
/// use domain::form::{Fee, LifeEvent, Service};
///
/// let service: Service = serde_json::from_str(r#"{
///     "office": "dispendukcapil",
///     "life_event": "birth",
///     "summary": { "id": "Dapatkan akta untuk anak yang baru lahir.", "en": "Get a certificate for a newborn child." },
///     "standard": {
///         "requirements": { "id": "KTP dan KK orang tua.", "en": "Identity and family card of the parents." },
///         "fee": { "id": "Gratis.", "en": "Free of charge." }
///     },
///     "fee": "free",
///     "limit": { "unit": "working_days", "length": 5, "pauses": true, "note": "belum diverifikasi" },
///     "retention_days": 1825,
///     "is_online": true,
///     "opens": "2026-01-01"
/// }"#)?;
/// assert_eq!((service.life_event, service.fee.clone()), (LifeEvent::Birth, Fee::Free));
/// // Before it is published, all fourteen components must be there, in both languages.
/// assert_eq!(service.lint().len(), 24);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The key of the office that answers.
    pub office: String,
    /// Where people look for it.
    pub life_event: LifeEvent,
    /// What it is good for, in one sentence.
    pub summary: Text,
    /// The service standard.
    pub standard: Standard,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Fee::is_free")]
    pub fee: Fee,
    /// How long the city has.
    pub limit: Limit,
    /// For how many days after its end a case is kept, 1 to [`RETENTION`].
    pub retention_days: u32,
    /// Whether it can be asked for here, or is only described.
    pub is_online: bool,
    /// The first day on which it can be asked for; since ever, where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<Day>,
    /// The last day on which it can be asked for; without end, where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Day>,
    /// What is unverified about it, told to those who edit it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The moment in life in which somebody needs a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeEvent {
    /// A child is born.
    Birth,
    /// Family and identity papers change.
    Family,
    /// Somebody moves house.
    Moving,
    /// Land, houses, taxes.
    Land,
    /// Work and trade.
    Business,
    /// School and learning.
    Learning,
    /// Health and care.
    Health,
    /// Somebody dies.
    Death,
    /// Knowing what the city knows.
    Information,
    /// Anything else.
    Other,
}

impl LifeEvent {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Birth,
        Self::Family,
        Self::Moving,
        Self::Land,
        Self::Business,
        Self::Learning,
        Self::Health,
        Self::Death,
        Self::Information,
        Self::Other,
    ];

    /// Its word in addresses and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Birth => "birth",
            Self::Family => "family",
            Self::Moving => "moving",
            Self::Land => "land",
            Self::Business => "business",
            Self::Learning => "learning",
            Self::Health => "health",
            Self::Death => "death",
            Self::Information => "information",
            Self::Other => "other",
        }
    }

    /// The one of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }
}

/// What a service costs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fee {
    /// Nothing.
    #[default]
    Free,
    /// So many Rupiah.
    Fixed(u64),
    /// What the form reckons: the key of a question with an amount of money.
    Answer(String),
}

impl Fee {
    /// The amount in Rupiah for these answers: 0 of what is free, or was not reckoned.
    pub fn amount(&self, answers: &Answers) -> u64 {
        match self {
            Self::Free => 0,
            Self::Fixed(rupiah) => *rupiah,
            Self::Answer(question) => match answers.get(question) {
                Some(Answer::Money(rupiah)) => *rupiah,
                _ => 0,
            },
        }
    }

    const fn is_free(&self) -> bool {
        matches!(self, Self::Free)
    }
}

macro_rules! standard {
    ($($(#[$doc:meta])* $field:ident: $component:ident,)+) => {
        /// The service standard that the law asks every service to publish (PermenPANRB 15/2014): six components of delivery, eight of
        /// what stands behind it. Plain text; lines that begin with `- ` make a list.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Standard {
            $($(#[$doc])* #[serde(default, skip_serializing_if = "Text::is_empty")] pub $field: Text,)+
        }

        /// A component of the [`Standard`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Component {
            $($(#[$doc])* $component,)+
        }

        impl Component {
            /// All fourteen, in the order of the law.
            pub const ALL: [Self; 14] = [$(Self::$component,)+];

            /// Its word in JSON.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$component => stringify!($field),)+
                }
            }
        }

        impl Standard {
            /// The text of a component.
            pub const fn get(&self, component: Component) -> &Text {
                match component {
                    $(Component::$component => &self.$field,)+
                }
            }

            /// The text of a component, to be changed.
            pub const fn get_mut(&mut self, component: Component) -> &mut Text {
                match component {
                    $(Component::$component => &mut self.$field,)+
                }
            }
        }
    };
}

standard! {
    /// What one must bring: persyaratan.
    requirements: Requirements,
    /// How it goes: sistem, mekanisme, dan prosedur.
    procedure: Procedure,
    /// How long it takes: jangka waktu penyelesaian.
    time: Time,
    /// What it costs: biaya/tarif.
    fee: Fee,
    /// What one gets: produk pelayanan.
    product: Product,
    /// Where to complain: penanganan pengaduan, saran, dan masukan.
    complaints: Complaints,
    /// The law behind it: dasar hukum.
    legal_basis: LegalBasis,
    /// Rooms and equipment: sarana, prasarana, dan/atau fasilitas.
    facilities: Facilities,
    /// What the staff can do: kompetensi pelaksana.
    competence: Competence,
    /// Who watches: pengawasan internal.
    supervision: Supervision,
    /// How many work on it: jumlah pelaksana.
    staff: Staff,
    /// What is promised: jaminan pelayanan.
    guarantee: Guarantee,
    /// How safe it is: jaminan keamanan dan keselamatan pelayanan.
    safety: Safety,
    /// How it is judged: evaluasi kinerja pelaksana.
    evaluation: Evaluation,
}

/// What is missing before a service can be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "gap")]
pub enum Gap {
    /// No office.
    Office,
    /// No summary in a language.
    Summary {
        /// The language.
        locale: Locale,
    },
    /// No text of a component of the standard in a language.
    Component {
        /// The component.
        component: Component,
        /// The language.
        locale: Locale,
    },
    /// A time to answer in, or its extension, that cannot be.
    Limit,
    /// No time for which cases are kept, or one beyond [`RETENTION`].
    Retention,
    /// It closes before it opens.
    Span,
    /// The fee comes from a question that the form does not have, or that is no amount of money.
    Fee,
}

/// Whether somebody can ask for a service on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Opening {
    /// They can.
    Open,
    /// From that day on.
    Later {
        /// The first day.
        opens: Day,
    },
    /// No more since the day after that one.
    Over {
        /// The last day.
        closed: Day,
    },
    /// Only at the office.
    Offline,
}

impl Service {
    /// Whether it can be asked for on a day.
    pub fn opening(&self, today: Day) -> Opening {
        if !self.is_online {
            return Opening::Offline;
        }
        match (self.opens, self.closes) {
            (_, Some(closed)) if closed < today => Opening::Over { closed },
            (Some(opens), _) if today < opens => Opening::Later { opens },
            _ => Opening::Open,
        }
    }

    /// What is missing, beside what the form itself says ([`Bundle::gaps`] looks at both).
    pub fn lint(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let mut expect = |holds: bool, gap: Gap| {
            if !holds {
                gaps.push(gap);
            }
        };
        expect(!self.office.trim().is_empty(), Gap::Office);
        let written = |text: &Text, locale| match locale {
            Locale::Id => !text.id.trim().is_empty(),
            Locale::En => !text.en.trim().is_empty(),
        };
        for locale in [Locale::Id, Locale::En] {
            expect(written(&self.summary, locale), Gap::Summary { locale });
        }
        for component in Component::ALL {
            for locale in [Locale::Id, Locale::En] {
                let text = self.standard.get(component);
                expect(written(text, locale), Gap::Component { component, locale });
            }
        }
        expect((1..=3_650).contains(&self.limit.length), Gap::Limit);
        expect(
            (1..=RETENTION).contains(&self.retention_days),
            Gap::Retention,
        );
        let span = self.opens.zip(self.closes);
        expect(
            span.is_none_or(|(opens, closes)| opens <= closes),
            Gap::Span,
        );
        gaps
    }
}

/// A service with its form, as it is imported and exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The service.
    pub service: Service,
    /// The form.
    pub definition: Definition,
}

impl Bundle {
    /// What is missing before it can be published, beside what [`super::lint`] finds in the form.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = self.service.lint();
        if let Fee::Answer(question) = &self.service.fee {
            use super::{Kind, Unit};
            let is_money = self.definition.question(question).is_some_and(|found| {
                matches!(
                    found.kind,
                    Kind::Money { .. }
                        | Kind::Calculated {
                            unit: Unit::Money,
                            ..
                        }
                )
            });
            if !is_money {
                gaps.push(Gap::Fee);
            }
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::tests::birth;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn service() -> Service {
        serde_json::from_str(
            r#"{"office":"dispendukcapil","life_event":"birth","summary":{"id":"a","en":"b"},"standard":{},
            "limit":{"unit":"days","length":5},"retention_days":365,"is_online":true}"#,
        )
        .unwrap()
    }

    #[test]
    fn import_and_export_are_the_same_bytes() {
        let bundle = Bundle {
            service: service(),
            definition: birth(),
        };
        let text = serde_json::to_string_pretty(&bundle).unwrap();
        let again: Bundle = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string_pretty(&again).unwrap(), text);
        assert_eq!(again, bundle);
        let odd = text.replace("\"is_online\"", "\"online\"");
        assert!(serde_json::from_str::<Bundle>(&odd).is_err());
    }

    #[test]
    fn it_opens_and_closes_with_the_day() {
        let mut one = service();
        let today = day("2026-11-24");
        assert_eq!(one.opening(today), Opening::Open);
        one.closes = Some(today);
        one.opens = Some(today);
        assert_eq!(one.opening(today), Opening::Open);
        let closed = day("2026-11-23");
        one.opens = None;
        one.closes = Some(closed);
        assert_eq!(one.opening(today), Opening::Over { closed });
        let opens = day("2026-11-25");
        one.closes = None;
        one.opens = Some(opens);
        assert_eq!(one.opening(today), Opening::Later { opens });
        one.is_online = false;
        assert_eq!(one.opening(today), Opening::Offline);
    }

    #[test]
    fn every_gap_is_found() {
        let mut one = service();
        assert_eq!(one.lint().len(), 28);
        one.office.clear();
        one.summary.en.clear();
        one.limit.length = 0;
        one.retention_days = 0;
        one.opens = Some(day("2026-11-24"));
        one.closes = Some(day("2026-11-23"));
        let found = one.lint();
        for gap in [
            Gap::Office,
            Gap::Summary { locale: Locale::En },
            Gap::Limit,
            Gap::Retention,
            Gap::Span,
        ] {
            assert!(found.contains(&gap), "{gap:?}");
        }
        let mut bundle = Bundle {
            service: one,
            definition: birth(),
        };
        bundle.service.fee = Fee::Answer("berat".into());
        assert!(bundle.gaps().contains(&Gap::Fee));
    }

    #[test]
    fn a_fee_is_free_fixed_or_reckoned() {
        let mut answers = Answers::default();
        assert_eq!(Fee::Free.amount(&answers), 0);
        assert_eq!(Fee::Fixed(5_000).amount(&answers), 5_000);
        let reckoned = Fee::Answer("pajak".into());
        assert_eq!(reckoned.amount(&answers), 0);
        answers.0.insert("pajak".into(), Answer::Money(152_500));
        assert_eq!(reckoned.amount(&answers), 152_500);
    }

    #[test]
    fn words_come_back() {
        for event in LifeEvent::ALL {
            assert_eq!(LifeEvent::of_word(event.word()), Some(event));
        }
        assert_eq!(Component::ALL.len(), 14);
        assert_eq!(Component::LegalBasis.word(), "legal_basis");
    }
}
