# Suche und Befehle

words = Suchbegriffe
hint = Wörter, Nummern, Adressen oder Filter wie status:offen
everything = Alles
tickets = Tickets
messages = Nachrichten
messages-and-files = Nachrichten und Anhänge
only-yours = Nur Bereiche, die Sie sehen dürfen
unknown-name = „{ $name }“ ist kein Filter, gesucht wird das Wort
begin = Geben Sie ein, wonach Sie suchen.
nothing = Keine Treffer für „{ $query }“
nothing-text = Versuchen Sie weniger oder andere Wörter.
all-kinds = In Tickets und Nachrichten suchen
any-form = Auch andere Formen der Wörter
closed-too = Auch gelöste
without-filter = Ohne Filter suchen
total = { $count } Treffer, neueste zuerst.
also = Gefunden auch { $words }.
quoted = „{ $word }“
and = { $words } und { $last }
exact = Nur genau diese Wörter
go-on = Weiter suchen
until = Bis zum { $date } durchsucht.
from-to = { $author } an { $to }
note-by = { $author }, interne Notiz
in-ticket = in { $number }
file-in = Anhang in { $number }

## Befehle
customers = Kunden
commands = Befehle
for-ticket-html = Für { $ticket }
search-for = Überall nach „{ $query }“ suchen
change-status = Status ändern
change-priority = Priorität ändern
change-area = Bereich ändern
add-tag = Schlagwort hinzufügen
also-assign = zuständig geben weiterleiten
also-priority = wichtig dringend eilig
also-area = verschieben abteilung
also-resubmit = später zurückstellen erinnern
also-solve = schließen erledigen abschließen fertig
also-spam = werbung
also-trash = löschen entfernen
