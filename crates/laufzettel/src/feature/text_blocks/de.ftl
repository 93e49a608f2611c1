# Textbausteine

about = Was Sie immer wieder schreiben. Beim Schreiben einer Antwort tippen Sie /, dann wählen Sie den Baustein.
shared = Für alle
own = Nur für mich
no-shared = Noch kein Textbaustein für alle. Wer Einstellungen ändern darf, legt hier welche an.
no-own = Noch kein eigener Textbaustein. Schreiben Sie unten einen Namen, dann den Text.
no-choice = Noch kein Textbaustein. Legen Sie unter Textbausteine einen an.
keys-html = Die gewählte Zeile verschieben Sie mit { $keys }. Was Sie ändern, ist sofort gesichert.
variables = Diese Wörter werden beim Einfügen ersetzt: { $names }.
add = Anlegen
new-shared = Neuer Textbaustein für alle
new-own = Neuer eigener Textbaustein
name-of = Name von { $name }
active-of = { $name } wird angeboten
up = { $name } nach oben
down = { $name } nach unten
up-title = Nach oben (Alt ↑)
down-title = Nach unten (Alt ↓)
edit = Text von { $name } bearbeiten
read = Text von { $name } lesen
text = Text
area = Bereich
all-areas = Alle Bereiche
language = Sprache
any-language = Jede Sprache
german = Deutsch
english = Englisch
save = Speichern

## Anrede
salutation = Guten Tag { $name }
salutation-nobody = Guten Tag

## Meldungen
added = „{ $name }“ ist angelegt. Schreiben Sie jetzt den Text.
renamed = Der Textbaustein heißt jetzt „{ $name }“.
saved = „{ $name }“ ist gesichert.
moved = „{ $name }“ ist verschoben.
on = „{ $name }“ wird wieder angeboten.
off = „{ $name }“ wird nicht mehr angeboten.
