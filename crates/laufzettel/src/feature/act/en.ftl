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
