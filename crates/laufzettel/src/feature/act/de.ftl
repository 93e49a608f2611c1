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
