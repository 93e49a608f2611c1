-- Who looks at a ticket and who writes in it, for a moment: all processes see the same.
--
-- state: looking, typing. until_at: nobody believes it later.

create table presence (
    ticket {int} not null references ticket (id),
    agent {int} not null references agent (id),
    state {text} not null,
    until_at {int} not null,
    primary key (ticket, agent)
) {keyed};
create index presence_until on presence (until_at);
