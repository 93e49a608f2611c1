create table search (
    id bigint primary key,
    words tsvector not null
);
create index search_words on search using gin (words);
