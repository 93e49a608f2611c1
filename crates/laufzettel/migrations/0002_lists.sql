-- The lists that an administrator edits: areas with their rights, queues, statuses, and so on.
-- Each entry has a key for programs, a name for people, a position, and is switched off rather than deleted.

create table area (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    name_en {text},
    position {int} not null,
    active {int} not null,
    hue {int} not null,
    number_mask {text},
    version {int} not null
);

create table area_right (
    agent {int} not null references agent (id),
    area {int} not null references area (id),
    level {text} not null,
    primary key (agent, area)
);

create table queue (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    name_en {text},
    position {int} not null,
    active {int} not null,
    version {int} not null
);

create table status (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    name_en {text},
    kind {text} not null,
    position {int} not null,
    active {int} not null,
    version {int} not null
);

create table priority (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    name_en {text},
    position {int} not null,
    active {int} not null,
    is_default {int} not null,
    hue {int},
    version {int} not null
);

create table request_type (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    name_en {text},
    position {int} not null,
    active {int} not null,
    is_default {int} not null,
    version {int} not null
);

create table category (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    name_en {text},
    parent {int} references category (id),
    priority {int} references priority (id),
    position {int} not null,
    active {int} not null,
    is_public {int} not null,
    version {int} not null
);

create table tag (
    id {int} primary key,
    key {text} not null unique,
    name {text} not null,
    hue {int}
);
