# Eingang

found-count = { $count } gefunden
open-count = { $count } offen
whose = Zuständigkeit
all = Alle
mine = Meine
tickets = Tickets
more = Weitere Tickets laden
overdue = Überfällig
today = Heute fällig
later = Später
no-deadline = Ohne Frist
recent = Zuletzt geändert
waiting = Wartet auf Kunde
no-mailbox = Noch kein Postfach
no-mailbox-text = Sobald ein Postfach eingerichtet ist, werden seine E-Mails hier zu Tickets.
add-mailbox = Postfach einrichten
all-done = Alles abgelegt
all-done-text = Hier liegt kein offenes Ticket. Neue Mails erscheinen von selbst.
nothing-found = Kein Ticket passt
nothing-found-text = Die Filter lassen nichts übrig. Nehmen Sie einen heraus oder setzen Sie alle zurück.
reset-filter = Filter zurücksetzen
news = { $count ->
    [one] { $count } neues Ticket
   *[other] { $count } neue Tickets
}
fetched = Zuletzt abgerufen { $time }
select-ticket = Ticket { $number } auswählen

## Filter
search-list = In der Liste suchen
unknown-name = „{ $name }“ ist kein Filter, gesucht wird das Wort
change-filter = Filter { $name } ändern: { $value }
remove-filter = Filter { $name } { $value } entfernen
find-filter = Filter finden
add-filter = Filter hinzufügen
field-is = { $field } ist
field-is-not = { $field } ist nicht
field-below = { $field } vor
field-above = { $field } nach
contains = enthält

## Auswahl
bulk-label = Aktionen für ausgewählte Tickets
selected = ausgewählt
one-selected = {"{"}n{"}"} ausgewählt
many-selected = {"{"}n{"}"} ausgewählt
more-actions = Weitere Aktionen
clear-selection = Auswahl aufheben
new-tag = Neues Schlagwort
add-tag = Schlagwort hinzufügen
remove-tag = Schlagwort entfernen
claim = Übernehmen, was niemandem gehört
mark-read = Als gelesen markieren
mark-unread = Als ungelesen markieren

## Frist
paused = pausiert
due-now = jetzt
messages = { $count ->
    [one] { $count } Nachricht
   *[other] { $count } Nachrichten
}
apply-rules = Regeln anwenden
spam-rule = Absender immer in den Papierkorb …
