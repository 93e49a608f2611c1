# Mailboxes

journal = Mail journal
none = No mailbox yet
none-text = Add one. It says here how it does then.
add = Add mailbox
edit = Change { $label }
account = Every mail on the server is in the journal, every mail in the journal in a ticket or among the exceptions: duplicates, sorted out, to be decided, quarantine, vanished. They are counted every morning at 6. If the sum does not come out even, it says so here.
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
accepted = accepted
left-server = { $count ->
    [one] one of them no longer in the folder
   *[other] { $count } of them no longer in the folder
}
not-wanted = { $count ->
    [one] and one before the start date
   *[other] and { $count } before the start date
}
unassigned = { $count ->
    [one] one to decide
   *[other] { $count } to decide
}
reconcile-now = Reconcile now
reconciling = Reconciling
differs = { $mails ->
    [one] Reconciled { $time }, difference 1
   *[other] Reconciled { $time }, difference { $mails }
}
lacking = { $count ->
    [one] This mail lies on the server and is missing in the journal:
   *[other] These { $count } mails lie on the server and are missing in the journal:
}
lacking-uid = No. { $uid }
lacking-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
fetch-lacking = Fetch now
lost = { $count ->
    [one] One mail stands in the journal, but its ticket is gone.
   *[other] { $count } mails stand in the journal, but their tickets are gone.
}
reconciliations = Reconciliations
reconciliation-time = Time
difference = Difference

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
registration = The registration is not accepted
registration-text = The provider does not take the application ID or the client secret. Mails stay there until that is changed; nothing is lost.
registration-open = Open the registration
not-admitted = No access to this mailbox
not-admitted-text = Laufzettel is signed in as an application, but may not open this mailbox. Give it access at the provider. Mails stay there; nothing is lost.
not-admitted-steps = Show the steps
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
label = Name
area = Area
enabled = Fetch and take mails
enabled-hint = While it is off nothing is fetched and nothing is taken; the mails stay where they are.
save = Save
no-label = Enter a name of at most 200 characters in one line.
no-area = This area is not there any more. Choose another one.
stale = Somebody else has just changed the mailbox. What you entered still stands here; save again to have it so.

## Fields
addresses = Addresses
addresses-hint = One a line, the main one first. Mails to each of them become tickets of this mailbox.
area-hint = The tickets lie in this area. A mailbox belongs to exactly one area.
queue = Queue
queue-hint = Without one the team takes the tickets itself.
no-queue = None
category = Category
category-hint = Every new ticket gets it unless a rule sets another one. Without one it stays empty.
no-category = None
source = Where the mails come from
source-imap = Fetched from a mail server (IMAP)
source-pop3 = Fetched from a mail server (POP3)
source-push = Brought by other programs
source-push-hint = Brought by LMTP, laufzettel deliver or the API. What is said of a server does not count then.
host = Server
port = Port
port-hint = Empty: for IMAP 993, else 143; for POP3 995, else 110.
tls = Encryption
tls-implicit = From the beginning (TLS)
tls-none = None, only on this machine
user = User name
user-hint = Usually the mail address. Some servers name a shared mailbox with a password by both, like FIRMA\anna\hilfe.
oauth-account = Account that signs in
oauth-account-hint = For a shared mailbox only: the address with which somebody has signed in at the provider and which has full access. The mailbox of the user name is read. Empty: they are the same.
account-password = Password
account-password-hint = The stored one stays in use as long as nothing stands here. Another account needs its own.
account-password-kept = The one just entered stays in use as long as nothing stands here.
read-folder = Folder
read-folder-hint = Mails are fetched from it, usually INBOX. POP3 knows the inbox only.
further-folders = Further folders
further-folders-hint = One per line, by its name on the server. Mails are fetched from them as well; new ones come after two minutes at most.
after-import = On the server
after-import-hint = What becomes of a mail there once it is safely stored here.
after-mark-read = Mark as read
after-move = Move to a folder
after-delete = Delete
after-keep = Change nothing
delete-warning = “Delete” removes the mails on the server for good: they are only here then. Choose it only for a mailbox that nobody else reads, and only if the mails are archived elsewhere.
move-folder = Target folder
move-folder-hint = Only for moving. It must not be the folder that mails are fetched from.
from-date = Fetch mails from
from-date-hint = Older ones are left alone. Empty: all.
max-age = Maximum age in days
max-age-hint = Mails that the mail server accepted before that do not become tickets. Empty: no limit.
unknown-sender = Unknown senders
unknown-sender-hint = What becomes of mails from addresses that no contact has: always a ticket, none, or one only from the domains below. What does not become a ticket stands in the intake journal among the exceptions.
unknown-ticket = Make a ticket
unknown-known-only = Only known senders
unknown-domains = Known ones and the domains below
domains = Domains
domains-hint = One a line, like example.de or *.example.de. Whoever writes from there gets a ticket and is put on record as a contact. It counts only where “Known ones and the domains below” is chosen.
stranger = Strangers with a ticket number
stranger-hint = That is whoever takes no part in the ticket, but names its number. The mail becomes a ticket of its own with a link, a message of the named ticket, or it stands only in the intake journal among the exceptions.
stranger-linked = New ticket, linked to the old one
stranger-append = Add to the ticket
stranger-unassigned = Only in the journal
join-open = Add mails without a number to an open ticket of the same sender
join-open-hint = They come to the one whose subject is most alike. Switched off, or where none is alike enough, each becomes a ticket of its own.
similarity = How alike the subjects must be, in per cent
similarity-hint = It counts only for adding mails without a number: 0 adds every mail, 100 only those with the same subject.
customers-only = Add replies only if the sender belongs to the customer of the ticket
customers-only-hint = That is the requester, the contact and everybody of the same company. Other mails with a ticket number are not added and make no ticket; they stand in the intake journal.
completed = Complete new tickets at once
completed-hint = For mailboxes that are only filed. Where a rule sets a status, the rule counts. A reply of the customer opens the ticket again.
without-emojis = Remove emojis from subject and text
without-emojis-hint = The mail itself stays as it came; only the ticket shows it without them.
with-headers = Put the mail's header lines below the text
with-headers-hint = They stand folded below each message. Otherwise they stand only in the original of the mail.
reads-reference = Read the customer's number from the first mail and add it to replies
reads-reference-hint = It stands at the end of the subject of each reply, so that the customer's own system can file it.
reference-pattern = Pattern of this number
reference-pattern-hint = A regular expression; what stands in its first group is the number. Empty: after words such as “reference”, “order number” and their German counterparts.
mails-per-run = Mails per run
mails-per-run-hint = At most so many at a time, the others with the next run. Empty: all.
mail-mebibytes = Largest mail in MiB
mail-mebibytes-hint = 1 to 64. Of a larger one only the header comes into the ticket; it stays on the server, even where mails are deleted or moved.
tells-too-large = Whoever sends a mail that is too large is told
tells-too-large-hint = Once per mail, in the contact's language and in the same thread.
sender = Sender of answers
sender-hint = Name, address and mail server of a sender stand in the settings, senders.
sender-of-area = As the area says
as-received = Answers leave from the address that was written to
as-received-hint = For a mailbox with several addresses.
plus = The reply address carries the token of the ticket
plus-hint = Like support+lz…@example.de. Switch it on only if the mail server takes addresses with a plus sign.
sent-folder = Folder for sent mails
sent-folder-hint = A copy of each sent mail is put there. Empty: none; many providers do so themselves.
reads-sent = Take replies that the team writes in another mail program
reads-sent-hint = What appears in this folder from now on and answers a ticket becomes a message of the ticket. Other mails there are not read and not stored.
signature = Signature
signature-hint = Stands below answers of people without a signature of their own. { $names } are filled in.

