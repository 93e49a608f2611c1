# Inbox

found-count = { $count } found
open-count = { $count } open
whose = Assignee
all = All
mine = Mine
tickets = Tickets
more = Load more tickets
overdue = Overdue
today = Due today
later = Later
no-deadline = No deadline
recent = Recently changed
waiting = Waiting for customer
no-mailbox = No mailbox yet
no-mailbox-text = As soon as a mailbox is set up, its mails become tickets here.
add-mailbox = Set up a mailbox
all-done = All filed
all-done-text = There is no open ticket here. New mails appear by themselves.
nothing-found = No ticket matches
nothing-found-text = The filters leave nothing. Take one out or reset them all.
reset-filter = Reset filters
news = { $count ->
    [one] { $count } new ticket
   *[other] { $count } new tickets
}
fetched = Last fetched { $time }
select-ticket = Select ticket { $number }

## Filter
search-list = Search this list
unknown-name = “{ $name }” is no filter, it is searched as a word
change-filter = Change filter { $name }: { $value }
remove-filter = Remove filter { $name } { $value }
find-filter = Find a filter
add-filter = Add a filter
field-is = { $field } is
field-is-not = { $field } is not
field-below = { $field } before
field-above = { $field } after
contains = contains

## Selection
bulk-label = Actions for selected tickets
selected = selected
one-selected = {"{"}n{"}"} selected
many-selected = {"{"}n{"}"} selected
more-actions = More actions
clear-selection = Clear selection
new-tag = New tag
add-tag = Add tag
remove-tag = Remove tag
claim = Claim what is nobody’s
mark-read = Mark as read
mark-unread = Mark as unread

## Deadline
paused = paused
due-now = now
messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
apply-rules = Apply rules
spam-rule = Sender always to the trash …
