#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rundruf-cli prints for people: proof, answer to an access request, poster."""
import os
import sqlite3
import stat
import subprocess

from harness import equal, main

NOW = ("--now", "2026-11-25T09:30")
WORDING = "Ja, Metzgerei Huber darf mir einmal pro Woche ihre Wochenangebote schicken."


def words(place, name):
    """The words of a PDF file, with single blanks."""
    done = subprocess.run(["pdftotext", "-layout", place.path(name), "-"], capture_output=True,
                          check=True, text=True)
    return " ".join(done.stdout.split())


def has(text, *wanted):
    for part in wanted:
        assert part in text, f"no “{part}” in: {text}"


def set_controller(place):
    with sqlite3.connect(place.path("t.db")) as db:
        db.execute("INSERT OR REPLACE INTO settings VALUES ('controller-name', 'Metzgerei Huber, Bonn')")


def take_anna_in(place):
    """A customer who agreed on paper, wrote START, got a message and wrote STOP."""
    place.write("wording.txt", WORDING)
    place.write("people.csv", "name,phone,email,city,tags,notes\n"
                "Anna Müller,0171 3920000,Anna@Example.org,Bonn,stamm,mag Leberkäse\n"
                "Bernd,0171 3920001,,,,\n")
    place.ok("contacts", "import", "people.csv", *NOW)
    place.ok("consent", "record", "+491713920000", "--channel", "whatsapp", "--purpose",
             "weekly-offer", "--method", "paper_form", "--at", "2026-10-19T12:06", "--source",
             "Zettel 12", "--wording", "wording.txt", *NOW)
    set_controller(place)


def test_proof(place):
    take_anna_in(place)
    equal(place.ok("consent", "proof", "+491713920000", "--output", "proof.pdf", *NOW),
          {"file": "proof.pdf"})
    has(words(place, "proof.pdf"), "Proof of consent", "Anna Müller", "Metzgerei Huber, Bonn",
        "+491713920000 (Phone, entered as “0171 3920000”)", "anna@example.org (E-mail, entered as “Anna@Example.org”)", WORDING,
        "19 October 2026, 12:06:00 +02:00", "paper form: Zettel 12", "E1: documented by the sender",
        "25 November 2026, 09:30:00 +01:00", "and it is unchanged", "no legal advice",
        "Page 1 of 1")
    equal(stat.S_IMODE(os.stat(place.path("proof.pdf")).st_mode), 0o600, "mode")

    before = place.read("proof.pdf")
    place.ok("consent", "proof", "anna@example.org", "--output", "proof.pdf", *NOW)
    assert place.read("proof.pdf") == before, "the same moment gives other bytes"


def test_proof_of_nothing(place):
    take_anna_in(place)
    place.ok("consent", "proof", "+491713920001", "--output", "proof.pdf", *NOW)
    has(words(place, "proof.pdf"), "Bernd", "There is no consent, so nothing may be sent.")


def test_proof_in_german(place):
    take_anna_in(place)
    german = dict(place.env, LC_ALL="de_DE.UTF-8", LANGUAGE="de")
    place.ok("consent", "proof", "+491713920000", "--output", "proof.pdf", *NOW, env=german)
    has(words(place, "proof.pdf"), "Nachweis der Einwilligung", "Hat eingewilligt",
        "19. Oktober 2026, 12:06:00 Uhr (UTC+02:00)", "keine Rechtsberatung", "Seite 1 von 1")


def test_broken_log(place):
    """A log that somebody changed by hand is printed, and said to be broken."""
    take_anna_in(place)
    with sqlite3.connect(place.path("t.db")) as db:
        db.execute("DROP TRIGGER consent_events_no_update")
        db.execute("UPDATE consent_events SET source = 'Zettel 13'")
    place.ok("consent", "proof", "1", "--output", "proof.pdf", *NOW)
    has(words(place, "proof.pdf"), "Zettel 13", "The check of the log failed", "Event 1")


def test_refusals(place):
    """What fails leaves no file behind and the old one as it was."""
    take_anna_in(place)
    place.write("old.pdf", "old")
    for args, code in (
            (("consent", "proof", "+491713920000"), 2),
            (("consent", "proof", "+491719999999", "--output", "old.pdf"), 1),
            (("consent", "proof", "+491713920000", "--output", "no/such/folder/x.pdf"), 1),
            (("consent", "proof", "+491713920000", "--output", "."), 1)):
        result = place.run(*args)
        equal(result.code, code, args)
        assert result.err, args
    equal(place.read("old.pdf"), b"old")
    full = place.run("consent", "proof", "+491713920000", "--output", "/dev/full")
    equal(full.code, 1)
    has(full.err, "no room left")


if __name__ == "__main__":
    main("/cli/documents", [test_proof, test_proof_of_nothing, test_proof_in_german,
                            test_broken_log, test_refusals])
