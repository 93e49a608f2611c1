# Postfächer

journal = Eingangsjournal
none = Noch kein Postfach
none-text = Fügen Sie eines hinzu. Danach steht hier, wie es ihm geht.
add = Postfach hinzufügen
edit = { $label } ändern
account = Jede Mail auf dem Server steht im Journal, jede im Journal in einem Ticket oder unter den Ausnahmen: Doppelte, Aussortierte, zu Entscheidende, Quarantäne, Verschwundene. Gezählt wird jeden Morgen um 6 Uhr. Stimmt die Rechnung nicht, steht das hier.
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
accepted = angenommen
left-server = { $count ->
    [one] eine davon nicht mehr im Ordner
   *[other] { $count } davon nicht mehr im Ordner
}
not-wanted = { $count ->
    [one] dazu eine vor dem Startdatum
   *[other] dazu { $count } vor dem Startdatum
}
unassigned = { $count ->
    [one] eine zu entscheiden
   *[other] { $count } zu entscheiden
}
reconcile-now = Jetzt abgleichen
reconciling = Abgleich läuft
differs = { $mails ->
    [one] Abgleich { $time }, Differenz 1
   *[other] Abgleich { $time }, Differenz { $mails }
}
lacking = { $count ->
    [one] Diese Mail liegt auf dem Server und fehlt im Journal:
   *[other] Diese { $count } Mails liegen auf dem Server und fehlen im Journal:
}
lacking-uid = Nr. { $uid }
lacking-more = { $count ->
    [one] und eine weitere
   *[other] und { $count } weitere
}
fetch-lacking = Jetzt holen
lost = { $count ->
    [one] Eine Mail steht im Journal, aber ihr Ticket gibt es nicht mehr.
   *[other] { $count } Mails stehen im Journal, aber ihre Tickets gibt es nicht mehr.
}
reconciliations = Abgleiche
reconciliation-time = Zeit
difference = Differenz

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
registration = Registrierung wird nicht angenommen
registration-text = Der Anbieter nimmt Anwendungs-ID oder Clientschlüssel nicht an. Mails bleiben dort liegen, bis das geändert ist; nichts geht verloren.
registration-open = Registrierung öffnen
not-admitted = Kein Zugang zu diesem Postfach
not-admitted-text = Laufzettel ist als Anwendung angemeldet, darf dieses Postfach aber nicht öffnen. Geben Sie es beim Anbieter frei. Mails bleiben dort liegen; nichts geht verloren.
not-admitted-steps = Schritte zeigen
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
label = Name
area = Bereich
enabled = Mails holen und annehmen
enabled-hint = Ausgeschaltet wird nichts geholt und nichts angenommen; die Mails bleiben, wo sie sind.
save = Speichern
no-label = Geben Sie einen Namen ein, höchstens 200 Zeichen in einer Zeile.
no-area = Diesen Bereich gibt es nicht mehr. Wählen Sie einen anderen.
stale = Jemand anderes hat das Postfach gerade geändert. Ihre Eingaben stehen noch hier; speichern Sie noch einmal, dann gelten sie.

