//! The index of words on PostgreSQL: `tsvector`s made of the words as they are, without a dictionary.

use domain::search::Term;

/// Makes the index; one copy of the program at a time.
pub(super) const PREPARE: &[&str] = &[
    "select pg_advisory_xact_lock(7236821)",
    "create table if not exists search_index (
        number bigint primary key references search_doc (number) on delete cascade,
        head tsvector not null,
        words tsvector not null
     )",
    "create index if not exists search_index_words on search_index using gin (words)",
];

pub(super) const PUT: &str = "insert into search_index (number, head, words)
    values ($1, array_to_tsvector(array_remove(string_to_array($2, ' '), '')), array_to_tsvector(array_remove(string_to_array($2 || ' ' || $3, ' '), '')))
    on conflict (number) do update set head = excluded.head, words = excluded.words";

pub(super) const FIND: &str = find_text!(
    "search_index i",
    "i.words @@ cast($1 as text)::tsquery",
    "i.head @@ cast($2 as text)::tsquery"
);
pub(super) const COUNT: &str =
    count_text!("search_index i", "i.words @@ cast($1 as text)::tsquery");
pub(super) const CONSULTATIONS: &str =
    consultations_text!("search_index i", "i.words @@ cast($1 as text)::tsquery");
pub(super) const COMMENTS: &str =
    comments_text!("search_index i", "i.words @@ cast($1 as text)::tsquery");

/// The terms as a `tsquery`. `domain::search` lets only a–z and 0–9 into the words.
pub(super) fn question(terms: &[Term]) -> (String, String) {
    let all = terms
        .iter()
        .map(|term| {
            let mut ways: Vec<String> = term.exact.clone();
            ways.extend(term.prefix.iter().map(|word| format!("{word}:*")));
            format!("({})", ways.join(" | "))
        })
        .collect::<Vec<_>>()
        .join(" & ");
    (all.clone(), all)
}
