create table comment (
    id text primary key,
    consultation_id text not null references consultation (id) on delete cascade,
    clause_id text,                     -- null: on the consultation as a whole
    quote text not null default '',
    parent_id text references comment (id),
    root_id text not null,              -- itself for a comment of the first level
    depth bigint not null check (depth between 0 and 3),
    account_id text not null references account (id),
    office_id text references office (id),  -- set when it is the office's answer
    stance text check (stance in ('for', 'against', 'neutral')),
    body text not null,
    posted_at bigint not null,
    edited_at bigint,
    deleted_at bigint,
    hidden_at bigint,
    hidden_reason text not null default '',
    supports bigint not null default 0,     -- derived from comment_support
    replies bigint not null default 0,      -- derived: comments to be read below it at any depth, for a comment of the first level
    send_key text not null,             -- digest of what the form sent: the same sent twice is one comment
    unique (account_id, send_key)
);
create index comment_new on comment (consultation_id, depth, posted_at desc, id desc);
create index comment_supported on comment (consultation_id, depth, supports desc, id desc);
create index comment_discussed on comment (consultation_id, depth, replies desc, id desc);
create index comment_root on comment (root_id, posted_at, id);
-- Counts of a consultation and of a clause are read from this alone.
create index comment_count on comment (consultation_id, clause_id, depth, deleted_at, hidden_at, office_id);
create index comment_account on comment (account_id, posted_at);

create table comment_revision (
    comment_id text not null references comment (id) on delete cascade,
    revision bigint not null,
    body text not null,                 -- as it was before the edit
    at bigint not null,
    primary key (comment_id, revision)
);

create table comment_support (
    comment_id text not null references comment (id) on delete cascade,
    account_id text not null references account (id) on delete cascade,
    at bigint not null,
    primary key (comment_id, account_id)
);
create index comment_support_account on comment_support (account_id);

create table comment_flag (
    comment_id text not null references comment (id) on delete cascade,
    account_id text not null references account (id) on delete cascade,
    reason text not null check (reason in ('spam', 'insult', 'off_topic', 'personal_data', 'other')),
    note text not null default '',
    at bigint not null,
    settled_at bigint,
    primary key (comment_id, account_id)
);
create index comment_flag_open on comment_flag (comment_id, at) where settled_at is null;
create index comment_hidden on comment (hidden_at desc, id desc) where hidden_at is not null;
