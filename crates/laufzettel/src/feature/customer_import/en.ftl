# Importing customers

title = Import customers
about = From a table (CSV) or an address book (vCard). First you see what would happen; nothing is changed yet.
file = File
file-hint = CSV or vCard, up to 25 MB. Separator and encoding are recognised.
check-file = Check the file
check-again = Check again
columns = Columns
in-the-file = In the file
becomes = Becomes
becomes-of = { $header } becomes
samples = For example
nothing = Leave out
first-name = First name
last-name = Last name
address = E-mail address
tab = tab
as-csv = CSV, separated by { $separator }, { $encoding }, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
as-vcard = vCard, { $rows ->
    [one] 1 card
   *[other] { $rows } cards
}
trial = This would happen
result = This has happened
added = new
changed = changed
same = unchanged
faulty = faulty
names-nobody = No column says a name, an address or a company. Choose above what the columns are.
faults = Faulty rows are left out
line = Line { $number }
more-faults = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
take-rows = { $count ->
    [one] Import 1 row
   *[other] Import { $count } rows
}
nothing-to-do = There is nothing to import.
other-file = Another file
so-far = { $done } of { $all } rows are imported.
go-on = Go on
all-done = All rows have been gone through. Importing the same file again changes nothing.
to-contacts = To the contacts

## The file
too-many-bytes = The file is larger than 25 MB. Split it and import the parts one after the other.
no-file = Choose a file.
empty-file = The file is empty.
no-text = This is neither a CSV nor a vCard file. Save the table as CSV.
no-rows = The file has a header, but no row below it.
too-large = The file has more than 200,000 rows or 100 columns. Split it.

## A row
cells = The row has { $found } values instead of { $wanted }. Mostly a quotation mark is missing.
cut = The card is cut off: its end, END:VCARD, is missing.
nobody = No name, no address and no company.
no-address = “{ $text }” is no e-mail address.
too-long = { $field } is too long.
no-domain = “{ $text }” is no domain.
domain-of-everybody = Anybody can have an address in the domain { $domain }; it is no company’s.
domain-ours = { $domain } is the domain of your own mailboxes or senders.
domain-taken = Another company has the domain { $domain } already.
number-taken = Another company has the customer number { $number } already.
two-contacts = The addresses belong to two different contacts already. Join these first.
ours = { $address } is an address of your own mailboxes.
hidden = The address belongs to a contact that you may not change.
several-companies = Several companies are called “{ $name }”. Add a column with the customer number.
unknown-number = There is no company with the customer number { $number }.
