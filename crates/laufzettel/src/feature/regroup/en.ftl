# Moving messages, splitting them off, merging tickets

## In the conversation
joined-merged-html = <b>{ $ticket }</b> belongs here now.
joined-came-html = Something came here from <b>{ $ticket }</b>.
joined-moved-html = Something belongs to <b>{ $ticket }</b> now.
joined-split-html = Something has a ticket of its own now: <b>{ $ticket }</b>.
joined-messages = { $count ->
    [one] One message.
   *[other] { $count } messages.
}
joined-files = { $count ->
    [one] One attachment.
   *[other] { $count } attachments.
}
joined-answers = Answers to { $number } arrive here.
joined-answers-there = Answers to it arrive there.
separate = Separate again
put-back = Put back
fetch-back = Fetch back
moved-on-html = This ticket belongs to <b>{ $number }</b> now. What you have written is still in the composer.
open-ticket = Open { $number }
from-ticket = from { $number }
event-merged-html = <b>{ $who }</b> merged <b>{ $number }</b> into this ticket
event-came-html = <b>{ $who }</b> moved messages here from <b>{ $number }</b>
event-moved-html = <b>{ $who }</b> moved messages to <b>{ $number }</b>
event-split-html = <b>{ $who }</b> split messages off as <b>{ $number }</b>
event-separated-html = <b>{ $who }</b> separated them again: <b>{ $number }</b>

## Why is this message here?
was-moved-html = <b>{ $who }</b> brought it here from <b>{ $number }</b>, { $time }.
was-written = { $name } wrote it in this ticket.
by-mailbox = It came by the mailbox { $mailbox }.
belongs-elsewhere = Does it belong elsewhere?
number-or-subject = Number or subject
do-move = Move
only-message = It is the only message: the whole ticket goes there. It can be separated again.
make-a-rule = Make a rule of it
split-off = Split off as new ticket

## Moving
move-title = Move messages
move-lead = Choose what belongs elsewhere. Attachments, delivery and later answers follow the messages.
which-messages = Messages
where-to = Where to
choose-all-hint = If you choose all of them, the tickets are merged.
older-stay = These are the newest { $count } messages.
which-ticket = Which ticket do you mean?
move-action = Move message or split it off
subject-of-new = Subject of the new ticket
subject-of-new-hint = Empty: the subject of the first message.
cancel = Cancel

## Merging
merge = Merge
merge-menu = Merge with another ticket
merge-title = Merge { $number }
merge-with = With which ticket?
find = Find
nobody-alike = No similar ticket found. Look for a number, a subject or a name.
found-nothing = No ticket was found for that.
alike = Proposals
found = Found
merge-selected = Merge …
merge-several-title = Merge tickets
merge-so-many = { $count ->
    [one] Merge { $count } ticket
   *[other] Merge { $count } tickets
}
which-one-stays = Which ticket stays?
last-change-html = last changed { $time }
several-what = Messages and files go into the ticket that stays. The other numbers lead there for ever, and later answers arrive there.
other-requesters = These tickets have different requesters. Whoever asks in the ticket that stays remains the requester; the others become participants.
other-areas = These tickets lie in different areas. Whoever sees the area of the ticket that stays will see all messages.
back-to-list = Back to the list
not-among-them = Not among them:
left-unknown = There is no { $number }, or you may not see it.
left-no-right = You may not work in { $number }. Ask who manages its area.
left-merged = { $number } belongs to { $other } already.
left-in-trash = { $number } is in the trash. Restore it first.
choose-another = Another ticket
which-stays = Which number stays?
stays = { $number } stays
stays-hint = { $other } leads here for ever then.
together = { $count ->
    [one] One message together.
   *[other] { $count } messages together.
}
together-what = Participants, tags, links, drafts and mails in the outbox come along. Status, assignee and deadline are those of the ticket that stays. All of it can be separated again.

## Hint
may-belong = May belong to { $number }
same-person = { $subject } – the same person asks, the subject is similar
same-company = { $subject } – the same company asks, the subject is almost the same
no-other = No
more-alike = { $count ->
    [one] { $count } more
   *[other] { $count } more
}

## Afterwards
done-merged = { $source } merged into { $target }
done-merged-several = { $count ->
    [one] One ticket merged into { $target }
   *[other] { $count } tickets merged into { $target }
}
done-moved = { $count ->
    [one] One message moved to { $target }
   *[other] { $count } messages moved to { $target }
}
done-split = { $count ->
    [one] One message split off as { $target }
   *[other] { $count } messages split off as { $target }
}
done-separated = Separated again
done-distinct = Will not be proposed again

## What cannot be done
no-ticket = There is no such ticket, or you may not see it.
no-target = Say where to.
several = That fits several tickets. Choose one of them.
no-right-here = You may not move anything in this ticket.
no-right-there = You may not work in that ticket. Ask who manages its area.
same-ticket = That is the same ticket. Choose another one.
merged-before = Both numbers lead to the same ticket already.
source-in-trash = This ticket is in the trash. Restore it first.
target-in-trash = The other ticket is in the trash. Restore it first.
nothing-chosen = Choose at least one message.
messages-gone = One of the messages is not in this ticket any more. Check what you chose.
nothing-left = At least one message has to stay. To move everything, merge the tickets.
too-many = These are too many messages at once.
one-ticket = Choose at least two tickets.
too-many-tickets = These are too many tickets at once. Choose 20 at most.
none-stays = Choose which ticket stays.
nothing-merged = Nothing was merged. Check what has changed, and try again with the others.
separated-before = That has been separated already.
separated-elsewhere = The messages lie elsewhere meanwhile. Separate first what came after.
