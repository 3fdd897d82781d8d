-- Which sealing keys this database has met. The keys themselves are never here: they lie in a file outside.
create table seal_key (
    id text primary key,
    check_value text not null,      -- a keyed hash by which a key is known again
    first_met_at bigint not null
);
