# Eigenes Konto

title = Mein Konto
save = Speichern
saved = Ihre Angaben sind gespeichert.
signed-in-as = Sie melden sich mit { $email } an. Die Adresse ändert, wer Laufzettel bei Ihnen verwaltet.
name = Name
phone = Telefon
signature = Signatur unter Ihren Antworten
signature-hint = Diese Wörter werden beim Schreiben ersetzt: { $names }. Bleibt das Feld leer, steht die Signatur des Postfachs unter Ihren Antworten.
undo = Sekunden zum Zurückholen einer Antwort
undo-hint = So lange wartet eine Antwort, bevor sie hinausgeht. 0 schickt sie sofort, höchstens sind es 30.
undo-range = Geben Sie eine Zahl von 0 bis 30 ein.
notices = Benachrichtigungen per E-Mail
notice-assigned = Ein Ticket wird mir zugewiesen
notice-answered = Ein Kunde antwortet in meinem Ticket
notice-failed = Eine E-Mail von mir kommt nicht an

## Bildschirm
screen = Bildschirm

## Passwort
password = Passwort
current = Jetziges Passwort
change-password = Passwort ändern
password-ends = Danach sind Sie auf allen anderen Geräten abgemeldet. Auf diesem bleiben Sie angemeldet.
password-changed = Ihr Passwort ist geändert. Alle anderen Anmeldungen sind beendet.
current-wrong = Das jetzige Passwort stimmt nicht.
too-often = { $minutes ->
    [one] Zu viele Versuche. In einer Minute geht es weiter.
   *[other] Zu viele Versuche. In { $minutes } Minuten geht es weiter.
}

## Anmeldungen
sessions = Anmeldungen
sessions-about = Hier sind Sie angemeldet. Eine Anmeldung endet nach acht Stunden ohne Benutzung, spätestens nach 30 Tagen.
this-one = (diese hier)
began = Angemeldet
seen = Zuletzt benutzt
browser-on = { $browser } auf { $system }
browser-unknown = Unbekannter Browser
end-session = Abmelden
end-session-of = { $browser } abmelden
sign-out-elsewhere = Überall sonst abmelden
nowhere-else = Sonst sind Sie nirgends angemeldet.
signed-out-elsewhere = Sie sind überall sonst abgemeldet.
session-ended = Die Anmeldung ist beendet.
