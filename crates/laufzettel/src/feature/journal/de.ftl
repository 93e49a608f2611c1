# Eingangsjournal

all = Alle
undecided = Zu entscheiden
without-ticket = Ohne Ticket
quarantine = Quarantäne
state = Zustand
mails = Eingegangene Mails
entry = Eintrag
direction = Richtung
received = Eingang
leaving = Ausgang
where-is-it = Wo ist die Mail?
find-by = Adresse, Betreff, Nummer, Message-ID oder Uhrzeit
find = Finden
period = Zeit
outcome = Ergebnis
class = Klasse
last-week = letzte 7 Tage
last-month = letzte 30 Tage
last-quarter = letzte 90 Tage
became-new = neues Ticket
became-joined = zu einem Ticket
became-noted = bei einem Ticket vermerkt
today = Heute
yesterday = Gestern
older = Ältere Mails laden
nothing-open = Keine Mail geöffnet
nothing-open-text = Wählen Sie links eine Mail. Hier stehen dann ihr Lebensweg und die Belege.
nothing-found = Keine Mail passt
nothing-found-text = Suchen Sie nach einem Teil der Adresse oder des Betreffs, oder sehen Sie alle Mails an.
find-both = In Eingang und Ausgang suchen
no-mails = Noch keine Mail
no-mails-text = Jede Mail, die ankommt, steht ab dann hier.
nothing-to-decide = Nichts zu entscheiden
nothing-to-decide-text = Hier stehen Mails, von denen jemand sagen muss, wohin sie gehören.
all-in-tickets = Keine Mail ohne Ticket
all-in-tickets-text = Jede Mail, die ankam, liegt in einem Ticket.
no-quarantine = Keine Mail in Quarantäne
no-quarantine-text = Jede Mail, die ankam, ließ sich lesen.
since-yesterday = { $count ->
    [one] { $count } Mail seit gestern
   *[other] { $count } Mails seit gestern
}
no-subject = (ohne Betreff)
attachments = { $count ->
    [one] { $count } Anhang
   *[other] { $count } Anhänge
}
bounce = Rückläufer
stranger = fremder Absender

## Was daraus wurde, kurz
is-waiting = wird gelesen
is-new = neu: { $number }
is-joined = zu { $number }
is-noted = bei { $number } vermerkt
is-bounced = vermerkt
is-undecided = zu entscheiden
is-duplicate = dieselbe Mail
is-duplicate-of = zählt bei { $number }
is-filtered = aussortiert
is-quarantined = angehalten
is-gone = verschwunden

## Was daraus wurde, als Satz
sentence-waiting = Die Mail ist sicher gespeichert und wird gleich gelesen.
sentence-new-html = Aus der Mail wurde das neue Ticket { $ticket }.
moved-since-html = Inzwischen liegt sie in Ticket { $ticket }.
sentence-joined-html = Die Mail gehört zu Ticket { $ticket }.
sentence-linked-html = Aus der Mail wurde das neue Ticket { $ticket }, verknüpft mit { $older }.
sentence-noted-html = Die Mail ist bei Ticket { $ticket } vermerkt, der Status bleibt.
sentence-bounced = Die Mail ist ein Rückläufer und gehört zu keinem Ticket.
sentence-undecided = Sagen Sie, wohin die Mail gehört.
sentence-duplicate = Dieselbe Mail kam schon an und zählt einmal.
sentence-duplicate-of-html = Dieselbe Mail liegt schon in Ticket { $ticket } und zählt einmal.
sentence-filtered = Die Mail wurde aussortiert, das Original bleibt erhalten.
sentence-quarantined = Die Mail wurde angehalten, das Original liegt sicher. Versuchen Sie es erneut; hilft das nicht, laden Sie das Original und legen Sie damit ein Ticket an.
sentence-gone = Die Mail war auf dem Server verschwunden, bevor sie geholt werden konnte.

