# Who else is here

writes = { $name } is writing
several-write = Several people are writing
is-writing = { $name } is writing right now
is-looking = { $name } is looking at this ticket
