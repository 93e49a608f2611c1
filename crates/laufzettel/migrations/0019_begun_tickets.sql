-- Tickets that somebody has begun in the form and not made yet.
--
-- begun_ticket.mark: what tells one form from others, the same under which its ticket is made only once.
-- begun_ticket.content: the fields of the form (feature/new_ticket/form.rs) as JSON.
-- begun_ticket.discarded: 0 waits; 1 was thrown away and is kept until the next one is, for undo.

create table begun_ticket (
    agent {int} not null references agent (id),
    mark {text} not null,
    content {text} not null,
    saved_at {int} not null,
    discarded {int} not null,
    primary key (agent, mark)
) {keyed};
create index begun_ticket_newest on begun_ticket (agent, discarded, saved_at, mark);
