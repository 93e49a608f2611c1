# Kunden

customers = Kunden
companies = Firmen
contacts = Kontakte
company = Firma
contact = Kontakt
kind = Art
import = Importieren
new-company = Firma anlegen
new-contact = Kontakt anlegen

## Die Liste
find-customer = Kunde finden
find-by = Name, Adresse, Telefon oder Kundennummer
find = Finden
more = Weitere zeigen
more-letters = Es gibt noch mehr Treffer. Tippen Sie weiter, dann werden es weniger.
nothing-found = Nichts gefunden
nothing-found-text = Kein Kunde hat alle diese Wörter im Namen, in einer Adresse oder Telefonnummer. Prüfen Sie die Schreibweise, oder suchen Sie mit weniger Wörtern.
in-contacts = Bei den Kontakten gibt es Treffer
in-companies = Bei den Firmen gibt es Treffer
no-companies = Noch keine Firma
no-companies-text = Legen Sie eine Firma an, oder lesen Sie Kunden aus einer Datei ein. Absender neuer Mails werden von selbst zu Kontakten.
no-contacts = Noch kein Kontakt
no-contacts-text = Wer Ihnen eine Mail schreibt, wird von selbst zum Kontakt. Sie können Kontakte auch anlegen oder einlesen.
open-count = { $count ->
    [one] 1 offen
   *[other] { $count } offen
}

## Eine Seite
about-company = Angaben zur Firma
about-contact = Angaben zum Kontakt
back = Zurück zu den Kunden
path = Pfad
join = Zusammenführen
new-ticket = Neues Ticket
edit = Bearbeiten
nobody-works-there = Noch niemand. Legen Sie die erste Person an.
all-people = Alle Personen zeigen
no-phone = kein Telefon
proposed-company = Vorschlag
belongs-to = Der Adresse nach gehört die Person zu { $name }.
take-over = Übernehmen
tickets = Tickets
state = Stand
open = Offen
all = Alle
older = Ältere zeigen
no-tickets = Noch kein Ticket.
no-open-tickets = Kein offenes Ticket.
ticket-list = Liste der Tickets
tickets-of = Tickets von { $name }
status = Status
number = Nr.
subject = Betreff
area = Bereich
assignee = Zuständig
last = Zuletzt
history = Verlauf
undo = Rückgängig
notes = Notiz
no-notes = Noch keine Notiz.
event-created = { $who } hat den Eintrag angelegt.
event-changed = { $who } hat geändert:
event-joined = { $who } hat { $name } hierher zusammengeführt.
event-separated = { $who } hat { $name } wieder getrennt.
change = { $label }: { $from } → { $to }
empty-value = leer

## Felder
name = Name
job = Funktion
addresses = Adressen
phones = Telefonnummern
phone = Telefon
language = Sprache
any-language = Keine Angabe
german = Deutsch
english = Englisch
customer-number = Kundennummer
domain = Domain
postal-address = Anschrift
company-hint = Der Name oder die Kundennummer. Leer, wenn die Person zu keiner Firma gehört.
make-company = Die Firma neu anlegen
domain-hint = Wer eine Adresse mit dieser Domain hat, wird für diese Firma vorgeschlagen.
notes-hint = Nur für das Team, nie für den Kunden.
main-of = { $legend }, erste und wichtigste
other-of = { $legend }, { $place }
one-more = Eine weitere

## Das Formular
save = Speichern
cancel = Abbrechen
leave = Formular verlassen
delete = Löschen
delete-it = { $name } löschen
delete-contact-text = Der Kontakt verschwindet mit seinen Adressen und seiner Notiz. Das lässt sich nicht rückgängig machen.
delete-company-text = Die Firma verschwindet mit ihrer Notiz. Das lässt sich nicht rückgängig machen.
contact-in-use = Der Kontakt hat Tickets und bleibt deshalb. Ist die Person doppelt da, führen Sie beide zusammen.
company-in-use = Die Firma hat Kontakte oder Tickets und bleibt deshalb. Ist sie doppelt da, führen Sie beide zusammen.
name-or-address = Schreiben Sie einen Namen oder eine Adresse.
name-needed = Schreiben Sie einen Namen.
too-long = Das ist zu lang. Höchstens { $letters } Zeichen.
too-many = Das sind zu viele. Höchstens { $count }.
no-address = „{ $text }“ ist keine E-Mail-Adresse. Schreiben Sie sie wie anna@beispiel.de.
no-phone-number = „{ $text }“ ist keine Telefonnummer.
no-domain = Schreiben Sie eine Domain wie beispiel.de.
name-taken = Eine Firma dieses Namens gibt es schon.
number-taken = Diese Kundennummer hat schon eine andere Firma.
domain-taken = Diese Domain hat schon eine andere Firma.
domain-ours = Das ist die Domain Ihrer eigenen Postfächer oder Absender. Schreiben Sie die des Kunden.
domain-of-everybody = In dieser Domain kann jeder eine Adresse haben. Lassen Sie das Feld leer; sonst würden Fremde für diese Firma vorgeschlagen.
look-at = { $name } ansehen
same-name = Das ist eine andere Firma: trotzdem speichern
address-of = Diese Adresse hat schon { $name }. Ist es dieselbe Person, führen Sie beide zusammen.
address-of-somebody = Diese Adresse hat schon ein anderer Kontakt.
address-ours = Das ist eine Adresse Ihrer eigenen Postfächer.
several-companies = Mehrere Firmen heißen „{ $name }“. Schreiben Sie die Kundennummer.
unknown-company = Es gibt keine Firma „{ $name }“.
changed-meanwhile = Jemand anderes hat den Eintrag inzwischen geändert. Ihre Eingaben stehen noch hier; mit Speichern gelten sie.

## Meldungen
saved = Gesichert.
added = Angelegt.
deleted = Gelöscht.
joined = Zusammengeführt. Im Verlauf lässt es sich rückgängig machen.
separated = Wieder getrennt.
