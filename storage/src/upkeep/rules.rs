//! What must hold in a database, whatever happened: rules that no single constraint of a table can say.

use crate::{Db, Result, Tx, args, sql};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What must hold, as a sentence.
    pub rule: &'static str,
    /// Rows that were looked at.
    pub looked_at: i64,
    /// Those for which it does not hold.
    pub wrong: i64,
    /// One of those, by its ids.
    pub example: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    looked_at: i64,
    wrong: i64,
    example: Option<String>,
}

/// A rule: its sentence, how many rows it looks at, and the rows (`id`) for which it does not hold.
macro_rules! rule {
    ($rule:literal, $all:literal, $wrong:literal) => {
        (
            $rule,
            sql!(concat!(
                "select (select count(*) from ",
                $all,
                ") as looked_at, count(*) as wrong, min(w.id) as example from (",
                $wrong,
                ") w"
            )),
        )
    };
}

fn all() -> Vec<(&'static str, &'static str)> {
    vec![
        rule!(
            "revisions of a person's ballots on a question count from 0 without a gap",
            "ballot",
            "select question_id || ' ' || participant_id as id from ballot
             group by question_id, participant_id having min(revision) <> 0 or max(revision) <> count(*) - 1"
        ),
        rule!(
            "every choice that is counted belongs to a ballot",
            "ballot_mark",
            "select m.question_id || ' ' || m.participant_id as id from ballot_mark m
             where not exists (select 1 from ballot b
                               where b.question_id = m.question_id and b.participant_id = m.participant_id)"
        ),
        rule!(
            "every choice that is counted can be chosen on its question",
            "ballot_mark",
            "select m.question_id || ' ' || m.participant_id || ' ' || m.choice as id
             from ballot_mark m join question q on q.id = m.question_id
             where (q.kind = 'position' and m.choice not in ('agree', 'disagree', 'abstain'))
                or (q.kind <> 'position' and not exists (select 1 from question_option o
                                                         where o.question_id = q.id and o.id = m.choice))"
        ),
        rule!(
            "nobody has more choices counted on a question than it allows",
            "ballot_mark",
            "select m.question_id || ' ' || m.participant_id as id
             from ballot_mark m join question q on q.id = m.question_id
             group by m.question_id, m.participant_id, q.kind, q.max_choices
             having count(*) > case when q.kind = 'many' then q.max_choices else 1 end"
        ),
        rule!(
            "every ballot is of a voice in the question's own consultation",
            "ballot",
            "select b.question_id || ' ' || b.participant_id as id
             from ballot b join question q on q.id = b.question_id join participant p on p.id = b.participant_id
             where p.consultation_id <> q.consultation_id"
        ),
        rule!(
            "every account's voice is in the consultation that it stands for",
            "participation",
            "select n.account_id || ' ' || n.participant_id as id
             from participation n join participant p on p.id = n.participant_id
             where p.consultation_id <> n.consultation_id"
        ),
        rule!(
            "revisions of a person's judgements of a statement count from 0 without a gap",
            "statement_vote",
            "select statement_id || ' ' || participant_id as id from statement_vote
             group by statement_id, participant_id having min(revision) <> 0 or max(revision) <> count(*) - 1"
        ),
        rule!(
            "the judgement that is counted is the newest one",
            "statement_mark",
            "select coalesce(v.statement_id, m.statement_id) || ' ' || coalesce(v.participant_id, m.participant_id) as id
             from (select statement_id, participant_id, value from statement_vote a
                   where not exists (select 1 from statement_vote b
                                     where b.statement_id = a.statement_id and b.participant_id = a.participant_id
                                       and b.revision > a.revision)) v
             full join statement_mark m on m.statement_id = v.statement_id and m.participant_id = v.participant_id
             where v.value is null or m.value is null or v.value <> m.value"
        ),
        rule!(
            "the judgements of every statement are counted right",
            "statement",
            "select s.id from statement s left join statement_tally t on t.statement_id = s.id
             where coalesce(t.agree, 0) <> (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 1)
                or coalesce(t.disagree, 0) <> (select count(*) from statement_mark m where m.statement_id = s.id and m.value = -1)
                or coalesce(t.pass, 0) <> (select count(*) from statement_mark m where m.statement_id = s.id and m.value = 0)"
        ),
        rule!(
            "only a public statement of the office is pinned",
            "statement where pin is not null",
            "select id from statement where pin is not null and (status <> 'accepted' or not is_seed)"
        ),
        rule!(
            "every judgement is of a voice in the statement's own consultation",
            "statement_vote",
            "select v.statement_id || ' ' || v.participant_id as id
             from statement_vote v join statement s on s.id = v.statement_id join participant p on p.id = v.participant_id
             where p.consultation_id <> s.consultation_id"
        ),
        rule!(
            "every comment on a clause has its clause in some version of the text",
            "comment where clause_id is not null",
            "select c.id from comment c
             where c.clause_id is not null
               and not exists (select 1 from clause k
                               where k.consultation_id = c.consultation_id and k.id = c.clause_id)"
        ),
        rule!(
            "every reply stands one step below a comment of the same place and thread",
            "comment",
            "select c.id from comment c left join comment p on p.id = c.parent_id
             where (c.depth = 0 and (c.parent_id is not null or c.root_id <> c.id))
                or (c.depth > 0 and (p.id is null or p.depth <> c.depth - 1 or p.root_id <> c.root_id
                                     or p.consultation_id <> c.consultation_id
                                     or coalesce(p.clause_id, '') <> coalesce(c.clause_id, '')))"
        ),
        rule!(
            "the support of every comment is counted right",
            "comment",
            "select c.id from comment c
             where c.supports <> (select count(*) from comment_support s where s.comment_id = c.id)"
        ),
        rule!(
            "the replies to every comment are counted right",
            "comment where depth = 0",
            "select c.id from comment c
             where c.depth = 0
               and c.replies <> (select count(*) from comment r
                                 where r.root_id = c.id and r.depth > 0 and r.deleted_at is null and r.hidden_at is null)"
        ),
        rule!(
            "earlier texts of a comment count from 1 without a gap",
            "comment_revision",
            "select comment_id as id from comment_revision
             group by comment_id having min(revision) <> 1 or max(revision) <> count(*)"
        ),
        rule!(
            "every comment that can be read is in the search index, and no other (rembug reindex mends it)",
            "comment",
            "select coalesce(c.id, d.subject_id) as id
             from (select id from comment where deleted_at is null and hidden_at is null) c
             full join (select subject_id from search_doc where kind = 'comment') d on d.subject_id = c.id
             where c.id is null or d.subject_id is null"
        ),
        rule!(
            "every published consultation is in the search index (rembug reindex mends it)",
            "consultation where published_at is not null",
            "select c.id from consultation c
             where c.published_at is not null
               and not exists (select 1 from search_doc d where d.kind = 'consultation' and d.subject_id = c.id)"
        ),
        rule!(
            "whatever was handed in is a case",
            "form_draft where reference is not null",
            "select d.id from form_draft d
             where d.reference is not null and not exists (select 1 from cases c where c.reference = d.reference)"
        ),
        rule!(
            "the lines of a case count from 1 without a gap, up to what the case says",
            "cases",
            "select c.id from cases c
             left join (select case_id, min(number) as first, max(number) as last, count(*) as lines
                        from case_event group by case_id) e on e.case_id = c.id
             where coalesce(e.first, 1) <> 1 or coalesce(e.last, 0) <> coalesce(e.lines, 0) or c.revision <> coalesce(e.last, 0)"
        ),
        rule!(
            "every file of a case is there, and no longer a draft's",
            "case_file",
            "select c.case_id || ' ' || c.file_id as id from case_file c
             where not exists (select 1 from form_file f where f.id = c.file_id and f.draft_id is null)"
        ),
        rule!(
            "every file of a form has its content",
            "form_file",
            "select f.id from form_file f where not exists (select 1 from form_file_body b where b.file_id = f.id)"
        ),
        rule!(
            "a bill has a day of payment when it is paid, and only then",
            "bill",
            "select id from bill where (state = 'paid') <> (paid_at is not null)"
        ),
        rule!(
            "a tax is paid when its bill is",
            "tax_bill",
            "select t.id from tax_bill t
             where t.paid_at is null
               and exists (select 1 from bill b where b.tax_bill_id = t.id and b.state = 'paid')"
        ),
        rule!(
            "every hidden comment has a moderator's decision",
            "comment where hidden_at is not null",
            "select c.id from comment c
             where c.hidden_at is not null
               and not exists (select 1 from moderation m
                               where m.subject_kind = 'comment' and m.subject_id = c.id and m.action = 'hide')"
        ),
    ]
}

