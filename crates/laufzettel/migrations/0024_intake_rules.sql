-- Intake rules (F-MAIL-40 ff.): a condition and actions, both in the words of the filter language with ids in
-- place of names. They run in the order of `position`.
create table intake_rule (
    id {int} primary key,
    name {text} not null,
    mailbox {int} references mailbox (id),
    condition {text} not null,
    actions {text} not null,
    position {int} not null,
    active {int} not null,
    version {int} not null
);

-- Which rule fired on which mail. Ids of mails follow the time, so the last ones of a rule lie together.
create table intake_rule_hit (
    rule {int} not null,
    mail {int} not null references inbound_mail (id),
    primary key (rule, mail)
) {keyed};

-- What was known of a mail when it was decided about, packed JSON: from it the decision can be made again with
-- other rules or settings, without its bytes.
create table mail_facts (
    mail {int} primary key references inbound_mail (id),
    facts {blob} not null
);

-- Marks of a ticket (F-FLD-24).
alter table ticket add column private {int} not null default 0;
alter table ticket add column personal {int} not null default 0;
alter table ticket add column gdpr {int} not null default 0;

-- A rule finds a company by its customer number.
create index company_customer_number on company (customer_number) where customer_number is not null;
