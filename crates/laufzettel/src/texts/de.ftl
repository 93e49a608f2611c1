# Was mehrere Seiten sagen: Rahmen, Zustände, Belege, Fehlerseiten.

## Rahmen
skip-to-content = Zum Inhalt springen
navigation = Navigation
open-navigation = Navigation öffnen
close-navigation = Navigation schließen
areas-and-views = Bereiche und Ansichten
main-areas = Hauptbereiche
areas = Bereiche
tools = Werkzeuge
inbox = Eingang
my-tickets = Meine Tickets
mine = Meine
not-assigned = Nicht zugewiesen
new-in-my-queues = Neu in meinen Warteschlangen
new-in-no-queue = Neu ohne Warteschlange
new-without-category = Neue ohne Kategorie
mails-without-ticket = Mails ohne Ticket
background = Im Hintergrund
mails = Mails
mailboxes = Postfächer
text-blocks = Textbausteine
settings = Einstellungen
search = Suchen
search-noun = Suche
search-title = Suchen und Befehle
search-or-command = Suchen oder Befehl eingeben
hits = Treffer
choose = Wählen
run = Ausführen
preview = Vorschau
more = Mehr
account = Konto
my-account = Mein Konto
language = Sprache
appearance = Darstellung
theme-system = System
theme-light = Hell
theme-dark = Dunkel
density = Zeilenabstand
density-compact = Kompakt
density-comfortable = Luftig
single-keys = Einzeltasten
on = An
off = Aus
all-keys = Tastenkürzel
sandbox = Sandkasten: was Kunden sehen
sign-out = Abmelden
close = Schließen
undo = Rückgängig
open = Öffnen
filter = Filter
apply = Übernehmen
move-keys = Bewegen
signed-out = Sie sind abgemeldet.
signed-out-text = Diese Seite zeigt den Stand von vorhin.
sign-in-again = Neu anmelden
new-short = Neu
new-ticket = Neues Ticket
new-ticket-title = Neues Ticket (C)
offline = Keine Verbindung.
offline-since-html = Sie sehen den Stand von { $time }. Sobald die Verbindung wieder da ist, wird er aufgefrischt.
reconnect = Erneut verbinden
request-failed = Das hat nicht geklappt.
request-failed-text = Was Sie eingegeben haben, steht noch da.
try-again = Erneut versuchen
loading = Wird geladen

## Tasten
key-palette = Strg K
key-escape = Esc
key-space = Leer
key-then = dann
keys-everywhere = Überall
keys-go-to = Gehe zu
keys-list = Liste
keys-ticket = Ticket und Auswahl
keys-search-list = In der Liste suchen
keys-overview = Diese Übersicht
keys-undo = Letzte Aktion zurücknehmen
keys-close = Schließen, Auswahl aufheben
keys-next-previous = Nächstes, voriges
keys-select = Auswählen
keys-extend = Auswahl erweitern
keys-select-all = Alle auswählen
keys-assign = Zuweisen
keys-assign-me = Mir zuweisen
keys-resubmit = Wiedervorlage setzen
keys-solve = Lösen
keys-spam = Spam
keys-trash = In den Papierkorb
keys-back = Zurück zur Liste

## Eigenschaften
status = Status
priority = Priorität
assignee = Zuständig
area = Bereich
queue = Warteschlange
category = Kategorie
request-type = Anfrageart
tag = Schlagwort
tags = Schlagwörter
contact = Kontakt
due = Frist
resubmission = Wiedervorlage
resubmission-at = Wiedervorlage am { $time }
resubmissions = Wiedervorlagen
status-is = Status: { $name }
priority-is = Priorität: { $name }
unread = Ungelesen

## Gespräch
quoted-lines = { $lines ->
    [one] Zitierter Text, { $lines } Zeile
   *[other] Zitierter Text, { $lines } Zeilen
}

