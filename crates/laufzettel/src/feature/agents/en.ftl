# People and rights

people = People and rights
about = The role gives the rights. What you change here for an area counts for this person in place of the role.
invite = Invite
invite-title = Invite somebody
about-invite = The person gets a mail with a link. It works for seven days and only once, and leads to the choice of a password.
send-invitation = Send invitation
invite-again = Send the invitation again
person = Person
find = Find a person
name = Name
email = Mail address
email-hint = The person signs in with it.
role = Role
role-administrator = Administration
role-agent = Agent
role-read-only = Read only
role-hint = Administration may do everything everywhere. Agents work in all areas. Read only sees everything and changes nothing.
active = Active
inactive = Left
invited = invited
no-people = Nobody fits.
level = Right
level-own = own
level-read = read
level-work = work
level-manage = manage
level-none = no access
level-of-role = as the role
level-as-elsewhere = as in all others
level-own-about = only the person's own
level-read-about = sees all
level-work-about = answers, changes, assigns
level-manage-about = also corrects and deletes messages
levels = Rights by area
elsewhere = In all other areas
level-in = { $name }, { $area }
flags = Rights in the whole house
flags-own = An own choice in place of the role
flags-hint = Without the tick the rights of the role count.
flag-create = Create tickets
flag-delete = Delete tickets
flag-export = Export
flag-settings = Change settings
flag-person-figures = See figures of single persons
flag-rules = Write rules for incoming mails
phone = Telephone
signature = Signature below answers
signature-hint = These words are replaced: { $names }. Without one the signature of the mailbox stands there.
language = Language
language-own = As in the browser
german = German
english = English
undo-seconds = Seconds to call back
all-rights = Administration may do everything everywhere. There are no rights per area and no rights of a person beside this role.
all-notices = all
none-of-them = none
notices = Notifications
password = Password
sessions = Sessions ended
save = Save
access = Access
sign-out-everywhere = Sign out everywhere
sign-out-hint = Ends all sessions on all devices. The person signs in again.
reset-password = Send a link for a new password
reset-hint = The person gets a mail with a link that works for one day and only once.
deactivate = End access
deactivate-hint = The person cannot sign in any more. What they wrote stays.
open-tickets = { $tickets ->
    [one] One open ticket is assigned to them.
   *[other] { $tickets } open tickets are assigned to them.
}
no-open-tickets = No open ticket is assigned to them.
hand-over = Open tickets go to
hand-over-nobody = Nobody: unassigned again
activate = Open access again

## What cannot be
name-missing = Enter a name.
name-long = A name has at most 200 characters. Shorten it.
email-wrong = Enter an address like anna@example.com.
email-ours = This is the address of a mailbox: everybody reads what is sent there, links for passwords, too. Enter one of their own.
email-taken = There is a person with this address already. Enter another one.
phone-long = A telephone number has at most 60 characters. Shorten it.
no-phone-number = This is no telephone number. Enter one with digits, or leave the field empty.
signature-long = The signature is too large. Shorten it.
unknown-choice = This choice does not exist. Choose again.
last-administrator = This is the last person in the administration. Give somebody else this role first.
no-successor = This person cannot take over the tickets. Choose somebody else.
cannot-work = { $name } may not work in "{ $area }" and cannot take over the tickets there.
stale = Somebody else has changed this person meanwhile. What you entered is still there. Save again if it should count.
no-sender = There is no sender yet, so no mail can leave. Set up a sender first.

## Messages
invited-toast = The invitation to { $name } is on its way.
reset-toast = The link to { $name } is on its way.
saved = "{ $name }" was saved.
signed-out = { $name } is signed out everywhere.
deactivated = The access of { $name } has ended.
activated = The access of { $name } is open again.

## Programs
scopes = May
expires-at = Works until
agent = Person
token-name = What for
scope-tickets-read = Read tickets
scope-tickets-write = Write tickets
scope-mails-read = Read mails
scope-mails-write = Deliver mails
scope-contacts-read = Read customers
scope-contacts-write = Write customers
scope-settings = Change settings
