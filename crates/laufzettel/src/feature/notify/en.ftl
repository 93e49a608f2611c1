# Mails to the team

assigned = You are responsible now
passed-on = Your ticket was passed on
answered = New answer
failed = Not delivered
assigned-by = { $name } gave you this ticket.
passed-on-by = { $name } passed this ticket on. You are no longer responsible.
answered-by = { $name } answered.
failed-text = An e-mail that you wrote could not be delivered.
server-said = The mail server says: { $words }
wrote = { $name } last wrote:
answer-on-the-page = Please answer on the page of the ticket. An answer to this e-mail does not reach the customer.

# Mails to customers

closing-text = Hello, your request { $number } is closed. If something is still open, just answer this e-mail.
in-progress-text = Hello, somebody is working on your request { $number } now.

# Mails to addresses of the house

house-new = New ticket
house-new-text = There is a new ticket.
house-answer = New answer
house-answer-text = The customer has answered.

# Mails that are too large

too-large-text = Hello, your email “{ $subject }” reached us, but it is too large: we take emails of up to { $mebibytes } MiB. We could not read its text and its attachments. Please send it again with smaller or fewer attachments, best as an answer to this email.
