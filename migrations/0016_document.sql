-- How the letters of a service are written. Each version is whole and never changes; the newest one is used.
create table document_template (
    scope text not null,            -- the word of a service's form; empty for all services without one of their own
    version bigint not null,        -- from 1; 0 is the one that comes with the program
    body text not null,             -- JSON of `domain::document::Template`
    at bigint not null,
    by_account_id text references account (id),
    primary key (scope, version)
);

-- The last number of an office in a year.
create table document_counter (
    office_id text not null references office (id),
    year bigint not null,
    last bigint not null,
    primary key (office_id, year)
);

-- A letter with which a decision was told. It never changes; whether it holds is told by what came after it.
create table document (
    id text primary key,
    case_id text not null references cases (id),
    number text not null unique,    -- 470/0012/422.108/2026
    code text not null unique,      -- ten characters with which anybody asks whether it holds
    template_scope text not null,
    template_version bigint not null,
    body bytea not null,            -- the PDF, sealed; empty once the case is erased
    sha256 text not null,           -- of the PDF: its bytes are compared by it
    initials text not null,         -- of who asked; empty once the case is erased
    issued_at bigint not null,
    issued_by text references account (id),
    replaced_by text references document (id),
    replaced_at bigint,
    revoked_at bigint,
    revoked_by text references account (id),
    reason text not null default '', -- why it was replaced or revoked: anybody may read it
    key_hash text not null unique   -- SHA-256 of the key of the form that issued it: sent twice is one letter
);
create index document_case on document (case_id, issued_at, id);
-- At most one letter of a case holds.
create unique index document_valid on document (case_id) where replaced_at is null and revoked_at is null;
