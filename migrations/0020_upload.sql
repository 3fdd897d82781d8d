-- A file of a form on its way from a phone, piece by piece; once it is whole and looked at, its content. Kept for days at most.
create table form_upload (
    id text primary key,            -- the file's identity, once it is part of a form
    owner text not null,            -- an account, or the hash of a guest's token
    key text not null,              -- made on the phone: the same key is the same file
    version_id text not null references form_version (id),
    field text not null,            -- the path of its question
    name text not null,
    size bigint not null,           -- as announced, in bytes
    digest text not null,           -- SHA-256 of all of it, as announced
    received bigint not null,       -- bytes that are here
    kind text check (kind in ('jpeg', 'png', 'webp', 'pdf')),   -- once it is whole and was looked at
    clean_size bigint not null,     -- of the content below, in bytes
    body bytea,                     -- sealed content, once it is whole and was looked at
    created_at bigint not null,
    expires_at bigint not null,
    unique (owner, key)
);
create index form_upload_expires on form_upload (expires_at);

-- A piece of it, sealed.
create table form_upload_part (
    upload_id text not null references form_upload (id) on delete cascade,
    start bigint not null,          -- its place in the file, in bytes
    body bytea not null,
    primary key (upload_id, start)
);
