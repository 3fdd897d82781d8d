-- Opinion groups as they were last found: derived from `statement_vote` and `statement`, and from the rules below.
create table opinion_group (
    consultation_id text primary key references consultation (id) on delete cascade,
    basis text not null,                -- what it rests on, as text to be compared
    votes bigint not null,              -- judgements that were there, re-votes too
    found_at bigint not null,
    findings text not null,             -- JSON, as published
    names text not null,                -- JSON: the label of each group of the findings, and the way the map lies
    picture text not null,              -- JSON: what a page draws of it
    compass text not null,              -- JSON: from what a person's place is reckoned
    -- The same without the people whom published rules name; empty while there is no such rule.
    left_out bigint not null default 0, -- how many people that are
    without_findings text not null default '',
    without_picture text not null default '',
    without_compass text not null default ''
);

-- Rules by which an office has people left out of a second result, beside that of everybody. What was published and withdrawn
-- before is in `consultation_change`.
create table group_rule (
    consultation_id text not null references consultation (id) on delete cascade,
    rule text not null,                 -- identical_ballots, agrees_with_all, disagrees_with_all
    reason text not null,
    account_id text references account (id),
    at bigint not null,
    primary key (consultation_id, rule)
);
