-- What a case is, in English; empty where nobody wrote it, as in cases before this.
alter table cases add column title_en text not null default '';
