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
    at bigint not null,
    read_at bigint
);
create index notice_account on notice (account_id, at desc, id desc);