## Felder
addresses = Adressen
addresses-hint = Eine je Zeile, die wichtigste zuerst. Mails an jede von ihnen werden zu Tickets dieses Postfachs.
area-hint = In diesem Bereich liegen die Tickets. Ein Postfach gehört zu genau einem Bereich.
queue = Warteschlange
queue-hint = Ohne eine nimmt sich das Team die Tickets selbst.
no-queue = Keine
category = Kategorie
category-hint = Jedes neue Ticket bekommt sie, wenn keine Regel eine andere setzt. Ohne eine bleibt sie leer.
no-category = Keine
source = Woher die Mails kommen
source-imap = Von einem Mailserver geholt (IMAP)
source-pop3 = Von einem Mailserver geholt (POP3)
source-push = Von anderen Programmen gebracht
source-push-hint = Gebracht wird über LMTP, laufzettel deliver oder die API. Die Angaben zum Server gelten dann nicht.
host = Server
port = Port
port-hint = Leer: bei IMAP 993, sonst 143; bei POP3 995, sonst 110.
tls = Verschlüsselung
tls-implicit = Von Anfang an (TLS)
tls-none = Keine, nur auf diesem Rechner
user = Benutzername
user-hint = Meist die Mailadresse. Ein gemeinsames Postfach mit Passwort nennen manche Server nach beiden, wie FIRMA\anna\hilfe.
oauth-account = Konto, das sich anmeldet
oauth-account-hint = Nur bei einem gemeinsamen Postfach: die Adresse, mit der sich jemand beim Anbieter angemeldet hat und die Vollzugriff hat. Gelesen wird das Postfach des Benutzernamens. Leer: es ist dasselbe.
account-password = Passwort
account-password-hint = Das gespeicherte gilt weiter, solange hier nichts steht. Ein anderes Konto braucht seines.
account-password-kept = Das eben eingegebene gilt weiter, solange hier nichts steht.
read-folder = Ordner
read-folder-hint = Aus ihm werden die Mails geholt, meist INBOX. POP3 kennt nur den Eingang.
further-folders = Weitere Ordner
further-folders-hint = Einer je Zeile, so wie er auf dem Server heißt. Aus ihnen wird ebenso geholt; neue Mails darin kommen nach höchstens zwei Minuten.
after-import = Auf dem Server
after-import-hint = Was dort mit einer Mail geschieht, wenn sie hier sicher gespeichert ist.
after-mark-read = Als gelesen markieren
after-move = In einen Ordner verschieben
after-delete = Löschen
after-keep = Nichts ändern
delete-warning = „Löschen“ entfernt die Mails auf dem Server unwiderruflich: Danach gibt es sie nur noch hier. Wählen Sie es nur für ein Postfach, das sonst niemand liest, und nur, wenn die Mails anderswo archiviert werden.
move-folder = Zielordner
move-folder-hint = Nur beim Verschieben. Es darf nicht der Ordner sein, aus dem geholt wird.
from-date = Mails holen ab
from-date-hint = Ältere bleiben liegen. Leer: alle.
max-age = Höchstalter in Tagen
max-age-hint = Mails, die der Mailserver davor angenommen hat, werden nicht zu Tickets. Leer: ohne Grenze.
unknown-sender = Unbekannte Absender
unknown-sender-hint = Was aus Mails von Adressen wird, die bei keinem Kontakt stehen: immer ein Ticket, keines, oder eines nur von den Domains darunter. Was nicht zum Ticket wird, steht im Eingangsjournal unter den Ausnahmen.
unknown-ticket = Ticket anlegen
unknown-known-only = Nur bekannte Absender
unknown-domains = Bekannte und die genannten Domains
domains = Domains
domains-hint = Eine je Zeile, wie example.de oder *.example.de. Wer von dort schreibt, bekommt ein Ticket und wird als Kontakt angelegt. Gilt nur, wenn oben „Bekannte und die genannten Domains“ gewählt ist.
stranger = Fremde mit einer Ticketnummer
stranger-hint = Gemeint ist, wer am Ticket nicht beteiligt ist, aber seine Nummer nennt. Seine Mail wird ein eigenes Ticket mit einem Verweis, eine Nachricht des genannten Tickets, oder sie steht nur im Eingangsjournal unter den Ausnahmen.
stranger-linked = Neues Ticket, mit dem alten verknüpft
stranger-append = An das Ticket anhängen
stranger-unassigned = Nur im Journal
join-open = Mails ohne Nummer an ein offenes Ticket desselben Absenders anhängen
join-open-hint = Sie kommen zu dem mit dem ähnlichsten Betreff. Ausgeschaltet, oder wenn keiner ähnlich genug ist, wird aus jeder ein eigenes Ticket.
similarity = So ähnlich muss der Betreff sein, in Prozent
similarity-hint = Gilt nur für das Anhängen ohne Nummer: 0 hängt jede Mail an, 100 nur solche mit gleichem Betreff.
customers-only = Antworten nur anhängen, wenn der Absender zum Kunden des Tickets gehört
customers-only-hint = Gemeint sind der Anfragesteller, der Kontakt und alle aus seiner Firma. Andere Mails mit Ticketnummer werden nicht angehängt und nicht zum Ticket; sie stehen im Eingangsjournal.
completed = Neue Tickets gleich abschließen
completed-hint = Für Postfächer, die nur abgelegt werden. Setzt eine Regel einen Status, gilt die Regel. Eine Antwort des Kunden öffnet das Ticket wieder.
without-emojis = Emojis aus Betreff und Text entfernen
without-emojis-hint = Die Mail selbst bleibt, wie sie kam; nur das Ticket zeigt sie ohne.
with-headers = Kopfzeilen der Mail unter den Text setzen
with-headers-hint = Sie stehen eingeklappt unter jeder Nachricht. Sonst stehen sie nur im Original der Mail.
reads-reference = Nummer des Kunden aus der ersten Mail lesen und Antworten hinzufügen
reads-reference-hint = Sie steht am Ende des Betreffs jeder Antwort, damit der Kunde sie in seinem System zuordnen kann.
reference-pattern = Muster für diese Nummer
reference-pattern-hint = Ein regulärer Ausdruck; was in der ersten Klammer steht, ist die Nummer. Leer: nach Wörtern wie „Referenz“, „Ihr Zeichen“ und „Bestellnummer“.
mails-per-run = Mails je Abruf
mails-per-run-hint = Höchstens so viele auf einmal, die übrigen beim nächsten Abruf. Leer: alle.
mail-mebibytes = Größte Mail in MiB
mail-mebibytes-hint = 1 bis 64. Von einer größeren kommt nur der Kopf ins Ticket; sie bleibt auf dem Server, auch wenn sonst gelöscht oder verschoben wird.
tells-too-large = Wer eine zu große Mail schickt, erfährt es
tells-too-large-hint = Einmal je Mail, in der Sprache des Kontakts und im selben Mailwechsel.
sender = Absender der Antworten
sender-hint = Name, Adresse und Mailserver eines Absenders stehen unter Einstellungen, Absender.
sender-of-area = Wie im Bereich eingestellt
as-received = Antworten gehen von der Adresse, an die geschrieben wurde
as-received-hint = Für ein Postfach mit mehreren Adressen.
plus = Die Antwortadresse trägt das Kennzeichen des Tickets
plus-hint = Wie support+lz…@example.de. Nur einschalten, wenn der Mailserver Adressen mit Pluszeichen annimmt.
sent-folder = Ordner für gesendete Mails
sent-folder-hint = Dort wird eine Kopie jeder gesendeten Mail abgelegt. Leer: keine; viele Anbieter tun es selbst.
reads-sent = Antworten übernehmen, die das Team mit einem anderen Mailprogramm schreibt
reads-sent-hint = Was ab jetzt in diesem Ordner erscheint und auf ein Ticket antwortet, wird eine Nachricht des Tickets. Andere Mails dort werden nicht gelesen und nicht gespeichert.
signature = Signatur
signature-hint = Steht unter Antworten von Personen ohne eigene Signatur. Ersetzt werden { $names }.

