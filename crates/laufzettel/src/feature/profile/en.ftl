# Own account

title = My account
save = Save
saved = Your settings are saved.
signed-in-as = You sign in with { $email }. Whoever administers Laufzettel for you can change the address.
name = Name
phone = Telephone
signature = Signature below your answers
signature-hint = These words are replaced while you write: { $names }. If the field stays empty, the signature of the mailbox stands below your answers.
undo = Seconds to call an answer back
undo-hint = An answer waits this long before it leaves. 0 sends it at once, the most is 30.
undo-range = Enter a number from 0 to 30.
notices = Notifications by e-mail
notice-assigned = A ticket is assigned to me
notice-answered = A customer answers in my ticket
notice-failed = An e-mail of mine cannot be delivered

## Screen
screen = Screen

## Password
password = Password
current = Present password
change-password = Change password
password-ends = Afterwards you are signed out on all other devices. On this one you stay signed in.
password-changed = Your password is changed. All other sessions have ended.
current-wrong = The present password is wrong.
too-often = { $minutes ->
    [one] Too many attempts. Try again in a minute.
   *[other] Too many attempts. Try again in { $minutes } minutes.
}

## Sessions
sessions = Sessions
sessions-about = You are signed in here. A session ends after eight hours without use, after 30 days at the latest.
this-one = (this one)
began = Signed in
seen = Last used
browser-on = { $browser } on { $system }
browser-unknown = Unknown browser
end-session = Sign out
end-session-of = Sign { $browser } out
sign-out-elsewhere = Sign out everywhere else
nowhere-else = You are not signed in anywhere else.
signed-out-elsewhere = You are signed out everywhere else.
session-ended = The session has ended.
