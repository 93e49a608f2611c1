# Eigenes Konto

title = Mein Konto
save = Speichern
saved = Ihre Angaben sind gespeichert.
phone = Telefon
phone-long = Eine Telefonnummer hat höchstens 60 Zeichen. Kürzen Sie sie.
signature = Signatur unter Ihren Antworten
signature-hint = Diese Wörter werden beim Schreiben ersetzt: { $names }. Bleibt das Feld leer, steht die Signatur des Postfachs unter Ihren Antworten.
signature-long = Die Signatur ist zu groß. Kürzen Sie sie.
undo = Sekunden zum Zurückholen einer Antwort
undo-hint = So lange wartet eine Antwort, bevor sie hinausgeht. 0 schickt sie sofort, höchstens sind es 30.
undo-range = Geben Sie eine Zahl von 0 bis 30 ein.
notices = Benachrichtigungen per E-Mail
notice-assigned = Ein Ticket wird mir zugewiesen
notice-answered = Ein Kunde antwortet in meinem Ticket
notice-failed = Eine E-Mail von mir kommt nicht an
