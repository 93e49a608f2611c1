# Settings

find = Find a setting
found = { $hits ->
    [one] One result
   *[other] { $hits } results
}
hits-for = Results for "{ $words }"
no-hits = There is no setting for this. Try another word, German works, too.
all-changes = All changes
last-changes = Changed last
changes = Changes
no-changes = Nobody has changed anything yet.
older = Older changes
tickets = Tickets
team = Team
post = Mails
own = My account
numbers = Numbers
new-tickets = New tickets
hints = Pointed out
people = People and rights
tokens = Access for programs
mailboxes = Mailboxes
journal = Journal of incoming mails
outbox = Outbox
text-blocks = Text blocks
profile = My account
signature = Signature
api = Interface
save = Save
saved = The settings were saved.
stale = Somebody else has changed the settings meanwhile. What you entered is still there. Save again if it should count.
settings = Settings

## Numbers
about-numbers = The mask makes the number of each new ticket. Numbers that exist stay as they are.
mask = Mask
mask-hint = Letters, digits, hyphen, dot and underscore stay. What stands in curly brackets is replaced.
try-mask = Try it
example = Example
next-number = Next number
tags = What can stand in brackets
tag-counter = Counter, filled up with zeros
tag-offset = Counter that begins after 100
tag-monthly = Counter that begins anew each month
tag-yearly = Counter that begins anew each January
tag-day = Day
tag-month = Month
tag-year = Year
mask-not-configured = Enter a mask. Without one no ticket gets a number.
mask-blank = There is a blank at place { $place }. Numbers have none.
mask-foreign = At place { $place } there is a character that numbers cannot have. Letters, digits, hyphen, dot and underscore are allowed.
mask-brace = At place { $place } a curly bracket lacks the other one.
mask-unknown = What stands in brackets at place { $place } does not exist. See below for what does.
mask-companies = What stands at place { $place } needs codes of companies, and there are none here yet.
mask-no-counter = A counter like {"{"}0000{"}"} is missing. All tickets would get the same number.
mask-second-counter = There is a second counter at place { $place }. There can be only one.
mask-reset = Behind the @ at place { $place } stands a month from 0 to 12, or 99.
mask-counter-long = The counter at place { $place } has more than 15 digits.
mask-year = The counter begins anew each year, so the year must stand in the mask, for example {"{"}yyyy{"}"}.
mask-month = The counter begins anew within the year, so year and month must stand in the mask.
mask-long = The numbers would be longer than 40 characters. Shorten the mask.

## Pointed out
about-hints = What the navigation shows with a figure as soon as there is some of it.
unplaced-mails = Mails without a ticket
unplaced-mails-hint = Mails that nobody has assigned to a ticket yet. Without the tick they are listed under “Mails” only.
without-category = New tickets without a category
without-category-hint = They come by mailboxes that give no category.

## New tickets
about-new-tickets = What counts when somebody of the team makes a ticket by hand.
starts-read = Starts as read
starts-read-hint = Otherwise the ticket stands in the list as unread. Tickets from mails are always unread.
assigns-creator = Whoever makes it is the assignee
assigns-creator-hint = Somebody else can be chosen in the form.
preselects-type = The request type is preselected
preselects-type-hint = Otherwise the request type has to be chosen each time.
required = Must be filled in
required-hint = Area, subject and text always must.
required-requester = Requester
required-company = Company
required-request-type = Request type
required-category = Category
required-queue = Queue
required-assignee = Assignee
required-tags = Tags

## Changes
added = created
changed = changed
removed = deleted
revoked = revoked
somebody = Laufzettel
by-program = through { $name }
subject-area = Area
subject-queue = Queue
subject-request-type = Request type
subject-category = Category
subject-priority = Priority
subject-status = Status
subject-agent = Person
subject-token = Access for programs
microsoft = Sign-in at Microsoft 365
google = Sign-in at Google
subject-oauth-client = Sign-in at a mail provider
subject-mailbox = Mailbox
subject-sender = Sender
subject-text-block = Text block
subject-house = Settings
position = Place in the list
yes = yes
no = no
nothing = empty
gone = deleted
secret = set anew
becomes = becomes
right-in = Right in the area { $area }
cut = { $text } …

## Other words by which the search finds something
also-numbers = prefix counter sequence ticket number
also-people = users staff colleagues team roles access accounts
also-tokens = token API key interface ERP
also-undo = recall take back undo send
also-screen = colours dark mode night mode design
also-senders = SMTP outgoing server
also-mailboxes = IMAP POP3 fetching incoming server
also-sign-in = OAuth OAuth2 Outlook Exchange Office Gmail Workspace
