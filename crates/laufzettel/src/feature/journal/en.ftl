# Mail journal

all = All
undecided = To decide
without-ticket = Without ticket
quarantine = Quarantine
state = State
mails = Received mails
entry = Entry
direction = Direction
received = Received
leaving = Sent
where-is-it = Where is the mail?
find-by = Address, subject, number, Message-ID or time
find = Find
period = Time
outcome = Outcome
class = Class
last-week = last 7 days
last-month = last 30 days
last-quarter = last 90 days
became-new = new ticket
became-joined = to a ticket
became-noted = noted at a ticket
today = Today
yesterday = Yesterday
older = Load older mails
nothing-open = No mail open
nothing-open-text = Choose a mail at the left. Its way and the evidence are then shown here.
nothing-found = No mail matches
nothing-found-text = Search for a part of the address or the subject, or look at all mails.
find-both = Search received and sent mails
no-mails = No mail yet
no-mails-text = Every mail that arrives stands here from then on.
nothing-to-decide = Nothing to decide
nothing-to-decide-text = Mails stand here of which somebody has to say where they belong.
all-in-tickets = No mail without ticket
all-in-tickets-text = Every mail that arrived is in a ticket.
no-quarantine = No mail in quarantine
no-quarantine-text = Every mail that arrived could be read.
since-yesterday = { $count ->
    [one] { $count } mail since yesterday
   *[other] { $count } mails since yesterday
}
no-subject = (no subject)
attachments = { $count ->
    [one] { $count } attachment
   *[other] { $count } attachments
}
bounce = Bounce
stranger = unknown sender

## What became of it, short
is-waiting = being read
is-new = new: { $number }
is-joined = to { $number }
is-noted = noted at { $number }
is-bounced = noted
is-undecided = to be decided
is-duplicate = same mail
is-duplicate-of = counts at { $number }
is-filtered = sorted out
is-quarantined = held
is-gone = vanished

## What became of it, as a sentence
sentence-waiting = The mail is stored safely and will be read in a moment.
sentence-new-html = The mail became the new ticket { $ticket }.
moved-since-html = It is in ticket { $ticket } by now.
sentence-joined-html = The mail belongs to ticket { $ticket }.
sentence-linked-html = The mail became the new ticket { $ticket }, linked with { $older }.
sentence-noted-html = The mail is noted at ticket { $ticket }, the status stays.
sentence-bounced = The mail is a bounce and belongs to no ticket.
sentence-undecided = Say where the mail belongs.
sentence-duplicate = The same mail arrived before and counts once.
sentence-duplicate-of-html = The same mail is in ticket { $ticket } already and counts once.
sentence-filtered = The mail was sorted out, the original is kept.
sentence-quarantined = The mail is held, the original is safe. Try it again; if that does not help, download the original and make a ticket with it.
sentence-gone = The mail vanished from the server before it could be fetched.

## Placing by hand
choose = Choose: { $subject }
place-chosen = Chosen mails
place-entry = Place this mail
place-ticket = To ticket
place-number = Number
place-assign = Assign
place-make = New ticket
place-discard = Discard
place-nothing-chosen = Choose at least one mail in the list.
place-number-missing = Give the number of the ticket that the mail belongs to.
place-no-ticket = There is no ticket with this number.
place-not-allowed = You may read this ticket, but not work on it.
place-may-not-create = You may not make tickets in this area.
told-nothing = Somebody else was faster: the mail is placed already.
told-assigned = { $count ->
    [one] Mail put into ticket { $ticket }
   *[other] { $count } mails put into ticket { $ticket }
}
told-made = Ticket { $ticket } made
told-made-several = { $count ->
    [one] One ticket made
   *[other] { $count } tickets made
}
told-discarded = { $count ->
    [one] Mail discarded
   *[other] { $count } mails discarded
}
told-restored = { $count ->
    [one] The mail is under “To decide” again
   *[other] { $count } mails are under “To decide” again
}

## Why, short
reason-nothing-known = Nothing points to an open ticket
reason-given-up = { $attempts ->
    [one] Tried once, then given up
   *[other] Tried { $attempts } times, given up each time
}
reason-not-yet = It is not decided yet
reason-moved = Somebody put it here from another ticket
reason-vanished = Somebody else moved or deleted it

