-- Mail in: mailboxes, the journal of every mail that ever came, and the bytes of all of them.
--
-- inbound_mail.state: seen, stored, applied, duplicate, filtered, quarantined, gone (mail.md 3.1).
-- inbound_mail.server: what is still to be done on the server: none, pending, done, gone, failed.

create table blob (
    hash {blob} not null primary key,
    size_bytes {int} not null,
    bytes {blob},
    unused_since {int}
);
create index blob_unused on blob (unused_since) where unused_since is not null;

create table lease (
    name {text} not null primary key,
    holder {int} not null,
    fence {int} not null,
    until_at {int} not null
);

create table mailbox (
    id {int} primary key,
    name {text} not null unique,
    label {text} not null,
    enabled {int} not null,
    area {int} not null references area (id),
    queue {int} references queue (id),
    category {int} references category (id),
    source {text} not null,
    password {blob},
    after_import {text} not null,
    move_to {text},
    from_date {int},
    max_age_days {int},
    unknown_sender {text} not null,
    stranger_with_number {text} not null,
    join_open_ticket {int} not null,
    similarity_percent {int} not null,
    domains {text} not null,
    created_at {int} not null,
    version {int} not null
);

create table mailbox_address (
    address {text} not null primary key,
    mailbox {int} not null references mailbox (id),
    position {int} not null
);
create index mailbox_address_mailbox on mailbox_address (mailbox);

create table mailbox_state (
    mailbox {int} primary key references mailbox (id),
    state {text} not null,
    problem {text},
    words {text},
    since_at {int} not null,
    tried_at {int},
    succeeded_at {int},
    fetch_wanted {int} not null
);

create table mailbox_folder (
    mailbox {int} not null references mailbox (id),
    folder {text} not null,
    uidvalidity {int} not null,
    uid_next {int} not null,
    relisted_at {int} not null,
    primary key (mailbox, folder)
);

create table inbound_mail (
    id {int} primary key,
    mailbox {int} not null references mailbox (id),
    source {text} not null,
    envelope_from {text},
    envelope_to {text},
    folder {text},
    uidvalidity {int},
    uid {int},
    size_bytes {int} not null,
    internal_date {int},
    arrived_at {int} not null,
    raw_hash {blob},
    state {text} not null,
    server {text} not null,
    server_words {text},
    archive {int} not null,
    attempts {int} not null,
    deaths {int} not null default 0,
    problem {text},
    message_id {text},
    from_address {text},
    from_name {text},
    subject {text},
    outcome {text},
    ticket {int},
    message {int},
    duplicate_of {int},
    evidence {text},
    oddities {text},
    decided_at {int},
    unique (mailbox, folder, uidvalidity, uid)
);
create index inbound_mail_waiting on inbound_mail (id) where state = 'stored';
create index inbound_mail_unfetched on inbound_mail (mailbox, uid) where state = 'seen';
create index inbound_mail_server on inbound_mail (mailbox, id) where server = 'pending';
create index inbound_mail_mailbox on inbound_mail (mailbox, id);
create index inbound_mail_state on inbound_mail (state, id);
create index inbound_mail_raw on inbound_mail (raw_hash, mailbox);
create index inbound_mail_message_id on inbound_mail (message_id);
create index inbound_mail_from on inbound_mail (from_address, id);
create index inbound_mail_ticket on inbound_mail (ticket) where ticket is not null;

-- What tells a mail that was taken before: its octets in one mailbox, its fingerprint in one area.
-- A key is claimed by the first mail that is decided; whoever comes second finds it here.
create table mail_key (
    key {blob} not null primary key,
    mail {int} not null
) {keyed};
