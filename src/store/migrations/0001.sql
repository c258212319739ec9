-- SPDX-FileCopyrightText: 2026 The Rundruf authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Times are UTC microseconds. Words that come from an enum are the enum's strings.

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  id           INTEGER PRIMARY KEY,
  file_name    TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  format       TEXT NOT NULL,
  encoding     TEXT NOT NULL,
  origin       TEXT,
  started_at   INTEGER NOT NULL,
  finished_at  INTEGER,
  rows         INTEGER NOT NULL DEFAULT 0,
  people       INTEGER NOT NULL DEFAULT 0,
  n_new        INTEGER NOT NULL DEFAULT 0,
  n_updated    INTEGER NOT NULL DEFAULT 0,
  n_unchanged  INTEGER NOT NULL DEFAULT 0,
  n_duplicates INTEGER NOT NULL DEFAULT 0,
  n_consents   INTEGER NOT NULL DEFAULT 0,
  n_rejected   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE people (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL,
  name_key     BLOB NOT NULL,      -- sorts as the name does, in any locale
  first_name   TEXT,
  last_name    TEXT,
  organisation TEXT,
  city         TEXT,
  language     TEXT,
  birthday     TEXT,
  notes        TEXT,
  created_at   INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL,
  import_id    INTEGER REFERENCES imports
) STRICT;
CREATE INDEX people_by_name ON people (name_key);
CREATE INDEX people_by_city ON people (city COLLATE NOCASE, name_key);

-- An address is a person's, or nobody's that we know (a STOP from a stranger is kept too).
CREATE TABLE contact_points (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER REFERENCES people ON DELETE SET NULL,
  kind       TEXT NOT NULL,
  address    TEXT NOT NULL,
  as_entered TEXT,
  label      TEXT,
  import_id  INTEGER REFERENCES imports,
  UNIQUE (address, kind)
) STRICT;
CREATE INDEX contact_points_by_person ON contact_points (person_id);

