-- What can be found, with its text for the results. The index of words beside it differs between the two databases:
-- storage/src/search/{sqlite,postgres}.rs make it.
create table search_doc (
    number bigint primary key,          -- 63 bits of a hash of kind and subject: the index's own key
    kind text not null check (kind in ('consultation', 'clause', 'comment')),
    subject_id text not null,
    consultation_id text not null references consultation (id) on delete cascade,
    place text not null default '',     -- the label of a clause
    title text not null default '',
    body text not null default '',      -- plain text
    at bigint not null,
    unique (kind, subject_id)
);
create index search_doc_consultation on search_doc (consultation_id, kind);
