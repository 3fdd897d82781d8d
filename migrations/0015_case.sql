-- The days on which nobody works, a decree a year. A year without a row is refused, never guessed.
create table holiday_year (
    year bigint primary key,
    body text not null,             -- JSON of `domain::calendar::Table` with this year alone
    at bigint not null,
    by_account_id text references account (id)
);

-- One thing that somebody asked the city for. `case` is a reserved word.
create table cases (
    id text primary key,
    reference text not null unique,
    kind text not null check (kind in ('form', 'information', 'report')),
    office_id text not null references office (id),
    title text not null,
    form_version_id text,
    key_hash text not null unique,  -- SHA-256 of the sender's key: sent twice is one case
    account_id text references account (id),
    desk_account_id text references account (id), -- who filled it in at the counter
    contact text not null,          -- sealed
    phone_mark text,                -- keyed hash of the reference and the last four digits
    answers text not null,          -- sealed
    nik_mark text,                  -- keyed hash
    status text not null check (status in ('received', 'checked', 'needs_information', 'decided', 'handed_out', 'withdrawn')),
    outcome text check (outcome in ('granted', 'partly', 'refused')),
    handler_id text references account (id),
    clock text not null,            -- JSON of `domain::deadline::Deadline`
    due_at bigint,                  -- the first moment that is too late; null while the clock stands, or is not known
    lacks_year bigint,              -- the year without a table of holidays that keeps the due date from being known
    escalate_at bigint,             -- when the next step of escalation is due
    steps_told bigint not null default 0,
    is_open boolean not null,       -- whether the city still has to do something
    due_sort bigint not null,       -- `due_at`, or the end of time: the inbox' order
    received_at bigint not null,
    updated_at bigint not null,
    closed_at bigint,
    retention_days bigint not null,
    erase_at bigint,                -- when what is personal is erased; set when the case is closed
    erased_at bigint,
    revision bigint not null        -- the number of the newest event
);
create index cases_open on cases (is_open, due_sort, id);
create index cases_office on cases (office_id, is_open, due_sort, id);
create index cases_status on cases (office_id, status, due_sort, id);
create index cases_handler on cases (handler_id, is_open, due_sort, id);
create index cases_title on cases (office_id, title, is_open, due_sort, id);
create index cases_any_status on cases (status, due_sort, id, handler_id, title); -- of all offices
create index cases_any_title on cases (title, is_open, due_sort, id);
create index cases_free on cases (office_id, due_sort, id) where handler_id is null and is_open;
create index cases_nik on cases (nik_mark) where nik_mark is not null;
create index cases_account on cases (account_id, received_at) where account_id is not null;
create index cases_escalate on cases (escalate_at) where escalate_at is not null;
create index cases_erase on cases (erase_at) where erase_at is not null and erased_at is null;
create index cases_lack on cases (lacks_year) where lacks_year is not null;

-- The services of which an office has cases: what the inbox can be narrowed to.
create table case_title (
    office_id text not null references office (id),
    title text not null,
    primary key (office_id, title)
);

-- What happened, in order. Rows are added; only the erasing of what is personal empties `body`.
create table case_event (
    case_id text not null references cases (id) on delete cascade,
    number bigint not null,         -- from 1, without a gap
    at bigint not null,
    side text not null check (side in ('office', 'applicant', 'clock')),
    account_id text references account (id),
    kind text not null,             -- a word of `domain::case::Happening`
    is_public boolean not null,     -- whether the applicant sees it
    body text not null default '',  -- sealed: what somebody wrote
    detail text not null default '', -- a plain fact that the kind defines, such as a due date
    key_hash text,                  -- SHA-256 of the sender's key: sent twice is one line
    primary key (case_id, number),
    unique (case_id, key_hash)
);

-- The files that came with the form.
create table case_file (
    case_id text not null references cases (id) on delete cascade,
    file_id text not null,
    place bigint not null,
    primary key (case_id, file_id)
);

-- Which officer looked at what, and when: shown to the applicant; the newest say who has the case open now.
create table case_reader (
    case_id text not null references cases (id) on delete cascade,
    account_id text not null references account (id),
    what text not null check (what in ('page', 'answers', 'file')),
    at bigint not null,
    last_at bigint not null,        -- looks that follow one another are one
    primary key (case_id, account_id, what, at)
);

-- Texts that an office writes again and again.
create table reply_template (
    id text primary key,
    office_id text not null references office (id),
    title text not null,
    body text not null,
    updated_at bigint not null,
    by_account_id text references account (id)
);
create index reply_template_office on reply_template (office_id, title);
