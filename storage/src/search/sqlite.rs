//! The index of words on SQLite: FTS5 without content of its own.

use domain::search::Term;

/// Makes the index; what leaves `search_doc`, also by cascade, leaves it too.
pub(super) const PREPARE: &[&str] = &[
    "create virtual table if not exists search_index using fts5
        (head, body, content = '', contentless_delete = 1, detail = column, tokenize = 'ascii')",
    "create trigger if not exists search_doc_gone after delete on search_doc begin
        delete from search_index where rowid = old.number;
     end",
];

pub(super) const TAKE: &str = "delete from search_index where rowid = $1";
pub(super) const PUT: &str = "insert into search_index (rowid, head, body) values ($1, $2, $3)";

pub(super) const FIND: &str = find_text!(
    "(select rowid as number from search_index where search_index match $1) i",
    "true",
    "i.number in (select rowid from search_index where search_index match $2)"
);
pub(super) const COUNT: &str = count_text!(
    "(select rowid as number from search_index where search_index match $1) i",
    "true"
);
pub(super) const CONSULTATIONS: &str = consultations_text!(
    "(select rowid as number from search_index where search_index match $1) i",
    "true"
);
pub(super) const COMMENTS: &str = comments_text!(
    "(select rowid as number from search_index where search_index match $1) i",
    "true"
);

/// The terms as FTS5 reads them. Words stand in quotes; `domain::search` lets only a–z and 0–9 in.
pub(super) fn question(terms: &[Term]) -> (String, String) {
    let all = terms
        .iter()
        .map(|term| {
            let mut ways: Vec<String> = term
                .exact
                .iter()
                .map(|word| format!("\"{word}\""))
                .collect();
            ways.extend(term.prefix.iter().map(|word| format!("\"{word}\" *")));
            format!("({})", ways.join(" OR "))
        })
        .collect::<Vec<_>>()
        .join(" AND ");
    let head = format!("head : ({all})");
    (all, head)
}
