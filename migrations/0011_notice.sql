create table follow (
    account_id text not null references account (id) on delete cascade,
    consultation_id text not null references consultation (id) on delete cascade,
    since bigint not null,
    primary key (account_id, consultation_id)
);
create index follow_consultation on follow (consultation_id);

create table notice (
    id text primary key,
    account_id text not null references account (id) on delete cascade,
    consultation_id text references consultation (id) on delete cascade,
    kind text not null,                 -- opened, closed, answered, official_reply, reply, hidden, statement_accepted, ...
    detail text not null default '',    -- a short text such as the title it is about
    place text not null,                -- local address it leads to
    mark text not null default '',      -- tells two events of one kind at one place apart
    at bigint not null,
    read_at bigint,
    unique (account_id, kind, place, mark) -- nobody is told twice
);
create index notice_account on notice (account_id, at desc, id desc);
create index notice_unread on notice (account_id) where read_at is null;

-- What the clock brought and was told to those who follow: once for each moment, also after an extension.
create table announcement (
    consultation_id text not null references consultation (id) on delete cascade,
    kind text not null check (kind in ('opened', 'closes_soon', 'closed')),
    moment bigint not null,             -- the opening or closing time that was announced
    at bigint not null,
    primary key (consultation_id, kind, moment)
);
