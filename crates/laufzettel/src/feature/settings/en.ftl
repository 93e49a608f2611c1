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
mails = Mails of the whole house
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
subject-intake-rule = Rule for incoming mails
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

## Mails of the whole house
about-mails = What holds for the mails of all mailboxes and areas.
mails-switches = Switches
mails-processing = Process mails
mails-processing-hint = Switched off, nothing is fetched and nothing is taken. Mails stay on their server until it is switched on again; until then a note stands on every page.
mails-sends = Send mails of tickets
mails-sends-hint = Switched off, none leaves: no replies, no notices to the team, none to customers. What is in the outbox already still leaves.
mails-to-customers = To customers, too
mails-to-customers-hint = Switched off, only mails to the team leave.
mails-copies = Copies go by themselves
mails-copies-hint = To everybody who stood in copy of the mail that is answered, and to all who take part when an area tells of closing. Switched off, they are entered by hand.
mails-told = Who hears of tickets
mails-address = Address for ticket mails
mails-address-hint = The address of the house. The notices below go to it. Not a mailbox of your own: the mail would come back as a ticket.
mails-tells-new = Notice of new tickets
mails-tells-new-hint = To the address for ticket mails, with title, classification, requester, text and link.
mails-tells-answers = Notice of customers' answers
mails-tells-answers-hint = To the same address. Out-of-office notes and other mails of machines are not told.
mails-told-of-new = Further address for new tickets
mails-told-of-new-hint = Hears of each new ticket, whatever its area. Areas can name addresses of their own.
mails-certain = Certain recipients
mails-linkless = Without links to
mails-linkless-hint = Parts of addresses, one per line, like members.ebay or amazon.com. Header, footer, signature and quote of their mails have no links, because marketplaces refuse such mails.
mails-hinted = Hint before answers to
mails-hinted-hint = Addresses or domains, one per line, like *.amazon.com. The asterisk stands for any text.
mails-hint = Hint
mails-hint-hint = Stands above the reply field as long as the reply goes to one of these recipients.
mails-own-mailbox = This address belongs to a mailbox of your own. The mail would come back as a ticket; use another one.
mails-no-address = Enter where the notices go, or switch them off.
mails-wrong-address = This is not an email address. One looks like this: team@example.de
mails-no-pattern = At most 200 lines of at most 200 characters each.
mails-no-hint = Enter the hint that shall stand there.
mails-hint-long = A hint has at most 1000 characters.
mails-off = Mails are not processed.
mails-off-text = Nothing is fetched and nothing is taken. New mails stay on their server and come after it is switched on.
mails-unsent = Mails are not sent.
mails-unsent-text = Replies and notices do not leave until somebody switches sending on again.
mails-unsent-customers = Mails to customers are not sent.
mails-unsent-customers-text = Replies do not leave until somebody switches sending to customers on again.
