composer = Antwort schreiben
kind-of-message = Art der Nachricht
reply = Antwort
note = Interne Notiz
forward = Weiterleiten
text-of = { $kind }: Text
note-hint = Nur für das Team.
closed = Das Ticket ist abgeschlossen.
write-nevertheless = Trotzdem schreiben
to = An
cc = Cc
bcc = Bcc
subject = Betreff
from = Von
sender = Absender
formatting = Formatierung
insert-block = Textbaustein einfügen
block = Textbaustein
signature = Signatur
only-text = Nur Text
saved = Entwurf gesichert { $at }
save-failed = Der Entwurf ist noch nicht gesichert. Er wird weiter versucht.
signed-out = Sie sind abgemeldet. Ihr Text bleibt in diesem Browser. Melden Sie sich an, um weiterzuschreiben.
still-uploading = Die E-Mail wird gesendet, sobald die Dateien hochgeladen sind.
attachment-words = anhang,anhänge,angehängt,anlage,anlagen,beigefügt,anbei,attached,attachment,enclosed
send = Senden
send-otherwise = Andere Sendeart wählen
only-send = Nur senden
send-and-wait = Senden, auf Kunde warten
send-and-solve = Senden und lösen
key-send = Strg ↵
key-send-and-solve = Strg ⇧ ↵
leaves-at-once = Geht sofort hinaus
undo-for = { $seconds ->
    [one] Lässt sich { $seconds } Sekunde lang zurückholen
   *[other] Lässt sich { $seconds } Sekunden lang zurückholen
}
file-note = Notiz ablegen
no-attachment = Es ist keine Datei angehängt.
no-attachment-text = Ihr Text spricht von einem Anhang.
back-to-text = Zurück zum Text
send-without = Ohne Anhang senden
bold = Fett
italic = Kursiv
bullets = Aufzählung
numbers = Nummerierte Liste
quote = Zitat
link = Link
undo = Rückgängig
text-is-safe = Ihr Text steht weiter im Schreibfeld.
refused-denied = Sie dürfen in diesem Ticket nicht mehr schreiben, oder es ist nicht mehr da.
refused-empty = Die Nachricht ist leer.
refused-no-recipient = Die Antwort hat keinen Empfänger.
refused-no-address = „{ $text }“ ist keine E-Mail-Adresse.
refused-own-mailbox = { $text } ist eines Ihrer eigenen Postfächer. Die Antwort käme als neue Nachricht zurück.
refused-too-many = Eine E-Mail kann höchstens 200 Empfänger haben.
refused-no-sender = Es gibt keine Absenderadresse. Eine Person mit Verwaltungsrecht legt unter „Absender“ eine an.
with-reference = { $subject } · Ihr Zeichen: { $reference }
refused-mails-off = Mails werden zurzeit nicht versendet. Jemand mit Verwaltungsrecht hat sie unter „Mails im ganzen Haus“ ausgeschaltet.
refused-trashed = Das Ticket liegt inzwischen im Papierkorb. Holen Sie es zurück, dann senden Sie noch einmal.
refused-news = Inzwischen kam eine Nachricht dazu. Lesen Sie sie und senden Sie dann noch einmal.
refused-merged = Dieses Ticket gehört inzwischen zu { $number }. Lesen Sie, was dort steht, und senden Sie dann noch einmal.
refused-elsewhere = Die Nachricht, auf die Sie antworten, liegt inzwischen in einem anderen Ticket. Prüfen Sie die Empfänger und senden Sie dann noch einmal.
refused-own-news = Sie haben inzwischen selbst geantwortet. Lesen Sie Ihre Antwort und senden Sie dann noch einmal.
sent-already = Diese Nachricht ist schon gesendet.
refused-strangers = { $list } bekommt zum ersten Mal Post zu diesem Ticket und kann danach darauf antworten.
refused-upload = Eine Datei ist nicht mehr da. Hängen Sie sie noch einmal an.
refused-too-large = Die Dateien haben zusammen mehr als 25 MB.
send-nevertheless = Trotzdem senden
means-them = So ist es gemeint
not-sent = Die Antwort wurde nicht gesendet.
sent = Antwort gesendet
will-be-sent = { $seconds ->
    [one] Die Antwort geht in { $seconds } Sekunde hinaus
   *[other] Die Antwort geht in { $seconds } Sekunden hinaus
}
will-be-forwarded = { $seconds ->
    [one] Die Nachricht wird in { $seconds } Sekunde weitergeleitet
   *[other] Die Nachricht wird in { $seconds } Sekunden weitergeleitet
}
note-filed = Notiz abgelegt
recalled = Die Antwort ist zurückgeholt und steht wieder im Schreibfeld
recalled-too-late = Die Antwort ist schon hinaus und lässt sich nicht mehr zurückholen.
ticket-moves = Das Ticket ändert sich gerade mehrfach. Senden Sie noch einmal.
nobody-found = Niemand gefunden. Sie können eine Adresse eintippen.
underline = Unterstrichen
strike = Durchgestrichen

## Interne Notizen, die als E-Mail hinausgehen
mail-note = Per E-Mail an
nobody-gets-it = Niemand, nur ablegen
short = Kurzbeschreibung
refused-outside = { $list } gehört nicht zum Team und bekommt diese interne Notiz mit allen Dateien.
refused-may-not-see = { $list } darf dieses Ticket nicht sehen. Nehmen Sie die Adresse heraus oder geben Sie der Person das Recht dazu.
note-sent = Notiz abgelegt und gesendet
note-will-be-sent = { $seconds ->
    [one] Die Notiz ist abgelegt und geht in { $seconds } Sekunde hinaus
   *[other] Die Notiz ist abgelegt und geht in { $seconds } Sekunden hinaus
}
note-recalled = Die Notiz ist zurückgeholt und steht wieder im Schreibfeld
note-subject = Interne Notiz: { $subject }
note-mail-by = { $name } schreibt Ihnen zu Ticket { $number } „{ $subject }“. Die Kundin oder der Kunde sieht diese Nachricht nicht.
note-mail-answer = Bitte antworten Sie auf der Seite des Tickets:
concerns = Betrifft
written-at = Zeitpunkt
refused-concerned = Eine der gewählten Personen arbeitet nicht mehr hier. Wählen Sie noch einmal, wen die Notiz betrifft.
refused-to-come = Der Zeitpunkt liegt in der Zukunft. Wählen Sie einen, der schon war.
only-keep = Nur festhalten, nicht senden
kept = Festgehalten, ohne eine E-Mail zu senden
