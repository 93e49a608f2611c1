# What is done with a ticket

leave = Cancel
solve = Solve
solve-question = Solve this ticket?
solve-text = It will no longer be in any list of open tickets.
solved = Solved
abandon = Close as not solved
abandon-question = Close this ticket without a solution?
abandon-text = It is cancelled and will no longer be in any list of open tickets. You can reopen it later.
abandoned = Closed as not solved
reopen = Reopen
reopen-question = Reopen this ticket?
reopen-text = It will be among the open tickets again.
reopened = Reopened
claimed = The ticket is yours now
unclaimed = Nobody is assigned any more
claimed-by = { $name } has already taken this ticket.
not-yours = { $name } is assigned. Only they can give the ticket back.
closed-already = The ticket is closed already.
open-already = The ticket is open already.

## Who hears of it
inform-question = Whom would you like to inform?
inform-text = Whoever is marked gets an e-mail. The assignment holds in any case.
inform = Inform
inform-nobody = Nobody
inform-requester = { $address }: your request is being worked on
new-assignee = new assignee
former-assignee = former assignee
informed = Will be informed
closing-question = Whom would you like to inform of the solution?
closing-question-text = The ticket is closed even if you inform nobody.
all-contacts = All contacts ({ $count })
nobody = Nobody
message = Text
with-history = With the whole conversation below, without internal notes
send = Send
send-nothing = Send nothing
no-contact = This ticket has no address. Nobody was informed.
closing-too-long = The text is too long.
closing-many-text = All contacts of each ticket get an e-mail with the usual sentence. The tickets are closed even if you inform nobody.
inform-contacts = Inform contacts
