# What several pages say: frame, states, evidence, error pages.

## Frame
skip-to-content = Skip to content
navigation = Navigation
open-navigation = Open navigation
close-navigation = Close navigation
areas-and-views = Areas and views
main-areas = Main areas
areas = Areas
tools = Tools
inbox = Inbox
my-tickets = My tickets
mine = Mine
not-assigned = Unassigned
new-in-my-queues = New in my queues
new-in-no-queue = New without a queue
new-without-category = New without a category
mails-without-ticket = Mails without a ticket
background = In the background
mails = Mails
mailboxes = Mailboxes
text-blocks = Text blocks
settings = Settings
search = Search
search-noun = Search
search-title = Search and commands
search-or-command = Search or type a command
hits = Results
choose = Choose
run = Run
preview = Preview
more = More
account = Account
my-account = My account
language = Language
appearance = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark
density = Line spacing
density-compact = Compact
density-comfortable = Comfortable
single-keys = Single keys
on = On
off = Off
all-keys = Keyboard shortcuts
sandbox = Sandbox: what customers see
sign-out = Sign out
close = Close
undo = Undo
open = Open
filter = Filter
apply = Apply
move-keys = Move
signed-out = You are signed out.
signed-out-text = This page shows how things were before.
sign-in-again = Sign in again
new-short = New
new-ticket = New ticket
new-ticket-title = New ticket (C)
offline = No connection.
offline-since-html = You see the state of { $time }. It is refreshed as soon as the connection is back.
reconnect = Reconnect
request-failed = That did not work.
request-failed-text = What you entered is still there.
try-again = Try again
loading = Loading

## Keys
key-palette = Ctrl K
key-escape = Esc
key-space = Space
key-then = then
keys-everywhere = Everywhere
keys-go-to = Go to
keys-list = List
keys-ticket = Ticket and selection
keys-search-list = Search the list
keys-overview = This overview
keys-undo = Take back the last action
keys-close = Close, clear the selection
keys-next-previous = Next, previous
keys-select = Select
keys-extend = Extend the selection
keys-select-all = Select all
keys-assign = Assign
keys-assign-me = Assign to me
keys-resubmit = Set a resubmission
keys-solve = Solve
keys-spam = Spam
keys-trash = Move to bin
keys-back = Back to list

## Properties
status = Status
priority = Priority
assignee = Assignee
area = Area
queue = Queue
category = Category
request-type = Request type
tag = Tag
tags = Tags
contact = Contact
due = Due
resubmission = Resubmission
resubmission-at = Comes back on { $time }
resubmissions = Resubmissions
status-is = Status: { $name }
priority-is = Priority: { $name }
unread = Unread

## Conversation
quoted-lines = { $lines ->
    [one] Quoted text, { $lines } line
   *[other] Quoted text, { $lines } lines
}

## Evidence
weight-enough = enough
weight-needed = needed, and given
weight-supports = supports
weight-weak = weak
weight-nothing = does not count
weight-against = speaks against
clue-same-delivery = The same delivery was fetched before
clue-same-content = The same mail is already here, byte for byte
clue-same-fingerprint = The same mail arrived before by another way
clue-own-mail = The mail is our own
clue-loop-mark = Something sends our mails back
clue-age = The mail is older than the mailbox accepts
clue-returned-mail = Names our mail of ticket { $number }
clue-reply-token = Was sent to the ticket’s reply address
clue-own-message-id = Answers a mail of ours
clue-forged-message-id = Names a mark like ours, but the check digits are wrong
clue-references = Names a mail of this conversation
clue-answered-before = A mail in the ticket refers to this one
clue-genuine-mark = Our own mark, the check digits match
clue-subject-number = The subject carries { $number }
clue-similar-subject = The subject is like that of an open ticket
clue-of-hundred = { $percent } of 100
clue-participant = { $address } takes part in the ticket
clue-stranger = { $address } does not take part in the ticket
clue-forwarded = The mail was forwarded here
clue-closed-long-ago = Ticket { $number } was solved too long ago
clue-mail-class = Recognised as automatic: { $class }
clue-unknown-sender = { $address } is not known
clue-sender-pattern = { $address } matches the senders of the mailbox
clue-placed-by = { $name } put it here
clue-discarded-by = { $name } discarded it
clue-rule = Rule “{ $rule }” matched
clue-setting = The mailbox is set up that way

