# Postausgang

mails = Hinausgehende Mails
state = Zustand
all = Alle
waiting = Noch nicht hinaus
lost = Nicht angekommen
older = Ältere Mails laden
all-mails = Alle Mails
entry = Eintrag
nothing-open = Keine Mail geöffnet
nothing-open-text = Wählen Sie links eine Mail. Hier steht dann ihr Lebensweg mit jedem Versuch.
nothing-yet = Noch keine Mail
nothing-yet-text = Sobald eine Mail hinausgeht, steht sie hier mit jedem Versuch.
nothing-found = Keine Mail passt
nothing-found-text = Suchen Sie nach dem Anfang einer Adresse, einem Teil des Betreffs oder einem Tag, oder sehen Sie alle Mails an.
show-all = Alle Mails ansehen
no-subject = (ohne Betreff)
to-and-more = { $count ->
    [one] { $name } und { $count } weitere Person
   *[other] { $name } und { $count } weitere
}
twice = vielleicht doppelt
leaves-at = geht um { $time } hinaus
tried-at = nächster Versuch { $time }

## Wo sie steht, kurz
is-queued = wartet
is-sending = wird übergeben
is-deferred = später noch einmal
is-sent = angenommen
is-failed = nicht angekommen
is-bounced = zurückgekommen
is-uncertain = ungewiss
is-cancelled = nicht gesendet
is-delayed = verspätet

## Wo sie steht, als Satz
sentence-queued = Die Mail wartet im Postausgang und geht gleich hinaus.
sentence-sending = Die Mail wird gerade dem Mailserver übergeben.
sentence-deferred = Der Mailserver nimmt die Mail noch nicht an. Sie wird von selbst wieder versucht.
sentence-sent = Der Mailserver hat die Mail übernommen.
sentence-failed = Mindestens ein Empfänger hat die Mail nicht bekommen. Lesen Sie unten, was der Mailserver sagt.
sentence-bounced = Die Mail wurde angenommen und kam dann zurück.
sentence-uncertain = Die Verbindung brach ab, als die Mail fast übergeben war. Ob sie angekommen ist, ist ungewiss.
sentence-cancelled = Die Mail wurde nicht gesendet.
paused = Der Mailserver nimmt die Anmeldung nicht an, deshalb wartet die Mail.

## Was sie ist
kind-reply = Antwort
kind-forward = Weiterleitung
kind-note = Notiz
kind-closing = Nachricht zum Abschluss
kind-notice = Hinweis an das Team
kind-automatic = von selbst

## Eintrag
from = Von
to = An
cc = Kopie
bcc = Blindkopie
kind = Art
message-id = Message-ID
show-ticket = Zum Ticket
send-again = Erneut senden
try-now = Jetzt versuchen
stop = Nicht senden
view-original = Original ansehen
download-original = Original laden
way = Lebensweg
recipients = Empfänger
step-put = In den Postausgang gelegt
step-put-by = von { $name }
step-put-undo = { $seconds ->
    [one] von { $name }, eine Sekunde zum Zurückholen
   *[other] von { $name }, { $seconds } Sekunden zum Zurückholen
}
step-put-alone = von Laufzettel
try-accepted = { $number ->
   *[other] { $number }. Versuch: angenommen
}
try-later = { $number ->
   *[other] { $number }. Versuch: später noch einmal
}
try-refused = { $number ->
   *[other] { $number }. Versuch: abgelehnt
}
try-answered = { $number ->
   *[other] { $number }. Versuch: beantwortet
}
try-not-reached = { $number ->
   *[other] { $number }. Versuch: Mailserver nicht erreicht
}
try-account-refused = { $number ->
   *[other] { $number }. Versuch: Anmeldung nicht angenommen
}
try-unknown = { $number ->
   *[other] { $number }. Versuch: Verbindung abgebrochen
}
try-interrupted = { $number ->
   *[other] { $number }. Versuch: unterbrochen
}
try-found = Im Ordner „Gesendet“ gefunden: Der Mailserver hat sie angenommen
copy-waiting = Die Kopie kommt gleich in den Ordner „Gesendet“
copy-later = Noch keine Kopie im Ordner „Gesendet“, nächster Versuch
copy-made = In den Ordner „Gesendet“ kopiert
copy-found = Lag schon im Ordner „Gesendet“
copy-given-up = Keine Kopie im Ordner „Gesendet“
phase-connect = beim Verbinden
phase-greeting = bei der Begrüßung
phase-tls = beim Verschlüsseln
phase-auth = beim Anmelden
phase-mail = beim Absender
phase-recipients = bei den Empfängern
phase-body = beim Übergeben des Textes
phase-dot = nach dem letzten Punkt
step-next = Nächster Versuch
step-back = Zurückgekommen
step-stopped = Nicht gesendet
other-state = Inzwischen steht die Mail woanders. Hier sehen Sie, wo.
resent = Die Mail geht noch einmal hinaus
stopped = Die Mail geht nicht hinaus

## Wo ist die Mail?
found-in = Eingang
found-out = Ausgang
found-none-in = Keine eingegangene Mail passt
found-none-out = Keine hinausgehende Mail passt
found-all-in = Alle im Eingang
found-all-out = Alle im Ausgang
ask = Wonach suchen Sie?
ask-text = Nennen Sie eine Adresse, einen Teil des Betreffs, eine Ticketnummer, eine Message-ID oder eine Zeit wie „gestern 14:10“.
hits = Gefundene Mails

## Störung
no-login = Es gehen keine E-Mails hinaus
no-login-text = Der Mailserver nimmt die Anmeldung nicht an. Prüfen Sie Benutzer und Passwort. { $words }
no-server = Es gehen keine E-Mails hinaus
no-server-text = Der Mailserver ist seit { $since } nicht zu erreichen. { $words }
no-relay = Es gehen keine E-Mails hinaus
no-relay-text = E-Mails warten, aber kein Mailserver nimmt sie an. Nennen Sie ihn beim Absender, oder für alle in der Konfiguration unter [smtp].
to-senders = Zu den Absendern
no-login-sender-text = Der Mailserver von { $sender } nimmt die Anmeldung nicht an. Prüfen Sie Benutzer und Passwort. { $words }
no-server-sender-text = Der Mailserver von { $sender } ist seit { $since } nicht zu erreichen. { $words }
no-mails-of = Es gehen keine E-Mails von { $sender } hinaus
to-outbox = Postausgang ansehen
try-again = Jetzt noch einmal versuchen
