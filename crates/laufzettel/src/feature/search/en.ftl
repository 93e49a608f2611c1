# Search and commands

words = Search words
hint = Words, numbers, addresses or filters such as status:open
everything = Everything
tickets = Tickets
messages = Messages
messages-and-files = Messages and attachments
only-yours = Only areas you may see
unknown-name = “{ $name }” is no filter, it is searched as a word
begin = Type what you are looking for.
nothing = No results for “{ $query }”
nothing-text = Try fewer or other words.
all-kinds = Search tickets and messages
any-form = Other forms of the words, too
closed-too = Solved ones, too
without-filter = Search without filters
total = { $count } results, newest first.
also = Also found { $words }.
quoted = “{ $word }”
and = { $words } and { $last }
exact = Only exactly these words
go-on = Search on
until = Searched back to { $date }.
from-to = { $author } to { $to }
note-by = { $author }, internal note
in-ticket = in { $number }
file-in = Attachment in { $number }

## Commands
customers = Customers
commands = Commands
for-ticket-html = For { $ticket }
search-for = Search everywhere for “{ $query }”
change-status = Change status
change-priority = Change priority
change-area = Change area
add-tag = Add tag
also-assign = give owner responsible
also-priority = important urgent
also-area = move department
also-resubmit = snooze later remind
also-solve = close done finish resolve
also-spam = junk advertising
also-trash = delete remove trash
