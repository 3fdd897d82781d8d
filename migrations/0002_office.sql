create table office (
    id text primary key,            -- short word for addresses, such as dishub
    name text not null,
    short text not null,
    contact text not null default ''
);
