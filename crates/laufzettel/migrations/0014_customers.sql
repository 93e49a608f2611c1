-- Customers: how they are found, all their telephone numbers, what is noted, what became of them.
--
-- contact.phone is no longer used: contact_phone holds all numbers, the main one first.
-- contact_key, company_key: what a look-up may begin with (rules::customer); key_rule is the version
-- of the rule that made them, so that older ones are made anew in the background.
-- customer_event has either a contact or a company.
-- customer_joined.gone: the contact or company that went into another one; detail: the way back, as JSON.
-- customer_import: a file that was uploaded and not taken over yet.

alter table contact add column job {text};
alter table contact add column notes {text};
alter table contact add column key_rule {int} not null default 0;
create index contact_key_rule on contact (key_rule, id);

alter table company add column phone {text};
alter table company add column postal_address {text};
alter table company add column notes {text};
alter table company add column key_rule {int} not null default 0;
create index company_key_rule on company (key_rule, id);

create table contact_phone (
    contact {int} not null references contact (id),
    position {int} not null,
    number {text} not null,
    primary key (contact, position)
) {keyed};
insert into contact_phone (contact, position, number)
select id, 1, phone from contact where phone is not null;
update contact set phone = null where phone is not null;

create table contact_key (
    key {text} not null,
    contact {int} not null references contact (id),
    primary key (key, contact)
) {keyed};
create index contact_key_contact on contact_key (contact, key);

create table company_key (
    key {text} not null,
    company {int} not null references company (id),
    primary key (key, company)
) {keyed};
create index company_key_company on company_key (company, key);

create index ticket_contact_open on ticket (contact) where stage < 2;
create index ticket_company_open on ticket (company) where stage < 2;

create table customer_event (
    id {int} primary key,
    contact {int},
    company {int},
    at {int} not null,
    kind {text} not null,
    agent {int} references agent (id),
    detail {text} not null
);
create index customer_event_contact on customer_event (contact, id) where contact is not null;
create index customer_event_company on customer_event (company, id) where company is not null;

create table customer_joined (
    gone {int} not null primary key,
    kept {int} not null,
    at {int} not null,
    agent {int} references agent (id),
    detail {text} not null
);
create index customer_joined_kept on customer_joined (kept, gone);

create table customer_import (
    id {int} primary key,
    agent {int} not null references agent (id),
    created_at {int} not null,
    name {text} not null,
    content {blob} not null
);
create index customer_import_agent on customer_import (agent, id);
