# Startseite der Vorführung

title = Vorführung
company-html = Sie arbeiten bei { $company }, einer erfundenen Firma mit erfundenen Kunden.
who = Als wer möchten Sie sich umsehen?
temporary = Alles hier ist vorläufig: Mit dem Ende des Programms verschwinden die Daten.
send-html = Eine Mail an { $mailbox }, geschickt per LMTP an { $place }, erscheint von selbst im Eingang.
sandbox = Sandkasten
sandbox-html = Was Sie senden, verlässt diesen Rechner nicht: Der { $sandbox } zeigt es, wie Ihre Kunden es sehen.
