# Anmelden

title = Anmelden
sign-in = Anmelden
address = E-Mail
password = Passwort
show-password = Passwort zeigen
stay = Auf diesem Gerät angemeldet bleiben
help = Kein Zugang? Fragen Sie die Person, die Laufzettel bei Ihnen verwaltet.
wrong = E-Mail oder Passwort stimmt nicht.
too-often = { $minutes ->
    [one] Zu viele Versuche. In einer Minute geht es weiter.
   *[other] Zu viele Versuche. In { $minutes } Minuten geht es weiter.
}
switched-off = Dieser Zugang ist abgeschaltet. Fragen Sie die Person, die Laufzettel bei Ihnen verwaltet.
ended = Ihre Anmeldung ist abgelaufen. Melden Sie sich neu an.
forgotten = Passwort vergessen?
