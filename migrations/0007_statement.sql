create table statement (
    id text primary key,
    consultation_id text not null references consultation (id) on delete cascade,
    number bigint not null,             -- as shown; of an import the number there
    participant_id text references participant (id),
    body text not null,
    status text not null check (status in ('waiting', 'accepted', 'rejected')),
    is_seed boolean not null default false,
    created_at bigint not null,
    decided_at bigint,
    decided_by text references account (id),
    reason text not null default '',
    external_author text,               -- of an import
    extremity double precision not null default 0, -- how far out in the space of opinions, as the groups were last found
    pin bigint,                         -- place among the office's own that everybody sees first, from 1
    unique (consultation_id, number)
);
create index statement_status on statement (consultation_id, status, number);

-- History of judgements: append only. 1 agree, -1 disagree, 0 pass; the highest revision counts.
create table statement_vote (
    statement_id text not null references statement (id) on delete cascade,
    participant_id text not null references participant (id) on delete cascade,
    revision bigint not null,
    value bigint not null check (value in (-1, 0, 1)),
    cast_at bigint not null,
    primary key (statement_id, participant_id, revision)
);

-- The newest judgement of each voice: derived from `statement_vote`, kept for counting.
create table statement_mark (
    statement_id text not null references statement (id) on delete cascade,
    participant_id text not null references participant (id) on delete cascade,
    value bigint not null,
    primary key (statement_id, participant_id)
);
create index statement_mark_count on statement_mark (statement_id, value);
create index statement_mark_participant on statement_mark (participant_id);

-- How often each statement was judged each way: counted along with `statement_mark`, so that the next one is found without
-- reading all marks. A statement that nobody judged needs no row.
create table statement_tally (
    statement_id text primary key references statement (id) on delete cascade,
    agree bigint not null,
    disagree bigint not null,
    pass bigint not null
);
