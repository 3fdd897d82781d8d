-- A voice in one consultation. Ballots and judgements belong to it, never to an account.
create table participant (
    id text primary key,
    consultation_id text not null references consultation (id) on delete cascade,
    area_id text references area (id),  -- home area at the first vote, for results by area
    external_id text,                   -- of an imported person
    joined_at bigint not null,
    unique (consultation_id, external_id)
);
create index participant_consultation on participant (consultation_id, area_id);

-- The only link from an account to its voice. An account has at most one voice in a consultation.
create table participation (
    consultation_id text not null references consultation (id) on delete cascade,
    account_id text not null references account (id) on delete cascade,
    participant_id text not null unique references participant (id) on delete cascade,
    primary key (consultation_id, account_id)
);
create index participation_account on participation (account_id);

create table question (
    id text primary key,
    consultation_id text not null references consultation (id) on delete cascade,
    position bigint not null,
    kind text not null check (kind in ('position', 'one', 'many')),
    title text not null,
    help text not null default '',
    max_choices bigint not null default 1
);
create index question_consultation on question (consultation_id, position);

create table question_option (
    id text primary key,
    question_id text not null references question (id) on delete cascade,
    position bigint not null,
    label text not null
);
create index question_option_question on question_option (question_id, position);

-- History of ballots: append only. The highest revision counts; no choices means withdrawn.
create table ballot (
    question_id text not null references question (id) on delete cascade,
    participant_id text not null references participant (id) on delete cascade,
    revision bigint not null,
    choices text not null,              -- JSON list of option ids, or of agree / disagree / abstain
    cast_at bigint not null,
    primary key (question_id, participant_id, revision)
);

-- The newest ballot of each voice, one row a choice: derived from `ballot`, kept for counting.
create table ballot_mark (
    question_id text not null references question (id) on delete cascade,
    participant_id text not null references participant (id) on delete cascade,
    choice text not null,
    primary key (question_id, participant_id, choice)
);
create index ballot_mark_count on ballot_mark (question_id, choice);