## Sorts of mails
class-personal = personal
class-bounce-hard = bounce, final
class-bounce-soft = bounce, temporary
class-delayed = delayed
class-out-of-office = out of office
class-acknowledgement = acknowledgement
class-list = mailing list
class-newsletter = newsletter
class-calendar-reply = answer to an invitation
class-read-receipt = read receipt
class-generated = machine

## What is odd about a mail
odd-empty = The mail is empty.
odd-not-a-mail = This is no mail, its text is shown.
odd-no-from = The sender is missing.
odd-two-from = There are several senders, the first one counts.
odd-invalid-from = The sender is no address.
odd-no-message-id = The mail has no Message-ID.
odd-invalid-message-id = The Message-ID is useless.
odd-no-date = The date is missing.
odd-invalid-date = The date is none.
odd-implausible-date = The date cannot be right, the arrival counts.
odd-no-text = The mail has no text.
odd-text-cut = The text is too long, the rest is attached.
odd-charset = The character set is unknown or wrong, it was guessed.
odd-encoding = The encoding is unknown, the content was left as it is.
odd-base64 = A part is damaged.
odd-truncated = The mail ends in the middle of a part.
odd-boundary = The line between the parts is missing.
odd-after-end = Behind the end there is text that other mail programs do not show.
odd-parts = The mail has more parts than are read.
odd-depth = The parts are nested deeper than is read.
odd-header-cut = The header is too long and was cut.
odd-header-garbage = A line in the header does not belong there.
odd-blank-line = The blank line between header and text is missing.
odd-recipients = There are more recipients than are kept.
odd-references = The mail names more earlier mails than are kept.
odd-nul = The text held unreadable characters, they were left out.
odd-line-ends = The line ends are unusual.

## What is odd about a decision
notice-claims-ticket = The mail names ticket { $number }, but the sender does not take part there.
notice-stranger-joined = The sender does not take part in this ticket.
notice-unknown-number = The number { $number } in the subject does not exist.
notice-other-tickets = The mail also names: { $numbers }.
notice-closed-long-ago = Ticket { $number } was solved too long ago, so a new one was made.
notice-forwarded-from = The mail was forwarded, so a new ticket was made instead of { $number }.
notice-agent-without-proof = The sender has the address of a team member. That proves nothing.
notice-own-address = The sender has one of our addresses. That proves nothing.
notice-reused-message-id = Another mail has the same Message-ID.
notice-forged-reference = A mark looks like ours, but the check digits are wrong.
notice-unmatched-report = The report names a mail that is not known here.

## Error pages
to-inbox = To the inbox
to-sign-in = To sign-in
not-found = Not found
not-found-text = There is no such thing, or you may not see it. Check the address or search for the number.
forbidden = You lack a right for this
forbidden-text = Ask somebody who administers Laufzettel for you.
forbidden-ask = These people can grant you the right: { $names }.
gone = This is no longer here
gone-text = It was deleted or belongs to another ticket now.
unreadable = This could not be read
unreadable-text = The request is incomplete. Go back, check what you entered and send it again.
too-large = This is too large
too-large-text = At most { $limit } are accepted. Nothing was stored.
unavailable = Nothing can be stored at the moment
unavailable-text = Reading goes on, nothing is lost. Try again in a few minutes.
storage-full = The disk of the server is full.
storage-full-text = Reading goes on, but nothing can be saved. New mails wait at the mail server. As soon as there is space again, it goes on by itself.
failed = That did not work
failed-text = Nothing was changed. If it happens again, give the number { $incident } to the person who runs Laufzettel for you.

## The large slip beside the sign-in form
slip-number = No. 48213
slip-matter = Matter
slip-matter-sample = Six desks damaged in transit
slip-customer = Customer
slip-customer-sample = Stadtwerke Lindenau
slip-received = Received
slip-received-sample = 23 Nov 2026
slip-first-day = 23 Nov
slip-second-day = 24 Nov
slip-recorded = Recorded
slip-checked = Damage inspected
slip-approved = Replacement approved
slip-booked = Pick-up booked
slip-closed = Closed

## In mails
wrote = On { $date } at { $clock } { $name } wrote:
forwarded-mail = Forwarded message
head-from = From
head-date = Date
head-subject = Subject
head-to = To
head-cc = Cc
