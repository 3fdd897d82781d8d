-- Opinion groups as they were last found: derived from `statement_vote` and `statement`, and from the rules below.
create table opinion_group (
    consultation_id text primary key references consultation (id) on delete cascade,
    basis text not null,                -- what it rests on, as text to be compared
    votes bigint not null,              -- judgements that were there, re-votes too
    found_at bigint not null,
    findings text not null,             -- JSON, as published
    names text not null,                -- JSON: the label of each group of the findings, and the way the map lies
    picture text not null,              -- JSON: what a page draws of it
    compass text not null               -- JSON: from what a person's place is reckoned
);
