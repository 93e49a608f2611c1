# New ticket

title = New ticket
back = Back
discard = Discard
channel = Channel
call = Call
mail = Write e-mail
internal = Internal
beside = Customer and similar tickets
key-submit = Ctrl ↵
key-submit-does = creates it
create = Create ticket
create-and-open = Create and open
settled = Solved already
send = Create and send
made = Ticket { $number } was created.

## Who asks
caller = Caller
recipient = To
email = E-mail address
phone = Call back at
found = Customers found
found-so-many = { $count ->
    [one] One customer found
   *[other] { $count } customers found
}
look-up = Look up customers
on-record = On record.
on-record-at = On record, { $company }.
somebody-else = Somebody else

## Fields
subject = What is it about?
note = Notes of the call
text = Text of the mail
task = What is to be done?
area = Area
category = Category
priority = Priority
assignee = Assignee
request-type = Request type
queue = Queue
tags = Tags, separated by commas
due = Deadline
call-back-until = Call back until
none = None
nobody = Nobody
choose = Please choose
yourself = { $name } (you)
notify = Send the caller a confirmation by mail

## What cannot be
missing = Please fill this in.
too-long = This is too long.
no-address = This is no e-mail address. One looks like this: anna@example.com
no-phone = This is no telephone number.
own-address = This is a mailbox of ours. Enter the customer's address.
not-there = This is not there any more, or you may not choose it. Please choose again.
may-not = This person may not work in that area. Choose somebody else.
no-moment = This is no moment in time.
no-sender = There is no address to send from. Set up a mailbox with a sender first, or send no confirmation.

## Beside
same = There may be a ticket about this
add-note = Add note to { $number }
others = Latest tickets
nothing-beside = Once customer or subject are known, the customer's tickets stand here.

## What was begun
restored = Draft restored, saved
start-anew = Empty form
begun = Tickets you began
discarded = Draft discarded
still-uploading = The ticket is created as soon as the files are uploaded.
file-gone = A file is gone or belongs to a ticket already. Attach it again.
company = Company
