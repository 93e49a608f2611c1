-- What people write down in a ticket, and what an area says when a ticket is closed.
--
-- message.concerns: ids of the agents whom it concerns, as JSON; null: its author.
-- message.corrected_at: when somebody last changed it after it was written.
-- area.closing_text: what the mail says that a ticket is closed; null: the usual sentence.

alter table message add column concerns {text};
alter table message add column corrected_at {int};
alter table area add column closing_text {text};
