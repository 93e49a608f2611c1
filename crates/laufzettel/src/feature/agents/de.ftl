# Personen und Rechte

people = Personen und Rechte
about = Die Rolle gibt die Rechte vor. Was Sie hier je Bereich ändern, gilt für diese Person anstelle der Rolle.
invite = Einladen
invite-title = Jemanden einladen
about-invite = Die Person bekommt eine Mail mit einem Link. Er gilt sieben Tage und nur einmal, dahinter legt sie ihr Passwort fest.
send-invitation = Einladung senden
invite-again = Einladung noch einmal senden
person = Person
find = Person suchen
name = Name
email = E-Mail-Adresse
email-hint = Damit meldet sich die Person an.
role = Rolle
role-administrator = Verwaltung
role-agent = Bearbeitung
role-read-only = Nur lesen
role-hint = Verwaltung darf alles überall. Bearbeitung arbeitet in allen Bereichen. Nur lesen sieht alles und ändert nichts.
active = Aktiv
inactive = Ausgeschieden
invited = eingeladen
no-people = Niemand passt dazu.
level = Recht
level-own = eigene
level-read = lesen
level-work = bearbeiten
level-manage = verwalten
level-none = kein Zugang
level-of-role = wie die Rolle
level-as-elsewhere = wie in allen anderen
level-own-about = nur die der Person
level-read-about = alle sehen
level-work-about = antworten, ändern, zuweisen
level-manage-about = dazu Nachrichten berichtigen und löschen
levels = Rechte je Bereich
elsewhere = In allen anderen Bereichen
level-in = { $name }, { $area }
flags = Rechte im ganzen Haus
flags-own = Eigene Auswahl statt der Rolle
flags-hint = Ohne Haken gelten die Rechte der Rolle.
flag-create = Tickets anlegen
flag-delete = Tickets löschen
flag-export = Exportieren
flag-settings = Einstellungen ändern
flag-person-figures = Kennzahlen einzelner Personen sehen
flag-rules = Regeln für eingehende Mails schreiben
phone = Telefon
signature = Signatur unter Antworten
signature-hint = Diese Wörter werden ersetzt: { $names }. Ohne Angabe steht die Signatur des Postfachs da.
language = Sprache
language-own = Wie im Browser
german = Deutsch
english = Englisch
undo-seconds = Sekunden zum Zurückholen
all-rights = Verwaltung darf alles überall. Neben dieser Rolle gibt es keine Rechte je Bereich und keine eigene Auswahl.
all-notices = alle
none-of-them = keine
notices = Benachrichtigungen
password = Passwort
sessions = Anmeldungen beendet
save = Speichern
access = Zugang
sign-out-everywhere = Überall abmelden
sign-out-hint = Beendet alle Anmeldungen auf allen Geräten. Die Person meldet sich neu an.
reset-password = Link für ein neues Passwort senden
reset-hint = Die Person bekommt eine Mail mit einem Link, der einen Tag und nur einmal gilt.
deactivate = Zugang beenden
deactivate-hint = Die Person kann sich nicht mehr anmelden. Was sie geschrieben hat, bleibt.
open-tickets = { $tickets ->
    [one] Ein offenes Ticket ist ihr zugewiesen.
   *[other] { $tickets } offene Tickets sind ihr zugewiesen.
}
no-open-tickets = Ihr ist kein offenes Ticket zugewiesen.
hand-over = Offene Tickets gehen an
hand-over-nobody = Niemanden: wieder nicht zugewiesen
activate = Zugang wieder öffnen

## Was nicht geht
name-missing = Geben Sie einen Namen ein.
name-long = Ein Name hat höchstens 200 Zeichen. Kürzen Sie ihn.
email-wrong = Geben Sie eine Adresse wie anna@example.de ein.
email-ours = Das ist die Adresse eines Postfachs: Was dorthin geschickt wird, lesen alle, auch Links für Passwörter. Geben Sie eine eigene ein.
email-taken = Mit dieser Adresse gibt es schon eine Person. Geben Sie eine andere ein.
phone-long = Eine Telefonnummer hat höchstens 60 Zeichen. Kürzen Sie sie.
no-phone-number = Das ist keine Telefonnummer. Geben Sie eine mit Ziffern ein oder lassen Sie das Feld leer.
signature-long = Die Signatur ist zu groß. Kürzen Sie sie.
unknown-choice = Diese Auswahl gibt es nicht. Wählen Sie neu.
last-administrator = Das ist die letzte Person in der Verwaltung. Geben Sie zuerst jemand anderem diese Rolle.
no-successor = Diese Person kann die Tickets nicht übernehmen. Wählen Sie jemand anderen.
cannot-work = { $name } darf in „{ $area }“ nicht arbeiten und kann die Tickets dort nicht übernehmen.
stale = Jemand anderes hat diese Person inzwischen geändert. Was Sie eingegeben haben, steht noch da. Speichern Sie noch einmal, wenn es gelten soll.
no-sender = Es gibt noch keinen Absender, deshalb kann keine Mail hinausgehen. Legen Sie zuerst einen Absender an.

## Meldungen
invited-toast = Die Einladung an { $name } ist unterwegs.
reset-toast = Der Link an { $name } ist unterwegs.
saved = „{ $name }“ ist gesichert.
signed-out = { $name } ist überall abgemeldet.
deactivated = Der Zugang von { $name } ist beendet.
activated = Der Zugang von { $name } ist wieder offen.

## Programme
scopes = Darf
expires-at = Gilt bis
agent = Person
token-name = Wofür
scope-tickets-read = Tickets lesen
scope-tickets-write = Tickets schreiben
scope-mails-read = Mails lesen
scope-mails-write = Mails einliefern
scope-contacts-read = Kunden lesen
scope-contacts-write = Kunden schreiben
scope-settings = Einstellungen ändern
