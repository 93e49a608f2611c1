-- What runs in the background again and again: when it last ended, in whichever process, and how.
--
-- background_round.problem: what was wrong; null: nothing.

create table background_round (
    name {text} not null primary key,
    ran_at {int} not null,
    problem {text}
);
