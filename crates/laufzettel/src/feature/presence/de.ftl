# Wer noch da ist

writes = { $name } schreibt
several-write = Mehrere schreiben
is-writing = { $name } schreibt gerade
is-looking = { $name } sieht dieses Ticket gerade an
