-- Where areas lie, for maps: brought in by an administrator, all at once.
create table area_outline (
    area_id text primary key references area (id) on delete cascade,
    name_lon bigint not null,       -- where its name stands, in hundred-thousandths of a degree (WGS 84)
    name_lat bigint not null,
    rings text not null             -- JSON: rings of corners, each [longitude, latitude] in the same measure
);

-- Whose work the outlines are, as it stands below every map.
alter table city add column outline_credit text not null default '';