## Tabs
general = General
receive = Receiving
send = Sending
log = Log
account-heading = Account
mails-heading = Which mails
tickets-heading = What becomes of them
save-and-test = Save and test
test-only = Test without changing anything
list-folders = Read the folders from the server
folders-listed = { $count ->
    [one] There is one folder on the server. Choose below.
   *[other] There are { $count } folders on the server. Choose below.
}
saved = Saved.
state = State
last-success = Last fetched
never = never yet
run-now = Fetch now
run-asked = Is fetched now. What comes is in the log at once.
last-mails = Last mails
no-mails = No mail came into this mailbox yet.
whole-journal = All in the mail journal
changes = Changes
back = To the mailboxes

## Test
trial-receive-works = Receiving works
trial-receive-fails = Receiving does not work yet
trial-send-works = Sending works
trial-send-fails = Sending does not work yet
trial-changed-nothing = Nothing was fetched, changed or sent.
trial-mails = { $mails ->
    [one] There is one mail in the folder.
   *[other] There are { $mails } mails in the folder.
}
trial-before = { $mails ->
    [one] One of them is older than the first day and is left alone.
   *[other] { $mails } of them are older than the first day and are left alone.
}
trial-push = Mails are brought by other programs; there is nothing to test here.
trial-sent-by = { $host } takes mails from { $address }.
trial-nobody = There is no sender
trial-nobody-help = Make one in the settings, senders, or choose one here.
trial-no-server = There is no mail server for { $address }
trial-no-server-help = Enter a mail server at the sender, or smtp_url in the configuration.
step-connected = The server answers
step-protected = The connection is protected
step-signed-in = Signed in
step-folder = Folder found
step-failed = did not work
what-helps = What helps:
words = What the server said