CREATE TABLE person_tags (
  person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  tag       TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (person_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_tags_by_tag ON person_tags (tag);

CREATE TABLE wordings (
  id         INTEGER PRIMARY KEY,
  sha256     TEXT NOT NULL UNIQUE,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Append-only and hash-chained in the order of seq; corrections are new events. AUTOINCREMENT
-- never gives a number twice: what was deleted at the end leaves a gap too.
CREATE TABLE consent_events (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id      TEXT NOT NULL,
  prev_hash     BLOB NOT NULL,
  hash          BLOB NOT NULL,
  type          TEXT NOT NULL,
  point_id      INTEGER NOT NULL REFERENCES contact_points,
  address       TEXT NOT NULL,
  channel       TEXT NOT NULL,
  purpose       TEXT NOT NULL,     -- '*' = everything on the channel
  method        TEXT NOT NULL,
  source        TEXT,
  wording_id    INTEGER REFERENCES wordings,
  occurred_at   INTEGER NOT NULL,  -- 0 = not stated
  occurred_text TEXT,
  text          TEXT,
  recorded_at   INTEGER NOT NULL,
  import_id     INTEGER REFERENCES imports
) STRICT;
CREATE INDEX consent_events_by_point ON consent_events (point_id);
CREATE TRIGGER consent_events_no_update BEFORE UPDATE ON consent_events
  BEGIN SELECT RAISE (ABORT, 'consent events are never changed'); END;
CREATE TRIGGER consent_events_no_delete BEFORE DELETE ON consent_events
  BEGIN SELECT RAISE (ABORT, 'consent events are never deleted'); END;

-- What follows from the events of one stream, as RufConsentState folds them.
-- status and level are those of the stream joined with the channel's '*' stream.
CREATE TABLE consent_states (
  point_id     INTEGER NOT NULL REFERENCES contact_points,
  channel      TEXT NOT NULL,
  purpose      TEXT NOT NULL,
  status       TEXT NOT NULL,
  level        INTEGER NOT NULL,
  since        INTEGER NOT NULL,
  e0_at        INTEGER NOT NULL DEFAULT 0,
  requested_at INTEGER NOT NULL DEFAULT 0,
  e1_at        INTEGER NOT NULL DEFAULT 0,
  e2_at        INTEGER NOT NULL DEFAULT 0,
  e3_at        INTEGER NOT NULL DEFAULT 0,
  stop_at      INTEGER NOT NULL DEFAULT 0,
  objection_at INTEGER NOT NULL DEFAULT 0,
  expired_at   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (point_id, channel, purpose)
) STRICT, WITHOUT ROWID;
-- status is a column of both, or SQLite reads each row from the table for it all the same.
CREATE INDEX consent_states_active ON consent_states (channel, purpose, level, since, status)
  WHERE status = 'active';
CREATE INDEX consent_states_ended ON consent_states (channel, purpose, since, status)
  WHERE status IN ('withdrawn', 'suppressed');

CREATE TABLE messages (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  removed    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE message_versions (
  id         INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages,
  version    INTEGER NOT NULL,
  channel    TEXT NOT NULL,
  body       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (message_id, version)
) STRICT;

CREATE TABLE campaigns (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  message_id INTEGER REFERENCES messages,   -- NULL for history
  channel    TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  segment    TEXT NOT NULL DEFAULT '',
  send_at    INTEGER NOT NULL,
  not_after  INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE backends (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  type     TEXT NOT NULL,
  settings TEXT NOT NULL,           -- JSON object of strings; never a secret
  cursor   TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE runs (
  id                 INTEGER PRIMARY KEY,
  campaign_id        INTEGER NOT NULL REFERENCES campaigns,
  message_version_id INTEGER REFERENCES message_versions,
  title              TEXT NOT NULL,
  batch_id           TEXT NOT NULL UNIQUE,
  channel            TEXT NOT NULL,
  purpose            TEXT NOT NULL,
  segment            TEXT NOT NULL,
  floor              INTEGER NOT NULL,
  state              TEXT NOT NULL,
  planned_at         INTEGER NOT NULL,
  due_at             INTEGER NOT NULL,
  not_after          INTEGER NOT NULL DEFAULT 0,
  finished_at        INTEGER NOT NULL DEFAULT 0,
  backend_id         INTEGER REFERENCES backends,
  problem            TEXT,
  planned            INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX runs_by_due ON runs (due_at);

CREATE TABLE attempts (
  id              INTEGER PRIMARY KEY,
  run_id          INTEGER NOT NULL REFERENCES runs,
  backend_id      INTEGER REFERENCES backends,
  idempotency_key TEXT NOT NULL UNIQUE,
  started_at      INTEGER NOT NULL,
  ended_at        INTEGER,
  outcome         TEXT               -- NULL while the network is called
) STRICT;
CREATE INDEX attempts_by_run ON attempts (run_id);

-- The outbox. Invariants, each with a test of its number:
-- I1 No row leaves 'queued' without consent that is valid at that moment, in the same transaction.
-- I2 One row per run, contact point and channel (a run has one channel).
-- I3 Status moves only forward; receipts are never changed or deleted.
-- I4 The attempt is written before the network is called. After a crash it is 'unknown', and
--    never re-sent by itself unless the backend honours the idempotency key.
-- I5 Importing the same file twice changes nothing.
-- I6 Stored reach figures equal their recomputation.
-- I7 A withdrawal beats every older grant and every import, and no undo lifts it.
-- I8 planned = sent + excluded + failed + unknown + waiting, at every moment, for every run.
CREATE TABLE outbox (
  id         INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL REFERENCES runs,
  person_id  INTEGER REFERENCES people ON DELETE SET NULL,
  point_id   INTEGER REFERENCES contact_points,   -- NULL: no address on this channel
  status     TEXT NOT NULL,
  reason     TEXT,                                -- why excluded
  error_code TEXT,                                -- why failed
  attempt_id INTEGER REFERENCES attempts,
  message_id TEXT,                                -- of history; ours is batch_id || '-' || id, once it was claimed
  changed_at INTEGER NOT NULL
) STRICT;
-- Point first: also finds what waits for an address (I7), and no change of status touches it.
CREATE UNIQUE INDEX outbox_one_per_point ON outbox (point_id, run_id);
CREATE INDEX outbox_by_person ON outbox (person_id);
CREATE INDEX outbox_by_run ON outbox (run_id);
CREATE INDEX outbox_waiting ON outbox (run_id) WHERE status = 'queued';
CREATE INDEX outbox_open ON outbox (attempt_id) WHERE status IN ('sending', 'unknown');
CREATE UNIQUE INDEX outbox_by_message ON outbox (message_id) WHERE message_id IS NOT NULL;

-- Rows per run and status, kept by triggers in the transaction of each change (I6, I8).
CREATE TABLE run_counts (
  run_id INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  status TEXT NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (run_id, status)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER outbox_count_update AFTER UPDATE OF status ON outbox WHEN old.status <> new.status
BEGIN
  UPDATE run_counts SET n = n - 1 WHERE run_id = old.run_id AND status = old.status;
  INSERT INTO run_counts VALUES (new.run_id, new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TABLE receipts (
  id          INTEGER PRIMARY KEY,
  message_id  TEXT NOT NULL,
  status      TEXT NOT NULL,
  at          INTEGER NOT NULL,
  error_code  TEXT NOT NULL DEFAULT '',
  backend_id  INTEGER REFERENCES backends,
  received_at INTEGER NOT NULL,
  UNIQUE (message_id, status, at, error_code)
) STRICT;
CREATE TRIGGER receipts_no_update BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE (ABORT, 'receipts are never changed'); END;
CREATE TRIGGER receipts_no_delete BEFORE DELETE ON receipts
  BEGIN SELECT RAISE (ABORT, 'receipts are never deleted'); END;

CREATE TABLE replies (
  id         INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  point_id   INTEGER NOT NULL REFERENCES contact_points,
  channel    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  text       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  handled    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX replies_by_point ON replies (point_id);

CREATE TABLE posts (
  post_id      TEXT PRIMARY KEY,
  page_id      TEXT,
  page_name    TEXT,
  title        TEXT NOT NULL DEFAULT '',
  type         TEXT,
  permalink    TEXT,
  published_at TEXT NOT NULL,      -- local, as exported: no zone is given
  reach        INTEGER,            -- NULL = not measured
  viewers      INTEGER,
  views        INTEGER,
  impressions  INTEGER,
  reactions    INTEGER,
  comments     INTEGER,
  shares       INTEGER,
  link_clicks  INTEGER,
  imported_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_by_time ON posts (published_at);

CREATE TABLE page_days (
  metric TEXT NOT NULL,
  day    TEXT NOT NULL,
  value  INTEGER NOT NULL,
  PRIMARY KEY (metric, day)
) STRICT, WITHOUT ROWID;

-- Prefix search over names, addresses, tags and city; rowid = person.
CREATE VIRTUAL TABLE people_search USING fts5 (
  name, addresses, tags, city,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
-- Gather 8 MB before writing: an import of a million people merges far less.
INSERT INTO people_search (people_search, rank) VALUES ('hashsize', 8388608);

-- "Rund", and the number of this file: which program a file belongs to, and how far it is.
PRAGMA application_id = 1383427684;
PRAGMA user_version = 1;
