# Was nach einer Änderung bestätigt wird

status-set = Status: { $name }
assignee-set = Zuständig: { $name }
assignee-cleared = Niemand ist zuständig
area-set = Bereich: { $name }
priority-set = Priorität: { $name }
queue-set = Warteschlange: { $name }
queue-cleared = In keiner Warteschlange
category-set = Kategorie: { $name }
category-cleared = Ohne Kategorie
request-type-set = Anfrageart: { $name }
request-type-cleared = Ohne Anfrageart
contact-changed = Kontakt geändert
contact-cleared = Ohne Kontakt
changed = Geändert
tags-changed = Schlagwörter geändert
marks-changed = Merkmale geändert
due-set = Frist: { $time }
due-cleared = Ohne Frist
resubmission-set = Wiedervorlage: { $time }
resubmission-cleared = Ohne Wiedervorlage
marked-unread = Als ungelesen markiert
marked-read = Als gelesen markiert
trashed = In den Papierkorb gelegt
spammed = Als Spam abgelegt
restored = Zurückgeholt
undone = Rückgängig gemacht
selection-changed = { $count ->
    [one] { $count } Ticket geändert
   *[other] { $count } Tickets geändert
}
selection-refused = { $count ->
    [one] { $count } Ticket konnte nicht geändert werden
   *[other] { $count } Tickets konnten nicht geändert werden
}

## Warum etwas nicht ging
not-allowed = Das dürfen Sie in diesem Bereich nicht. Ein Administrator kann Ihnen das Recht geben.
stale = Jemand anderes hat das Ticket eben geändert. Sehen Sie nach und ändern Sie es dann noch einmal.
unknown-value = Diesen Wert gibt es nicht mehr. Wählen Sie einen anderen.
empty-value = Hier muss etwas stehen.
too-long = Das ist zu lang.
no-right-there = In diesem Bereich dürfen Sie nicht arbeiten.
undo-too-late = Das lässt sich nicht mehr zurücknehmen.
not-an-address = { $text } ist keine E-Mail-Adresse.
not-a-time = Das ist kein Zeitpunkt.
