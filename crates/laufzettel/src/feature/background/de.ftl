# Was im Hintergrund läuft

title = Im Hintergrund
about = Diese Arbeiten laufen von selbst, bei mehreren Prozessen in einem davon. Steht eine still oder schlägt fehl, steht es hier. Sehen Sie dann im Protokoll des Servers nach.
worker = Arbeit
last = Zuletzt
next = Nächstes Mal
result = Ergebnis
never = noch nicht gelaufen
well = in Ordnung
failed = fehlgeschlagen
late = überfällig

intake = Eingegangene E-Mails entscheiden
fetching = Postfächer abrufen
sending = E-Mails versenden
sent-copies = Kopien in „Gesendet“ ablegen
notices = Benachrichtigungen und Abschlussmails
resubmissions = Wiedervorlagen
tidying-up = Altes löschen
files = Unbenutzte Dateien löschen
