# Ticket

## Leiste
muted = stumm
muted-about = { $address } bekommt keine automatischen Antworten
back = Zurück zur Liste
back-title = Zurück zur Liste (U)
page-through = In der Liste blättern
previous = Voriges Ticket
previous-title = Voriges (K)
next = Nächstes Ticket
next-title = Nächstes (J)
position = { $position } von { $total }
solve = Lösen
reopen = Wieder öffnen
claim = Übernehmen
unclaim = Zurückgeben
abandon = Nicht gelöst schließen
properties-and-customer = Eigenschaften und Kunde
more-actions = Weitere Aktionen
mark-read = Als gelesen markieren
mark-unread = Als ungelesen markieren
print = Drucken
download-attachments = Alle Anhänge laden

## Beiseite gelegt
is-spam = Das ist als Spam abgelegt.
is-spam-text = Es steht in keiner Liste, bis Sie es zurückholen.
in-bin = Das liegt im Papierkorb.
in-bin-text = Es steht in keiner Liste, bis Sie es zurückholen.
restore = Zurückholen

## Gespräch
conversation = Gespräch
earlier = { $messages ->
    [one] { $messages } frühere Nachricht zeigen
   *[other] { $messages } frühere Nachrichten zeigen
}
new-message = Neue Nachricht von { $name }, { $time }
mail-from = E-Mail von { $name }, { $time }
reply-from = Antwort von { $name }, { $time }
note-from = Interne Notiz von { $name }, { $time }
note = Interne Notiz
only-team = nur für das Team
to = an { $recipients }
message-actions = Nachricht: weitere Aktionen
too-long = Die Nachricht ist sehr lang, hier steht ihr Anfang.
original = Original ansehen
download-original = Original laden
in-journal = Im Journal
blocked = { $count ->
    [one] Ein Bild aus dem Netz wurde nicht geladen. So erfährt der Absender nicht, dass Sie die Mail lesen.
   *[other] { $count } Bilder aus dem Netz wurden nicht geladen. So erfährt der Absender nicht, dass Sie die Mail lesen.
}
oddities = { $count ->
    [one] { $count } Auffälligkeit
   *[other] { $count } Auffälligkeiten
}
mail-frame = Text der E-Mail
signature-lines = { $lines ->
    [one] Signatur, { $lines } Zeile
   *[other] Signatur, { $lines } Zeilen
}
download = { $name } laden
download-all = Alle laden

## Warum ist diese Nachricht hier?
why = Warum ist diese Nachricht hier?

## Verlauf
event-created-html = <b>{ $who }</b> hat das Ticket angelegt
event-status-html = <b>{ $who }</b> hat den Status auf <b>{ $name }</b> gesetzt
event-assignee-html = <b>{ $who }</b> hat das Ticket an <b>{ $name }</b> gegeben
event-unassigned-html = <b>{ $who }</b> hat die Zuständigkeit aufgehoben
event-area-html = <b>{ $who }</b> hat das Ticket in den Bereich <b>{ $name }</b> gelegt
event-priority-html = <b>{ $who }</b> hat die Priorität auf <b>{ $name }</b> gesetzt
event-tag-added-html = <b>{ $who }</b> hat das Schlagwort <b>{ $name }</b> vergeben
event-tag-removed-html = <b>{ $who }</b> hat das Schlagwort <b>{ $name }</b> entfernt
event-contact-html = <b>{ $who }</b> hat <b>{ $name }</b> als Kontakt eingetragen
event-subject-html = <b>{ $who }</b> hat den Betreff geändert: {"„"}{ $name }{"“"}
event-spam-html = <b>{ $who }</b> hat das Ticket als Spam abgelegt
event-binned-html = <b>{ $who }</b> hat das Ticket in den Papierkorb gelegt
event-restored-html = <b>{ $who }</b> hat das Ticket zurückgeholt
event-linked-html = <b>{ $who }</b> hat das Ticket mit <b>{ $number }</b> verknüpft
event-queue-html = <b>{ $who }</b> hat das Ticket in die Warteschlange <b>{ $name }</b> gelegt
event-queue-cleared-html = <b>{ $who }</b> hat das Ticket aus der Warteschlange genommen
event-category-html = <b>{ $who }</b> hat die Kategorie auf <b>{ $name }</b> gesetzt
event-category-cleared-html = <b>{ $who }</b> hat die Kategorie entfernt
event-request-type-html = <b>{ $who }</b> hat die Anfrageart auf <b>{ $name }</b> gesetzt
event-request-type-cleared-html = <b>{ $who }</b> hat die Anfrageart entfernt
event-resubmission-html = <b>{ $who }</b> hat die Wiedervorlage auf <b>{ $time }</b> gesetzt
event-resubmission-cleared-html = <b>{ $who }</b> hat die Wiedervorlage entfernt
event-resubmitted-html = <b>{ $who }</b> hat das Ticket wieder vorgelegt
event-due-html = <b>{ $who }</b> hat die Frist auf <b>{ $time }</b> gesetzt
event-due-cleared-html = <b>{ $who }</b> hat die Frist entfernt

