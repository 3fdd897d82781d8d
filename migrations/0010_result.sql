-- Themes under which an office gathers comments, and its replies.
create table theme (
    id text primary key,
    consultation_id text not null references consultation (id) on delete cascade,
    position bigint not null,
    title text not null,
    description text not null default ''
);
create index theme_consultation on theme (consultation_id, position);

create table theme_comment (
    theme_id text not null references theme (id) on delete cascade,
    comment_id text not null references comment (id) on delete cascade,
    primary key (theme_id, comment_id)
);
create index theme_comment_comment on theme_comment (comment_id);

create table reply (
    consultation_id text not null references consultation (id) on delete cascade,
    subject_kind text not null check (subject_kind in ('clause', 'question', 'theme')),
    subject_id text not null,
    body text not null,
    body_html text not null,
    at bigint not null,
    account_id text references account (id),
    primary key (consultation_id, subject_kind, subject_id)
);