## Karteikarten
general = Allgemein
receive = Empfang
send = Versand
log = Protokoll
account-heading = Konto
mails-heading = Welche Mails
tickets-heading = Was aus ihnen wird
save-and-test = Speichern und testen
test-only = Testen, ohne etwas zu ändern
list-folders = Ordner vom Server lesen
folders-listed = { $count ->
    [one] Auf dem Server liegt ein Ordner. Wählen Sie unten.
   *[other] Auf dem Server liegen { $count } Ordner. Wählen Sie unten.
}
saved = Gesichert.
state = Zustand
last-success = Letzter Abruf
never = noch nie
run-now = Jetzt abrufen
run-asked = Wird jetzt abgerufen. Was kommt, steht gleich im Protokoll.
last-mails = Letzte Mails
no-mails = In diesem Postfach ist noch keine Mail angekommen.
whole-journal = Alle im Eingangsjournal
changes = Änderungen
back = Zu den Postfächern

## Test
trial-receive-works = Empfang geht
trial-receive-fails = Empfang geht noch nicht
trial-send-works = Versand geht
trial-send-fails = Versand geht noch nicht
trial-changed-nothing = Es wurde nichts geholt, verändert oder verschickt.
trial-mails = { $mails ->
    [one] Im Ordner liegt eine Mail.
   *[other] Im Ordner liegen { $mails } Mails.
}
trial-before = { $mails ->
    [one] Eine davon ist älter als der erste Tag und bleibt liegen.
   *[other] { $mails } davon sind älter als der erste Tag und bleiben liegen.
}
trial-push = Mails werden von anderen Programmen gebracht; hier gibt es nichts zu testen.
trial-sent-by = { $host } nimmt Mails von { $address } an.
trial-nobody = Es gibt keinen Absender
trial-nobody-help = Legen Sie unter Einstellungen, Absender, einen an oder wählen Sie hier einen.
trial-no-server = Für { $address } gibt es keinen Mailserver
trial-no-server-help = Tragen Sie beim Absender einen Mailserver ein, oder smtp_url in der Konfiguration.
step-connected = Server antwortet
step-protected = Verbindung ist geschützt
step-signed-in = Anmeldung angenommen
step-folder = Ordner gefunden
step-failed = ging nicht
what-helps = Was hilft:
words = Wortlaut des Servers