## Zuordnen von Hand
choose = Auswählen: { $subject }
place-chosen = Ausgewählte Mails
place-entry = Diese Mail zuordnen
place-ticket = Zu Ticket
place-number = Nummer
place-assign = Zuordnen
place-make = Neues Ticket
place-discard = Verwerfen
place-nothing-chosen = Wählen Sie in der Liste mindestens eine Mail aus.
place-number-missing = Geben Sie die Nummer des Tickets an, zu dem die Mail gehört.
place-no-ticket = Ein Ticket mit dieser Nummer gibt es nicht.
place-not-allowed = Dieses Ticket dürfen Sie lesen, aber nicht bearbeiten.
place-may-not-create = In diesem Bereich dürfen Sie keine Tickets anlegen.
told-nothing = Jemand anderes war schneller: Die Mail ist schon zugeordnet.
told-assigned = { $count ->
    [one] Mail zu Ticket { $ticket } gelegt
   *[other] { $count } Mails zu Ticket { $ticket } gelegt
}
told-made = Ticket { $ticket } angelegt
told-made-several = { $count ->
    [one] Ein Ticket angelegt
   *[other] { $count } Tickets angelegt
}
told-discarded = { $count ->
    [one] Mail verworfen
   *[other] { $count } Mails verworfen
}
told-restored = { $count ->
    [one] Mail liegt wieder unter „Zu entscheiden“
   *[other] { $count } Mails liegen wieder unter „Zu entscheiden“
}

## Warum, kurz
reason-nothing-known = Kein Hinweis auf ein offenes Ticket
reason-given-up = { $attempts ->
    [one] Einmal versucht, dann abgebrochen
   *[other] { $attempts }-mal versucht, jedes Mal abgebrochen
}
reason-not-yet = Die Entscheidung steht noch aus
reason-moved = Jemand hat sie aus einem anderen Ticket hierher gelegt
reason-vanished = Jemand anderes hat sie verschoben oder gelöscht

## Warum, als Satz
because-nothing-known = Nichts an ihr wies auf ein offenes Ticket hin.
because-not-yet = Die Entscheidung steht noch aus.
because-given-up = { $attempts ->
    [one] Sie zu lesen wurde einmal versucht, dann abgebrochen.
   *[other] Sie zu lesen wurde { $attempts }-mal versucht, jedes Mal abgebrochen.
}
because-moved = Jemand hat sie aus einem anderen Ticket hierher gelegt.
because-vanished = Jemand anderes hat sie verschoben oder gelöscht.
because-same-delivery = Dieselbe Zustellung wurde schon geholt.
because-same-content = Sie ist Zeichen für Zeichen dieselbe.
because-same-fingerprint = Sie kam schon auf einem anderen Weg an.
because-own-mail = Sie ist von uns selbst.
because-loop-mark = Etwas schickt unsere Mails zurück.
because-age = Sie ist älter, als das Postfach annimmt.
because-returned-mail = Sie nennt unsere Mail aus Ticket { $number }.
because-reply-token = Sie ging an die Antwortadresse des Tickets.
because-own-message-id = Sie antwortet auf eine Mail von uns.
because-forged-message-id = Sie nennt eine Kennung wie unsere, aber das Prüfzeichen stimmt nicht.
because-references = Sie bezieht sich auf eine Mail dieses Gesprächs.
because-answered-before = Eine Mail im Ticket bezieht sich auf sie und kam vor ihr an.
because-subject-number = Ihr Betreff trägt { $number }.
because-similar-subject = Ihr Betreff ist dem eines offenen Tickets ähnlich.
because-participant = { $address } ist am Ticket beteiligt.
because-stranger = { $address } ist an dem genannten Ticket nicht beteiligt.
because-forwarded = Sie wurde hierher weitergeleitet.
because-closed-long-ago = Ticket { $number } ist schon zu lange gelöst.
because-mail-class = Sie wurde als automatisch erkannt: { $class }.
because-unknown-sender = { $address } ist nicht bekannt.
because-sender-pattern = { $address } passt zu den Absendern des Postfachs.
because-rule = Die Regel „{ $rule }“ traf zu.
because-setting = So ist das Postfach eingestellt.
because-setting-linked = Das Postfach macht aus Mails fremder Absender mit Nummer ein neues, verknüpftes Ticket.
because-setting-append = Das Postfach nimmt Mails fremder Absender mit Nummer in das Ticket auf.
because-setting-unassigned = Das Postfach lässt über Mails fremder Absender mit Nummer jemanden entscheiden.
because-setting-customers = Zu diesem Ticket darf nur sein Kunde schreiben.
because-placed-by = { $name } hat das so entschieden.
because-discarded-by = { $name } hat sie verworfen.

