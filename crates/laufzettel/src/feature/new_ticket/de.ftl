# Neues Ticket

title = Neues Ticket
back = Zurück
discard = Verwerfen
channel = Kanal
call = Anruf
mail = E-Mail schreiben
internal = Intern
beside = Kunde und ähnliche Tickets
key-submit = Strg ↵
key-submit-does = anlegen
create = Ticket anlegen
create-and-open = Anlegen und öffnen
settled = Direkt gelöst
send = Anlegen und senden
made = Ticket { $number } ist angelegt.

## Wer fragt
caller = Anrufer
recipient = An
email = Mailadresse
phone = Rückruf unter
found = Gefundene Kunden
found-so-many = { $count ->
    [one] Ein Kunde gefunden
   *[other] { $count } Kunden gefunden
}
look-up = Kunden suchen
on-record = Bekannt.
on-record-at = Bekannt, { $company }.
somebody-else = Jemand anderes

## Felder
subject = Worum geht es?
note = Gesprächsnotiz
text = Text der Mail
task = Was ist zu tun?
area = Bereich
category = Kategorie
priority = Priorität
assignee = Zuständig
request-type = Anfrageart
queue = Warteschlange
tags = Schlagworte, mit Komma getrennt
due = Frist
call-back-until = Rückruf bis
none = Ohne
nobody = Niemand
choose = Bitte wählen
yourself = { $name } (Sie)
notify = Bestätigung per Mail an den Anrufer senden

## Was nicht geht
missing = Bitte ausfüllen.
too-long = Das ist zu lang.
no-address = Das ist keine Mailadresse. So sieht eine aus: anna@example.de
no-phone = Das ist keine Telefonnummer.
own-address = Das ist ein eigenes Postfach. Tragen Sie die Adresse des Kunden ein.
not-there = Das gibt es nicht mehr, oder Sie dürfen es nicht wählen. Bitte neu wählen.
may-not = Diese Person darf in dem Bereich nicht arbeiten. Wählen Sie jemand anderen.
no-moment = Das ist kein Zeitpunkt.
no-sender = Es gibt keine Absenderadresse. Legen Sie erst ein Postfach mit Absender an, oder senden Sie keine Bestätigung.

## Daneben
same = Dazu gibt es vielleicht schon ein Ticket
add-note = Notiz an { $number } anhängen
others = Letzte Tickets
nothing-beside = Sobald der Kunde oder der Betreff feststeht, stehen hier seine Tickets.

## Angefangenes
restored = Entwurf wiederhergestellt, gesichert
start-anew = Leeres Formular
begun = Angefangene Tickets
discarded = Entwurf verworfen
still-uploading = Das Ticket wird angelegt, sobald die Dateien hochgeladen sind.
file-gone = Eine Datei ist nicht mehr da oder gehört schon zu einem Ticket. Hängen Sie sie noch einmal an.
company = Firma
