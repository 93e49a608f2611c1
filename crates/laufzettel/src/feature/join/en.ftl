# Joining customers

title = Join { $name }
leave = Back to the customer
with-whom = Who is there once more?
find = Find
nobody = Nobody found. Search for another name, an address or a telephone number.
becomes = { $gone } goes into { $kept }
join = Join
somebody-else = Somebody else
can-be-undone = Can be undone in the history.
for-field = for { $label }
empty = empty
tickets = Tickets
both-stay = All stay: { $list }
tickets-together = { $kept } and { $gone }, together { $all }. Answers to old addresses still arrive.
notes-together = Both notes then stand one below the other.
