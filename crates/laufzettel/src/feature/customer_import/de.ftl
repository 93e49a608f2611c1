# Kunden einlesen

title = Kunden einlesen
about = Aus einer Tabelle (CSV) oder einem Adressbuch (vCard). Sie sehen erst, was geschehen würde; geändert wird noch nichts.
file = Datei
file-hint = CSV oder vCard, bis 25 MB. Trennzeichen und Zeichensatz werden erkannt.
check-file = Datei prüfen
check-again = Neu prüfen
columns = Spalten
in-the-file = In der Datei
becomes = Wird zu
becomes-of = { $header } wird zu
samples = Zum Beispiel
nothing = Nicht übernehmen
first-name = Vorname
last-name = Nachname
address = E-Mail-Adresse
tab = Tabulator
as-csv = CSV, getrennt mit { $separator }, { $encoding }, { $rows ->
    [one] 1 Zeile
   *[other] { $rows } Zeilen
}
as-vcard = vCard, { $rows ->
    [one] 1 Karte
   *[other] { $rows } Karten
}
trial = Das würde geschehen
result = Das ist geschehen
added = neu
changed = geändert
same = unverändert
faulty = fehlerhaft
names-nobody = Keine Spalte nennt einen Namen, eine Adresse oder eine Firma. Wählen Sie oben, was die Spalten sind.
faults = Fehlerhafte Zeilen bleiben weg
line = Zeile { $number }
more-faults = { $count ->
    [one] und 1 weitere
   *[other] und { $count } weitere
}
take-rows = { $count ->
    [one] 1 Zeile einlesen
   *[other] { $count } Zeilen einlesen
}
nothing-to-do = Es gibt nichts einzulesen.
other-file = Andere Datei
so-far = { $done } von { $all } Zeilen sind eingelesen.
go-on = Weiter
all-done = Alle Zeilen sind durchgegangen. Wer dieselbe Datei noch einmal einliest, ändert nichts.
to-contacts = Zu den Kontakten

## Die Datei
too-many-bytes = Die Datei ist größer als 25 MB. Teilen Sie sie, und lesen Sie die Teile nacheinander ein.
no-file = Wählen Sie eine Datei.
empty-file = Die Datei ist leer.
no-text = Das ist keine CSV- und keine vCard-Datei. Speichern Sie die Tabelle als CSV.
no-rows = Die Datei hat eine Kopfzeile, aber keine Zeile darunter.
too-large = Die Datei hat mehr als 200.000 Zeilen oder 100 Spalten. Teilen Sie sie.

## Eine Zeile
cells = Die Zeile hat { $found } statt { $wanted } Werte. Meist fehlt ein Anführungszeichen.
cut = Die Karte ist abgeschnitten: Ihr Ende, END:VCARD, fehlt.
nobody = Kein Name, keine Adresse und keine Firma.
no-address = „{ $text }“ ist keine E-Mail-Adresse.
too-long = { $field } ist zu lang.
no-domain = „{ $text }“ ist keine Domain.
domain-of-everybody = In der Domain { $domain } kann jeder eine Adresse haben; sie gehört zu keiner Firma.
domain-ours = { $domain } ist die Domain Ihrer eigenen Postfächer oder Absender.
domain-taken = Die Domain { $domain } hat schon eine andere Firma.
number-taken = Die Kundennummer { $number } hat schon eine andere Firma.
two-contacts = Die Adressen gehören schon zwei verschiedenen Kontakten. Führen Sie diese erst zusammen.
ours = { $address } ist eine Adresse Ihrer eigenen Postfächer.
hidden = Die Adresse gehört einem Kontakt, den Sie nicht ändern dürfen.
several-companies = Mehrere Firmen heißen „{ $name }“. Nehmen Sie eine Spalte mit der Kundennummer dazu.
unknown-number = Es gibt keine Firma mit der Kundennummer { $number }.
