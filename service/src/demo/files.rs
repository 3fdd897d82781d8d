//! The formats of `city/…/city.toml`, `demo/people.toml` and `demo/consultations/…/consultation.toml`.

use domain::moderation::Reason;
use serde::{Deserialize, de::DeserializeOwned};

use super::{Files, Unusable};

/// Everything the files say.
pub(super) struct Town {
    pub(super) city: City,
    pub(super) people: Vec<Person>,
    pub(super) consultations: Vec<Folder>,
}

#[derive(Deserialize)]
pub(super) struct City {
    pub(super) name: String,
    pub(super) zone: String,
    pub(super) utc_offset_hours: i8,
    #[serde(default, rename = "area")]
    pub(super) areas: Vec<Area>,
    #[serde(default, rename = "office")]
    pub(super) offices: Vec<Office>,
}

#[derive(Deserialize)]
pub(super) struct Area {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) parent: Option<String>,
    pub(super) postcode: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Office {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) short: String,
    #[serde(default)]
    pub(super) contact: String,
}

#[derive(Deserialize)]
struct Everybody {
    #[serde(rename = "person")]
    people: Vec<Person>,
}

#[derive(Deserialize)]
pub(super) struct Person {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) email: String,
    /// `resident`, `officer`, `moderator`, `administrator`.
    pub(super) role: String,
    pub(super) area: Option<String>,
    pub(super) office: Option<String>,
}

/// A consultation with its texts.
pub(super) struct Folder {
    /// The path of its `consultation.toml`, for messages.
    pub(super) path: String,
    pub(super) plan: Plan,
    pub(super) body: String,
    /// The texts of `plan.versions`, in their order.
    pub(super) texts: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Plan {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) office: String,
    #[serde(default)]
    pub(super) areas: Vec<String>,
    pub(super) contact: String,
    /// Days from the filling; negative ones are past.
    pub(super) opens_days: i64,
    pub(super) closes_days: i64,
    /// The city's time of day at which it closes, as `23.59`.
    pub(super) closes_time: String,
    pub(super) result_visibility: String,
    pub(super) comments_open: bool,
    pub(super) statements_open: bool,
    pub(super) author: String,
    #[serde(default, rename = "question")]
    pub(super) questions: Vec<Question>,
    #[serde(default, rename = "version")]
    pub(super) versions: Vec<Version>,
    #[serde(default, rename = "statement")]
    pub(super) statements: Vec<Statement>,
    #[serde(default, rename = "comment")]
    pub(super) comments: Vec<Comment>,
    #[serde(default, rename = "flag")]
    pub(super) flags: Vec<Flag>,
    #[serde(default, rename = "theme")]
    pub(super) themes: Vec<Theme>,
    #[serde(default, rename = "reply")]
    pub(super) replies: Vec<Reply>,
    pub(super) outcome: Option<Outcome>,
}

#[derive(Deserialize)]
pub(super) struct Question {
    pub(super) kind: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) help: String,
    #[serde(default)]
    pub(super) options: Vec<String>,
    pub(super) max_choices: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Version {
    pub(super) number: i64,
    pub(super) days: f64,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) reason: String,
    pub(super) file: String,
}

#[derive(Deserialize)]
pub(super) struct Statement {
    pub(super) text: String,
    /// Nobody: the office wrote it.
    pub(super) author: Option<String>,
    pub(super) status: String,
    /// How the opinion groups judge it: `all`, `a`, `b`, `split`, `unsure`.
    pub(super) lean: String,
    /// Why it was rejected.
    pub(super) refused: Option<Verdict>,
}

/// Why a moderator does not show something.
#[derive(Deserialize)]
pub(super) struct Verdict {
    pub(super) reason: Reason,
    /// What the author is told.
    pub(super) note: String,
}

#[derive(Deserialize)]
pub(super) struct Comment {
    pub(super) key: String,
    pub(super) author: String,
    pub(super) days: f64,
    /// The number of a clause in the newest version.
    pub(super) clause: Option<String>,
    #[serde(default)]
    pub(super) quote: String,
    pub(super) parent: Option<String>,
    #[serde(default)]
    pub(super) official: bool,
    pub(super) position: Option<String>,
    pub(super) body: String,
    #[serde(default)]
    pub(super) supports: usize,
    /// What it said before it was edited.
    pub(super) edited: Option<String>,
    #[serde(default)]
    pub(super) deleted: bool,
    pub(super) hidden: Option<Verdict>,
}

#[derive(Deserialize)]
pub(super) struct Flag {
    pub(super) comment: String,
    pub(super) author: String,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Deserialize)]
pub(super) struct Theme {
    pub(super) title: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) comments: Vec<String>,
    pub(super) reply: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Reply {
    /// `clause:3` by its number, `question:1` by its place.
    pub(super) subject: String,
    pub(super) body: String,
}

#[derive(Deserialize)]
pub(super) struct Outcome {
    pub(super) kind: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) link: String,
}

/// Reads all files. Consultations come in the order of their folders.
pub(super) fn read(files: &Files) -> Result<Town, Unusable> {
    let city = files
        .keys()
        .find(|path| path.starts_with("city/") && path.ends_with("/city.toml"))
        .ok_or_else(|| Unusable::Missing("city/…/city.toml".to_owned()))?;
    let everybody: Everybody = parse(files, "demo/people.toml")?;
    let mut consultations = Vec::new();
    for path in files.keys() {
        if let Some(folder) = path
            .strip_prefix("demo/consultations/")
            .and_then(|rest| rest.strip_suffix("/consultation.toml"))
        {
            let folder = format!("demo/consultations/{folder}");
            let plan: Plan = parse(files, path)?;
            let texts = plan
                .versions
                .iter()
                .map(|version| text(files, &format!("{folder}/{}", version.file)))
                .collect::<Result<_, _>>()?;
            let body = text(files, &format!("{folder}/body.md"))?;
            consultations.push(Folder {
                path: path.clone(),
                plan,
                body,
                texts,
            });
        }
    }
    Ok(Town {
        city: parse(files, city)?,
        people: everybody.people,
        consultations,
    })
}

fn text(files: &Files, path: &str) -> Result<String, Unusable> {
    files
        .get(path)
        .cloned()
        .ok_or_else(|| Unusable::Missing(path.to_owned()))
}

fn parse<T: DeserializeOwned>(files: &Files, path: &str) -> Result<T, Unusable> {
    toml::from_str(&text(files, path)?)
        .map_err(|error| Unusable::Wrong(path.to_owned(), error.to_string()))
}
