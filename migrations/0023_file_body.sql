-- What is in a file stands apart from what is known of it: when a file becomes a case's, its row is written anew, and with the
-- content in it the content would be, too.
create table form_file_body (
    file_id text primary key references form_file (id) on delete cascade,
    body bytea not null             -- sealed
);
insert into form_file_body (file_id, body) select id, body from form_file;
alter table form_file drop column body;
