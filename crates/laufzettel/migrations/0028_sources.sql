-- What a mailbox does with its mails, beside what has columns of its own, and what is known of a mail that was
-- too large to be taken whole.
--
-- mailbox.options: JSON; null is as usual.
-- inbound_mail.left_bytes: the size of a mail of which only the head was taken; the rest stays on its server.
-- ticket.reference: the number that the customer has for it, as his first mail says (F-FLD-32).
-- area.told_new: addresses that hear of each new ticket, separated by commas (F-MAIL-63).
-- area.told_new_text: what that mail says above its facts.

alter table mailbox add column options {text};
alter table inbound_mail add column left_bytes {int};
alter table ticket add column reference {text};
alter table area add column told_new {text};
alter table area add column told_new_text {text};

-- inbound_mail.uidl: account and unique id of a mail that was fetched by POP3, which has no folders and numbers.

alter table inbound_mail add column uidl {text};
create unique index inbound_mail_uidl on inbound_mail (mailbox, uidl) where uidl is not null;
