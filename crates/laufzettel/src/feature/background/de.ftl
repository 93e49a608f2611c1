# Was im Hintergrund läuft

title = Im Hintergrund
about = Diese Arbeiten laufen von selbst, bei mehreren Prozessen in einem davon. Steht eine still oder schlägt fehl, steht es hier; was zu tun ist, sagt die Meldung.
worker = Arbeit
last = Zuletzt
next = Nächstes Mal
result = Ergebnis
never = noch nicht gelaufen
well = in Ordnung
failed = fehlgeschlagen:
late = überfällig: Sehen Sie im Protokoll des Servers nach, ob er läuft.

intake = Eingegangene E-Mails entscheiden
fetching = Postfächer abrufen
sending = E-Mails versenden
sent-copies = Kopien in „Gesendet“ ablegen
notices = Benachrichtigungen und Abschlussmails
resubmissions = Wiedervorlagen
tidying-up = Altes löschen
files = Unbenutzte Dateien löschen
