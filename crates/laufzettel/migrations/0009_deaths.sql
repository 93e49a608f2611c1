-- Failures of reading a mail (attempts) and ends of a process over it are different things: a process can be ended from outside.

alter table inbound_mail add column deaths {int} not null default 0;
