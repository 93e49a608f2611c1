# Sign in

title = Sign in
sign-in = Sign in
address = Email
password = Password
show-password = Show password
stay = Stay signed in on this device
help = No access? Ask the person who administers Laufzettel for you.
wrong = Email or password is wrong.
too-often = { $minutes ->
    [one] Too many attempts. Try again in a minute.
   *[other] Too many attempts. Try again in { $minutes } minutes.
}
switched-off = This account is switched off. Ask the person who administers Laufzettel for you.
ended = Your session has ended. Sign in again.
forgotten = Forgotten your password?
