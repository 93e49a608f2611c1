# Kunden zusammenführen

title = { $name } zusammenführen
leave = Zurück zum Kunden
with-whom = Wer ist noch einmal da?
find = Finden
nobody = Niemand gefunden. Suchen Sie nach einem anderen Namen, einer Adresse oder Telefonnummer.
becomes = { $gone } geht in { $kept } auf
join = Zusammenführen
somebody-else = Jemand anderes
can-be-undone = Lässt sich im Verlauf rückgängig machen.
for-field = für { $label }
empty = leer
tickets = Tickets
both-stay = Alle bleiben: { $list }
tickets-together = { $kept } und { $gone }, zusammen { $all }. Antworten an alte Adressen kommen weiter an.
notes-together = Beide Notizen stehen dann untereinander.
