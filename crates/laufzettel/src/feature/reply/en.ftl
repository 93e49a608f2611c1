composer = Write an answer
kind-of-message = Kind of message
reply = Reply
note = Internal note
forward = Forward
text-of = { $kind }: text
note-hint = For the team only.
closed = The ticket is closed.
write-nevertheless = Write anyway
to = To
cc = Cc
bcc = Bcc
subject = Subject
from = From
sender = Sender
formatting = Formatting
insert-block = Insert a snippet
block = Snippet
signature = Signature
only-text = Text only
saved = Draft saved { $at }
save-failed = The draft is not saved yet. Saving is tried again.
signed-out = You are signed out. Your text stays in this browser. Sign in to go on writing.
still-uploading = The mail is sent as soon as the files are uploaded.
attachment-words = attached,attachment,attachments,enclosed,anhang,angehängt,beigefügt,anbei,anlage
send = Send
send-otherwise = Choose another way of sending
only-send = Just send
send-and-wait = Send and wait for customer
send-and-solve = Send and solve
key-send = Ctrl ↵
key-send-and-solve = Ctrl ⇧ ↵
leaves-at-once = Leaves at once
undo-for = { $seconds ->
    [one] Can be recalled for { $seconds } second
   *[other] Can be recalled for { $seconds } seconds
}
file-note = Save note
no-attachment = No file is attached.
no-attachment-text = Your text speaks of an attachment.
back-to-text = Back to the text
send-without = Send without it
bold = Bold
italic = Italic
bullets = Bullets
numbers = Numbered list
quote = Quote
link = Link
undo = Undo
text-is-safe = Your text is still in the field.
refused-denied = You may not write in this ticket any more, or it is gone.
refused-empty = The message is empty.
refused-no-recipient = The reply has no recipient.
refused-no-address = “{ $text }” is not an e-mail address.
refused-own-mailbox = { $text } is one of your own mailboxes. The reply would come back as a new message.
refused-too-many = One mail can have at most 200 recipients.
refused-no-sender = There is no sender address. An administrator adds one under “Senders”.
with-reference = { $subject } · Your reference: { $reference }
refused-mails-off = Mails are not sent at present. Somebody who manages the settings has switched them off under “Mails of the whole house”.
refused-trashed = The ticket is in the trash meanwhile. Bring it back, then send again.
refused-news = A message came in meanwhile. Read it, then send again.
refused-merged = This ticket belongs to { $number } meanwhile. Read what it says, then send again.
refused-elsewhere = The message you are answering lies in another ticket meanwhile. Check the recipients, then send again.
refused-own-news = You have answered yourself meanwhile. Read your answer, then send again.
sent-already = This message has been sent already.
refused-strangers = { $list } gets mail about this ticket for the first time and can answer to it from then on.
refused-upload = A file is gone. Attach it again.
refused-too-large = The files have more than 25 MB together.
send-nevertheless = Send anyway
means-them = That is what I mean
not-sent = The reply was not sent.
sent = Reply sent
will-be-sent = { $seconds ->
    [one] The reply leaves in { $seconds } second
   *[other] The reply leaves in { $seconds } seconds
}
will-be-forwarded = { $seconds ->
    [one] The message is forwarded in { $seconds } second
   *[other] The message is forwarded in { $seconds } seconds
}
note-filed = Note saved
recalled = The reply is recalled and stands in the field again
recalled-too-late = The reply has left and cannot be recalled any more.
ticket-moves = The ticket is changing right now. Send again.
nobody-found = Nobody found. You can type an address.
underline = Underline
strike = Strikethrough

## Internal notes that leave as mails
mail-note = By mail to
nobody-gets-it = Nobody, only save
short = Short description
refused-outside = { $list } does not belong to the team and gets this internal note with all its files.
refused-may-not-see = { $list } may not see this ticket. Take the address out, or give the person the right to see it.
note-sent = Note saved and sent
note-will-be-sent = { $seconds ->
    [one] The note is saved and leaves in { $seconds } second
   *[other] The note is saved and leaves in { $seconds } seconds
}
note-recalled = The note is recalled and stands in the field again
note-subject = Internal note: { $subject }
note-mail-by = { $name } writes to you about ticket { $number } “{ $subject }”. The customer does not see this message.
note-mail-answer = Please answer on the page of the ticket:
concerns = Concerns
written-at = Time
refused-concerned = One of the chosen people does not work here any more. Choose again whom the note concerns.
refused-to-come = The time lies in the future. Choose one that has passed.
only-keep = Only record, do not send
kept = Recorded without sending a mail
