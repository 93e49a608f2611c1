# Postfächer

journal = Eingangsjournal
none = Noch kein Postfach
none-text = Fügen Sie eines hinzu. Danach steht hier, wie es ihm geht.
add = Postfach hinzufügen
edit = { $label } ändern
account = Jede Mail auf dem Server steht im Journal, jede im Journal in einem Ticket oder unter den Ausnahmen: Doppelte, Aussortierte, Quarantäne, Verschwundene. Gezählt werden die letzten 30 Tage. Stimmt die Rechnung nicht, steht das hier.
today = Heute eingegangen:
fetch = Abrufen

## Abgleich
figures = Abgleich { $label }
seen = auf dem Server
stored = im Journal
applied = in Tickets
exceptions = Ausnahmen
not-counted = nicht gezählt
no-exceptions = keine
see = { $count ->
   *[other] { $count } ansehen
}
duplicates = { $count ->
   *[other] { $count } doppelt
}
filtered = { $count ->
   *[other] { $count } aussortiert
}
quarantined = { $count ->
   *[other] { $count } angehalten
}
gone = { $count ->
   *[other] { $count } verschwunden
}
even = Abgleich { $time }, Differenz 0
pending = { $mails ->
    [one] Eine Mail ist unterwegs
   *[other] { $mails } Mails sind unterwegs
}
missing = { $mails ->
    [one] Differenz { $mails }, eine Mail fehlt
   *[other] Differenz { $mails }, Mails fehlen
}
cannot-ask = Abgleich steht noch aus

## Zustand
running = Läuft
running-text = Letzter Abruf { $last }
listening = Nimmt Mails an
listening-text = Andere Programme liefern über { $place }
starting = Beginnt gleich
starting-text = Der erste Abruf steht noch aus.
password = Wartet auf Anmeldung
password-text = Der Server nimmt Benutzername oder Passwort nicht an. Tragen Sie das neue Passwort ein. Neue Mails liegen dort und werden nachgeholt.
sign-in = Bitte neu anmelden
sign-in-text = Der Anbieter nimmt die Anmeldung nicht mehr an. Mails bleiben dort liegen, bis sich jemand neu anmeldet; nichts geht verloren.
sign-in-now = Jetzt anmelden
unreachable = Server nicht erreichbar
unreachable-text = { $server } antwortet nicht. Nächster Versuch { $again }. Neue Mails liegen dort und werden nachgeholt.
certificate = Zertifikat stimmt nicht
certificate-text = Das Zertifikat von { $server } ist abgelaufen oder gehört zu einem anderen Namen. Fragen Sie den Betreiber des Servers. Es wurde nichts übertragen.
folder = Ordner fehlt
folder-text = „{ $folder }“ gibt es auf dem Server nicht. Legen Sie ihn dort an oder tragen Sie einen anderen ein.
target = Läuft, aber ein Ordner fehlt
target-text = „{ $folder }“ gibt es auf dem Server nicht mehr. Mails werden weiter geholt, aber nicht verschoben. Legen Sie den Ordner dort an.
interrupted = Verbindung unterbrochen
interrupted-text = Nächster Versuch { $again }. Es geht nichts verloren.
recounting = Ordner wird neu gelesen
recounting-text = Der Server hat seine Mails neu nummeriert. Bekannte Mails werden erkannt und nicht noch einmal angelegt.
full = Kein Platz mehr
full-text = Es kann nichts gespeichert werden, deshalb wird nichts geholt. Die Mails bleiben auf dem Server. Schaffen Sie Platz, dann geht es von selbst weiter.
off = Angehalten
off-text = Es werden keine Mails geholt und keine angenommen.
again-soon = in höchstens 5 Minuten
no-tls = Keine verschlüsselte Antwort
no-tls-text = { $server } antwortet an diesem Anschluss ohne Verschlüsselung. Prüfen Sie die Nummer des Anschlusses (meist 993) oder stellen Sie auf STARTTLS um. Es wurde nichts übertragen.
unprotected = Keine sichere Verbindung
unprotected-text = { $server } bietet die eingestellte Verschlüsselung nicht an. Stellen Sie auf Verschlüsselung von Anfang an um, meist Port 993, oder fragen Sie den Betreiber des Servers. Das Passwort wurde nicht übertragen.
no-login = Anmeldung nicht möglich
no-login-text = { $server } nimmt keine Anmeldung mit Benutzername und Passwort an. Fragen Sie den Betreiber, ob IMAP mit Passwort erlaubt ist.
cannot-store = Eigene Datenbank antwortet nicht
cannot-store-text = Es kann gerade nichts gespeichert werden, deshalb wird nichts geholt. Die Mails bleiben auf dem Server. Hält es an, sehen Sie ins Protokoll des Servers.

## Ändern
edit-title = Postfach ändern
label = Name
area = Bereich
new-password = Neues Passwort
new-password-hint = Bleibt leer, wenn das alte weiter gilt.
enabled = Mails holen und annehmen
save = Speichern
cancel = Abbrechen
no-label = Geben Sie einen Namen ein, höchstens 200 Zeichen in einer Zeile.
no-area = Diesen Bereich gibt es nicht mehr. Wählen Sie einen anderen.
stale = Jemand anderes hat das Postfach gerade geändert. Das hier ist der neue Stand.
