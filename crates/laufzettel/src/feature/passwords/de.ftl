# Links für ein Passwort

title = Passwort festlegen
about = Hallo { $name }. Danach melden Sie sich mit { $email } und diesem Passwort an.
password = Neues Passwort
password-hint = Mindestens 8 Zeichen. Ein langer Satz ist besser als wenige Sonderzeichen.
password-short = Ein Passwort hat mindestens 8 und höchstens 1000 Zeichen.
again = Neues Passwort noch einmal
again-differs = Die beiden Eingaben sind verschieden.
set = Passwort festlegen
is-set = Ihr Passwort ist gesetzt. Melden Sie sich damit an.
sign-in = Zur Anmeldung
unknown = Diesen Link gibt es nicht. Prüfen Sie, ob er vollständig ist.
used = Dieser Link wurde schon benutzt. Jeder gilt nur einmal.
expired = Dieser Link ist abgelaufen.
ask-again = Neuen Link anfordern
forgotten-title = Passwort vergessen
forgotten-about = Geben Sie Ihre Adresse ein. Wenn es dazu einen Zugang gibt, bekommen Sie eine Mail mit einem Link.
address = E-Mail
address-wrong = Geben Sie eine Adresse wie anna@example.de ein.
send = Link senden
sent-title = Sehen Sie in Ihrem Postfach nach
sent = Wenn es zu dieser Adresse einen Zugang gibt, ist eine Mail mit einem Link unterwegs. Er gilt einen Tag und nur einmal.
too-often = { $minutes ->
    [one] Zu viele Versuche. In einer Minute geht es weiter.
   *[other] Zu viele Versuche. In { $minutes } Minuten geht es weiter.
}
help = Kein Zugang? Fragen Sie die Person, die Laufzettel bei Ihnen verwaltet.

## Mails mit einem Link
invitation-subject = Ihr Zugang zu Laufzettel
invitation-text = Guten Tag { $name },

    { $by } hat Sie zu Laufzettel eingeladen. Legen Sie hier Ihr Passwort fest:

    { $link }

    Der Link gilt bis { $until } und nur einmal.
reset-subject = Neues Passwort für Laufzettel
reset-text = Guten Tag { $name },

    mit diesem Link legen Sie ein neues Passwort fest:

    { $link }

    Der Link gilt bis { $until } und nur einmal. Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun.
