-- SPDX-FileCopyrightText: 2026 The Rundruf authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- How far the log of consent was when the rows of an attempt were claimed (I1). The order of
-- the records tells what was known then; no clock does, for it may have been set, as it is
-- while somebody rehearses. NULL in what an older version sent.
ALTER TABLE attempts ADD COLUMN consent_seq INTEGER;

PRAGMA user_version = 2;