#[derive(sqlx::FromRow)]
struct Newest {
    id: String,
    choices: String,
    marks: Option<String>,
}

/// Checks Rembug's own data. Each rule sees the data as it is at one moment.
pub async fn rules(tx: &mut Tx) -> Result<Vec<Checked>> {
    let mut checked = Vec::new();
    for (rule, statement) in all() {
        let row: Option<Row> = tx.first(statement, args![]).await?;
        checked.extend(row.map(|row| Checked {
            rule,
            looked_at: row.looked_at,
            wrong: row.wrong,
            example: row.example,
        }));
    }
    checked.push(newest_ballots(tx).await?);
    Ok(checked)
}

/// The lists of choices are JSON, which the two databases read differently: compared here.
async fn newest_ballots(tx: &mut Tx) -> Result<Checked> {
    let newest: Vec<Newest> = tx
        .all(
            sql!(
                "select b.question_id || ' ' || b.participant_id as id, b.choices,
                        (select string_agg(m.choice, ' ') from ballot_mark m
                         where m.question_id = b.question_id and m.participant_id = b.participant_id) as marks
                 from ballot b
                 where not exists (select 1 from ballot n
                                   where n.question_id = b.question_id and n.participant_id = b.participant_id
                                     and n.revision > b.revision)
                 order by b.question_id, b.participant_id"
            ),
            args![],
        )
        .await?;
    let wrong: Vec<&Newest> = newest
        .iter()
        .filter(|ballot| !ballot.is_counted())
        .collect();
    Ok(Checked {
        rule: "what is counted for a person on a question is what the newest ballot says",
        looked_at: i64::try_from(newest.len()).unwrap_or(i64::MAX),
        wrong: i64::try_from(wrong.len()).unwrap_or(i64::MAX),
        example: wrong.first().map(|ballot| ballot.id.clone()),
    })
}

