#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports taken back and people forgotten, by the command line alone."""
import os

from harness import equal, main

ANNA = ("name,phone,channel,purpose,consent_at,consent_source,consent_text\n"
        "Anna Weiß,0176 04069001,whatsapp,news,2026-03-14 09:12,Theke,Ja bitte\n")


def bring_in(place, text=ANNA, code=0):
    place.write("people.csv", text)
    return place.ok("contacts", "import", "people.csv", code=code)


def test_undo(place):
    import_id = bring_in(place)["import_id"]
    equal(place.ok("contacts", "list")["total"], 1, "people")
    equal(place.ok("contacts", "undo", str(import_id)), {"removed": 1, "restored": 0, "kept": 0})
    equal(place.ok("contacts", "list")["total"], 0, "people")
    imports = place.ok("contacts", "imports")["imports"]
    equal([entry["id"] for entry in imports if entry["undone_at"]], [import_id], "undone")
    assert place.run("contacts", "undo", str(import_id)).code == 1
    assert place.ok("check")["ok"]
    # The right file comes in as if nothing had been.
    again = bring_in(place)
    equal((again["new"], again["consents"]), (1, 1), "again")


def test_undo_keeps_stop(place):
    import_id = bring_in(place)["import_id"]
    place.ok("consent", "withdraw", "+4917604069001")
    place.ok("contacts", "undo", str(import_id))
    bring_in(place)
    person = place.ok("contacts", "list")["people"][0]
    equal({consent["status"] for consent in person["consents"]}, {"withdrawn"}, "I7")


def test_forget(place):
    bring_in(place)
    before = place.ok("contacts", "forget", "+4917604069001", "--dry-run")
    equal(before["proofs"], 1, "proofs")
    equal(place.ok("contacts", "list")["total"], 1, "after a dry run")
    gone = place.ok("contacts", "forget", "+4917604069001")
    assert gone["erased"] >= 2 and gone["suppressed"] == 3, gone
    equal(place.ok("contacts", "list")["total"], 0, "people")
    assert os.stat(place.path("t.db.key")).st_mode & 0o777 == 0o600
    assert place.run("contacts", "forget", "+4917604069001").code == 1
    assert place.ok("check")["ok"] and place.ok("consent", "verify")["broken"] in (0, [], None)


main("/cli/undo", [test_undo, test_undo_keeps_stop, test_forget])
