-- A service with its form. Each version is whole and never changes; what is being filled in stays with the one it began with.
create table form (
    key text primary key,           -- the word in its address
    office_id text not null references office (id),
    current bigint not null,        -- the version with which filling in begins
    updated_at bigint not null
);

create table form_version (
    id text primary key,
    form_key text not null references form (key),
    version bigint not null,
    title_id text not null,
    title_en text not null,
    minutes bigint not null,        -- expected for filling in
    service text not null,          -- JSON of `domain::form::Service`
    definition text not null,       -- JSON of `domain::form::Definition`
    at bigint not null,
    by_account_id text references account (id),
    unique (form_key, version)
);

-- What somebody is filling in, until it is handed in; then it keeps the number alone.
create table form_draft (
    id text primary key,
    version_id text not null references form_version (id),
    body text not null,             -- sealed; empty once it was handed in
    revision bigint not null,       -- counts every save
    key text not null unique,       -- with which it is handed in: once
    code_mark text unique,          -- keyed hash of the code with which another device goes on
    created_at bigint not null,
    updated_at bigint not null,
    expires_at bigint not null,     -- when it can no longer be handed in; of one handed in, when the number is forgotten
    reference text                  -- the case, once it was handed in
);
create index form_draft_expires on form_draft (expires_at);

-- Who can go on with it: an account, or the hash of a guest's token. Several, where a code was used.
create table form_holder (
    owner text not null,
    draft_id text not null references form_draft (id) on delete cascade,
    primary key (owner, draft_id)
);
create index form_holder_draft on form_holder (draft_id);

-- A file of an answer. Without a draft it belongs to a case.
create table form_file (
    id text primary key,
    draft_id text references form_draft (id) on delete cascade,
    field text not null,            -- the path of its question
    name text not null,
    kind text not null check (kind in ('jpeg', 'png', 'webp', 'pdf')),
    size bigint not null,           -- of the content, in bytes
    body bytea not null,            -- sealed
    created_at bigint not null
);
create index form_file_draft on form_file (draft_id) where draft_id is not null;
