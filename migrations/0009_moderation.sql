-- Every decision of a moderator; counted in public, without the moderator's name. Append only.
create table moderation (
    id text primary key,
    at bigint not null,
    account_id text references account (id),
    consultation_id text not null references consultation (id) on delete cascade,
    subject_kind text not null check (subject_kind in ('comment', 'statement')),
    subject_id text not null,
    action text not null check (action in ('hide', 'restore', 'keep', 'accept', 'reject')),
    reason text not null default '',
    note text not null default ''
);
create index moderation_at on moderation (at desc, id desc);
create index moderation_consultation on moderation (consultation_id, at);
