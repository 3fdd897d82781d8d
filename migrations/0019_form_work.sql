-- A form that is being changed: one working copy each, until it is published or thrown away.
create table form_work (
    form_key text primary key,
    office_id text not null references office (id),
    base bigint,                    -- the published version that it knows; none of a new form
    revision bigint not null,       -- counts every change, undoing as well
    position bigint not null,       -- the step that holds it as it is now
    begun_at bigint not null,
    updated_at bigint not null,
    by_account_id text references account (id)
);

-- Its steps, whole, so that each can be gone back to. Those behind the position were undone.
create table form_work_step (
    form_key text not null references form_work (form_key) on delete cascade,
    number bigint not null,
    what text not null,             -- the word of the edit, then where
    body text not null,             -- JSON of `domain::form::Bundle` after it
    revision bigint not null,       -- the one that it made
    at bigint not null,
    by_account_id text references account (id),
    primary key (form_key, number)
);
