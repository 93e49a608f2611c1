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
mails = Mails im ganzen Haus
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
subject-intake-rule = Regel für eingehende Mails
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

## Mails im ganzen Haus
about-mails = Was für die Mails aller Postfächer und Bereiche gilt.
mails-switches = Schalter
mails-processing = Mails verarbeiten
mails-processing-hint = Ausgeschaltet wird nichts geholt und nichts angenommen. Mails bleiben auf ihrem Server, bis wieder eingeschaltet wird; bis dahin steht ein Hinweis auf jeder Seite.
mails-sends = Mails zu Tickets versenden
mails-sends-hint = Ausgeschaltet geht keine hinaus: keine Antworten, keine Mitteilungen an das Team, keine an Kunden. Was schon im Postausgang steht, geht noch.
mails-to-customers = Auch an Kunden
mails-to-customers-hint = Ausgeschaltet gehen nur Mails an das Team hinaus.
mails-copies = Kopien gehen von selbst mit
mails-copies-hint = An alle, die bei der beantworteten Mail in Kopie standen, und an alle Beteiligten, wenn ein Bereich das Schließen meldet. Ausgeschaltet trägt man sie von Hand ein.
mails-told = Wer von Tickets erfährt
mails-address = Adresse für Ticketmails
mails-address-hint = Die Adresse des Hauses. An sie gehen die Mitteilungen darunter. Kein eigenes Postfach: Die Mail käme als Ticket zurück.
mails-tells-new = Mitteilung bei neuen Tickets
mails-tells-new-hint = An die Adresse für Ticketmails, mit Titel, Einordnung, Anfragesteller, Text und Link.
mails-tells-answers = Mitteilung bei Antworten von Kunden
mails-tells-answers-hint = An dieselbe Adresse. Abwesenheitsnotizen und andere Mails von Maschinen melden wir nicht.
mails-told-of-new = Weitere Adresse bei neuen Tickets
mails-told-of-new-hint = Erfährt von jedem neuen Ticket, gleich in welchem Bereich. Bereiche können eigene Adressen nennen.
mails-certain = Bestimmte Empfänger
mails-linkless = Ohne Links an
mails-linkless-hint = Teile von Adressen, einer je Zeile, wie members.ebay oder amazon.com. Kopf, Fuß, Signatur und Zitat ihrer Mails haben keine Links, weil Marktplätze solche Mails abweisen.
mails-hinted = Hinweis vor Antworten an
mails-hinted-hint = Adressen oder Domains, eine je Zeile, wie *.amazon.com. Der Stern steht für beliebigen Text.
mails-hint = Hinweis
mails-hint-hint = Steht über dem Antwortfeld, solange die Antwort an einen dieser Empfänger geht.
mails-own-mailbox = Diese Adresse gehört zu einem eigenen Postfach. Die Mail käme als Ticket zurück; nehmen Sie eine andere.
mails-no-address = Geben Sie an, wohin die Mitteilungen gehen, oder schalten Sie sie aus.
mails-wrong-address = Das ist keine Mailadresse. So sieht eine aus: team@example.de
mails-no-pattern = Höchstens 200 Zeilen mit je höchstens 200 Zeichen.
mails-no-hint = Geben Sie den Hinweis ein, der dort stehen soll.
mails-hint-long = Ein Hinweis hat höchstens 1000 Zeichen.
mails-off = Mails werden nicht verarbeitet.
mails-off-text = Es wird nichts geholt und nichts angenommen. Neue Mails bleiben auf ihrem Server und kommen nach dem Einschalten.
mails-unsent = Mails werden nicht versendet.
mails-unsent-text = Antworten und Mitteilungen gehen nicht hinaus, bis jemand den Versand wieder einschaltet.
mails-unsent-customers = Mails an Kunden werden nicht versendet.
mails-unsent-customers-text = Antworten gehen nicht hinaus, bis jemand den Versand an Kunden wieder einschaltet.