## Why, as a sentence
because-nothing-known = Nothing in it points to an open ticket.
because-not-yet = It is not decided yet.
because-given-up = { $attempts ->
    [one] Reading it was tried once, then given up.
   *[other] Reading it was tried { $attempts } times and given up each time.
}
because-moved = Somebody put it here from another ticket.
because-vanished = Somebody else moved or deleted it.
because-same-delivery = The same delivery was fetched before.
because-same-content = It is the same, byte for byte.
because-same-fingerprint = It arrived before by another way.
because-own-mail = It is our own.
because-loop-mark = Something sends our mails back.
because-age = It is older than the mailbox accepts.
because-returned-mail = It names our mail of ticket { $number }.
because-reply-token = It was sent to the ticket’s reply address.
because-own-message-id = It answers a mail of ours.
because-forged-message-id = It names a mark like ours, but the check digits are wrong.
because-references = It refers to a mail of this conversation.
because-answered-before = A mail in the ticket refers to it and arrived before it.
because-subject-number = Its subject carries { $number }.
because-similar-subject = Its subject is like that of an open ticket.
because-participant = { $address } takes part in the ticket.
because-stranger = { $address } does not take part in the ticket it names.
because-forwarded = It was forwarded here.
because-closed-long-ago = Ticket { $number } was solved too long ago.
because-mail-class = It was recognised as automatic: { $class }.
because-unknown-sender = { $address } is not known.
because-sender-pattern = { $address } matches the senders of the mailbox.
because-rule = The rule “{ $rule }” matched.
because-setting = The mailbox is set up that way.
because-setting-linked = The mailbox makes a new, linked ticket of mails from unknown senders with a number.
because-setting-append = The mailbox takes mails from unknown senders with a number into the ticket.
because-setting-unassigned = The mailbox lets somebody decide about mails from unknown senders with a number.
because-setting-customers = Only its customer may write to this ticket.
because-placed-by = { $name } decided so.
because-discarded-by = { $name } discarded it.

## Entry
all-mails = All mails
from = From
to = To
mailbox = Mailbox
size = Size
size-and-attachments = { $attachments ->
    [0] { $size }
    [one] { $size }, { $attachments } attachment
   *[other] { $size }, { $attachments } attachments
}
show-ticket = Show in ticket
show-first = Mail that arrived first
retry = Try again
view-original = View original
download-original = Download original
download-anonymous = Download anonymised
download-anonymous-hint = The same mail with other letters and digits, to be passed on to the developers
text = Text
no-text = The mail has no text.
text-is-cut = This is the beginning. The original shows all of it.
way = What happened to it
evidence = Evidence
odd = Odd
step-arrived = Arrived
step-folder = Mailbox { $mailbox }, folder { $folder }, no. { $uid }
step-way = Mailbox { $mailbox }, over { $way }
step-stored = Stored
step-stored-text = Original kept in full, only then confirmed
step-read = Read
step-files = { $attachments ->
    [0] No attachment
    [one] One attachment
   *[other] { $attachments } attachments
}
step-read-text = { $attachments ->
    [0] No attachment, { $quoted ->
        [one] one quoted line
       *[other] { $quoted } quoted lines
    }
    [one] One attachment, { $quoted ->
        [one] one quoted line
       *[other] { $quoted } quoted lines
    }
   *[other] { $attachments } attachments, { $quoted ->
        [one] one quoted line
       *[other] { $quoted } quoted lines
    }
}
step-attempt = { $number ->
   *[other] Attempt { $number }: given up
}
step-applied = Assigned
step-ticket = Ticket { $number }
step-undecided = To be decided
step-undecided-text = Somebody has to say where it belongs
step-same-again = Known as the same mail
step-same-again-in = Counts once, at ticket { $number }
step-same-again-once = Counts once
step-decided = Decided
step-decided-text = Belongs to no ticket
step-made = Ticket made
step-discarded = Discarded
step-retried = Tried again
problem-ended = The program ended while it read the mail.
problem-failed = The mail could not be read.
problem-too-long = Reading it took too long.
step-brought = Put into another ticket
step-restored = Taken back
step-by = By { $who }
step-assigned-by = Ticket { $number }, by { $who }
step-made-by = Ticket { $number }, by { $who }
step-quarantined = Held
step-quarantined-text = The other mails go on
step-moved = Moved on the server
step-moved-text = to the folder “{ $folder }”
step-marked = Marked as read on the server
step-deleted = Deleted on the server
step-kept = Stays on the server
step-gone = No longer on the server

## Original
back = Back
original = Original of the mail
original-of = Original: { $subject }
cut = Showing { $shown } of { $whole }. Download the original to see all of it.
