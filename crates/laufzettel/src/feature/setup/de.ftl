# Einrichtung

title = Ersteinrichtung
about = Drei Schritte, etwa fünf Minuten. Alles lässt sich später ändern.
further = Weiteres Postfach
further-about = Es wird geprüft, dann holt Laufzettel seine Mails. Alles lässt sich später ändern.
cancel = Abbrechen
step-of = Schritt { $number } von 3
done = erledigt
now = jetzt
later = danach
minutes-left = { $minutes ->
    [one] Der Einrichtungslink gilt noch eine Minute und nur einmal.
   *[other] Der Einrichtungslink gilt noch { $minutes } Minuten und nur einmal.
}

## Ohne gültigen Link
set-up = Schon eingerichtet
set-up-text = Laufzettel ist eingerichtet. Melden Sie sich an; Kolleginnen und Kollegen lädt die Verwaltung ein.
sign-in = Zur Anmeldung
expired = Der Link ist abgelaufen
expired-text = Starten Sie Laufzettel neu. Beim Start steht ein neuer Link in der Ausgabe, er gilt eine Stunde.
no-link = Für die Einrichtung braucht es den Link
no-link-text = Laufzettel hat ihn beim Start ausgegeben, in der Konsole oder im Protokoll des Dienstes. Er beginnt mit der Adresse dieser Seite. Nach einem Neustart gilt nur der neue.

## Schritt 1
company-step = Sie und Ihr Betrieb
company-about = Wer verwaltet dieses Ticketsystem, und für wen?
you = Sie
you-about = Damit melden Sie sich an. Sie dürfen alles einstellen.
name = Ihr Name
email = Ihre Mailadresse
password = Passwort
password-hint = Mindestens 8 Zeichen. Ein Satz ist leichter zu merken als Sonderzeichen.
company = Betrieb
company-name-about = Steht auf der Anmeldung und als Absender der Antworten.
company-name = Name des Betriebs
go-on = Weiter zum Postfach
go-on-about = Danach sind Sie angemeldet.
missing = Bitte ausfüllen.
too-long = Höchstens 200 Zeichen in einer Zeile.
no-address = Das ist keine Mailadresse. So sieht eine aus: anna@example.de
password-length = Mindestens 8 Zeichen, höchstens 1000.

