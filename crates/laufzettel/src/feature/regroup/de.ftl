# Nachrichten verschieben, abtrennen, Tickets zusammenführen

## Im Gespräch
joined-merged-html = <b>{ $ticket }</b> gehört jetzt hierher.
joined-came-html = Aus <b>{ $ticket }</b> kam etwas hierher.
joined-moved-html = Etwas gehört jetzt zu <b>{ $ticket }</b>.
joined-split-html = Etwas hat jetzt ein eigenes Ticket: <b>{ $ticket }</b>.
joined-messages = { $count ->
    [one] Eine Nachricht.
   *[other] { $count } Nachrichten.
}
joined-files = { $count ->
    [one] Ein Anhang.
   *[other] { $count } Anhänge.
}
joined-answers = Antworten an { $number } kommen hier an.
joined-answers-there = Antworten darauf kommen dort an.
separate = Wieder trennen
put-back = Zurücklegen
fetch-back = Zurückholen
moved-on-html = Dieses Ticket gehört jetzt zu <b>{ $number }</b>. Was Sie geschrieben haben, steht weiter im Schreibfeld.
open-ticket = { $number } öffnen
from-ticket = aus { $number }
event-merged-html = <b>{ $who }</b> hat <b>{ $number }</b> hierher zusammengeführt
event-came-html = <b>{ $who }</b> hat Nachrichten aus <b>{ $number }</b> hierher verschoben
event-moved-html = <b>{ $who }</b> hat Nachrichten nach <b>{ $number }</b> verschoben
event-split-html = <b>{ $who }</b> hat Nachrichten als <b>{ $number }</b> abgetrennt
event-separated-html = <b>{ $who }</b> hat das wieder getrennt: <b>{ $number }</b>

## Warum ist diese Nachricht hier?
was-moved-html = <b>{ $who }</b> hat sie { $time } aus <b>{ $number }</b> hierher gebracht.
was-written = { $name } hat sie in diesem Ticket geschrieben.
by-mailbox = Sie kam über das Postfach { $mailbox }.
belongs-elsewhere = Gehört sie woanders hin?
number-or-subject = Nummer oder Betreff
do-move = Verschieben
only-message = Es ist die einzige Nachricht: das ganze Ticket geht dorthin. Das lässt sich wieder trennen.
make-a-rule = Regel daraus machen
split-off = Als neues Ticket abtrennen

## Verschieben
move-title = Nachrichten verschieben
move-lead = Wählen Sie, was woanders hingehört. Anhänge, Zustellung und spätere Antworten folgen den Nachrichten.
which-messages = Nachrichten
where-to = Wohin
choose-all-hint = Wenn Sie alle wählen, werden die Tickets zusammengeführt.
older-stay = Hier stehen die neuesten { $count } Nachrichten.
which-ticket = Welches Ticket meinen Sie?
move-action = Nachricht verschieben oder abtrennen
subject-of-new = Betreff des neuen Tickets
subject-of-new-hint = Leer: der Betreff der ersten Nachricht.
cancel = Abbrechen