## Was hilft
host-unknown = Es gibt keinen Server „{ $host }“.
host-unknown-help = Prüfen Sie den Namen des Servers. Er steht im Kundenbereich Ihres Anbieters.
refused = { $host } nimmt an diesem Port keine Verbindung an.
refused-help = Prüfen Sie Server und Port. Üblich sind 993 für den Empfang, 465 oder 587 für den Versand.
silent = { $host } antwortet nicht.
silent-help = Prüfen Sie Server und Port, und ob eine Firewall den Weg versperrt.
tls-failed = Das Zertifikat von { $host } passt nicht, oder der Server verschlüsselt an diesem Port anders.
tls-failed-help = Stellen Sie auf STARTTLS um oder nehmen Sie den Port 993 oder 465. Steht der Server im eigenen Haus, nennen Sie seine Zertifikate in mail_roots_file.
no-protection = { $host } bietet die gewählte Verschlüsselung nicht an. Das Passwort wurde nicht übertragen.
no-protection-help = Wählen Sie „Von Anfang an (TLS)“ und den Port 993 oder 465.
login-refused = { $host } nimmt die Anmeldung als „{ $user }“ nicht an.
login-refused-help = Prüfen Sie Benutzername und Passwort. Manche Anbieter verlangen ein eigenes Passwort für Programme.
no-token = Für { $host } gibt der Anbieter keinen Zugang.
no-token-help = Jemand muss sich dort neu anmelden: unter Einstellungen, E-Mails.
registration-help = Er nimmt die Registrierung nicht an. Prüfen Sie Anwendungs-ID, Clientschlüssel und Verzeichnis-ID unter Einstellungen, E-Mails.
token-later-help = Er antwortet gerade nicht. Versuchen Sie es in einigen Minuten noch einmal.
not-open-help = Der Anbieter hat Zugang gegeben, das Postfach ist damit aber nicht zu öffnen. Geben Sie dem Konto Vollzugriff darauf, einer Anwendung die Freigabe, und schalten Sie dort IMAP oder POP3 ein.
login-unsupported = { $host } nimmt keine Anmeldung mit Benutzername und Passwort an.
login-unsupported-help = Erlauben Sie beim Anbieter den Zugang mit IMAP und SMTP.
folder-missing = Den Ordner „{ $folder }“ gibt es auf { $host } nicht.
folder-missing-help = Wählen Sie einen der Ordner dort: { $folders }
server-said = { $host } hat die Verbindung beendet.
server-said-help = Versuchen Sie es in einigen Minuten noch einmal. Bleibt es dabei, hilft der Wortlaut dem Betreiber des Servers.

