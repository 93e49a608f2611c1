# Neues Ticket

opening-greeting = Guten Tag,
opening-text = wir haben Ihr Anliegen unter der Nummer { $number } aufgenommen und kümmern uns darum.
opening-answer = Wenn Sie etwas ergänzen möchten, antworten Sie bitte auf diese E-Mail.