## Eigenschaften, Kunde
new-tag = Neues Schlagwort
add-tag = Schlagwort hinzufügen
remove-tag = { $name } entfernen
customer = Kunde
address = E-Mail
customer-number = Kunde { $number }
reference = Zeichen des Kunden
phone = Telefon
other-tickets = Andere Tickets
others-open = { $count } offen
times = Zeiten
since-created = Erstellt
ago = vor { $time }
until-read = Gelesen nach
since-read = Seit dem Lesen

## Vorschau
close-preview = Vorschau schließen
close-preview-title = Schließen (Leer oder Esc)
last-messages = Letzte Nachrichten

## Druck
printed = Gedruckt { $when }
back-to-ticket = Zurück zum Ticket

## Versand
delivery-waiting = Geht gleich hinaus
delivery-sending = Wird gesendet
delivery-sent = Gesendet
delivery-deferred = Noch nicht zugestellt
delivery-failed = Nicht zugestellt
delivery-stopped = Nicht gesendet
delivery-uncertain = Ungewiss
recall = Zurückholen
server-said = Der Mailserver sagt:
uncertain-text = Die Verbindung riss ab, als der Mailserver die E-Mail annahm. Ob sie angekommen ist, weiß nur er. Nach 15 Minuten ohne Nachricht wird sie noch einmal gesendet.
perhaps-twice = Diese E-Mail wurde nach einem Abriss der Verbindung noch einmal gesendet und kann doppelt angekommen sein.
event-delivery-failed-html = Eine E-Mail wurde nicht zugestellt: { $words }
event-read-html = <b>{ $address }</b> hat eine E-Mail von uns gelesen
event-deleted-unread-html = <b>{ $address }</b> hat eine E-Mail von uns ungelesen gelöscht
event-complained-html = <b>{ $address }</b> meldet eine Beschwerde über eine E-Mail von uns
event-acknowledged-html = <b>{ $address }</b> hat eine automatische Antwort bekommen
event-fell-silent-html = Stumm: <b>{ $address }</b> bekommt keine automatischen Antworten mehr, bis jemand es beim Postfach aufhebt
event-silence-lifted-html = <b>{ $who }</b> hat aufgehoben, dass <b>{ $address }</b> stumm ist
event-recalled-html = <b>{ $who }</b> hat eine Antwort zurückgeholt
event-notify-html = <b>{ $who }</b> hat eingeschaltet, dass die Kundschaft von diesem Ticket erfährt
event-notify-not-html = <b>{ $who }</b> hat ausgeschaltet, dass die Kundschaft von diesem Ticket erfährt
event-sent-again-html = <b>{ $who }</b> hat eine E-Mail noch einmal senden lassen
event-stopped-html = <b>{ $who }</b> hat eine E-Mail angehalten, bevor sie hinausging
event-corrected-html = <b>{ $who }</b> hat eine Nachricht berichtigt
event-mail-placed-html = <b>{ $who }</b> hat eine Mail ohne Ticket hierher gelegt
event-mail-made-html = <b>{ $who }</b> hat aus einer Mail dieses Ticket gemacht

## Wiedervorlage
resubmit = Wiedervorlage
resubmit-choose = Wiedervorlage wählen
resubmit-in-an-hour = In einer Stunde
resubmit-tomorrow = Morgen um 8:00
resubmit-monday = Nächsten Montag um 8:00
resubmit-never = Ohne Wiedervorlage
heads = Betreff und Empfänger
head-subject = Betreff
head-from = Von
head-to = An
head-cc = Cc
head-bcc = Bcc
head-at = Datum
correct = Nachricht berichtigen
concerns = betrifft { $names }
corrected = Berichtigt
not-reached = Nicht angekommen bei: { $list }
marks = Merkmale
mark-private = Privat
mark-personal = Persönlich
mark-gdpr = DSGVO
set-mark = Merkmal „{ $name }“ setzen
remove-mark = Merkmal „{ $name }“ entfernen
event-mark-set-html = <b>{ $who }</b> hat das Merkmal <b>{ $name }</b> gesetzt
event-mark-taken-html = <b>{ $who }</b> hat das Merkmal <b>{ $name }</b> entfernt
