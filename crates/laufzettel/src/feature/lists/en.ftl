# Lists of the settings

areas = Areas
queues = Queues
statuses = Statuses
priorities = Priorities
request-types = Request types
categories = Categories
about-areas = An area has rights, mailboxes, senders and texts of its own. Areas can be put into groups.
about-queues = A queue says who should take a ticket: a person who distributes, or a department from which somebody takes it.
about-statuses = The order counts everywhere. What a status does is said by its kind: the clock runs, the clock stands, done.
about-priorities = The order goes from low to urgent, and the sign follows from it.
about-request-types = What a ticket is about. New tickets get the default.
about-categories = Topics as a tree. Customers see the public ones, too.
name = Name
name-english = English name
name-english-hint = What the entry is called for everybody who uses English. Without it the German name counts.
kind = Kind
kind-hint = Rules, deadlines and lists go by the kind. It cannot be changed later.
more-than = over { $number }
in-tickets = in tickets
active = Active
active-hint = Switched off, the entry stays on tickets that have it and cannot be chosen any more.
active-of = { $name } active
up = Move { $name } up
down = Move { $name } down
up-title = Move up (Alt ↑)
down-title = Move down (Alt ↓)
edit = Edit { $name }
save = Save
create = Create
new-entry = New entry
all-fields = Create with all details
keys-html = Move the row you are in with { $keys }. What tickets have can be switched off, but not deleted.
no-entries = No entry yet. Type a name below.
changes = Changes
place = at place { $place }
general-group = General
basics = Basics
to-list = To the list

## Fields
group = Group
group-hint = Areas of the same group stand together. Without one the area lies in "General".
description = What the area is for
description-hint = Shown when the pointer rests on the area.
hue = Colour
hue-none = None
hue-1 = Blue
hue-2 = Red
hue-3 = Yellow
hue-4 = Green
hue-5 = Violet
hue-6 = Grey
short-name = Short name
short-name-hint = At most 12 characters, for narrow places.
responsible = Responsible
responsible-hint = Whoever stands here distributes the tickets. Without anybody the queue is a department from which somebody takes them.
nobody-takes = Nobody: department
department = Department
default = Default for new tickets
default-hint = There is exactly one default. Make another entry the default if this one should not be it any more.
parent = Belongs to
no-parent = Stands for itself
gives-priority = Gives tickets this priority
keeps-priority = Leaves the priority as it is
public = Public
public-hint = Customers see and choose this category.
internal = internal

## Kinds of statuses
kind-unread = unread
kind-read = read
kind-assigned = assigned
kind-in-progress = in progress
kind-waiting-requester = waiting for customer
kind-waiting-internal = waiting internally
kind-to-clarify = to clarify
kind-on-hold = on hold
kind-done = done
kind-cancelled = cancelled
kind-trash = trash

## What an area says about answers
mails = Mails
answers = Answers and solving
numbers = Ticket numbers
number-mask = Own mask for ticket numbers
number-mask-hint = Without one the mask under "Numbers" counts. With a mask of its own the area counts for itself.
sender = Sender
sender-hint = As whom answers leave where the mailbox says nothing else.
sender-default = As in the whole house
quote = Quote below answers
quote-hint = How much of the conversation stands below an answer.
quote-none = None
quote-last = The last message
quote-all = The whole conversation
on-answer = After an answer of ours
on-answer-hint = Which status a ticket gets when somebody of the team answers.
on-answer-keep = The status stays
on-answer-in-progress = In progress
on-answer-waiting-requester = Waiting for customer
on-answer-done = Done
on-customer-answer = After an answer of the customer
on-customer-answer-hint = Which status an open ticket gets when the customer writes.
on-customer-by-assignee = Assigned ones in progress, others unread
on-customer-unread = Unread
on-customer-in-progress = In progress
after-closing = Answer to a solved ticket
after-closing-hint = What happens when a customer writes again after a ticket was solved.
after-closing-as-new = Opens the ticket as unread
after-closing-as-open = Opens the ticket in progress
after-closing-linked = After some days a new, linked ticket
linked-after-days = Days until a new ticket
linked-after-days-hint = For linked tickets only: until then an answer opens the old one.
closing-mail = Mail on solving
closing-mail-hint = Whether the customer hears that the ticket is solved.
closing-mail-ask = Ask each time
closing-mail-send = Always send
closing-mail-none = Never send
confirm-closing = Ask before solving
confirm-closing-hint = Protects from a click by mistake.
inform-assignee = Notify new assignees
inform-assignee-hint = Whether somebody gets a mail when a ticket is assigned to them.
inform-ask = Ask each time
inform-always = Always
inform-never = Never
notify-requester = Notify customers of new tickets
notify-requester-hint = Is ticked when a ticket is made by hand and can be changed there.
mail-header = Above the text of each mail
mail-header-hint = These words are replaced: { $names }.
mail-footer = At the end of each mail
mail-footer-hint = For example the company details that the law asks for.
closing-text = Text of the mail on solving
closing-text-hint = Without one the usual sentence stands there.

## What cannot be
name-missing = Enter a name.
name-long = A name has at most 200 characters. Shorten it.
name-taken = Another entry has this name already. Choose another one.
text-long = The text is too long. Shorten it to { $letters } characters.
line-long = At most 200 characters fit here. Shorten the text.
short-name-long = A short name has at most 12 characters.
unknown-choice = This choice does not exist any more. Choose again.
only-in = Only in the area
only-in-hint = Tickets of other areas cannot get it. A ticket that leaves the area gets the common status of the same kind.
all-areas = In all areas
kind-missing = Choose what the status does.
circle = A category cannot stand below itself.
days-missing = Say after how many days a new ticket is made, 0 to 3650.
is-default = New tickets need this entry. Make another one the default first.
last-one = It does not work without this entry, it is the last one of its kind.
has-mailbox = A mailbox makes tickets in this area. Give it another one first, or switch it off.
stale = Somebody else has changed this entry meanwhile. What you entered is still there. Save again if it should count.
used-by-tickets = { $tickets ->
    [one] One ticket has this entry, so it cannot be deleted. Switch it off: it stays there and cannot be chosen any more.
   *[other] { $tickets } tickets have this entry, so it cannot be deleted. Switch it off: it stays there and cannot be chosen any more.
}
used-by-many = More than { $number } tickets have this entry, so it cannot be deleted. Switch it off: it stays there and cannot be chosen any more.
used-elsewhere = Something else still needs this entry, for example a mailbox or a text block. Change it there, or switch the entry off.
carried = { $tickets ->
    [one] One ticket has it.
   *[other] { $tickets } tickets have it.
}
carried-many = More than { $number } tickets have it.
carried-none = No ticket has it.

## Deleting
delete = Delete
delete-question = The entry is then gone for good.
delete-now = Delete for good

## Messages
added = "{ $name }" was created.
saved = "{ $name }" was saved.
moved = "{ $name }" was moved.
on = "{ $name }" can be chosen again.
off = "{ $name }" cannot be chosen any more.
deleted = The entry was deleted.

## Who hears of new tickets
told = Who hears of new tickets
told-new = Mail about new tickets to
told-new-hint = One address per line. Each gets a mail as soon as a ticket is made in this area. Mailboxes of your own are not possible: the mail would come back as a ticket.
told-new-text = Text of this mail
told-new-text-hint = Stands above title, requester and message. Empty: “There is a new ticket.”
told-own-mailbox = { $address } belongs to a mailbox of your own. The mail would come back as a ticket; name another address.
told-no-address = “{ $text }” is not an email address. One looks like this: team@example.de
told-too-many = An area names at most 50 addresses. Use a distribution list.