## Belege
weight-enough = genügt
weight-needed = nötig dafür, erfüllt
weight-supports = stützt
weight-weak = schwach
weight-nothing = zählt nicht
weight-against = spricht dagegen
clue-same-delivery = Dieselbe Zustellung wurde schon geholt
clue-same-content = Dieselbe Mail liegt schon vor, Zeichen für Zeichen
clue-same-fingerprint = Dieselbe Mail kam schon auf einem anderen Weg an
clue-own-mail = Die Mail ist von uns selbst
clue-loop-mark = Etwas schickt unsere Mails zurück
clue-age = Die Mail ist älter, als das Postfach annimmt
clue-returned-mail = Nennt unsere Mail aus Ticket { $number }
clue-reply-token = Ging an die Antwortadresse des Tickets
clue-own-message-id = Antwortet auf eine Mail von uns
clue-forged-message-id = Nennt eine Kennung wie unsere, aber das Prüfzeichen stimmt nicht
clue-references = Nennt eine Mail dieses Gesprächs
clue-answered-before = Eine Mail im Ticket bezieht sich auf diese
clue-genuine-mark = Eigene Kennung, Prüfzeichen stimmt
clue-subject-number = Betreff trägt { $number }
clue-similar-subject = Betreff ist einem offenen Ticket ähnlich
clue-of-hundred = { $percent } von 100
clue-participant = { $address } ist am Ticket beteiligt
clue-stranger = { $address } ist am Ticket nicht beteiligt
clue-forwarded = Die Mail wurde hierher weitergeleitet
clue-closed-long-ago = Ticket { $number } ist schon zu lange gelöst
clue-mail-class = Automatisch erkannt: { $class }
clue-unknown-sender = { $address } ist nicht bekannt
clue-sender-pattern = { $address } passt zu den Absendern des Postfachs
clue-placed-by = { $name } hat sie hierher gelegt
clue-discarded-by = { $name } hat sie verworfen
clue-rule = Regel „{ $rule }“ traf zu
clue-setting = So ist das Postfach eingestellt

## Sorten von Mails
class-personal = persönlich
class-bounce-hard = Rückläufer, endgültig
class-bounce-soft = Rückläufer, vorläufig
class-delayed = verzögert
class-out-of-office = Abwesenheit
class-acknowledgement = Eingangsbestätigung
class-list = Verteiler
class-newsletter = Rundschreiben
class-calendar-reply = Antwort auf eine Einladung
class-read-receipt = Lesebestätigung
class-generated = Automat

## Was an einer Mail auffällt
odd-empty = Die Mail ist leer.
odd-not-a-mail = Das ist keine Mail, gezeigt wird der Text.
odd-no-from = Der Absender fehlt.
odd-two-from = Es stehen mehrere Absender da, der erste zählt.
odd-invalid-from = Der Absender ist keine Adresse.
odd-no-message-id = Die Mail hat keine Message-ID.
odd-invalid-message-id = Die Message-ID ist unbrauchbar.
odd-no-date = Das Datum fehlt.
odd-invalid-date = Das Datum ist keines.
odd-implausible-date = Das Datum kann nicht stimmen, es zählt der Eingang.
odd-no-text = Die Mail hat keinen Text.
odd-text-cut = Der Text ist zu lang, der Rest steht im Anhang.
odd-charset = Der Zeichensatz ist unbekannt oder falsch angegeben, er wurde erraten.
odd-encoding = Die Kodierung ist unbekannt, der Inhalt blieb, wie er ist.
odd-base64 = Ein Teil ist beschädigt.
odd-truncated = Die Mail bricht mitten in einem Teil ab.
odd-boundary = Die Trennlinie zwischen den Teilen fehlt.
odd-after-end = Hinter dem Ende steht Text, den andere Mailprogramme nicht zeigen.
odd-parts = Die Mail hat mehr Teile, als gelesen werden.
odd-depth = Die Teile sind tiefer verschachtelt, als gelesen wird.
odd-header-cut = Der Kopf ist zu lang und wurde gekürzt.
odd-header-garbage = Im Kopf steht eine Zeile, die nicht dorthin gehört.
odd-blank-line = Zwischen Kopf und Text fehlt die Leerzeile.
odd-recipients = Es sind mehr Empfänger, als behalten werden.
odd-references = Die Mail nennt mehr frühere Mails, als behalten werden.
odd-nul = Der Text enthielt unlesbare Zeichen, sie wurden weggelassen.
odd-line-ends = Die Zeilenenden sind ungewöhnlich.

