-- How many tickets hang on an entry of a list is asked on the pages of the settings, and whether any does when
-- one is deleted. An area has an index that begins with it already.

create index ticket_queue on ticket (queue) where queue is not null;
create index ticket_category on ticket (category) where category is not null;
create index ticket_request_type on ticket (request_type) where request_type is not null;
create index ticket_priority on ticket (priority);
create index ticket_status on ticket (status);
