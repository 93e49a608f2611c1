# Signing in at a mail provider instead of a password

title = Sign-in at { $name }
about = { $name } lets programs into a mailbox only by a sign-in, not by its password. For that the administration registers Laufzettel there once; then somebody signs in for the mailbox.
for-account = Mailbox
ready = Laufzettel is registered with { $name }. What is missing is the sign-in for this mailbox.
sign-in-at = Sign in at { $name }
sign-in-again = Sign in again
back = Back

## Steps
steps = How to register Laufzettel with { $name }
steps-about = It takes about five minutes and somebody who may administer there.
redirect = Redirect URI
permission = Permission
copy = Copy
copied = Copied
microsoft-1 = Open the Microsoft Entra admin center (entra.microsoft.com), then “App registrations”, “New registration”.
microsoft-2 = Name: Laufzettel. Supported account types: “Accounts in this organizational directory only”. Redirect URI: platform “Web” and the address below.
microsoft-3 = Under “API permissions”: “Add a permission”, “APIs my organization uses”, “Office 365 Exchange Online”, “Delegated permissions”: IMAP.AccessAsUser.All and SMTP.Send. Then “Grant admin consent”.
microsoft-4 = Under “Certificates & secrets”: “New client secret”. Copy its value, not its ID; it is shown only once.
microsoft-5 = In the Exchange admin center, at the mailbox under “Manage email apps”: switch on “IMAP” and “Authenticated SMTP”.
google-1 = Open the Google Cloud Console (console.cloud.google.com), make a project and switch on the “Gmail API” there.
google-2 = Under “Google Auth Platform”: name Laufzettel, audience “Internal”. With “External” in testing, every sign-in ends after seven days.
google-3 = Under “Data access” add the scope https://mail.google.com/.
google-4 = Under “Clients”: “Create client”, application type “Web application”, redirect URI: the address below.
google-5 = Copy client ID and client secret; the secret is shown only once.
no-https = { $name } sends people back only to addresses with https. This installation is reached without it: first write base_url with https:// into the configuration.

## Registration
registration = Registration
client-id-microsoft = Application (client) ID
client-id-google = Client ID
client-secret = Client secret
secret-kept = The stored one goes on as long as nothing stands here. It is encrypted and never shown.
secret-new = It is stored encrypted and never shown.
secret-ends-on = The secret is good until
secret-ends-on-hint = Laufzettel reminds you 30 days before.
tenant = Directory (tenant) ID
tenant-hint = Empty: any organisation.
other-addresses = Other addresses
other-addresses-about = Needed only where a sign-in service of your own stands in front.
authorize-url = Address to sign in
token-url = Address for tokens
save = Save
save-and-go = Save and sign in at { $name }
saved = Saved.
stale = Somebody else has just changed the registration. You see what you typed; the next save makes it count.
too-long = At most 500 characters on one line.
client-id-odd = An ID has no blanks. Copy it once more.
client-id-missing = Please enter the ID that the provider gave.
secret-missing = Please enter the secret.
tenant-odd = The directory ID has digits, letters and hyphens, or it is the name of the domain.
url-odd = An address that begins with https://.
day-over = This day is over, the secret does not count any more. Make a new one at the provider.
day-odd = A day like 2027-11-24.
not-an-address = This is no e-mail address.

## Without signing in
without = Without a sign-in: forwarding
without-1 = Make a mailbox just for Laufzettel with a provider that has IMAP, and set it up here.
without-2 = Have the present mailbox forwarded to it, at Microsoft in the Exchange admin center under “Mail flow”, at Google under “Forwarding and POP/IMAP”.
without-3 = Under senders, enter the present address and as its mail server your own relay or that of the new mailbox. That server has to stand in the SPF record of your domain.

## Sign-ins
logins = Sign-ins
no-logins = Nobody has signed in for a mailbox yet.
account = Mailbox
since = Since
state = State
works = works
ended = ended

## On to the provider
go = On to { $name }
go-about = Sign in there as { $account } and agree. For a shared mailbox, sign in with an account that has full access to it. Then you come back here.

## Back from the provider
almost = Almost done
almost-about = { $name } has confirmed the sign-in.
connect = Connect the mailbox
not-signed-in = Not signed in
denied = At { $name } it was cancelled or not agreed to.
odd-answer = { $name } has not confirmed the sign-in.
unknown-state = This sign-in is too old, was used already or belongs to somebody else. Please begin again.
sign-in-ended = { $name } does not take the sign-in any more. Please sign in once more.
client-refused = { $name } does not take the registration. Please check application ID and client secret.
unavailable = { $name } cannot be reached. Please try again in a moment.
words = What the provider says
again = Try again

## Notices
login-ended = { $account }: please sign in again
login-ends = { $days ->
    [one] { $account }: the sign-in ends tomorrow
   *[other] { $account }: the sign-in ends in { $days } days
}
login-ended-text = Without a sign-in at { $name } no mails are fetched or sent. Nothing is lost: what waits goes on after the sign-in.
secret-ended = The client secret at { $name } has ended
secret-ends = { $days ->
    [one] The client secret at { $name } ends tomorrow
   *[other] The client secret at { $name } ends in { $days } days
}
secret-ended-text = Make a new one at { $name } and enter it, or no mails will be fetched and sent any more.
renew-secret = Enter the secret

## On the pages of mailboxes and senders
signs-in = Sign-in
by-password = With a password
nobody-yet = Nobody has signed in at { $name } as { $user } yet. Do so under settings, mails, “Sign-in at { $name }”.
only-administrators = Only administrators set to which server a sign-in goes.

## As an application
who-signs-in = Who signs in
who-signs-in-hint = As an application Laufzettel itself opens the mailboxes that you give it, shared ones as well; nobody signs in and no sign-in ends.
by-person = A person, once for each mailbox
by-application = Laufzettel itself, as an application
no-application = At { $name } it is always a person who signs in.
tenant-missing = An application signs in at the directory of your organisation: please enter the directory ID.
ready-application = Laufzettel opens mailboxes at { $name } as an application. Nobody has to sign in.
try-application = Check access
saved-and-works = Saved. { $name } gives Laufzettel access; which mailboxes it may open is shown by the mailbox’s test.
application-steps = As an application: what is different then
application-about = These steps replace the delegated permissions and the sign-in. They need somebody who administers Exchange Online with PowerShell.
application-1 = Under “API permissions”: “Office 365 Exchange Online”, “Application permissions”: IMAP.AccessAsApp, SMTP.SendAsApp and for POP3 POP.AccessAsApp. Then “Grant admin consent”.
application-2 = Under “Enterprise applications”, Laufzettel, copy the object ID. It is not the object ID of the app registration.
application-3 = Make the application known to Exchange Online: the first command below, after Connect-ExchangeOnline.
application-4 = Give it each mailbox that Laufzettel is to read and to send as: the two other commands. It opens no other mailbox then.
application-5 = Choose “Laufzettel itself” here, save, and then test the mailbox. A permission sometimes counts only after half an hour.
command-known = Command: make the application known
command-read = Command: let it read a mailbox
command-send = Command: let it send as a mailbox
