create table account (
    id text primary key,
    email text not null,
    email_key text not null unique, -- the address as compared: trimmed, lower case
    name text not null,
    password_hash text not null,
    role text not null check (role in ('resident', 'moderator', 'administrator')),
    home_area_id text references area (id),
    locale text,
    created_at bigint not null
);

-- An officer is an account that belongs to an office.
create table membership (
    account_id text not null references account (id) on delete cascade,
    office_id text not null references office (id),
    since bigint not null,
    given_by text references account (id),
    primary key (account_id, office_id)
);

create table session (
    id_hash text primary key,       -- SHA-256 of the cookie, never the cookie
    account_id text not null references account (id) on delete cascade,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    device text not null default ''
);
create index session_account on session (account_id);

create table invite (
    token_hash text primary key,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    used_by text references account (id)
);

-- Who did what to whom, for the back office. Append only.
create table audit (
    id text primary key,
    at bigint not null,
    account_id text references account (id),
    verb text not null,
    subject text not null,
    detail text not null default ''
);
create index audit_at on audit (at desc, id desc);
create index audit_subject on audit (subject, at);

-- What a person is typing, kept on the server: owner is an account id or the hash of an anonymous draft cookie.
create table draft (
    owner text not null,
    place text not null,            -- which form, such as comment:jalur-sepeda:pasal-4
    body text not null,             -- JSON object of the fields as typed
    updated_at bigint not null,
    primary key (owner, place)
);
create index draft_updated on draft (updated_at);
