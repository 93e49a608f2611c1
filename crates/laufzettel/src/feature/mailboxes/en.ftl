# Mailboxes

journal = Mail journal
none = No mailbox yet
none-text = Add one. It says here how it does then.
add = Add mailbox
edit = Change { $label }
account = Every mail on the server is in the journal, every mail in the journal in a ticket or among the exceptions: duplicates, sorted out, quarantine, vanished. The last 30 days are counted. If the sum does not come out even, it says so here.
today = Received today:
fetch = Fetch

## Reconciliation
figures = Reconciliation { $label }
seen = on the server
stored = in the journal
applied = in tickets
exceptions = Exceptions
not-counted = not counted
no-exceptions = none
see = { $count ->
   *[other] See { $count }
}
duplicates = { $count ->
    [one] { $count } duplicate
   *[other] { $count } duplicates
}
filtered = { $count ->
   *[other] { $count } sorted out
}
quarantined = { $count ->
   *[other] { $count } held
}
gone = { $count ->
   *[other] { $count } vanished
}
even = Checked { $time }, difference 0
pending = { $mails ->
    [one] One mail is on its way
   *[other] { $mails } mails are on their way
}
missing = { $mails ->
    [one] Difference { $mails }, one mail is missing
   *[other] Difference { $mails }, mails are missing
}
cannot-ask = Not checked yet

## State
running = Running
running-text = Last fetched { $last }
listening = Accepts mails
listening-text = Other programs deliver over { $place }
starting = Starting in a moment
starting-text = Mails have not been fetched yet.
password = Waiting for sign-in
password-text = The server does not take the user name or the password. Enter the new password. New mails stay there and are fetched later.
sign-in = Please sign in again
sign-in-text = The provider does not take the sign-in any more. Mails stay there until somebody signs in again; nothing is lost.
sign-in-now = Sign in now
unreachable = Server cannot be reached
unreachable-text = { $server } does not answer. Next attempt { $again }. New mails stay there and are fetched later.
certificate = Wrong certificate
certificate-text = The certificate of { $server } has expired or belongs to another name. Ask whoever runs the server. Nothing was transmitted.
folder = Folder missing
folder-text = There is no “{ $folder }” on the server. Create it there or enter another one.
target = Running, but a folder is missing
target-text = “{ $folder }” is no longer on the server. Mails are still fetched, but not moved. Create the folder there.
interrupted = Connection interrupted
interrupted-text = Next attempt { $again }. Nothing is lost.
recounting = Reading the folder anew
recounting-text = The server has numbered its mails anew. Known mails are recognised and not added again.
full = No space left
full-text = Nothing can be stored, so nothing is fetched. The mails stay on the server. Make space, then it goes on by itself.
off = Paused
off-text = No mails are fetched and none are accepted.
again-soon = within 5 minutes
no-tls = No encrypted answer
no-tls-text = { $server } answers without encryption at this port. Check the number of the port (usually 993) or change to STARTTLS. Nothing was transmitted.
unprotected = No secure connection
unprotected-text = { $server } does not offer the encryption that is set. Change to encryption from the start, usually port 993, or ask whoever runs the server. The password was not transmitted.
no-login = Cannot sign in
no-login-text = { $server } takes no sign-in with user name and password. Ask whoever runs it whether IMAP with a password is allowed.
cannot-store = The own database does not answer
cannot-store-text = Nothing can be stored at the moment, so nothing is fetched. The mails stay on the server. If it goes on, look into the log of the server.

## Changing
edit-title = Change mailbox
label = Name
area = Area
new-password = New password
new-password-hint = Empty if the old one stays in use.
enabled = Fetch and take mails
save = Save
cancel = Cancel
no-label = Enter a name of at most 200 characters in one line.
no-area = This area is not there any more. Choose another one.
stale = Somebody else has just changed the mailbox. This is how it is now.
