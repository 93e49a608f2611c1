# Set-up

title = First set-up
about = Three steps, about five minutes. Everything can be changed later.
further = Further mailbox
further-about = It is checked, then Laufzettel fetches its mails. Everything can be changed later.
cancel = Cancel
step-of = Step { $number } of 3
done = done
now = now
later = next
minutes-left = { $minutes ->
    [one] The set-up link works for one more minute, and once only.
   *[other] The set-up link works for { $minutes } more minutes, and once only.
}

## Without a valid link
set-up = Already set up
set-up-text = Laufzettel is set up. Sign in; colleagues are invited by an administrator.
sign-in = To the sign-in page
expired = The link has expired
expired-text = Start Laufzettel again. It prints a new link at its start, which works for one hour.
no-link = The set-up needs its link
no-link-text = Laufzettel printed it at its start, on the console or in the log of the service. It begins with the address of this page. After a restart only the new one works.

## Step 1
company-step = You and your company
company-about = Who administrates this ticket system, and for whom?
you = You
you-about = This is how you sign in. You may change all settings.
name = Your name
email = Your e-mail address
password = Password
password-hint = At least 8 characters. A sentence is easier to remember than symbols.
company = Company
company-name-about = Shown on the sign-in page and as the sender of answers.
company-name = Name of the company
go-on = On to the mailbox
go-on-about = You are signed in then.
missing = Please fill this in.
too-long = At most 200 characters in one line.
no-address = This is no e-mail address. One looks like this: anna@example.com
password-length = At least 8 characters, at most 1000.

## Step 2
mailbox-step = Mailbox
mailbox-about = Tickets come from this mailbox, answers leave from it.
provider = Provider
provider-about = Where is the mailbox?
other-provider = Another one
needs-allowing = { $name } wants "POP3 and IMAP" to be allowed once in the settings of the mailbox.
needs-own-password = { $name } wants programs to have a password of their own. Make one in your account under "passwords for programs" or "app passwords" and enter it here.
needs-sign-in = { $name } takes no passwords from programs. You sign in there instead: enter the address and press “Take over mailbox”, and it goes on step by step.
or-sign-in = Or leave the password empty: then you sign in at { $name } once you press “Take over mailbox”.
signed-in = Signed in at { $name } as { $account }.
access = Access
access-about = You find it in your account with the provider. The password is stored encrypted.
address = Address of the mailbox
mailbox-password = Password of the mailbox
kept = The one you just entered stays in use as long as this is empty.
own-servers = Enter servers yourself
own-servers-about = What stays empty is found by the provider or the address.
receiving = Receiving (IMAP)
sending = Sending (SMTP)
host = Server
port = Port
protection = Encryption
implicit = From the start (TLS)
unprotected = None, on this machine only
user = User name
no-password = The mailbox cannot be read without its password.
future-day = This day is still to come. No mail would come in until then; take today or an earlier one.
no-day = This is no day.
no-port = A port is a number from 1 to 65535.
address-taken = This mailbox is set up already.
check = Check
check-about = Things are only read, nothing is changed.
receiving-works = Receiving works
receiving-works-text = { $mails ->
    [one] Signed in. There is one mail in the inbox.
   *[other] Signed in. There are { $mails } mails in the inbox.
}
receiving-fails = Receiving does not work yet
sending-works = Sending works
sending-works-text = { $host } accepted the sign-in.
sending-fails = Sending does not work yet
what-helps = What helps:
words = The server's own words
host-unknown = There is no server "{ $host }".
host-unknown-help = Look up the names of the servers in your account with the provider, and enter them above under "Enter servers yourself".
refused = { $host } takes no connection on this port.
refused-help = Check server and port. Usual are 993 for receiving, 465 or 587 for sending.
silent = { $host } does not answer.
silent-help = Check server and port, and whether a firewall is in the way.
tls-failed = The certificate of { $host } does not fit, or the server encrypts differently on this port.
tls-failed-help = Set the encryption to STARTTLS, or take port 993 or 465. If it is a server of your own, name its certificates in mail_roots_file.
no-protection = { $host } does not offer the chosen encryption. The password was not sent.
no-protection-help = Choose "From the start (TLS)" and port 993 or 465.
login-refused = { $host } does not accept the sign-in as "{ $user }".
login-refused-help = Check the password. Some providers want another user name than the address, or a password made for programs.
signed-out = { $host } does not take the sign-in at the provider.
signed-out-help = Please sign in once more: “Take over mailbox” leads there. If that does not help, check the registration in the settings.
login-unsupported = { $host } takes no sign-in with user name and password.
login-unsupported-help = Allow access by IMAP and SMTP in your account, or have the mailbox forwarded to one with another provider.
folder-missing = { $host } has no inbox for this account.
folder-missing-help = Ask whoever runs the server.
server-said = { $host } ended the connection.
server-said-help = Try again in a few minutes. If it stays that way, the server's own words help whoever runs it.
from = From date
from-about = Older mails stay where they are.
from-day = Fetch mails from
mails-since = { $mails ->
    [one] Since that day it is one mail.
   *[other] Since that day it is { $mails } mails.
}
mails-before = { $mails ->
    [one] One older mail stays where it is.
   *[other] { $mails } older mails stay where they are.
}
on-server = On the server
on-server-about = What becomes of a mail once it is safely stored here?
folder = Laufzettel done
move-to = Move to the folder "{ $folder }"
move-about = Recommended. The inbox becomes empty, nothing gets lost.
mark-read = Mark as read
mark-read-about = The mail stays in the inbox. Good if somebody still reads the mailbox in Outlook.
keep = Change nothing
keep-about = Laufzettel remembers by itself what it knows.
delete = Delete
delete-about = The mail exists only here then. Set up a backup first.
take = Take over mailbox
probe = Check only
only-receive = Go on without sending
take-about = Receiving and sending are checked first.

## Step 3
first-step = First mail
first-later = We send a test mail to the mailbox. A few seconds later it lies in the inbox as the first ticket.
on-its-way = The test mail to { $address } is on its way. This page shows when it has arrived.
arrived = { $seconds ->
    [one] The test mail arrived after one second. Receiving and sending work.
   *[other] The test mail arrived after { $seconds } seconds. Receiving and sending work.
}
no-sending = The mailbox is fetched, new mails become tickets. You can answer once a mail server takes your mails: name it at the sender.
to-sending = Set up sending
send-test = Send a test mail
send-again = Send another one
look-again = Look again
to-inbox = To the inbox
invite = You invite your team under Settings, Team.
test-failed = The test mail could not be delivered.
test-deferred = The server does not take the test mail just now. Laufzettel keeps trying by itself.
test-late-sending = The test mail has not left yet. Is this machine behind a firewall?
test-late-fetching = The server took the test mail, but it is not in the inbox yet. This may take some minutes; have a look at the spam folder, too.
test-subject = Test mail from Laufzettel
test-text = If you read this, everything is set up: this mail left by your server and came back as a ticket. Feel free to answer, to solve the ticket or to put it into the trash.
