-- What the administration changes, links by which people set a password, and what areas and queues say of themselves.
--
-- area.group_name: areas lie in groups; null: the general one.
-- queue.responsible: who distributes its tickets; null: the queue is a department from which people take them.
-- settings_event.agent: null: done by a command of the program itself.
-- settings_event.detail: JSON [{"field", "from", "to"}].

alter table area add column group_name {text};
alter table area add column description {text};
alter table queue add column short_name {text};
alter table queue add column responsible {int} references agent (id);

create table settings_event (
    id {int} primary key,
    at {int} not null,
    agent {int} references agent (id),
    caller {text},
    subject {text} not null,
    subject_id {int} not null,
    name {text} not null,
    kind {text} not null,
    detail {text} not null
);
create index settings_event_subject on settings_event (subject, subject_id, id);

create table password_link (
    token_hash {blob} not null primary key,
    agent {int} not null references agent (id),
    purpose {text} not null,
    created_at {int} not null,
    expires_at {int} not null,
    used_at {int}
);
create index password_link_agent on password_link (agent, created_at);
