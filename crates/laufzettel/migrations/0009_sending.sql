-- Mail out: senders, the outbox of every mail that ever left with each attempt, drafts, text blocks, and
-- what areas, mailboxes and agents say about answers.
--
-- outbound_mail.account: whose mail server takes it, a sender's own or 0 for the configured one. Whoever holds the
--   lease 'smtp/{account}' sends for it; no row has a lease of its own.
-- outbound_mail.state: queued, sending, dot, uncertain, deferred, sent, failed, bounced, unconfirmed, cancelled
--   (mail.md 3.2).
-- outbound_mail.next_at: when something has to be done with it; null when nothing ever will.
-- outbound_recipient.state: waiting, accepted, deferred, failed, bounced, delayed, unconfirmed, cancelled.
-- draft.kind: reply, note, forward. draft.content: record/draft.rs as JSON.
-- relay.paused_until: no mail leaves by this account before; its password is wrong, for example.

create table sender (
    id {int} primary key,
    address {text} not null unique,
    name {text} not null,
    smtp {text},
    password {blob},
    active {int} not null,
    is_default {int} not null,
    version {int} not null
);
-- One sender at most stands in where nothing else decides.
create unique index sender_default on sender (is_default) where is_default = 1;

create table relay (
    account {int} primary key,
    state {text} not null,
    problem {text},
    words {text},
    since_at {int} not null,
    paused_until {int}
);

create table outbound_mail (
    id {int} primary key,
    ticket {int} references ticket (id),
    message {int},
    agent {int} references agent (id),
    kind {text} not null,
    automatic {int} not null,
    account {int} not null,
    from_name {text} not null,
    from_address {text} not null,
    envelope_from {text} not null,
    subject {text} not null,
    subject_key {text} not null,
    message_id {text} not null unique,
    raw_hash {blob} not null,
    size_bytes {int} not null,
    state {text} not null,
    created_at {int} not null,
    not_before {int} not null,
    next_at {int},
    attempts {int} not null,
    warned {int} not null,
    perhaps_twice {int} not null,
    words {text},
    sent_at {int}
);
create index outbound_mail_due on outbound_mail (account, next_at, id) where next_at is not null;
create index outbound_mail_under_way on outbound_mail (ticket, id) where next_at is not null;
create index outbound_mail_message on outbound_mail (message) where message is not null;
create index outbound_mail_ticket on outbound_mail (ticket, id) where ticket is not null;
create index outbound_mail_state on outbound_mail (state, id);
create index outbound_mail_blob on outbound_mail (raw_hash);

create table outbound_recipient (
    mail {int} not null references outbound_mail (id),
    position {int} not null,
    address {text} not null,
    domain {text} not null,
    name {text} not null,
    field {text} not null,
    automatic {int} not null,
    state {text} not null,
    words {text},
    changed_at {int} not null,
    primary key (mail, position)
) {keyed};
create index outbound_recipient_address on outbound_recipient (address, mail);
create index outbound_recipient_domain on outbound_recipient (domain, changed_at) where automatic = 1;

create table outbound_attempt (
    mail {int} not null references outbound_mail (id),
    number {int} not null,
    at {int} not null,
    ended_at {int} not null,
    outcome {text} not null,
    phase {text} not null,
    words {text} not null,
    primary key (mail, number)
) {keyed};

create table draft (
    ticket {int} not null references ticket (id),
    agent {int} not null references agent (id),
    kind {text} not null,
    content {text} not null,
    saved_at {int} not null,
    primary key (ticket, agent, kind)
) {keyed};
create index draft_agent on draft (agent, saved_at);

-- What somebody must still act on after a change, written with the change itself (decision 7).
create table job (
    id {int} primary key,
    kind {text} not null,
    ticket {int} references ticket (id),
    detail {text} not null,
    run_at {int} not null,
    attempts {int} not null
);
create index job_due on job (run_at, id);

create table text_block (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    area {int} references area (id),
    owner {int} references agent (id),
    language {text},
    html {text} not null,
    position {int} not null,
    active {int} not null,
    version {int} not null
);

-- Files of drafts wait for as long as the draft does.
alter table attachment add column drafted {int} not null default 0;
drop index attachment_waiting;
create index attachment_waiting on attachment (created_at) where message is null and drafted = 0;

alter table agent add column phone {text};
alter table agent add column signature {text};
alter table agent add column undo_seconds {int} not null default 10;
-- Which mails an agent wants: codes separated by blanks. Null: all.
alter table agent add column notices {text};

alter table mailbox add column sender {int};
alter table mailbox add column answer_as_received {int} not null default 0;
alter table mailbox add column plus_addressing {int} not null default 0;
alter table mailbox add column sent_folder {text};
alter table mailbox add column signature {text};

-- area.quote: none, last, all. on_answer: keep, in_progress, waiting_requester, done (K-04).
-- on_customer_answer: by_assignee, unread, in_progress (K-03). after_closing: as_new, as_open, linked.
-- closing_mail: ask, send, none. inform_assignee: ask, always, never.
alter table area add column sender {int};
alter table area add column quote {text} not null default 'last';
alter table area add column on_answer {text} not null default 'in_progress';
alter table area add column on_customer_answer {text} not null default 'by_assignee';
alter table area add column after_closing {text} not null default 'as_new';
alter table area add column linked_after_days {int};
alter table area add column closing_mail {text} not null default 'ask';
alter table area add column confirm_closing {int} not null default 0;
alter table area add column inform_assignee {text} not null default 'ask';
alter table area add column notify_requester {int} not null default 0;
alter table area add column mail_header {text};
alter table area add column mail_footer {text};

-- Whether the requester is told of the opening and of what is done (F-FLD-09).
alter table ticket add column notify {int} not null default 0;
