-- Customers: a person with any number of addresses, and the company the person works for.

create table company (
    id {int} primary key,
    name {text} not null,
    name_key {text} not null,
    customer_number {text},
    domain {text},
    created_at {int} not null,
    version {int} not null
);
create index company_domain on company (domain);
create index company_name on company (name_key, id);

create table contact (
    id {int} primary key,
    name {text} not null,
    name_key {text} not null,
    phone {text},
    company {int} references company (id),
    language {text},
    created_at {int} not null,
    version {int} not null
);
create index contact_company on contact (company);
create index contact_name on contact (name_key, id);

create table contact_address (
    address {text} not null primary key,
    contact {int} not null references contact (id),
    position {int} not null
);
create index contact_address_contact on contact_address (contact);
