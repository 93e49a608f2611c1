# Listen der Einstellungen

areas = Bereiche
queues = Warteschlangen
statuses = Status
priorities = Prioritäten
request-types = Anfragearten
categories = Kategorien
about-areas = Ein Bereich hat eigene Rechte, Postfächer, Absender und Texte. Bereiche lassen sich in Gruppen ordnen.
about-queues = Eine Warteschlange sagt, wer ein Ticket nehmen soll: eine Person, die verteilt, oder eine Abteilung, aus der es jemand nimmt.
about-statuses = Die Reihenfolge gilt überall. Was ein Status bewirkt, sagt seine Art: Uhr läuft, Uhr steht, fertig.
about-priorities = Die Reihenfolge geht von niedrig nach dringend, daraus folgt das Zeichen.
about-request-types = Worum es in einem Ticket geht. Neue Tickets bekommen die Vorgabe.
about-categories = Themen als Baum. Öffentliche sehen auch Kunden.
name = Name
name-english = Name auf Englisch
name-english-hint = So heißt der Eintrag für alle, die Englisch eingestellt haben. Bleibt das Feld leer, gilt der deutsche Name.
kind = Art
kind-hint = Nach der Art richten sich Regeln, Fristen und Listen. Sie lässt sich später nicht ändern.
more-than = über { $number }
in-tickets = in Tickets
active = Aktiv
active-hint = Ausgeschaltet bleibt der Eintrag an Tickets stehen, die ihn tragen, und lässt sich nicht mehr wählen.
active-of = { $name } aktiv
up = { $name } nach oben
down = { $name } nach unten
up-title = Nach oben (Alt ↑)
down-title = Nach unten (Alt ↓)
edit = { $name } bearbeiten
save = Speichern
create = Anlegen
new-entry = Neuer Eintrag
all-fields = Mit allen Angaben anlegen
keys-html = Die gewählte Zeile verschieben Sie mit { $keys }. Was Tickets tragen, lässt sich ausschalten, aber nicht löschen.
no-entries = Noch kein Eintrag. Schreiben Sie unten einen Namen.
changes = Änderungen
place = an { $place }. Stelle
general-group = Allgemein
basics = Grundlagen
to-list = Zur Liste

## Felder
group = Gruppe
group-hint = Bereiche derselben Gruppe stehen beieinander. Ohne Angabe liegt der Bereich in „Allgemein“.
description = Wofür der Bereich da ist
description-hint = Erscheint, wenn man mit dem Zeiger auf dem Bereich bleibt.
hue = Farbe
hue-none = Keine
hue-1 = Blau
hue-2 = Rot
hue-3 = Gelb
hue-4 = Grün
hue-5 = Violett
hue-6 = Grau
short-name = Kurzname
short-name-hint = Höchstens 12 Zeichen, für enge Stellen.
responsible = Verantwortlich
responsible-hint = Wer hier steht, verteilt die Tickets. Ohne Angabe ist die Warteschlange eine Abteilung, aus der jemand die Tickets nimmt.
nobody-takes = Niemand: Abteilung
department = Abteilung
default = Vorgabe für neue Tickets
default-hint = Es gibt genau eine Vorgabe. Machen Sie einen anderen Eintrag dazu, wenn dieser keine mehr sein soll.
parent = Gehört zu
no-parent = Steht für sich
gives-priority = Gibt Tickets diese Priorität
keeps-priority = Lässt die Priorität, wie sie ist
public = Öffentlich
public-hint = Kunden sehen und wählen diese Kategorie.
internal = intern

## Arten von Status
kind-unread = ungelesen
kind-read = gelesen
kind-assigned = zugewiesen
kind-in-progress = in Arbeit
kind-waiting-requester = wartet auf Kunde
kind-waiting-internal = wartet intern
kind-to-clarify = zu klären
kind-on-hold = zurückgestellt
kind-done = fertig
kind-cancelled = abgebrochen
kind-trash = Papierkorb

## Was ein Bereich zu Antworten sagt
mails = E-Mails
answers = Antworten und Lösen
numbers = Ticketnummern
number-mask = Eigene Maske für Ticketnummern
number-mask-hint = Ohne Angabe gilt die Maske unter „Nummern“. Mit eigener Maske zählt der Bereich für sich.
sender = Absender
sender-hint = Als wer Antworten hinausgehen, wenn das Postfach nichts anderes sagt.
sender-default = Wie im ganzen Haus
quote = Zitat unter Antworten
quote-hint = Wie viel vom Gespräch unter einer Antwort steht.
quote-none = Keines
quote-last = Die letzte Nachricht
quote-all = Das ganze Gespräch
on-answer = Nach einer Antwort von uns
on-answer-hint = Welchen Status ein Ticket bekommt, wenn jemand aus dem Team antwortet.
on-answer-keep = Status bleibt
on-answer-in-progress = In Arbeit
on-answer-waiting-requester = Wartet auf Kunde
on-answer-done = Fertig
on-customer-answer = Nach einer Antwort des Kunden
on-customer-answer-hint = Welchen Status ein offenes Ticket bekommt, wenn der Kunde schreibt.
on-customer-by-assignee = Zugewiesene in Arbeit, sonst ungelesen
on-customer-unread = Ungelesen
on-customer-in-progress = In Arbeit
after-closing = Antwort auf ein gelöstes Ticket
after-closing-hint = Was geschieht, wenn ein Kunde nach dem Lösen noch einmal schreibt.
after-closing-as-new = Öffnet das Ticket als ungelesen
after-closing-as-open = Öffnet das Ticket in Arbeit
after-closing-linked = Nach einer Frist neues, verknüpftes Ticket
linked-after-days = Tage bis zum neuen Ticket
linked-after-days-hint = Nur für verknüpfte Tickets: Bis dahin öffnet eine Antwort das alte.
closing-mail = Mail beim Lösen
closing-mail-hint = Ob der Kunde hört, dass sein Ticket gelöst ist.
closing-mail-ask = Jedes Mal fragen
closing-mail-send = Immer senden
closing-mail-none = Nie senden
confirm-closing = Vor dem Lösen nachfragen
confirm-closing-hint = Schützt vor einem versehentlichen Klick.
inform-assignee = Neue Zuständige benachrichtigen
inform-assignee-hint = Ob jemand eine Mail bekommt, wenn ihm ein Ticket zugewiesen wird.
inform-ask = Jedes Mal fragen
inform-always = Immer
inform-never = Nie
notify-requester = Kunden über neue Tickets benachrichtigen
notify-requester-hint = Ist beim Anlegen von Hand schon angekreuzt und lässt sich dort ändern.
mail-header = Über dem Text jeder Mail
mail-header-hint = Diese Wörter werden ersetzt: { $names }.
mail-footer = Am Ende jeder Mail
mail-footer-hint = Zum Beispiel die Pflichtangaben der Firma.
closing-text = Text der Mail beim Lösen
closing-text-hint = Ohne Angabe steht dort der übliche Satz.