## Schritt 2
mailbox-step = Postfach
mailbox-about = Aus diesem Postfach kommen die Tickets, von dort gehen die Antworten.
provider = Anbieter
provider-about = Wo liegt das Postfach?
other-provider = Anderer
needs-allowing = Bei { $name } muss in den Einstellungen des Postfachs einmal „POP3 und IMAP“ erlaubt werden.
needs-own-password = { $name } verlangt für Programme ein eigenes Passwort. Sie legen es im Kundenkonto unter „Passwörter für Programme“ oder „App-Passwörter“ an und tragen es hier ein.
needs-sign-in = { $name } nimmt von Programmen keine Passwörter an. Stattdessen melden Sie sich dort an: Tragen Sie die Mailadresse ein und drücken Sie „Postfach übernehmen“, dann geht es Schritt für Schritt weiter.
or-sign-in = Oder lassen Sie das Passwort leer: Dann melden Sie sich bei { $name } an, sobald Sie „Postfach übernehmen“ drücken.
signed-in = Angemeldet bei { $name } als { $account }.
access = Zugang
access-about = Steht im Kundenbereich Ihres Anbieters. Das Passwort wird verschlüsselt abgelegt.
address = Mailadresse des Postfachs
mailbox-password = Passwort des Postfachs
kept = Das eben eingegebene gilt weiter, solange hier nichts steht.
own-servers = Server selbst eintragen
own-servers-about = Was leer bleibt, sucht Laufzettel nach dem Anbieter oder der Adresse.
receiving = Empfang (IMAP)
sending = Versand (SMTP)
host = Server
port = Port
protection = Verschlüsselung
implicit = Von Anfang an (TLS)
unprotected = Keine, nur auf diesem Rechner
user = Benutzername
no-password = Ohne Passwort kann das Postfach nicht gelesen werden.
future-day = Dieser Tag kommt erst noch. Bis dahin käme keine Mail herein; nehmen Sie heute oder einen früheren.
no-day = Das ist kein Tag.
no-port = Ein Port ist eine Zahl von 1 bis 65535.
address-taken = Dieses Postfach ist schon eingerichtet.
check = Prüfung
check-about = Gelesen wird nur, verändert nichts.
receiving-works = Empfang geht
receiving-works-text = { $mails ->
    [one] Anmeldung angenommen. Im Posteingang liegt eine Mail.
   *[other] Anmeldung angenommen. Im Posteingang liegen { $mails } Mails.
}
receiving-fails = Empfang geht noch nicht
sending-works = Versand geht
sending-works-text = { $host } hat die Anmeldung angenommen.
sending-fails = Versand geht noch nicht
what-helps = Was hilft:
words = Wortlaut des Servers
host-unknown = Es gibt keinen Server „{ $host }“.
host-unknown-help = Sehen Sie im Kundenbereich Ihres Anbieters nach, wie die Server heißen, und tragen Sie sie oben unter „Server selbst eintragen“ ein.
refused = { $host } nimmt an diesem Port keine Verbindung an.
refused-help = Prüfen Sie Server und Port. Üblich sind 993 für den Empfang, 465 oder 587 für den Versand.
silent = { $host } antwortet nicht.
silent-help = Prüfen Sie Server und Port, und ob eine Firewall dazwischen den Weg versperrt.
tls-failed = Das Zertifikat von { $host } passt nicht, oder der Server verschlüsselt an diesem Port anders.
tls-failed-help = Stellen Sie die Verschlüsselung auf STARTTLS um oder nehmen Sie den Port 993 oder 465. Steht der Server im eigenen Haus, nennen Sie seine Zertifikate in mail_roots_file.
no-protection = { $host } bietet die gewählte Verschlüsselung nicht an. Das Passwort wurde nicht übertragen.
no-protection-help = Wählen Sie „Von Anfang an (TLS)“ und den Port 993 oder 465.
login-refused = { $host } nimmt die Anmeldung als „{ $user }“ nicht an.
login-refused-help = Prüfen Sie das Passwort. Manche Anbieter verlangen einen anderen Benutzernamen als die Mailadresse oder ein eigenes Passwort für Programme.
signed-out = { $host } nimmt die Anmeldung beim Anbieter nicht an.
signed-out-help = Melden Sie sich noch einmal an: „Postfach übernehmen“ führt dorthin. Bleibt es dabei, prüfen Sie unter Einstellungen die Registrierung.
login-unsupported = { $host } nimmt keine Anmeldung mit Benutzername und Passwort an.
login-unsupported-help = Erlauben Sie beim Anbieter den Zugang mit IMAP und SMTP, oder leiten Sie das Postfach an eines bei einem anderen Anbieter weiter.
folder-missing = { $host } hat keinen Posteingang für dieses Konto.
folder-missing-help = Fragen Sie den Betreiber des Servers.
server-said = { $host } hat die Verbindung beendet.
server-said-help = Versuchen Sie es in einigen Minuten noch einmal. Bleibt es dabei, hilft der Wortlaut dem Betreiber des Servers.
from = Ab Datum
from-about = Ältere Mails bleiben, wo sie sind.
from-day = Mails holen ab
mails-since = { $mails ->
    [one] Ab diesem Tag ist es eine Mail.
   *[other] Ab diesem Tag sind es { $mails } Mails.
}
mails-before = { $mails ->
    [one] Eine ältere Mail bleibt liegen.
   *[other] { $mails } ältere Mails bleiben liegen.
}
on-server = Auf dem Server
on-server-about = Was geschieht mit einer Mail, wenn sie hier sicher gespeichert ist?
folder = Laufzettel erledigt
move-to = In den Ordner „{ $folder }“ verschieben
move-about = Empfohlen. Der Posteingang wird leer, nichts geht verloren.
mark-read = Als gelesen markieren
mark-read-about = Die Mail bleibt im Posteingang. Gut, wenn jemand das Postfach weiter in Outlook liest.
keep = Nichts ändern
keep-about = Laufzettel merkt sich selbst, was es schon kennt.
delete = Löschen
delete-about = Danach gibt es die Mail nur noch hier. Richten Sie vorher eine Sicherung ein.
take = Postfach übernehmen
probe = Nur prüfen
only-receive = Ohne Versand weiter
take-about = Vorher wird geprüft, ob Empfang und Versand gehen.

## Schritt 3
first-step = Erste Mail
first-later = Wir schicken eine Testmail an das Postfach. Wenige Sekunden später liegt sie als erstes Ticket im Eingang.
on-its-way = Die Testmail an { $address } ist unterwegs. Diese Seite zeigt es, sobald sie angekommen ist.
arrived = { $seconds ->
    [one] Die Testmail ist nach einer Sekunde angekommen. Empfang und Versand arbeiten.
   *[other] Die Testmail ist nach { $seconds } Sekunden angekommen. Empfang und Versand arbeiten.
}
no-sending = Das Postfach wird abgerufen, neue Mails werden Tickets. Antworten können Sie erst, wenn ein Mailserver sie annimmt: Nennen Sie ihn beim Absender.
to-sending = Versand einrichten
send-test = Testmail schicken
send-again = Noch eine schicken
look-again = Nachsehen
to-inbox = Zum Eingang
invite = Ihr Team laden Sie unter Einstellungen, Team ein.
test-failed = Die Testmail konnte nicht zugestellt werden.
test-deferred = Der Server nimmt die Testmail gerade nicht an. Laufzettel versucht es von selbst weiter.
test-late-sending = Die Testmail ist noch nicht hinausgegangen. Läuft dieser Rechner hinter einer Firewall?
test-late-fetching = Der Server hat die Testmail angenommen, aber sie liegt noch nicht im Posteingang. Das kann einige Minuten dauern; sehen Sie auch im Spam-Ordner nach.
test-subject = Testmail von Laufzettel
test-text = Wenn Sie das lesen, ist alles eingerichtet: Diese Mail ging über Ihren Server hinaus und kam als Ticket wieder herein. Antworten Sie ruhig, lösen Sie das Ticket, oder legen Sie es in den Papierkorb.
