-- SPDX-FileCopyrightText: 2026 The Rundruf authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Contacts and consent in depth: more of a person, steps that can be undone, saved segments,
-- a library of wordings, evidence, the suppression list, and requests with their deadline.

ALTER TABLE people ADD COLUMN prefix TEXT;
ALTER TABLE people ADD COLUMN middle_name TEXT;
ALTER TABLE people ADD COLUMN suffix TEXT;
ALTER TABLE people ADD COLUMN nickname TEXT;

-- Fields of the user's own: "Kundennummer", "Lieblingswurst".
CREATE TABLE person_fields (
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  name      TEXT NOT NULL COLLATE NOCASE,
  value     TEXT NOT NULL,
  PRIMARY KEY (person_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_fields_by_value ON person_fields (name, value COLLATE NOCASE);

-- A step is what the user did with one click: an edit, a merge, tags for many, an import.
CREATE TABLE steps (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  title     TEXT NOT NULL,
  import_id INTEGER UNIQUE REFERENCES imports,
  done_at   INTEGER NOT NULL,
  undone_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Each place that a step changed, with what stood there before and after; NULL = nothing. What
-- an import itself brought is not listed: it bears the import's number.
CREATE TABLE step_changes (
  id      INTEGER PRIMARY KEY,
  step_id INTEGER NOT NULL REFERENCES steps ON DELETE CASCADE,
  what    TEXT NOT NULL,
  row_id  INTEGER NOT NULL,
  key     TEXT NOT NULL DEFAULT '',
  before  TEXT,
  after   TEXT
) STRICT;
CREATE INDEX step_changes_by_step ON step_changes (step_id, id);
CREATE INDEX step_changes_by_row ON step_changes (row_id, what);

CREATE TABLE segments (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE COLLATE NOCASE,
  expression TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

-- How the columns of files with these headers were assigned last time.
CREATE TABLE column_mappings (
  headers    TEXT PRIMARY KEY,      -- SHA-256 of the header line's cells
  mapping    TEXT NOT NULL,         -- JSON array of "COLUMN=FIELD"
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The library: a wording gets a new version rather than a change.
CREATE TABLE wording_versions (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL COLLATE NOCASE,
  language    TEXT NOT NULL,
  version     INTEGER NOT NULL,
  wording_id  INTEGER NOT NULL REFERENCES wordings,
  controller  TEXT,                 -- who
  purpose     TEXT,                 -- what for: a purpose's key
  frequency   TEXT,                 -- how often
  how_to_stop TEXT,
  privacy     TEXT,                 -- the privacy notice, or where it is
  valid_from  INTEGER NOT NULL,
  removed     INTEGER NOT NULL DEFAULT 0,
  UNIQUE (name, language, version)
) STRICT;

-- Hash rule 2: address, source and texts count by their salted hashes, so that a proof whose
-- retention is over can be purged and the chain still be checked. @sealed holds these hashes
-- once the texts are gone.
ALTER TABLE consent_events ADD COLUMN rule INTEGER NOT NULL DEFAULT 1;
ALTER TABLE consent_events ADD COLUMN salt BLOB;
ALTER TABLE consent_events ADD COLUMN sealed BLOB;
ALTER TABLE consent_events ADD COLUMN evidence_sha256 TEXT;

-- What was taken back with its import; nothing in most logs.
CREATE INDEX consent_events_retracted ON consent_events (point_id, import_id)
  WHERE type = 'retracted';

-- The one change that an event may undergo: its proof is purged.
DROP TRIGGER consent_events_no_update;
CREATE TRIGGER consent_events_no_update BEFORE UPDATE ON consent_events
  WHEN NOT (old.sealed IS NULL AND new.sealed IS NOT NULL AND new.salt IS NULL
            AND new.address = '' AND new.source IS NULL AND new.occurred_text IS NULL
            AND new.text IS NULL AND new.seq = old.seq AND new.event_id = old.event_id
            AND new.prev_hash = old.prev_hash AND new.hash = old.hash AND new.type = old.type
            AND new.point_id = old.point_id AND new.channel = old.channel
            AND new.purpose = old.purpose AND new.method = old.method
            AND new.wording_id IS old.wording_id AND new.occurred_at = old.occurred_at
            AND new.recorded_at = old.recorded_at AND new.import_id IS old.import_id
            AND new.rule = old.rule AND new.evidence_sha256 IS old.evidence_sha256)
  BEGIN SELECT RAISE (ABORT, 'consent events are never changed'); END;

-- Scans and files that prove an event; known to the log by their SHA-256.
CREATE TABLE evidence (
  sha256    TEXT PRIMARY KEY,
  file_name TEXT NOT NULL,
  type      TEXT NOT NULL,          -- media type
  data      BLOB NOT NULL,
  added_at  INTEGER NOT NULL
) STRICT;

-- Who must not be written to although nothing else is known of them: HMAC-SHA-256 of channel
-- and address, under a key that lies beside the database.
CREATE TABLE suppressions (
  hmac    BLOB NOT NULL,
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL,            -- '*' = everything on the channel
  kind    TEXT NOT NULL,            -- 'stop' or 'objection'
  since   INTEGER NOT NULL,
  reason  TEXT NOT NULL,            -- 'forgotten', 'imported'
  PRIMARY KEY (hmac, channel, purpose)
) STRICT, WITHOUT ROWID;

-- Requests of people (access, erasure, objection), to be answered within a month.
CREATE TABLE requests (
  id          INTEGER PRIMARY KEY,
  person_id   INTEGER REFERENCES people ON DELETE SET NULL,
  kind        TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  done_at     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What was erased and purged, without saying of whom.
CREATE TABLE purges (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,            -- 'forgotten', 'proof', 'results', 'confirmation-requests'
  reason  TEXT NOT NULL,
  n_rows  INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 3;
