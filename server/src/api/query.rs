//! Parameters of a query, read strictly: a program that asks for something impossible is told so.

use app::Fields;
use domain::{AreaId, OfficeId, consultation::Phase};
use service::result::{CommentOrder, Wanted};

use super::Problem;

/// Most items of a page.
const MOST: i64 = 100;
/// Items of a page when the query does not say.
const USUAL: i64 = 20;
/// The last page that is looked for; far beyond any list, far below the ends of a number.
const LAST: i64 = 1_000_000;

/// Which page, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paging {
    pub(super) page: i64,
    pub(super) per_page: i64,
}

impl Paging {
    pub(super) const fn skip(self) -> i64 {
        (self.page - 1) * self.per_page
    }
}

/// The parameters of a query; unknown ones are passed over.
pub(super) fn read(query: Option<&str>) -> Result<Fields, Problem> {
    Fields::parse(query.unwrap_or_default().as_bytes()).ok_or_else(Problem::unreadable)
}

pub(super) fn paging(fields: &Fields) -> Result<Paging, Problem> {
    let number = |name: &'static str, usual: i64, most: i64, expected: &str| match fields.text(name)
    {
        "" => Ok(usual),
        text => text
            .parse::<i64>()
            .ok()
            .filter(|n| (1..=most).contains(n))
            .ok_or_else(|| Problem::bad_query(name, expected)),
    };
    Ok(Paging {
        page: number("page", 1, LAST, "a whole number from 1 to 1000000")?,
        per_page: number("per_page", USUAL, MOST, "a whole number from 1 to 100")?,
    })
}

pub(super) fn wanted(fields: &Fields) -> Result<Wanted, Problem> {
    let phase = match fields.text("phase") {
        "" => None,
        word => Some(
            Phase::parse(word)
                .filter(|phase| *phase != Phase::Draft)
                .ok_or_else(|| {
                    Problem::bad_query("phase", "one of announced, open, closed, answered")
                })?,
        ),
    };
    let text = fields.text("q");
    if text.chars().count() > 200 {
        return Err(Problem::bad_query("q", "at most 200 characters long"));
    }
    let given = |name: &str| Some(fields.text(name)).filter(|v| !v.is_empty());
    Ok(Wanted {
        office: given("office").map(OfficeId::new),
        area: given("area").map(AreaId::new),
        phase,
        text: text.to_owned(),
    })
}

pub(super) fn order(fields: &Fields) -> Result<CommentOrder, Problem> {
    match fields.text("order") {
        "" | "oldest" => Ok(CommentOrder::Oldest),
        "newest" => Ok(CommentOrder::Newest),
        "supported" => Ok(CommentOrder::Supported),
        _ => Err(Problem::bad_query(
            "order",
            "one of oldest, newest, supported",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(query: &str) -> Fields {
        read(Some(query)).expect("is text")
    }

    #[test]
    fn pages_have_bounds() {
        assert_eq!(
            paging(&fields("")),
            Ok(Paging {
                page: 1,
                per_page: 20
            })
        );
        assert_eq!(
            paging(&fields("page=3&per_page=100")).map(Paging::skip),
            Ok(200)
        );
        for odd in [
            "page=0",
            "page=-1",
            "page=x",
            "page=99999999999999999999",
            "per_page=101",
            "per_page=0",
            "page=1.5",
        ] {
            assert_eq!(
                paging(&fields(odd)).map_err(|p| p.code),
                Err("bad_query"),
                "{odd}"
            );
        }
    }

    #[test]
    fn words_are_from_closed_lists_and_drafts_are_never_asked_for() {
        assert!(wanted(&fields("phase=open&office=dishub&q=parkir")).is_ok());
        for odd in [
            "phase=draft",
            "phase=Open",
            &format!("q={}", "x".repeat(201)),
        ] {
            assert!(wanted(&fields(odd)).is_err(), "{odd}");
        }
        assert!(order(&fields("order=worst")).is_err());
        assert!(read(Some("q=%ff")).is_err());
    }
}
