# Links for a password

title = Choose a password
about = Hello { $name }. Afterwards you sign in with { $email } and this password.
password = New password
password-hint = At least 8 characters. A long sentence is better than a few special characters.
password-short = A password has at least 8 and at most 1000 characters.
again = New password again
again-differs = The two entries differ.
set = Choose password
is-set = Your password is set. Sign in with it.
sign-in = To the sign-in page
unknown = There is no such link. Check whether it is complete.
used = This link has been used. Each one works only once.
expired = This link has expired.
ask-again = Ask for a new link
forgotten-title = Password forgotten
forgotten-about = Enter your address. If there is an access for it, you get a mail with a link.
address = Mail address
address-wrong = Enter an address like anna@example.com.
send = Send link
sent-title = Look into your mailbox
sent = If there is an access for this address, a mail with a link is on its way. It works for one day and only once.
too-often = { $minutes ->
    [one] Too many tries. You can go on in one minute.
   *[other] Too many tries. You can go on in { $minutes } minutes.
}
help = No access? Ask the person who manages Laufzettel at your place.

## Mails with a link
invitation-subject = Your access to Laufzettel
invitation-text = Hello { $name },

    { $by } has invited you to Laufzettel. Choose your password here:

    { $link }

    The link works until { $until } and only once.
reset-subject = New password for Laufzettel
reset-text = Hello { $name },

    with this link you choose a new password:

    { $link }

    The link works until { $until } and only once. If you did not ask for it, you need not do anything.
