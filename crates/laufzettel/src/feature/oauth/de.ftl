# Anmeldung bei einem Mailanbieter statt eines Passworts

title = Anmeldung bei { $name }
about = { $name } lässt Programme nur mit einer Anmeldung an ein Postfach, nicht mit dem Passwort. Dafür meldet die Verwaltung Laufzettel dort einmal an; danach meldet sich jemand für das Postfach an.
for-account = Postfach
ready = Laufzettel ist bei { $name } angemeldet. Es fehlt noch die Anmeldung für dieses Postfach.
sign-in-at = Bei { $name } anmelden
sign-in-again = Neu anmelden
back = Zurück

## Schritte
steps = So melden Sie Laufzettel bei { $name } an
steps-about = Das dauert etwa fünf Minuten und braucht jemanden, der dort verwalten darf.
redirect = Umleitungs-URI
permission = Berechtigung
copy = Kopieren
copied = Kopiert
microsoft-1 = Öffnen Sie das Microsoft Entra Admin Center (entra.microsoft.com) und dort „App-Registrierungen“, „Neue Registrierung“.
microsoft-2 = Name: Laufzettel. Unterstützte Kontotypen: „Nur Konten in diesem Organisationsverzeichnis“. Umleitungs-URI: Plattform „Web“ und die Adresse von unten.
microsoft-3 = Unter „API-Berechtigungen“: „Berechtigung hinzufügen“, „Von meiner Organisation verwendete APIs“, „Office 365 Exchange Online“, „Delegierte Berechtigungen“: IMAP.AccessAsUser.All und SMTP.Send. Dann „Administratorzustimmung erteilen“.
microsoft-4 = Unter „Zertifikate & Geheimnisse“: „Neuer geheimer Clientschlüssel“. Kopieren Sie den Wert, nicht die ID; er wird nur einmal gezeigt.
microsoft-5 = Im Exchange Admin Center beim Postfach unter „E-Mail-Apps verwalten“: „IMAP“ und „Authentifiziertes SMTP“ einschalten.
google-1 = Öffnen Sie die Google Cloud Console (console.cloud.google.com), legen Sie ein Projekt an und schalten Sie dort die „Gmail API“ ein.
google-2 = Unter „Google Auth Platform“: Name Laufzettel, Zielgruppe „Intern“. Mit „Extern“ im Testbetrieb endet jede Anmeldung nach sieben Tagen.
google-3 = Unter „Datenzugriff“ den Bereich https://mail.google.com/ hinzufügen.
google-4 = Unter „Clients“: „Client erstellen“, Anwendungstyp „Webanwendung“, Weiterleitungs-URI: die Adresse von unten.
google-5 = Kopieren Sie Client-ID und Clientschlüssel; der Schlüssel wird nur einmal gezeigt.
no-https = { $name } schickt nur zu Adressen mit https zurück. Diese Installation ist ohne https erreichbar: Tragen Sie zuerst base_url mit https:// in die Konfiguration ein.

## Registrierung
registration = Registrierung
client-id-microsoft = Anwendungs-ID (Client)
client-id-google = Client-ID
client-secret = Clientschlüssel
secret-kept = Der abgelegte gilt weiter, solange hier nichts steht. Er wird verschlüsselt und nie gezeigt.
secret-new = Er wird verschlüsselt abgelegt und nie gezeigt.
secret-ends-on = Der Schlüssel gilt bis
secret-ends-on-hint = Laufzettel erinnert 30 Tage vorher.
tenant = Verzeichnis-ID (Mandant)
tenant-hint = Leer: jede Organisation.
other-addresses = Andere Adressen
other-addresses-about = Nur nötig, wenn ein eigener Anmeldedienst davor steht.
authorize-url = Adresse zum Anmelden
token-url = Adresse für Token
save = Speichern
save-and-go = Speichern und bei { $name } anmelden
saved = Gespeichert.
stale = Jemand anderes hat die Registrierung gerade geändert. Sie sehen Ihre Eingaben; beim nächsten Speichern gelten sie.
too-long = Höchstens 500 Zeichen in einer Zeile.
client-id-odd = Eine ID hat keine Leerzeichen. Kopieren Sie sie noch einmal.
client-id-missing = Bitte die ID eintragen, die der Anbieter vergeben hat.
secret-missing = Bitte den Schlüssel eintragen.
tenant-odd = Die Verzeichnis-ID besteht aus Ziffern, Buchstaben und Strichen, oder sie ist der Name der Domäne.
url-odd = Eine Adresse, die mit https:// beginnt.
day-over = Dieser Tag ist vorbei, der Schlüssel gilt nicht mehr. Legen Sie beim Anbieter einen neuen an.
day-odd = Ein Tag wie 2027-11-24.
not-an-address = Das ist keine Mailadresse.

## Ohne Anmeldung
without = Ohne Anmeldung: weiterleiten
without-1 = Legen Sie bei einem Anbieter mit IMAP ein Postfach nur für Laufzettel an und richten Sie es hier ein.
without-2 = Leiten Sie das bisherige Postfach dorthin weiter, bei Microsoft im Exchange Admin Center unter „Nachrichtenfluss“, bei Google unter „Weiterleitung und POP/IMAP“.
without-3 = Tragen Sie unter Absender die bisherige Adresse ein und als Mailserver Ihr eigenes Relay oder das des neuen Postfachs. Dessen Server muss im SPF-Eintrag Ihrer Domäne stehen.

