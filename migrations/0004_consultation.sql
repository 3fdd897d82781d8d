create table file (
    id text primary key,
    name text not null,             -- as the person called it, cleaned
    media_type text not null,
    size bigint not null,
    sha256 text not null,
    body bytea not null,
    created_at bigint not null,
    created_by text references account (id)
);

create table consultation (
    id text primary key,
    slug text not null unique,
    office_id text not null references office (id),
    title text not null,
    summary text not null default '',
    body text not null default '',          -- Markdown
    body_html text not null default '',     -- rendered and sanitised when saved
    contact text not null default '',
    cover_id text references file (id),
    cover_alt text not null default '',
    opens_at bigint,
    closes_at bigint,
    published_at bigint,
    counts_shown text not null default 'live' check (counts_shown in ('live', 'after_vote', 'after_close')),
    comments_open boolean not null default true,
    statements_open boolean not null default false,
    preview_token text not null,            -- the secret of the preview link
    source text not null default '',        -- where an imported one comes from
    source_digest text not null default '', -- SHA-256 of the imported files
    created_by text references account (id),
    created_at bigint not null,
    updated_at bigint not null,
    edition bigint not null default 1       -- counts every save: two editors cannot overwrite each other
);
create index consultation_office on consultation (office_id, published_at);
create index consultation_closes on consultation (closes_at, id);

create table consultation_area (
    consultation_id text not null references consultation (id) on delete cascade,
    area_id text not null references area (id),
    primary key (consultation_id, area_id)
);

create table attachment (
    consultation_id text not null references consultation (id) on delete cascade,
    file_id text not null references file (id),
    title text not null,
    position bigint not null,
    primary key (consultation_id, file_id)
);

-- Every change with its author, time and the old text. Append only.
create table consultation_change (
    id text primary key,
    consultation_id text not null references consultation (id) on delete cascade,
    at bigint not null,
    account_id text references account (id),
    kind text not null,             -- created, edited, published, extended, closed_early, text_published, question_added, ..., answered
    field text not null default '',
    before text not null default '',
    after text not null default '',
    reason text not null default '',
    is_public boolean not null default false
);
create index consultation_change_at on consultation_change (consultation_id, at, id);

-- How it ended: one row, from the moment it is answered.
create table outcome (
    consultation_id text primary key references consultation (id) on delete cascade,
    kind text not null check (kind in ('adopted', 'changed', 'dropped')),
    body text not null,
    body_html text not null,
    link text not null default '',
    at bigint not null,
    account_id text references account (id)
);
