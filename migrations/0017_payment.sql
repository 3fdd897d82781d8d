-- A city's tables of rates, as an administrator brought them in.
create table tax_table (
    word text primary key,          -- which tax: `pbb`
    body text not null,             -- JSON of `domain::tax::Table`
    at bigint not null,
    by_account_id text references account (id)
);

-- A year's land tax (PBB-P2) on one property, computed from the table when it was brought in.
create table tax_bill (
    id text primary key,
    nop_mark text not null,         -- keyed hash of the property's number
    nop_masked text not null,       -- for lists in the office
    year bigint not null,
    person text not null,           -- sealed: the number, the owner's name, where the property lies
    object text not null,           -- JSON of `domain::tax::Property`
    assessment text not null,       -- JSON of `domain::tax::Assessment`
    tax bigint not null,            -- whole Rupiah
    due text not null,              -- the last day without interest, YYYY-MM-DD
    paid_at bigint,
    paid_elsewhere boolean not null, -- whether the list that was brought in says that it is paid
    imported_at bigint not null,
    unique (nop_mark, year)
);

-- What somebody is to pay: the fee of a case, or a year's tax.
create table bill (
    id text primary key,
    code text not null unique,      -- random, in its address and in the payload of the QR code
    office_id text not null references office (id),
    case_id text unique references cases (id),
    tax_bill_id text references tax_bill (id),
    title_id text not null,
    title_en text not null,
    amount bigint not null check (amount > 0), -- whole Rupiah
    due text not null,              -- YYYY-MM-DD
    issued_at bigint not null,
    attempts bigint not null,       -- the number of the newest attempt
    state text not null check (state in ('issued', 'pending', 'expired', 'cancelled', 'paid')),
    paid_at bigint,
    paid_by text,                   -- the provider
    paid_reference text,            -- the provider's name of the payment
    is_overpaid boolean not null,
    refunded bigint not null,       -- in hundredths of a Rupiah
    withdrawn_at bigint,            -- when it need not be paid any more
    revision bigint not null
);
-- One bill of a year's tax at a time.
create unique index bill_tax on bill (tax_bill_id) where tax_bill_id is not null and withdrawn_at is null;
create index bill_issued on bill (issued_at, id);
create index bill_paid on bill (paid_at, id) where paid_at is not null;

-- One try to have a bill paid: an order at a provider, with the QR code that it gave.
create table payment_attempt (
    order_id text primary key,      -- what the provider knows it by
    bill_id text not null references bill (id),
    number bigint not null,
    provider text not null,
    payload text,                   -- of the QR code; none until the provider answered
    created_at bigint not null,
    tries bigint not null,          -- how often the provider was asked for the code
    next_at bigint,                 -- when it is asked again; none once it answered
    expires_at bigint,
    ask_at bigint,                  -- when the provider is asked how far it is; none when there is no need
    asked bigint not null,
    ended_at bigint,
    unique (bill_id, number)
);
create index payment_attempt_next on payment_attempt (next_at) where next_at is not null;
create index payment_attempt_ask on payment_attempt (ask_at) where ask_at is not null;

-- Everything that providers reported, as it came. Rows are added; the body is emptied after its time.
create table payment_notice (
    id text primary key,
    provider text not null,
    notice_id text not null,        -- the provider's own: reported twice is one row
    bill_id text references bill (id),
    order_id text not null,
    reference text not null,
    report text not null check (report in ('pending', 'denied', 'expired', 'cancelled', 'paid', 'refunded')),
    amount bigint not null,         -- in hundredths
    currency text not null,
    at bigint not null,             -- by the provider's clock
    verdict text not null check (verdict in ('counted', 'wrong_amount', 'wrong_currency', 'unknown_order')),
    source text not null check (source in ('callback', 'question')),
    body text not null,             -- sealed
    received_at bigint not null,
    unique (provider, notice_id)
);
create index payment_notice_bill on payment_notice (bill_id);
create index payment_notice_received on payment_notice (received_at);

-- What the daily comparison with the provider found.
create table payment_difference (
    day text not null,              -- YYYY-MM-DD
    order_id text not null references payment_attempt (order_id),
    what text not null check (what in ('missed_notice', 'unknown_there', 'not_paid_there')),
    at bigint not null,
    primary key (day, order_id, what)
);
