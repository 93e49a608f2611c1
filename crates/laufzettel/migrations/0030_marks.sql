-- inbound_mail.was_seen, inbound_mail.was_answered: whether somebody had read or answered a mail on its server
-- before it was fetched (F-MAIL-46).

alter table inbound_mail add column was_seen {int} not null default 0;
alter table inbound_mail add column was_answered {int} not null default 0;
