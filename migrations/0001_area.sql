-- A city is data: its areas and offices come from a file, not from the program.
create table city (
    id text primary key check (id = 'city'),
    name text not null,
    zone_name text not null,
    zone_hours bigint not null,
    is_demo boolean not null default false
);

create table area (
    id text primary key,            -- official code, such as 35.79.02.2009
    name text not null,
    kind text not null check (kind in ('kota', 'kecamatan', 'desa', 'kelurahan')),
    parent_id text references area (id),
    postcode text
);
create index area_parent on area (parent_id);
