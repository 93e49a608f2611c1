# Own account

title = My account
save = Save
saved = Your settings are saved.
phone = Telephone
phone-long = A telephone number has at most 60 characters. Shorten it.
signature = Signature below your answers
signature-hint = These words are replaced while you write: { $names }. If the field stays empty, the signature of the mailbox stands below your answers.
signature-long = The signature is too large. Shorten it.
undo = Seconds to call an answer back
undo-hint = An answer waits this long before it leaves. 0 sends it at once, the most is 30.
undo-range = Enter a number from 0 to 30.
notices = Notifications by e-mail
notice-assigned = A ticket is assigned to me
notice-answered = A customer answers in my ticket
notice-failed = An e-mail of mine cannot be delivered
