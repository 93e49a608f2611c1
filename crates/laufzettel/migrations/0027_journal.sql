-- Mails that a person places, and the daily reconciliation of each mailbox.
--
-- mail_event.kind: assigned, made, discarded, restored: what people did with a mail that lay in no ticket.
-- reconciliation.on_server: mails that lie in the folder; null: there is no server to be asked.
-- reconciliation.not_wanted: those of them that are older than the mailbox takes mails.
-- reconciliation.left_server: entries of the journal whose mail does not lie in the folder (any more).
-- reconciliation.missing: mails of the server that the journal does not have; UID and subject of the first ones
-- stand in `named` as JSON.
-- reconciliation.lost: entries that were put into a ticket that is not there.

-- inbound_mail.class: what sort of automatic mail it is; null: a person wrote it.

alter table inbound_mail add column class {text};
update inbound_mail set class = (select g.mail_class from message g where g.id = inbound_mail.message)
    where message is not null;
update inbound_mail set class = problem where outcome = 'bounce' and ticket is null;
create index inbound_mail_class on inbound_mail (class, id) where class is not null;
create index inbound_mail_outcome on inbound_mail (outcome, id);

create table mail_event (
    id {int} primary key,
    mail {int} not null references inbound_mail (id),
    kind {text} not null,
    agent {int} references agent (id),
    at {int} not null,
    detail {text} not null
);
create index mail_event_mail on mail_event (mail, id);

create table reconciliation (
    id {int} primary key,
    mailbox {int} not null references mailbox (id),
    at {int} not null,
    on_server {int},
    not_wanted {int} not null,
    left_server {int} not null,
    in_journal {int} not null,
    in_tickets {int} not null,
    duplicates {int} not null,
    filtered {int} not null,
    unassigned {int} not null,
    quarantined {int} not null,
    vanished {int} not null,
    waiting {int} not null,
    missing {int} not null,
    lost {int} not null,
    named {text} not null
);
create index reconciliation_mailbox on reconciliation (mailbox, id);

alter table mailbox_state add column reconcile_wanted {int};
