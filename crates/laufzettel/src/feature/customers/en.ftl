# Customers

customers = Customers
companies = Companies
contacts = Contacts
company = Company
contact = Contact
kind = Kind
import = Import
new-company = New company
new-contact = New contact

## The list
find-customer = Find a customer
find-by = Name, address, telephone or customer number
find = Find
more = Show more
more-letters = There are more matches. Type on, and there will be fewer.
nothing-found = Nothing found
nothing-found-text = No customer has all these words in the name, an address or a telephone number. Check the spelling, or search with fewer words.
in-contacts = There are matches among the contacts
in-companies = There are matches among the companies
no-companies = No company yet
no-companies-text = Add a company, or read customers from a file. Senders of new mails become contacts by themselves.
no-contacts = No contact yet
no-contacts-text = Whoever writes you a mail becomes a contact by itself. You can add or import contacts, too.
open-count = { $count ->
    [one] 1 open
   *[other] { $count } open
}

## A page
about-company = About the company
about-contact = About the contact
back = Back to the customers
path = Path
join = Join
new-ticket = New ticket
edit = Edit
nobody-works-there = Nobody yet. Add the first person.
all-people = Show all people
no-phone = no telephone
proposed-company = Proposal
belongs-to = By the address the person belongs to { $name }.
take-over = Take over
tickets = Tickets
state = State
open = Open
all = All
older = Show older
no-tickets = No ticket yet.
no-open-tickets = No open ticket.
ticket-list = List of tickets
tickets-of = Tickets of { $name }
status = Status
number = No.
subject = Subject
area = Area
assignee = Assignee
last = Last
history = History
undo = Undo
notes = Note
no-notes = No note yet.
event-created = { $who } made the record.
event-changed = { $who } changed:
event-joined = { $who } joined { $name } into this one.
event-separated = { $who } separated { $name } again.
change = { $label }: { $from } → { $to }
empty-value = empty

## Fields
name = Name
job = Function
addresses = Addresses
phones = Telephone numbers
phone = Telephone
language = Language
any-language = Not known
german = German
english = English
customer-number = Customer number
domain = Domain
postal-address = Postal address
company-hint = The name or the customer number. Empty if the person belongs to no company.
make-company = Add the company
domain-hint = Whoever has an address with this domain is proposed for this company.
notes-hint = For the team only, never for the customer.
main-of = { $legend }, first and main one
other-of = { $legend }, { $place }
one-more = One more

## The form
save = Save
cancel = Cancel
leave = Leave the form
delete = Delete
delete-it = Delete { $name }
delete-contact-text = The contact disappears with its addresses and its note. This cannot be undone.
delete-company-text = The company disappears with its note. This cannot be undone.
contact-in-use = The contact has tickets and therefore stays. If the person is there twice, join the two.
company-in-use = The company has contacts or tickets and therefore stays. If it is there twice, join the two.
name-or-address = Write a name or an address.
name-needed = Write a name.
too-long = That is too long. At most { $letters } letters.
too-many = Those are too many. At most { $count }.
no-address = “{ $text }” is no e-mail address. Write it like anna@example.com.
no-phone-number = “{ $text }” is no telephone number.
no-domain = Write a domain like example.com.
name-taken = There is a company of this name already.
number-taken = Another company has this customer number already.
domain-taken = Another company has this domain already.
domain-ours = This is the domain of your own mailboxes or senders. Write that of the customer.
domain-of-everybody = Anybody can have an address in this domain. Leave the field empty; else strangers would be proposed for this company.
look-at = Look at { $name }
same-name = This is another company: save it all the same
address-of = { $name } has this address already. If it is the same person, join the two.
address-of-somebody = Another contact has this address already.
address-ours = This is an address of your own mailboxes.
several-companies = Several companies are called “{ $name }”. Write the customer number.
unknown-company = There is no company “{ $name }”.
changed-meanwhile = Somebody else has changed the record meanwhile. What you typed is still here; saving makes it count.

## Messages
saved = Saved.
added = Added.
deleted = Deleted.
joined = Joined. It can be undone in the history.
separated = Separated again.