## Zusammenführen
merge = Zusammenführen
merge-menu = Mit anderem Ticket zusammenführen
merge-title = { $number } zusammenführen
merge-with = Mit welchem Ticket?
find = Finden
nobody-alike = Kein ähnliches Ticket gefunden. Suchen Sie nach einer Nummer, einem Betreff oder einem Namen.
found-nothing = Dazu wurde kein Ticket gefunden.
alike = Vorschläge
found = Gefunden
merge-selected = Zusammenführen …
merge-several-title = Tickets zusammenführen
merge-so-many = { $count ->
    [one] { $count } Ticket zusammenführen
   *[other] { $count } Tickets zusammenführen
}
which-one-stays = Welches Ticket bleibt?
last-change-html = zuletzt geändert { $time }
several-what = Nachrichten und Dateien kommen in das Ticket, das bleibt. Die anderen Nummern führen für immer dorthin, und spätere Antworten kommen dort an.
other-requesters = Diese Tickets haben verschiedene Anfragesteller. Anfragesteller bleibt, wer in dem Ticket fragt, das bleibt; die anderen werden Beteiligte.
other-areas = Diese Tickets liegen in verschiedenen Bereichen. Wer den Bereich des Tickets sieht, das bleibt, sieht danach alle Nachrichten.
back-to-list = Zurück zur Liste
not-among-them = Nicht dabei:
left-unknown = { $number } gibt es nicht, oder Sie dürfen es nicht sehen.
left-no-right = In { $number } dürfen Sie nicht arbeiten. Fragen Sie, wer seinen Bereich verwaltet.
left-merged = { $number } gehört schon zu { $other }.
left-in-trash = { $number } liegt im Papierkorb. Holen Sie es zuerst zurück.
choose-another = Anderes Ticket
which-stays = Welche Nummer bleibt?
stays = { $number } bleibt
stays-hint = { $other } führt dann für immer hierher.
together = { $count ->
    [one] Zusammen eine Nachricht.
   *[other] Zusammen { $count } Nachrichten.
}
together-what = Beteiligte, Schlagwörter, Verknüpfungen, Entwürfe und Mails im Postausgang kommen mit. Status, Zuständigkeit und Frist bleiben die des Tickets, das bleibt. Alles lässt sich wieder trennen.

## Hinweis
may-belong = Gehört vielleicht zu { $number }
same-person = { $subject } – dieselbe Person fragt, der Betreff ist ähnlich
same-company = { $subject } – dieselbe Firma fragt, der Betreff ist fast gleich
no-other = Nein
more-alike = { $count ->
    [one] { $count } weiteres
   *[other] { $count } weitere
}

## Danach
done-merged = { $source } in { $target } zusammengeführt
done-merged-several = { $count ->
    [one] Ein Ticket in { $target } zusammengeführt
   *[other] { $count } Tickets in { $target } zusammengeführt
}
done-moved = { $count ->
    [one] Eine Nachricht nach { $target } verschoben
   *[other] { $count } Nachrichten nach { $target } verschoben
}
done-split = { $count ->
    [one] Eine Nachricht als { $target } abgetrennt
   *[other] { $count } Nachrichten als { $target } abgetrennt
}
done-separated = Wieder getrennt
done-distinct = Wird nicht mehr vorgeschlagen

## Was nicht geht
no-ticket = Dieses Ticket gibt es nicht, oder Sie dürfen es nicht sehen.
no-target = Geben Sie an, wohin.
several = Das passt auf mehrere Tickets. Wählen Sie eines davon.
no-right-here = In diesem Ticket dürfen Sie nichts verschieben.
no-right-there = In diesem Ticket dürfen Sie nicht arbeiten. Fragen Sie, wer seinen Bereich verwaltet.
same-ticket = Das ist dasselbe Ticket. Wählen Sie ein anderes.
merged-before = Beide Nummern führen schon zu demselben Ticket.
source-in-trash = Dieses Ticket liegt im Papierkorb. Holen Sie es zuerst zurück.
target-in-trash = Das andere Ticket liegt im Papierkorb. Holen Sie es zuerst zurück.
nothing-chosen = Wählen Sie mindestens eine Nachricht.
messages-gone = Eine der Nachrichten liegt nicht mehr in diesem Ticket. Prüfen Sie die Auswahl.
nothing-left = Mindestens eine Nachricht muss bleiben. Um alles zu verlegen, führen Sie die Tickets zusammen.
too-many = Das sind zu viele Nachrichten auf einmal.
one-ticket = Wählen Sie mindestens zwei Tickets.
too-many-tickets = Das sind zu viele Tickets auf einmal. Wählen Sie höchstens 20.
none-stays = Wählen Sie, welches Ticket bleibt.
nothing-merged = Es wurde nichts zusammengeführt. Prüfen Sie, was sich geändert hat, und versuchen Sie es mit den übrigen noch einmal.
separated-before = Das ist schon wieder getrennt.
separated-elsewhere = Die Nachrichten liegen inzwischen woanders. Trennen Sie zuerst, was danach kam.