## Anmeldungen
logins = Anmeldungen
no-logins = Noch hat sich niemand für ein Postfach angemeldet.
account = Postfach
since = Seit
state = Stand
works = gilt
ended = beendet

## Weiter zum Anbieter
go = Weiter zu { $name }
go-about = Melden Sie sich dort als { $account } an und stimmen Sie zu. Bei einem gemeinsamen Postfach melden Sie sich mit einem Konto an, das Vollzugriff darauf hat. Danach kommen Sie hierher zurück.

## Zurück vom Anbieter
almost = Fast fertig
almost-about = { $name } hat die Anmeldung bestätigt.
connect = Postfach verbinden
not-signed-in = Nicht angemeldet
denied = Bei { $name } wurde abgebrochen oder nicht zugestimmt.
odd-answer = { $name } hat die Anmeldung nicht bestätigt.
unknown-state = Diese Anmeldung ist zu alt, wurde schon benutzt oder gehört jemand anderem. Beginnen Sie noch einmal.
sign-in-ended = { $name } nimmt die Anmeldung nicht mehr an. Melden Sie sich noch einmal an.
client-refused = { $name } nimmt die Registrierung nicht an. Prüfen Sie Anwendungs-ID und Clientschlüssel.
unavailable = { $name } ist nicht erreichbar. Versuchen Sie es gleich noch einmal.
words = Was der Anbieter sagt
again = Noch einmal versuchen

## Hinweise
login-ended = { $account }: bitte neu anmelden
login-ends = { $days ->
    [one] { $account }: Die Anmeldung endet morgen
   *[other] { $account }: Die Anmeldung endet in { $days } Tagen
}
login-ended-text = Ohne Anmeldung bei { $name } werden keine Mails geholt und gesendet. Nichts geht verloren: Was wartet, geht nach der Anmeldung.
secret-ended = Der Clientschlüssel bei { $name } ist abgelaufen
secret-ends = { $days ->
    [one] Der Clientschlüssel bei { $name } läuft morgen ab
   *[other] Der Clientschlüssel bei { $name } läuft in { $days } Tagen ab
}
secret-ended-text = Legen Sie bei { $name } einen neuen an und tragen Sie ihn ein, sonst werden keine Mails mehr geholt und gesendet.
renew-secret = Schlüssel eintragen

## Auf den Seiten von Postfächern und Absendern
signs-in = Anmeldung
by-password = Mit Passwort
nobody-yet = Bei { $name } hat sich noch niemand als { $user } angemeldet. Das geht unter Einstellungen, E-Mails, „Anmeldung bei { $name }“.
only-administrators = An welchen Server eine Anmeldung geht, stellt nur die Verwaltung ein.

## Als Anwendung
who-signs-in = Wer meldet sich an
who-signs-in-hint = Als Anwendung öffnet Laufzettel selbst die Postfächer, die Sie ihm freigeben, auch gemeinsame; niemand meldet sich an und keine Anmeldung endet.
by-person = Eine Person, einmal je Postfach
by-application = Laufzettel selbst, als Anwendung
no-application = Bei { $name } meldet sich immer eine Person an.
tenant-missing = Eine Anwendung meldet sich am Verzeichnis Ihrer Organisation an: Bitte die Verzeichnis-ID eintragen.
ready-application = Laufzettel öffnet Postfächer bei { $name } als Anwendung. Niemand muss sich anmelden.
try-application = Zugang prüfen
saved-and-works = Gespeichert. { $name } gibt Laufzettel Zugang; welche Postfächer es öffnen darf, zeigt der Test beim Postfach.
application-steps = Als Anwendung: was dann anders ist
application-about = Diese Schritte kommen statt der delegierten Berechtigungen und der Anmeldung. Sie brauchen jemanden, der Exchange Online mit PowerShell verwaltet.
application-1 = Unter „API-Berechtigungen“: „Office 365 Exchange Online“, „Anwendungsberechtigungen“: IMAP.AccessAsApp, SMTP.SendAsApp und für POP3 POP.AccessAsApp. Dann „Administratorzustimmung erteilen“.
application-2 = Kopieren Sie unter „Unternehmensanwendungen“, Laufzettel, die Objekt-ID. Es ist nicht die Objekt-ID der App-Registrierung.
application-3 = Machen Sie die Anwendung in Exchange Online bekannt: der erste Befehl von unten, nach Connect-ExchangeOnline.
application-4 = Geben Sie jedes Postfach einzeln frei, das Laufzettel lesen und als das es senden soll: die beiden anderen Befehle. Andere Postfächer öffnet es dann nicht.
application-5 = Wählen Sie hier „Laufzettel selbst“, speichern Sie und testen Sie danach das Postfach. Eine Freigabe gilt manchmal erst nach einer halben Stunde.
command-known = Befehl: Anwendung bekannt machen
command-read = Befehl: Postfach lesen lassen
command-send = Befehl: als Postfach senden lassen
