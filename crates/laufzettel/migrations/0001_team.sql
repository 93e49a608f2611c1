-- Who runs, who works, who may call: processes, settings, agents, sessions, tokens.
--
-- agent.level_elsewhere: the level in areas without a row in area_right; 'none' for no access. Null: as the role has it.
-- agent.flags: codes separated by blanks. Null: as the role has it.

create table process (
    number {int} primary key,
    leased_until {int} not null
);

create table setting (
    name {text} not null primary key,
    value {text} not null
);

create table agent (
    id {int} primary key,
    email {text} not null unique,
    name {text} not null,
    role {text} not null,
    level_elsewhere {text},
    flags {text},
    active {int} not null,
    language {text},
    theme {text},
    keys {int} not null,
    password_hash {text},
    created_at {int} not null,
    version {int} not null
);

create table session (
    token_hash {blob} not null primary key,
    agent {int} not null references agent (id),
    created_at {int} not null,
    seen_at {int} not null,
    expires_at {int} not null,
    user_agent {text} not null
);
create index session_agent on session (agent);

create table token (
    id {int} primary key,
    agent {int} not null references agent (id),
    name {text} not null,
    token_hash {blob} not null unique,
    scopes {text} not null,
    created_at {int} not null,
    expires_at {int},
    revoked_at {int}
);
create index token_agent on token (agent);

create table idempotency (
    agent {int} not null,
    key {text} not null,
    request_hash {blob} not null,
    status {int} not null,
    location {text},
    etag {text},
    body {text} not null,
    created_at {int} not null,
    primary key (agent, key)
);
create index idempotency_created on idempotency (created_at);
