# Was mit einem Ticket getan wird

leave = Abbrechen
solve = Lösen
solve-question = Ticket lösen?
solve-text = Es steht dann in keiner offenen Liste mehr.
solved = Gelöst
abandon = Nicht gelöst schließen
abandon-question = Ticket ohne Lösung schließen?
abandon-text = Es wird abgebrochen und steht in keiner offenen Liste mehr. Sie können es später wieder öffnen.
abandoned = Nicht gelöst geschlossen
reopen = Wieder öffnen
reopen-question = Ticket wieder öffnen?
reopen-text = Es steht dann wieder bei den offenen Tickets.
reopened = Wieder geöffnet
claimed = Sie sind jetzt zuständig
unclaimed = Niemand ist mehr zuständig
claimed-by = { $name } hat dieses Ticket schon übernommen.
not-yours = Zuständig ist { $name }. Zurückgeben kann nur, wer zuständig ist.
closed-already = Das Ticket ist schon geschlossen.
open-already = Das Ticket ist schon offen.

## Wer davon erfährt
inform-question = Wen möchten Sie informieren?
inform-text = Wer markiert ist, bekommt eine E-Mail. Die Zuweisung gilt in jedem Fall.
inform = Informieren
inform-nobody = Niemanden
inform-requester = { $address }: Ihre Anfrage wird bearbeitet
new-assignee = neu zuständig
former-assignee = bisher zuständig
informed = Wird informiert
closing-question = Wen möchten Sie über die Lösung informieren?
closing-question-text = Das Ticket ist geschlossen, auch wenn Sie niemanden informieren.
all-contacts = Alle Kontakte ({ $count })
nobody = Niemanden
message = Text
with-history = Mit dem ganzen Verlauf darunter, ohne interne Notizen
send = Senden
send-nothing = Nichts senden
no-contact = Zu diesem Ticket gibt es keine Adresse. Niemand wurde informiert.
closing-too-long = Der Text ist zu lang.
closing-many-text = Alle Kontakte jedes Tickets bekommen eine E-Mail mit dem üblichen Satz. Die Tickets sind geschlossen, auch wenn Sie niemanden informieren.
inform-contacts = Kontakte informieren
