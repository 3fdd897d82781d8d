-- With which line of the timeline a file came; with none, it came with the form.
alter table case_file add column event_number bigint;

-- Which officer looked at what, also at a number in full and at which file: built anew for the wider list of words.
create table case_look (
    case_id text not null references cases (id) on delete cascade,
    account_id text not null references account (id),
    what text not null check (what in ('page', 'answers', 'numbers', 'file')),
    subject text not null default '', -- the identity of the file
    at bigint not null,
    last_at bigint not null,        -- looks that follow one another are one
    primary key (case_id, account_id, what, subject, at)
);
insert into case_look (case_id, account_id, what, at, last_at)
select case_id, account_id, what, at, last_at from case_reader;
drop table case_reader;
alter table case_look rename to case_reader;

-- What an account keeps for forms to begin with: never asked for, gone when the person takes it out.
create table account_person (
    account_id text primary key references account (id) on delete cascade,
    body text not null,             -- sealed: phone, NIK, KK
    updated_at bigint not null
);

-- What a city says about risks of businesses: one row.
create table risk_guide (
    id text primary key,
    body text not null,             -- JSON of `domain::form::RiskGuide`
    at bigint not null
);
