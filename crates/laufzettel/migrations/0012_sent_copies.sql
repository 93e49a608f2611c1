-- Copies of sent mails in the Sent folders of accounts (decision 20), where a mailbox asks for them.
--
-- sent_copy.state: waiting, copied, found (it lay there already), given_up.
-- sent_copy.next_at: when it is tried; null when nothing is left to do.
-- sent_copy.folder, words: where it lies, or what the server said last.

create table sent_copy (
    mail {int} primary key references outbound_mail (id),
    mailbox {int} not null references mailbox (id),
    state {text} not null,
    created_at {int} not null,
    next_at {int},
    attempts {int} not null,
    folder {text},
    words {text},
    changed_at {int} not null
);
create index sent_copy_due on sent_copy (mailbox, next_at, mail) where next_at is not null;
