# Dateien, die hochgeladen werden

attach = Datei anhängen
file-too-large = { $name } ist zu groß. Zusammen dürfen die Dateien 25 MB haben.
remove = { $name } entfernen
upload-failed = Die Datei ist nicht angekommen. Versuchen Sie es noch einmal.
cancel-upload = Hochladen von { $name } abbrechen
retry-upload = { $name } noch einmal hochladen
choose = Dateien
too-large = Die Dateien haben zusammen mehr als 25 MB.
empty = Die Datei ist leer.
file-empty = { $name } ist leer und wird nicht angehängt.