## Eintrag
all-mails = Alle Mails
from = Von
to = An
mailbox = Postfach
size = Größe
size-and-attachments = { $attachments ->
    [0] { $size }
    [one] { $size }, { $attachments } Anhang
   *[other] { $size }, { $attachments } Anhänge
}
show-ticket = Im Ticket zeigen
show-first = Zuerst angekommene Mail
retry = Erneut versuchen
view-original = Original ansehen
download-original = Original laden
download-anonymous = Anonymisiert laden
download-anonymous-hint = Dieselbe Mail mit anderen Buchstaben und Ziffern, zum Weitergeben an die Entwickler
text = Text
no-text = Die Mail hat keinen Text.
text-is-cut = Gezeigt wird der Anfang. Das Original zeigt alles.
way = Lebensweg
evidence = Belege
odd = Auffällig
step-arrived = Angekommen
step-folder = Postfach { $mailbox }, Ordner { $folder }, Nr. { $uid }
step-way = Postfach { $mailbox }, über { $way }
step-stored = Gespeichert
step-stored-text = Original vollständig gesichert, erst dann bestätigt
step-read = Gelesen
step-files = { $attachments ->
    [0] Ohne Anhang
    [one] Ein Anhang
   *[other] { $attachments } Anhänge
}
step-read-text = { $attachments ->
    [0] Ohne Anhang, { $quoted ->
        [one] eine Zeile Zitat erkannt
       *[other] { $quoted } Zeilen Zitat erkannt
    }
    [one] Ein Anhang, { $quoted ->
        [one] eine Zeile Zitat erkannt
       *[other] { $quoted } Zeilen Zitat erkannt
    }
   *[other] { $attachments } Anhänge, { $quoted ->
        [one] eine Zeile Zitat erkannt
       *[other] { $quoted } Zeilen Zitat erkannt
    }
}
step-attempt = { $number ->
   *[other] { $number }. Versuch: abgebrochen
}
step-applied = Zugeordnet
step-ticket = Ticket { $number }
step-undecided = Zu entscheiden
step-undecided-text = Jemand muss sagen, wohin sie gehört
step-same-again = Als dieselbe Mail erkannt
step-same-again-in = Zählt einmal, bei Ticket { $number }
step-same-again-once = Zählt einmal
step-decided = Entschieden
step-decided-text = Gehört zu keinem Ticket
step-made = Ticket angelegt
step-discarded = Verworfen
step-brought = In ein anderes Ticket gelegt
step-restored = Zurückgeholt
step-retried = Erneut versucht
problem-ended = Das Programm endete, während es die Mail las.
problem-failed = Die Mail ließ sich nicht lesen.
problem-too-long = Sie zu lesen dauerte zu lange.
step-by = Von { $who }
step-assigned-by = Ticket { $number }, von { $who }
step-made-by = Ticket { $number }, von { $who }
step-quarantined = Angehalten
step-quarantined-text = Die anderen Mails gehen weiter
step-moved = Auf dem Server verschoben
step-moved-text = in den Ordner „{ $folder }“
step-marked = Auf dem Server als gelesen markiert
step-deleted = Auf dem Server gelöscht
step-kept = Bleibt auf dem Server
step-gone = Nicht mehr auf dem Server

## Original
back = Zurück
original = Original der Mail
original-of = Original: { $subject }
cut = Gezeigt werden { $shown } von { $whole }. Laden Sie das Original, um alles zu sehen.
