-- Versions of the policy text of a consultation, and their clauses.
create table text_version (
    id text primary key,
    consultation_id text not null references consultation (id) on delete cascade,
    number bigint not null,
    note text not null default '',      -- what changed
    reason text not null default '',    -- why
    source text not null,               -- as imported
    created_at bigint not null,
    created_by text references account (id),
    published_at bigint,
    unique (consultation_id, number)
);

create table clause (
    id text not null,                   -- the same through all versions: comments hold on to it
    version_id text not null references text_version (id) on delete cascade,
    consultation_id text not null references consultation (id) on delete cascade,
    position bigint not null,
    label text not null,                -- "4" of Pasal 4
    chapter text not null default '',   -- heading of the chapter that begins here
    heading text not null,
    body text not null,                 -- Markdown
    body_html text not null,
    primary key (version_id, id)
);
create index clause_consultation on clause (consultation_id, id);