## What helps
host-unknown = There is no server “{ $host }”.
host-unknown-help = Check the server's name. It stands in the customer area of your provider.
refused = { $host } takes no connection at this port.
refused-help = Check server and port. Usual are 993 for receiving, 465 or 587 for sending.
silent = { $host } does not answer.
silent-help = Check server and port, and whether a firewall is in the way.
tls-failed = The certificate of { $host } does not fit, or the server encrypts in another way at this port.
tls-failed-help = Switch to STARTTLS or take port 993 or 465. If the server stands in your own house, name its certificates in mail_roots_file.
no-protection = { $host } does not offer the chosen encryption. The password was not sent.
no-protection-help = Choose “From the beginning (TLS)” and port 993 or 465.
login-refused = { $host } does not take the sign-in as “{ $user }”.
login-refused-help = Check user name and password. Some providers want a password of its own for programs.
no-token = The provider gives no access to { $host }.
no-token-help = Somebody has to sign in there again: under Settings, E-mails.
registration-help = It does not accept the registration. Check application ID, client secret and directory ID under Settings, E-mails.
token-later-help = It does not answer at the moment. Try again in some minutes.
not-open-help = The provider has given access, but the mailbox cannot be opened with it. Give the account full access to it, an application its permission, and switch on IMAP or POP3 there.
login-unsupported = { $host } takes no sign-in with user name and password.
login-unsupported-help = Allow access by IMAP and SMTP at the provider.
folder-missing = There is no folder “{ $folder }” on { $host }.
folder-missing-help = Choose one of the folders there: { $folders }
server-said = { $host } ended the connection.
server-said-help = Try again in some minutes. If it stays so, the words help whoever runs the server.

## What cannot be
no-addresses = Name at least one address. Mails leave from the first one.
too-many-addresses = A mailbox has at most 100 addresses.
no-address = “{ $text }” is no mail address. One looks like this: support@example.de
address-of-person = Somebody signs in with { $address }, and whoever sees the mailbox would read their mails. Give the mailbox or the person another address.
address-taken = { $address } belongs to the mailbox “{ $label }” already. An address has only one mailbox.
address-of-customer = { $address } belongs to a customer. What they write would look as if we had written it ourselves. Give the mailbox or the customer another address.
account-taken = The mailbox “{ $label }” fetches this folder of this account already. Each mail would come twice. Choose another folder, or switch the other mailbox off.
unknown-choice = This choice is not there any more. Choose again.
no-host = Enter the name of the server, like imap.example.de.
no-port = A port is a number from 1 to 65535.
no-user = Enter the user name to sign in with there.
no-oauth-account = This is not a mail address. One looks like this: anna@firma.de
account-needs-provider = Another account signs in only at a provider. With a password it belongs in the user name; leave the field empty.
no-folder = A folder has at most 200 characters in one line, as it is called on the server.
plaintext = On another machine encryption is needed. Without it, set allow_plaintext_mail = true in the configuration.
no-password = This account needs its password. The stored one is only for the one before.
no-target = Name the folder that mails are moved to.
same-folder = Mails are fetched from this folder. Choose another one.
no-sent-folder = Name the folder in which the sent mails lie.
not-by-pop3 = POP3 knows neither read mails nor folders. Choose to change nothing, or to delete.
no-day = That is no day. Write it like 2026-11-24.
future-day = This day is still to come. No mail would come in until then; take today or an earlier one.
no-days = Enter a number from 1 to 36500, or leave the field empty.
no-percent = Enter a number from 0 to 100.
no-mails-per-run = Enter a number from 1 to 100000, or leave the field empty.
no-mebibytes = Enter a number from 1 to 64.
no-further-folders = At most 50 folders, each once and with at most 200 characters. The folder above is read anyway.
pattern-long = The pattern is too long or stands for too much. Use at most 500 characters and smaller repetitions.
pattern-fits-nothing = This pattern also fits an empty text and would find something everywhere. Ask for at least one character.
pattern-unreadable = This pattern cannot be read. Check its brackets; looking ahead and behind is not possible.
no-domain = “{ $text }” is no domain. Write it like example.de or *.example.de.
needs-account = Only an account that mails are fetched from has folders. Leave the field empty.
signature-long = A signature has at most 65536 characters with its formats.

# Automatic answer

answer = Automatic answer
answer-enabled = Answer new tickets automatically
answer-enabled-hint = Only to people who write a new ticket: not to lists, machines, own addresses, and mails older than a day. Whoever never provably answered us gets one a day at most, without their subject and name.
answer-subject = Subject of the automatic answer
answer-subject-hint = {"{TICKET}"} is the number of the ticket, {"{BETREFF}"} the subject of the mail.
answer-without-number = The subject lacks { $tag }. Laufzettel puts the number before it all the same, so that answers find their ticket.
answer-text = Text of the automatic answer
answer-text-hint = { $names } are filled in.
answer-once = Only one mail a day
answer-once-hint = A sender gets one automatic answer in 24 hours at most.
no-answer-subject = Please write a subject of at most 200 characters on one line.
no-answer-text = Please write what shall be answered.
answer-text-long = An automatic answer has at most 65536 characters with its formats.
muted = Muted
muted-hint = These addresses answer our automatic mails automatically themselves. They get none from this mailbox until you lift it. Their mails still arrive.
muted-nobody = No address is muted.
muted-echo = sends mails with our marks from other people's tickets, since
muted-rate = wrote too many tickets in an hour after an automatic answer, since
muted-lift = Lift
muted-lift-address = Lift for { $address }
muted-lifted = The address gets automatic answers again.
nothing-changed = nothing changed
none-chosen = none
