-- SPDX-FileCopyrightText: 2026 The Rundruf authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a shop had in a database of version 1; its schema is migrations/0001.sql.
INSERT INTO settings VALUES ('floor:sms', 'E2');
INSERT INTO imports (id, file_name, sha256, format, encoding, started_at, finished_at, rows, people, n_new)
  VALUES (1, 'kunden.csv', 'ab', 'csv', 'windows-1252', 1760000000000000, 1760000001000000, 2, 2, 2);
INSERT INTO people (id, name, name_key, first_name, last_name, city, created_at, changed_at, import_id) VALUES
  (1, 'Anna Müller', x'616e6e61', 'Anna', 'Müller', 'Bonn', 1760000000000000, 1760000000000000, 1),
  (2, 'Boğaç', x'626f', NULL, NULL, NULL, 1760000000000000, 1760000000000000, 1);
INSERT INTO contact_points (id, person_id, kind, address, as_entered, import_id) VALUES
  (1, 1, 'phone', '+4915112345001', '0151 12345001', 1),
  (2, 2, 'email', 'bogac@example.org', 'Bogac@example.org', 1),
  (3, NULL, 'phone', '+4915112345003', NULL, NULL);
INSERT INTO person_tags VALUES (1, 'stamm');
INSERT INTO people_search (rowid, name, addresses, tags, city) VALUES
  (1, 'Anna Müller', '+4915112345001', 'stamm', 'Bonn'), (2, 'Boğaç', 'bogac@example.org', NULL, NULL);
INSERT INTO posts (post_id, title, published_at, reach, imported_at)
  VALUES ('1_2', 'Grillfleisch', '2025-06-01T07:00', 812, 1760000000000000);
INSERT INTO page_days VALUES ('reach', '2025-06-01', 900);
