# Automatische Antworten

your-request = Ihre Anfrage