## Was nicht geht
name-missing = Geben Sie einen Namen ein.
name-long = Ein Name hat höchstens 200 Zeichen. Kürzen Sie ihn.
name-taken = So heißt schon ein anderer Eintrag. Wählen Sie einen anderen Namen.
text-long = Der Text ist zu lang. Kürzen Sie ihn auf { $letters } Zeichen.
line-long = Hier passen höchstens 200 Zeichen hin. Kürzen Sie den Text.
short-name-long = Ein Kurzname hat höchstens 12 Zeichen.
unknown-choice = Diese Auswahl gibt es nicht mehr. Wählen Sie neu.
only-in = Nur im Bereich
only-in-hint = Tickets anderer Bereiche können ihn nicht bekommen. Verlässt ein Ticket den Bereich, bekommt es den allgemeinen Status derselben Art.
all-areas = In allen Bereichen
kind-missing = Wählen Sie, was der Status bewirkt.
circle = Eine Kategorie kann nicht unter sich selbst stehen.
days-missing = Geben Sie an, nach wie vielen Tagen ein neues Ticket entsteht, 0 bis 3650.
is-default = Neue Tickets brauchen diesen Eintrag. Machen Sie zuerst einen anderen zur Vorgabe.
last-one = Ohne diesen Eintrag geht es nicht, es ist der letzte seiner Art.
has-mailbox = Ein Postfach legt Tickets in diesem Bereich an. Geben Sie ihm zuerst einen anderen, oder schalten Sie es aus.
stale = Jemand anderes hat diesen Eintrag inzwischen geändert. Was Sie eingegeben haben, steht noch da. Speichern Sie noch einmal, wenn es gelten soll.
used-by-tickets = { $tickets ->
    [one] Ein Ticket trägt diesen Eintrag, er lässt sich nicht löschen. Schalten Sie ihn aus: Dort bleibt er stehen und lässt sich nicht mehr wählen.
   *[other] { $tickets } Tickets tragen diesen Eintrag, er lässt sich nicht löschen. Schalten Sie ihn aus: Dort bleibt er stehen und lässt sich nicht mehr wählen.
}
used-by-many = Mehr als { $number } Tickets tragen diesen Eintrag, er lässt sich nicht löschen. Schalten Sie ihn aus: Dort bleibt er stehen und lässt sich nicht mehr wählen.
used-elsewhere = Etwas anderes braucht diesen Eintrag noch, zum Beispiel ein Postfach oder ein Textbaustein. Ändern Sie es dort, oder schalten Sie den Eintrag aus.
carried = { $tickets ->
    [one] Ein Ticket trägt ihn.
   *[other] { $tickets } Tickets tragen ihn.
}
carried-many = Mehr als { $number } Tickets tragen ihn.
carried-none = Kein Ticket trägt ihn.

## Löschen
delete = Löschen
delete-question = Der Eintrag ist dann für immer weg.
delete-now = Endgültig löschen

## Meldungen
added = „{ $name }“ ist angelegt.
saved = „{ $name }“ ist gesichert.
moved = „{ $name }“ ist verschoben.
on = „{ $name }“ lässt sich wieder wählen.
off = „{ $name }“ lässt sich nicht mehr wählen.
deleted = Der Eintrag ist gelöscht.

## Wer von neuen Tickets erfährt
told = Wer von neuen Tickets erfährt
told-new = Mail bei neuen Tickets an
told-new-hint = Eine Adresse je Zeile. Jede bekommt eine Mail, sobald in diesem Bereich ein Ticket entsteht. Eigene Postfächer gehen nicht: Die Mail käme als Ticket zurück.
told-new-text = Text dieser Mail
told-new-text-hint = Steht über Titel, Anfragesteller und Nachricht. Leer: „Es gibt ein neues Ticket.“
told-own-mailbox = { $address } gehört zu einem eigenen Postfach. Die Mail käme als Ticket zurück; nennen Sie eine andere Adresse.
told-no-address = „{ $text }“ ist keine Mailadresse. So sieht eine aus: team@example.de
told-too-many = Ein Bereich nennt höchstens 50 Adressen. Nehmen Sie einen Verteiler.
