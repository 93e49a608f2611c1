-- The sandbox of the demo: what its mail server was given instead of the world.

create table sandbox_mail (
    id {int} primary key,
    envelope_from {text} not null,
    recipients {text} not null,
    raw_hash {blob} not null,
    caught_at {int} not null
);
create index sandbox_mail_blob on sandbox_mail (raw_hash);
