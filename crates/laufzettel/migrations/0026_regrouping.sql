-- Messages that went from one ticket to another: moved, split off, or with all others of their ticket.
--
-- ticket.merged_into: the ticket to which the number leads, at the end of all merging; stage 4 then.
-- message.regrouped: what brought the message here last; null: it came here by itself.
-- regrouping.kind: move, split, merge. detail: the way back (feature/regroup/way_back.rs) as JSON.
-- ticket_distinct: two tickets of which somebody said that they are not about the same.

alter table ticket add column merged_into {int} references ticket (id);
create index ticket_merged on ticket (merged_into) where merged_into is not null;

alter table message add column regrouped {int};

create table regrouping (
    id {int} primary key,
    kind {text} not null,
    source {int} not null references ticket (id),
    target {int} not null references ticket (id),
    at {int} not null,
    agent {int} references agent (id),
    detail {text} not null,
    undone_at {int}
);
create index regrouping_target on regrouping (target, id);
create index regrouping_source on regrouping (source, id);

create table ticket_distinct (
    ticket {int} not null references ticket (id),
    other {int} not null references ticket (id),
    agent {int} references agent (id),
    at {int} not null,
    primary key (ticket, other)
) {keyed};
