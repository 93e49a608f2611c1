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

# Mails an Adressen des Hauses

house-new = Neues Ticket
house-new-text = Es gibt ein neues Ticket.
house-answer = Neue Antwort
house-answer-text = Der Kunde hat geantwortet.

# Zu große Mails

too-large-text = Guten Tag, Ihre E-Mail „{ $subject }“ ist bei uns angekommen, aber sie ist zu groß: Wir nehmen E-Mails bis { $mebibytes } MiB. Text und Anhänge konnten wir nicht lesen. Bitte schicken Sie sie noch einmal mit kleineren oder weniger Anhängen, am besten als Antwort auf diese E-Mail.
