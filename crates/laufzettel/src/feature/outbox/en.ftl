# Outbox

mails = Outgoing mails
state = State
all = All
waiting = Not yet sent
lost = Not delivered
older = Load older mails
all-mails = All mails
entry = Entry
nothing-open = No mail open
nothing-open-text = Choose a mail on the left. Its trace with every attempt is shown here.
nothing-yet = No mail yet
nothing-yet-text = As soon as a mail leaves, it is listed here with every attempt.
nothing-found = No mail matches
nothing-found-text = Search for the beginning of an address, a part of the subject or a day, or look at all mails.
show-all = Show all mails
no-subject = (no subject)
to-and-more = { $count ->
    [one] { $name } and { $count } more person
   *[other] { $name } and { $count } more
}
twice = perhaps twice
leaves-at = leaves at { $time }
tried-at = next attempt { $time }

## Where it stands, in short
is-queued = waiting
is-sending = being handed over
is-deferred = again later
is-sent = accepted
is-failed = not delivered
is-bounced = came back
is-uncertain = uncertain
is-cancelled = not sent
is-delayed = delayed

## Where it stands, as a sentence
sentence-queued = The mail waits in the outbox and leaves in a moment.
sentence-sending = The mail is being handed to the mail server.
sentence-deferred = The mail server does not take the mail yet. It is tried again without you.
sentence-sent = The mail server has taken the mail.
sentence-failed = At least one recipient did not get the mail. Read below what the mail server says.
sentence-bounced = The mail was accepted and then came back.
sentence-uncertain = The connection broke when the mail was nearly handed over. Whether it arrived is uncertain.
sentence-cancelled = The mail was not sent.
paused = The mail server does not accept the login, so the mail is waiting.

## What it is
kind-reply = Reply
kind-forward = Forwarded
kind-note = Note
kind-closing = Closing message
kind-notice = Notice to the team
kind-automatic = automatic

## Entry
from = From
to = To
cc = Copy
bcc = Blind copy
kind = Kind
message-id = Message-ID
show-ticket = To the ticket
send-again = Send again
try-now = Try now
stop = Do not send
view-original = View original
download-original = Download original
way = Trace
recipients = Recipients
step-put = Put into the outbox
step-put-by = by { $name }
step-put-undo = { $seconds ->
    [one] by { $name }, one second to take it back
   *[other] by { $name }, { $seconds } seconds to take it back
}
step-put-alone = by Laufzettel
try-accepted = { $number ->
   *[other] Attempt { $number }: accepted
}
try-later = { $number ->
   *[other] Attempt { $number }: again later
}
try-refused = { $number ->
   *[other] Attempt { $number }: refused
}
try-answered = { $number ->
   *[other] Attempt { $number }: answered
}
try-not-reached = { $number ->
   *[other] Attempt { $number }: mail server not reached
}
try-account-refused = { $number ->
   *[other] Attempt { $number }: login not accepted
}
try-unknown = { $number ->
   *[other] Attempt { $number }: connection broken
}
try-interrupted = { $number ->
   *[other] Attempt { $number }: interrupted
}
try-found = Found in the Sent folder: the mail server has taken it
copy-waiting = The copy goes to the Sent folder in a moment
copy-later = No copy in the Sent folder yet, next attempt
copy-made = Copied to the Sent folder
copy-found = Already in the Sent folder
copy-given-up = No copy in the Sent folder
phase-connect = while connecting
phase-greeting = at the greeting
phase-tls = while securing the connection
phase-auth = while signing in
phase-mail = at the sender
phase-recipients = at the recipients
phase-body = while handing over the text
phase-dot = after the final dot
step-next = Next attempt
step-back = Came back
step-stopped = Not sent
other-state = The mail has moved on meanwhile. This is where it stands.
resent = The mail leaves once more
stopped = The mail does not leave

## Where is the mail?
found-in = Received
found-out = Sent
found-none-in = No received mail matches
found-none-out = No outgoing mail matches
found-all-in = All received
found-all-out = All outgoing
ask = What are you looking for?
ask-text = Give an address, a part of the subject, a ticket number, a Message-ID or a time like “yesterday 14:10”.
hits = Mails found

## Trouble
no-login = No mails are leaving
no-login-text = The mail server does not accept the login. Check user and password. { $words }
no-server = No mails are leaving
no-server-text = The mail server has been out of reach since { $since }. { $words }
no-relay = No mails are leaving
no-relay-text = Mails are waiting, but no mail server takes them. Name it at the sender, or for all in the configuration under [smtp].
to-senders = To the senders
no-login-sender-text = The mail server of { $sender } does not accept the login. Check user and password. { $words }
no-server-sender-text = The mail server of { $sender } has been out of reach since { $since }. { $words }
no-mails-of = No mails of { $sender } are leaving
to-outbox = Show the outbox
try-again = Try again now
