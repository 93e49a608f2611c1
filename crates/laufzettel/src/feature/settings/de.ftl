# Einstellungen

find = Einstellung finden
found = { $hits ->
    [one] Ein Treffer
   *[other] { $hits } Treffer
}
hits-for = Treffer für „{ $words }“
no-hits = Dazu gibt es keine Einstellung. Versuchen Sie ein anderes Wort, auch Englisch geht.
all-changes = Alle Änderungen
last-changes = Zuletzt geändert
changes = Änderungen
no-changes = Noch hat niemand etwas geändert.
older = Ältere Änderungen
tickets = Tickets
team = Team
post = E-Mails
own = Mein Konto
numbers = Nummern
new-tickets = Neue Tickets
hints = Kurzinfo
people = Personen und Rechte
tokens = Zugänge für Programme
mailboxes = Postfächer
journal = Eingangsjournal
outbox = Postausgang
text-blocks = Textbausteine
profile = Mein Konto
signature = Signatur
api = Schnittstelle
save = Speichern
saved = Die Einstellungen sind gesichert.
stale = Jemand anderes hat die Einstellungen inzwischen geändert. Was Sie eingegeben haben, steht noch da. Speichern Sie noch einmal, wenn es gelten soll.
settings = Einstellungen

## Nummern
about-numbers = Aus der Maske entsteht die Nummer jedes neuen Tickets. Nummern, die es schon gibt, bleiben.
mask = Maske
mask-hint = Buchstaben, Ziffern, Bindestrich, Punkt und Unterstrich bleiben stehen. Was in geschweiften Klammern steht, wird ersetzt.
try-mask = Ausprobieren
example = Beispiel
next-number = Nächste Nummer
tags = Was in Klammern stehen kann
tag-counter = Zähler, mit Nullen aufgefüllt
tag-offset = Zähler, der nach 100 beginnt
tag-monthly = Zähler, der jeden Monat neu beginnt
tag-yearly = Zähler, der jedes Jahr im Januar neu beginnt
tag-day = Tag
tag-month = Monat
tag-year = Jahr
mask-not-configured = Geben Sie eine Maske ein. Ohne Maske bekommt kein Ticket eine Nummer.
mask-blank = An Stelle { $place } steht ein Leerzeichen. In Nummern gibt es keine.
mask-foreign = An Stelle { $place } steht ein Zeichen, das in Nummern nicht vorkommen darf. Erlaubt sind Buchstaben, Ziffern, Bindestrich, Punkt und Unterstrich.
mask-brace = An Stelle { $place } fehlt zu einer geschweiften Klammer die andere.
mask-unknown = Was an Stelle { $place } in Klammern steht, gibt es nicht. Unten steht, was gilt.
mask-companies = Was an Stelle { $place } steht, braucht Kürzel von Firmen, und die gibt es hier noch nicht.
mask-no-counter = Es fehlt ein Zähler wie {"{"}0000{"}"}. Sonst bekämen alle Tickets dieselbe Nummer.
mask-second-counter = An Stelle { $place } steht ein zweiter Zähler. Es darf nur einer sein.
mask-reset = Hinter dem @ an Stelle { $place } steht ein Monat von 0 bis 12 oder 99.
mask-counter-long = Der Zähler an Stelle { $place } hat mehr als 15 Stellen.
mask-year = Der Zähler beginnt jedes Jahr neu, deshalb muss das Jahr in der Maske stehen, zum Beispiel {"{"}yyyy{"}"}.
mask-month = Der Zähler beginnt im Lauf des Jahres neu, deshalb müssen Jahr und Monat in der Maske stehen.
mask-long = Die Nummern wären länger als 40 Zeichen. Kürzen Sie die Maske.

## Kurzinfo
about-hints = Was die Navigation mit einer Zahl zeigt, sobald es etwas davon gibt.
unplaced-mails = Mails ohne Ticket
unplaced-mails-hint = Mails, die noch niemand einem Ticket zugeordnet hat. Ohne Haken stehen sie nur unter „Mails“.
without-category = Neue Tickets ohne Kategorie
without-category-hint = Sie kommen von Postfächern, die keine Kategorie vorgeben.

## Neue Tickets
about-new-tickets = Was gilt, wenn jemand aus dem Team ein Ticket von Hand anlegt.
starts-read = Beginnt als gelesen
starts-read-hint = Sonst steht das Ticket als ungelesen in der Liste. Tickets aus Mails sind immer ungelesen.
assigns-creator = Wer anlegt, ist zuständig
assigns-creator-hint = Im Formular lässt sich jemand anderes wählen.
preselects-type = Anfrageart ist vorgewählt
preselects-type-hint = Sonst muss die Anfrageart jedes Mal gewählt werden.
required = Muss ausgefüllt sein
required-hint = Bereich, Betreff und Text müssen es immer.
required-requester = Anfragesteller
required-company = Firma
required-request-type = Anfrageart
required-category = Kategorie
required-queue = Warteschlange
required-assignee = Zuständig
required-tags = Schlagwörter

## Änderungen
added = angelegt
changed = geändert
removed = gelöscht
revoked = widerrufen
somebody = Laufzettel
by-program = über { $name }
subject-area = Bereich
subject-queue = Warteschlange
subject-request-type = Anfrageart
subject-category = Kategorie
subject-priority = Priorität
subject-status = Status
subject-agent = Person
subject-token = Zugang für Programme
microsoft = Anmeldung bei Microsoft 365
google = Anmeldung bei Google
subject-oauth-client = Anmeldung beim Mailanbieter
subject-mailbox = Postfach
subject-sender = Absender
subject-text-block = Textbaustein
subject-house = Einstellungen
position = Stelle in der Liste
yes = ja
no = nein
nothing = leer
gone = gelöscht
secret = neu gesetzt
becomes = wird zu
right-in = Recht im Bereich { $area }
cut = { $text } …

## Andere Wörter, unter denen die Suche etwas findet
also-numbers = Präfix Vorsilbe Kürzel Nummernkreis Zähler Ticketnummer
also-people = Benutzer Mitarbeiter Kollegen Team Rollen Zugang Konten
also-tokens = Token API-Schlüssel Schnittstelle ERP
also-undo = Zurückholen Rückruf widerrufen
also-screen = Farben Dunkelmodus Nachtmodus Design
also-senders = SMTP Versand Postausgangsserver
also-mailboxes = IMAP POP3 Abruf Posteingangsserver
also-sign-in = OAuth OAuth2 Outlook Exchange Office Gmail Workspace