## Was nicht sein kann
no-addresses = Nennen Sie mindestens eine Adresse. Von der ersten gehen die Mails hinaus.
too-many-addresses = Ein Postfach hat höchstens 100 Adressen.
no-address = „{ $text }“ ist keine Mailadresse. So sieht eine aus: support@example.de
address-of-person = Mit { $address } meldet sich jemand an, und wer das Postfach sieht, würde seine Mails lesen. Geben Sie dem Postfach oder der Person eine andere Adresse.
address-taken = { $address } gehört schon zum Postfach „{ $label }“. Eine Adresse hat nur ein Postfach.
address-of-customer = { $address } gehört einem Kunden. Was er schreibt, sähe aus, als hätten wir es selbst geschrieben. Geben Sie dem Postfach oder dem Kunden eine andere Adresse.
account-taken = Aus diesem Ordner dieses Kontos holt schon das Postfach „{ $label }“. Jede Mail käme doppelt. Wählen Sie einen anderen Ordner, oder schalten Sie das andere Postfach aus.
unknown-choice = Diese Auswahl gibt es nicht mehr. Wählen Sie neu.
no-host = Geben Sie den Namen des Servers ein, wie imap.example.de.
no-port = Ein Port ist eine Zahl von 1 bis 65535.
no-user = Geben Sie den Benutzernamen ein, mit dem Sie sich dort anmelden.
no-oauth-account = Das ist keine Mailadresse. So sieht eine aus: anna@firma.de
account-needs-provider = Ein anderes Konto meldet sich nur bei einem Anbieter an. Mit einem Passwort gehört es in den Benutzernamen; lassen Sie das Feld leer.
no-folder = Ein Ordner hat höchstens 200 Zeichen in einer Zeile, so wie er auf dem Server heißt.
plaintext = Auf einem anderen Rechner braucht es eine Verschlüsselung. Ohne geht es nur mit allow_plaintext_mail = true in der Konfiguration.
no-password = Dieses Konto braucht sein Passwort. Das gespeicherte gilt nur für das bisherige.
no-target = Geben Sie den Ordner an, in den die Mails verschoben werden.
same-folder = Aus diesem Ordner werden die Mails geholt. Wählen Sie einen anderen.
no-sent-folder = Nennen Sie den Ordner, in dem die gesendeten Mails liegen.
not-by-pop3 = POP3 kennt weder gelesene Mails noch Ordner. Wählen Sie „Nichts ändern“ oder „Löschen“.
no-day = Das ist kein Tag. Schreiben Sie ihn wie 2026-11-24.
future-day = Dieser Tag kommt erst noch. Bis dahin käme keine Mail herein; nehmen Sie heute oder einen früheren.
no-days = Geben Sie eine Zahl von 1 bis 36500 ein, oder lassen Sie das Feld leer.
no-percent = Geben Sie eine Zahl von 0 bis 100 ein.
no-mails-per-run = Geben Sie eine Zahl von 1 bis 100000 ein, oder lassen Sie das Feld leer.
no-mebibytes = Geben Sie eine Zahl von 1 bis 64 ein.
no-further-folders = Höchstens 50 Ordner, jeder einmal und mit höchstens 200 Zeichen. Der Ordner darüber wird ohnehin gelesen.
pattern-long = Das Muster ist zu lang oder steht für zu viel. Nehmen Sie höchstens 500 Zeichen und kleinere Wiederholungen.
pattern-fits-nothing = Dieses Muster passt auch auf einen leeren Text und fände damit überall etwas. Verlangen Sie mindestens ein Zeichen.
pattern-unreadable = Dieses Muster lässt sich nicht lesen. Prüfen Sie die Klammern; Vor- und Rückschau gibt es nicht.
no-domain = „{ $text }“ ist keine Domain. Schreiben Sie sie wie example.de oder *.example.de.
needs-account = Nur ein Konto, von dem Mails geholt werden, hat Ordner. Lassen Sie das Feld leer.
signature-long = Eine Signatur hat höchstens 65536 Zeichen mit ihren Formaten.

# Automatische Antwort

answer = Automatische Antwort
answer-enabled = Neue Tickets automatisch beantworten
answer-enabled-hint = Nur an Menschen, die ein neues Ticket schreiben: nicht an Verteiler, Automaten, eigene Adressen und Mails, die älter als ein Tag sind. Wer uns noch nie nachweislich geantwortet hat, bekommt höchstens eine am Tag, ohne seinen Betreff und Namen.
answer-subject = Betreff der automatischen Antwort
answer-subject-hint = {"{TICKET}"} ist die Nummer des Tickets, {"{BETREFF}"} der Betreff der Mail.
answer-without-number = Im Betreff fehlt { $tag }. Laufzettel stellt die Nummer trotzdem davor, damit Antworten ihr Ticket finden.
answer-text = Text der automatischen Antwort
answer-text-hint = Ersetzt werden { $names }.
answer-once = Nur eine Mail pro Tag
answer-once-hint = Ein Absender bekommt in 24 Stunden höchstens eine automatische Antwort.
no-answer-subject = Bitte schreiben Sie einen Betreff mit höchstens 200 Zeichen auf einer Zeile.
no-answer-text = Bitte schreiben Sie, was geantwortet werden soll.
answer-text-long = Eine automatische Antwort hat höchstens 65536 Zeichen mit ihren Formaten.
muted = Stumm geschaltet
muted-hint = Diese Adressen beantworten unsere automatischen Mails selbst automatisch. Sie bekommen von diesem Postfach keine mehr, bis Sie es aufheben. Ihre Mails kommen weiter an.
muted-nobody = Keine Adresse ist stumm geschaltet.
muted-echo = schickt Mails mit unseren Kennzeichen aus fremden Tickets, seit
muted-rate = schrieb nach einer automatischen Antwort zu viele Tickets in einer Stunde, seit
muted-lift = Aufheben
muted-lift-address = Für { $address } aufheben
muted-lifted = Die Adresse bekommt wieder automatische Antworten.
nothing-changed = nichts geändert
none-chosen = keine
