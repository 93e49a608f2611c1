# Ticket

## Bar
muted = muted
muted-about = { $address } gets no automatic answers
back = Back to list
back-title = Back to list (U)
page-through = Page through the list
previous = Previous ticket
previous-title = Previous (K)
next = Next ticket
next-title = Next (J)
position = { $position } of { $total }
solve = Solve
reopen = Reopen
claim = Claim
unclaim = Give back
abandon = Close as not solved
properties-and-customer = Properties and customer
more-actions = More actions
mark-read = Mark as read
mark-unread = Mark as unread
print = Print
download-attachments = Download all attachments

## Put aside
is-spam = This was put aside as spam.
is-spam-text = It is in no list until you restore it.
in-bin = This is in the bin.
in-bin-text = It is in no list until you restore it.
restore = Restore

## Conversation
conversation = Conversation
earlier = { $messages ->
    [one] Show { $messages } earlier message
   *[other] Show { $messages } earlier messages
}
new-message = New message from { $name }, { $time }
mail-from = Mail from { $name }, { $time }
reply-from = Reply from { $name }, { $time }
note-from = Internal note from { $name }, { $time }
note = Internal note
only-team = for the team only
to = to { $recipients }
message-actions = Message: more actions
too-long = The message is very long, this is its beginning.
original = View original
download-original = Download original
in-journal = In the journal
blocked = { $count ->
    [one] One image from the network was not loaded. So the sender does not learn that you read the mail.
   *[other] { $count } images from the network were not loaded. So the sender does not learn that you read the mail.
}
oddities = { $count ->
    [one] { $count } oddity
   *[other] { $count } oddities
}
mail-frame = Text of the mail
signature-lines = { $lines ->
    [one] Signature, { $lines } line
   *[other] Signature, { $lines } lines
}
download = Download { $name }
download-all = Download all

## Why is this message here?
why = Why is this message here?

## History
event-created-html = <b>{ $who }</b> created the ticket
event-status-html = <b>{ $who }</b> set the status to <b>{ $name }</b>
event-assignee-html = <b>{ $who }</b> assigned the ticket to <b>{ $name }</b>
event-unassigned-html = <b>{ $who }</b> removed the assignee
event-area-html = <b>{ $who }</b> moved the ticket to the area <b>{ $name }</b>
event-priority-html = <b>{ $who }</b> set the priority to <b>{ $name }</b>
event-tag-added-html = <b>{ $who }</b> added the tag <b>{ $name }</b>
event-tag-removed-html = <b>{ $who }</b> removed the tag <b>{ $name }</b>
event-contact-html = <b>{ $who }</b> entered <b>{ $name }</b> as contact
event-subject-html = <b>{ $who }</b> changed the subject: {"“"}{ $name }{"”"}
event-spam-html = <b>{ $who }</b> put the ticket aside as spam
event-binned-html = <b>{ $who }</b> moved the ticket to the bin
event-restored-html = <b>{ $who }</b> restored the ticket
event-linked-html = <b>{ $who }</b> linked the ticket with <b>{ $number }</b>
event-queue-html = <b>{ $who }</b> put the ticket into the queue <b>{ $name }</b>
event-queue-cleared-html = <b>{ $who }</b> took the ticket out of its queue
event-category-html = <b>{ $who }</b> set the category to <b>{ $name }</b>
event-category-cleared-html = <b>{ $who }</b> removed the category
event-request-type-html = <b>{ $who }</b> set the request type to <b>{ $name }</b>
event-request-type-cleared-html = <b>{ $who }</b> removed the request type
event-resubmission-html = <b>{ $who }</b> had it come back on <b>{ $time }</b>
event-resubmission-cleared-html = <b>{ $who }</b> removed the resubmission
event-resubmitted-html = <b>{ $who }</b> brought the ticket back
event-due-html = <b>{ $who }</b> set the deadline to <b>{ $time }</b>
event-due-cleared-html = <b>{ $who }</b> removed the deadline

## Properties, customer
new-tag = New tag
add-tag = Add tag
remove-tag = Remove { $name }
customer = Customer
address = Email
customer-number = Customer { $number }
reference = Customer reference
phone = Phone
other-tickets = Other tickets
others-open = { $count } open
times = Times
since-created = Created
ago = { $time } ago
until-read = Read after
since-read = Since it was read

## Preview
close-preview = Close preview
close-preview-title = Close (Space or Esc)
last-messages = Last messages

## Print
printed = Printed { $when }
back-to-ticket = Back to ticket

## Sending
delivery-waiting = Leaves in a moment
delivery-sending = Being sent
delivery-sent = Sent
delivery-deferred = Not delivered yet
delivery-failed = Not delivered
delivery-stopped = Not sent
delivery-uncertain = Uncertain
recall = Recall
server-said = The mail server says:
uncertain-text = The connection broke while the mail server took the mail. Only that server knows whether it arrived. After 15 minutes without news it is sent once more.
perhaps-twice = After a broken connection this mail was sent once more and may have arrived twice.
event-delivery-failed-html = A mail was not delivered: { $words }
event-read-html = <b>{ $address }</b> read a mail of ours
event-deleted-unread-html = <b>{ $address }</b> deleted a mail of ours unread
event-complained-html = <b>{ $address }</b> reports a complaint about a mail of ours
event-acknowledged-html = <b>{ $address }</b> got an automatic answer
event-fell-silent-html = Muted: <b>{ $address }</b> gets no automatic answers any more until somebody lifts it at the mailbox
event-silence-lifted-html = <b>{ $who }</b> lifted that <b>{ $address }</b> is muted
event-recalled-html = <b>{ $who }</b> recalled a reply
event-notify-html = <b>{ $who }</b> has the customer told about this ticket
event-notify-not-html = <b>{ $who }</b> has the customer no longer told about this ticket
event-sent-again-html = <b>{ $who }</b> had a mail sent again
event-stopped-html = <b>{ $who }</b> stopped a mail before it left
event-corrected-html = <b>{ $who }</b> corrected a message
event-mail-placed-html = <b>{ $who }</b> put a mail without a ticket here
event-mail-made-html = <b>{ $who }</b> made this ticket of a mail

## Resubmission
resubmit = Resubmission
resubmit-choose = Choose a resubmission
resubmit-in-an-hour = In one hour
resubmit-tomorrow = Tomorrow at 8:00
resubmit-monday = Next Monday at 8:00
resubmit-never = No resubmission
heads = Subject and recipients
head-subject = Subject
head-from = From
head-to = To
head-cc = Cc
head-bcc = Bcc
head-at = Date
correct = Correct message
concerns = concerns { $names }
corrected = Corrected
not-reached = Did not reach: { $list }
marks = Marks
mark-private = Private
mark-personal = Personal
mark-gdpr = GDPR
set-mark = Set mark “{ $name }”
remove-mark = Remove mark “{ $name }”
event-mark-set-html = <b>{ $who }</b> set the mark <b>{ $name }</b>
event-mark-taken-html = <b>{ $who }</b> removed the mark <b>{ $name }</b>