## Was bei einer Entscheidung auffällt
notice-claims-ticket = Die Mail nennt Ticket { $number }, aber der Absender ist dort nicht beteiligt.
notice-stranger-joined = Der Absender ist an diesem Ticket nicht beteiligt.
notice-unknown-number = Die Nummer { $number } im Betreff gibt es nicht.
notice-other-tickets = Die Mail nennt auch: { $numbers }.
notice-closed-long-ago = Ticket { $number } war schon zu lange gelöst, deshalb entstand ein neues.
notice-forwarded-from = Die Mail wurde weitergeleitet, deshalb entstand ein neues Ticket statt { $number }.
notice-agent-without-proof = Der Absender trägt die Adresse eines Teammitglieds. Das beweist nichts.
notice-own-address = Der Absender trägt eine unserer Adressen. Das beweist nichts.
notice-reused-message-id = Eine andere Mail hat dieselbe Message-ID.
notice-forged-reference = Eine Kennung sieht aus wie unsere, aber das Prüfzeichen stimmt nicht.
notice-unmatched-report = Der Bericht nennt eine Mail, die hier nicht bekannt ist.

## Fehlerseiten
to-inbox = Zum Eingang
to-sign-in = Zur Anmeldung
not-found = Nicht gefunden
not-found-text = Das gibt es nicht, oder Sie dürfen es nicht sehen. Prüfen Sie die Adresse oder suchen Sie nach der Nummer.
forbidden = Dafür fehlt Ihnen ein Recht
forbidden-text = Fragen Sie jemanden, der Laufzettel bei Ihnen verwaltet.
forbidden-ask = Dieses Recht können Ihnen geben: { $names }.
gone = Das ist nicht mehr hier
gone-text = Es wurde gelöscht oder gehört jetzt zu einem anderen Ticket.
unreadable = Das konnte nicht gelesen werden
unreadable-text = Die Anfrage ist unvollständig. Gehen Sie zurück, prüfen Sie die Eingabe und senden Sie sie noch einmal.
too-large = Das ist zu groß
too-large-text = Angenommen werden höchstens { $limit }. Es wurde nichts gespeichert.
unavailable = Im Moment kann nichts gespeichert werden
unavailable-text = Lesen geht weiter, es geht nichts verloren. Versuchen Sie es in ein paar Minuten noch einmal.
storage-full = Der Speicher des Servers ist voll.
storage-full-text = Lesen geht weiter, aber nichts kann gespeichert werden. Neue Mails warten beim Mailserver. Sobald wieder Platz ist, geht es von selbst weiter.
failed = Das hat nicht geklappt
failed-text = Es wurde nichts geändert. Wenn es wieder geschieht, nennen Sie der Person, die Laufzettel bei Ihnen betreibt, die Nummer { $incident }.

## Der große Laufzettel neben der Anmeldung
slip-number = Nr. 48213
slip-matter = Vorgang
slip-matter-sample = Sechs Schreibtische mit Transportschaden
slip-customer = Kunde
slip-customer-sample = Stadtwerke Lindenau
slip-received = Eingang
slip-received-sample = 23.11.2026
slip-first-day = 23.11.
slip-second-day = 24.11.
slip-recorded = Aufgenommen
slip-checked = Schaden geprüft
slip-approved = Ersatz freigegeben
slip-booked = Abholung gebucht
slip-closed = Abschluss

## In Mails
wrote = Am { $date } um { $clock } schrieb { $name }:
forwarded-mail = Weitergeleitete Nachricht
head-from = Von
head-date = Datum
head-subject = Betreff
head-to = An
head-cc = Cc
