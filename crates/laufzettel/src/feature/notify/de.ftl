# Mails an das Team

assigned = Sie sind jetzt zuständig
passed-on = Ihr Ticket wurde weitergegeben
answered = Neue Antwort
failed = Nicht zugestellt
assigned-by = { $name } hat Ihnen dieses Ticket gegeben.
passed-on-by = { $name } hat dieses Ticket weitergegeben. Sie sind nicht mehr zuständig.
answered-by = { $name } hat geantwortet.
failed-text = Eine E-Mail, die Sie geschrieben haben, konnte nicht zugestellt werden.
server-said = Der Mailserver sagt: { $words }
wrote = { $name } schrieb zuletzt:
answer-on-the-page = Bitte antworten Sie auf der Seite des Tickets. Eine Antwort auf diese E-Mail kommt beim Kunden nicht an.

# Mails an Kunden

closing-text = Guten Tag, Ihre Anfrage { $number } ist abgeschlossen. Wenn noch etwas offen ist, antworten Sie einfach auf diese E-Mail.
in-progress-text = Guten Tag, Ihre Anfrage { $number } wird jetzt bearbeitet.
