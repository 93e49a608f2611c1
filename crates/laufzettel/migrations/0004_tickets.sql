-- Tickets, their conversation and their history.
--
-- stage: 0 someone of us must act, 1 waiting for the requester, 2 closed, 3 trash; it follows from the status.
-- due_at: 9007199254740991 when there is no deadline, so that one index sorts all.
-- queue_at: the last message of the customer, else the creation: who has waited longest comes first.
-- subject_key, requester_key, name_key: folded for look-ups of parts (rules::text::fold_text).
-- segments: JSON [{"kind", "text", "html"}], html is 1 if message_html holds the segment's HTML.
-- message.segments and message_html.html are packed (record/packed.rs).

create table number_counter (
    key {text} not null primary key,
    value {int} not null
);

create table ticket (
    id {int} primary key,
    number {text} not null,
    number_key {text} not null unique,
    public_id {text} not null unique,
    subject {text} not null,
    subject_key {text} not null,
    preview {text} not null,
    area {int} not null references area (id),
    request_type {int} references request_type (id),
    category {int} references category (id),
    priority {int} not null references priority (id),
    queue {int} references queue (id),
    status {int} not null references status (id),
    stage {int} not null,
    assignee {int} references agent (id),
    creator {int} references agent (id),
    channel {text} not null,
    requester_name {text} not null,
    requester_email {text},
    requester_phone {text},
    requester_key {text} not null,
    contact {int} references contact (id),
    company {int} references company (id),
    tags {text} not null,
    unseen {int} not null,
    due_at {int} not null,
    resubmit_at {int},
    queue_at {int} not null,
    created_at {int} not null,
    updated_at {int} not null,
    first_read_at {int},
    closed_at {int},
    last_customer_at {int},
    last_agent_at {int},
    last_sent_at {int},
    message_count {int} not null,
    status_before_trash {int},
    version {int} not null
);
create index ticket_inbox on ticket (stage, due_at, queue_at, id);
create index ticket_inbox_area on ticket (area, stage, due_at, queue_at, id);
create index ticket_inbox_assignee on ticket (assignee, stage, due_at, queue_at, id);
create index ticket_resubmit on ticket (resubmit_at) where resubmit_at is not null;
create index ticket_updated on ticket (updated_at, id);
create index ticket_contact on ticket (contact, id) where contact is not null;
create index ticket_company on ticket (company, id) where company is not null;
create index ticket_requester on ticket (requester_email, id) where requester_email is not null;

create table ticket_tag (
    tag {int} not null references tag (id),
    ticket {int} not null references ticket (id),
    primary key (tag, ticket)
) {keyed};
create index ticket_tag_ticket on ticket_tag (ticket);

create table ticket_link (
    ticket {int} not null references ticket (id),
    other {int} not null references ticket (id),
    kind {text} not null,
    primary key (ticket, other)
);

create table message (
    id {int} primary key,
    ticket {int} not null references ticket (id),
    visibility {text} not null,
    direction {text},
    channel {text} not null,
    author_name {text} not null,
    author_email {text},
    agent {int} references agent (id),
    at {int} not null,
    created_at {int} not null,
    subject {text} not null,
    recipients {text} not null,
    segments {blob} not null,
    attachments {text} not null,
    blocked_remote {int} not null,
    cleaner {int} not null,
    mail {int},
    mail_class {text},
    evidence {text},
    oddities {text}
);
create index message_ticket on message (ticket, id);

create table message_html (
    message {int} not null references message (id),
    segment {int} not null,
    html {blob} not null,
    primary key (message, segment)
);

create table attachment (
    id {int} primary key,
    message {int} references message (id),
    name {text} not null,
    name_key {text} not null,
    type {text} not null,
    size_bytes {int} not null,
    sha256 {blob} not null,
    raw_hash {blob},
    part_path {text},
    blob_hash {blob},
    content_id {text},
    is_inline {int} not null,
    uploaded_by {int} references agent (id),
    created_at {int} not null
);
create index attachment_message on attachment (message);
create index attachment_blob on attachment (blob_hash) where blob_hash is not null;
create index attachment_waiting on attachment (created_at) where message is null;

create table ticket_participant (
    ticket {int} not null references ticket (id),
    address {text} not null,
    name {text} not null,
    role {text} not null,
    primary key (ticket, address)
) {keyed};

create table message_reference (
    message_id {text} not null,
    ticket {int} not null references ticket (id),
    message {int} not null,
    primary key (message_id, ticket)
) {keyed};

create table reading (
    agent {int} not null references agent (id),
    ticket {int} not null references ticket (id),
    message {int} not null,
    primary key (agent, ticket)
) {keyed};

create table history_event (
    id {int} primary key,
    ticket {int} not null references ticket (id),
    at {int} not null,
    kind {text} not null,
    agent {int} references agent (id),
    detail {text} not null
);
create index history_event_ticket on history_event (ticket, id);