impl Newest {
    fn is_counted(&self) -> bool {
        let Ok(mut said) = serde_json::from_str::<Vec<&str>>(&self.choices) else {
            return false;
        };
        let mut counted: Vec<&str> = self
            .marks
            .as_deref()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        said.sort_unstable();
        counted.sort_unstable();
        said == counted
    }
}

/// The database's own checks: pages, indexes and references of a SQLite file. PostgreSQL keeps its references itself.
pub async fn own(db: &Db) -> Result<Vec<Checked>> {
    if db.is_postgres() {
        return Ok(Vec::new());
    }
    let mut tx = db.read().await?;
    let pages = tx.number("pragma page_count", args![]).await?;
    let lines: Vec<(String,)> = tx.all("pragma integrity_check", args![]).await?;
    let damage: Vec<String> = lines
        .into_iter()
        .map(|(line,)| line)
        .filter(|line| line != "ok")
        .collect();
    let rows = tx
        .number(
            "select count(*) from sqlite_master where type = 'table'",
            args![],
        )
        .await?;
    let loose: Vec<(String, Option<i64>, String, i64)> =
        tx.all("pragma foreign_key_check", args![]).await?;
    Ok(vec![
        Checked {
            rule: "every page and index of the database file is whole",
            looked_at: pages,
            wrong: i64::try_from(damage.len()).unwrap_or(i64::MAX),
            example: damage.into_iter().next(),
        },
        Checked {
            rule: "every table's rows point to rows that are there",
            looked_at: rows,
            wrong: i64::try_from(loose.len()).unwrap_or(i64::MAX),
            example: loose
                .first()
                .map(|(table, row, parent, _)| format!("{table} {} {parent}", row.unwrap_or(0))),
        },
    ])
}

/// The ids of all files that people uploaded.
pub async fn file_ids(tx: &mut Tx) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(sql!("select id from file order by id"), args![])
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
