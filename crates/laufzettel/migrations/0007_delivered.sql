-- What a new installation begins with. Everything here can be renamed, moved and switched off.

insert into setting (name, value) values ('number_mask', 'TS{yy}{mm}-{0000}');

insert into area (id, key, name, name_en, position, active, hue, number_mask, version) values
    (1, 'support', 'Support', null, 1, 1, 1, null, 1);

insert into status (id, key, name, name_en, kind, position, active, version) values
    (1, 'neu', 'Neu', 'New', 'unread', 1, 1, 1),
    (2, 'gelesen', 'Gelesen', 'Read', 'read', 2, 1, 1),
    (3, 'zugewiesen', 'Zugewiesen', 'Assigned', 'assigned', 3, 1, 1),
    (4, 'offen', 'Offen', 'Open', 'in_progress', 4, 1, 1),
    (5, 'wartet', 'Wartet auf Kunde', 'Waiting for customer', 'waiting_requester', 5, 1, 1),
    (6, 'rueckfrage', 'Rückfrage intern', 'Internal query', 'waiting_internal', 6, 1, 1),
    (7, 'klaeren', 'Zu klären', 'To clarify', 'to_clarify', 7, 1, 1),
    (8, 'zurueckgestellt', 'Zurückgestellt', 'On hold', 'on_hold', 8, 0, 1),
    (9, 'geloest', 'Gelöst', 'Solved', 'done', 9, 1, 1),
    (10, 'abgebrochen', 'Abgebrochen', 'Cancelled', 'cancelled', 10, 1, 1),
    (11, 'papierkorb', 'Papierkorb', 'Trash', 'trash', 11, 1, 1);

insert into priority (id, key, name, name_en, position, active, is_default, version) values
    (1, 'niedrig', 'Niedrig', 'Low', 1, 1, 0, 1),
    (2, 'normal', 'Normal', 'Normal', 2, 1, 1, 1),
    (3, 'hoch', 'Hoch', 'High', 3, 1, 0, 1),
    (4, 'dringend', 'Dringend', 'Urgent', 4, 1, 0, 1);

insert into request_type (id, key, name, name_en, position, active, is_default, version) values
    (1, 'kaufmaennisch', 'Kaufmännische Frage', 'Commercial question', 1, 1, 0, 1),
    (2, 'hilfe', 'Hilfe zur Bedienung', 'Functional help', 2, 1, 0, 1),
    (3, 'stoerung', 'Störung oder Fehler', 'Issue or bug', 3, 1, 0, 1),
    (4, 'aenderung', 'Änderung oder Erweiterung', 'Change or enhancement', 4, 1, 0, 1),
    (5, 'sonstiges', 'Sonstiges', 'Other', 5, 1, 1, 1),
    (6, 'problem', 'Problem', 'Problem', 6, 0, 0, 1),
    (7, 'projekt', 'Projekt', 'Project', 7, 0, 0, 1);

insert into category (id, key, name, name_en, parent, position, active, is_public, version) values
    (1, 'sonstiges', 'Sonstiges', 'Other', null, 1, 1, 1, 1);
