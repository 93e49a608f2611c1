-- Automatic answers: what a mailbox says to whoever writes a new ticket, to whom it said so, and with whom it keeps
-- silent because something answers it.
--
-- automatic_answer.mail: the mail in the outbox.
-- proved_address: addresses that answered a mail of ours by its signed name, so somebody there reads what we send.
-- token_echo: mails of third parties that carry a token of ours.
-- muted_pair.why: rate, echo.

create table autoresponder (
    mailbox {int} primary key references mailbox (id),
    enabled {int} not null,
    subject {text} not null,
    html {text} not null,
    once_per_day {int} not null
);

create table automatic_answer (
    mail {int} primary key references outbound_mail (id),
    mailbox {int} not null references mailbox (id),
    address {text} not null,
    at {int} not null
);
create index automatic_answer_address on automatic_answer (address, at);

create table proved_address (
    address {text} not null primary key,
    proved_at {int} not null
);

create table token_echo (
    mail {int} primary key references inbound_mail (id),
    mailbox {int} not null references mailbox (id),
    address {text} not null,
    at {int} not null
);
create index token_echo_address on token_echo (address, mailbox, at);

create table muted_pair (
    mailbox {int} not null references mailbox (id),
    address {text} not null,
    why {text} not null,
    ticket {int} references ticket (id),
    since_at {int} not null,
    primary key (mailbox, address)
);
