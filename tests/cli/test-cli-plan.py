#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What campaign save and plan have to say before anything is frozen."""
import os

from harness import SHOP, equal, main

NOW = ("--now", "2026-11-24T12:00")      # a Tuesday
LEFT_OUT = 3                             # exit code of a plan that leaves people out


def open_shop(place):
    for name in ("contacts.csv", "opt-ins.csv"):
        place.ok("contacts", "import", os.path.join(SHOP, name))


def write(place, text, name="M", channel="whatsapp"):
    place.ok("message", "save", name, "--channel", channel, "--body", "-", stdin=text)


def save(place, *more, at="2026-11-26T10:00", purpose="weekly-offer", channel="whatsapp"):
    return place.run("campaign", "save", "C", "--message", "M", "--channel", channel,
                     "--purpose", purpose, "--at", at, *more, *NOW, "--json")


def codes(notes):
    for note in notes:
        assert note["text"] and note["text"].strip() == note["text"], note
    return [note["code"] for note in notes]


def refused(result, *wanted):
    """Exit 1, the first note as the error, and all that block by their codes."""
    equal((result.code, result.json["error"]["code"]), (1, "refused"), result.err)
    equal(codes(result.json["errors"]), list(wanted))
    assert result.json["errors"][0]["text"] in result.err, result.err


def test_nothing_to_say(place):
    open_shop(place)
    write(place, "Hallo {{first_name|Kundin}}!")
    saved = save(place)
    equal((saved.code, saved.json["warnings"]), (0, []))
    planned = place.ok("campaign", "plan", "C", *NOW, code=LEFT_OUT)
    equal((planned["ready"], planned["warnings"]), (144, []))
    assert "errors" not in planned, planned


def test_warnings(place):
    """What is good to know is told, and the plan is made."""
    open_shop(place)
    write(place, "Hallo!")
    for at, purpose, wanted in (("2026-11-24T11:00", "weekly-offer", ["time-past"]),
                                ("2026-11-29T10:00", "weekly-offer", ["outside-hours"]),
                                ("2026-11-26T20:00", "weekly-offer", ["outside-hours"]),
                                ("2026-11-26T07:59", "weekly-offer", ["outside-hours"]),
                                ("2026-11-26T10:00", "gewinnspiel", ["nobody-agreed"]),
                                ("2026-11-29T10:00", "gewinnspiel",
                                 ["nobody-agreed", "outside-hours"])):
        saved = save(place, at=at, purpose=purpose)
        equal((saved.code, codes(saved.json["warnings"])), (0, wanted), (at, purpose))
        planned = place.run("campaign", "plan", "C", *NOW)
        equal(planned.code, LEFT_OUT, planned.err)
        said = [note["text"] for note in saved.json["warnings"]]
        equal(planned.err.splitlines(), said, "words for people")


def test_errors(place):
    """What would fail or send nonsense blocks; the database is as before."""
    open_shop(place)
    write(place, "Hallo!")
    equal(save(place).code, 0)
    before = place.ok("campaign", "list")
    refused(save(place, "--not-after", "2026-11-26T09:00"), "ends-too-early")
    refused(save(place, "--not-after", "2026-11-24T11:00", at="2026-11-24T10:00"), "over")
    refused(save(place, "--not-after", "2026-11-29T18:00", at="2026-11-29T10:00"),
            "never-inside-hours")
    refused(save(place, channel="sms"), "wrong-channel")
    equal(place.ok("campaign", "list"), before)


def test_text(place):
    """A message may be written later than its campaign: the plan looks again."""
    open_shop(place)
    write(place, "Hallo!")
    equal(save(place).code, 0)
    for text, code in (("Hallo {{vorname|Kundin}}!", "placeholder-unknown"),
                       ("x" * 4097, "text-too-long"),
                       ("x" * 4096 + "{{city}}", "text-too-long"),
                       ("x" * 4096 + "{{organisation}}", None)):
        write(place, text)
        planned = place.run("campaign", "plan", "C", *NOW, "--json")
        if code:
            refused(planned, code)
            refused(save(place), code)
        else:
            equal(planned.code, LEFT_OUT, planned.err)


def test_longest_value(place):
    """The longest name of those who get it decides, not of those who are left out."""
    long, short = "Maximiliana", "Ida"
    consent = ",whatsapp,weekly-offer,2026-03-14 09:12,Theke,Ja bitte"
    place.write("people.csv", "first_name,phone,channel,purpose,consent_at,consent_source,"
                f"consent_text\n{short},+491713920001{consent}\n{long},+491713920002,,,,,\n")
    place.run("contacts", "import", "people.csv")
    write(place, "x" * 4090 + "{{first_name}}")
    equal(save(place).code, 0)
    equal(place.ok("campaign", "plan", "C", *NOW, code=LEFT_OUT)["ready"], 1)

    place.ok("consent", "record", "+491713920002", "--channel", "whatsapp", "--purpose",
             "weekly-offer", "--method", "paper_form", "--at", "2026-11-20T10:00", "--source",
             "Theke", "--wording", place.ok("consent", "log", "+491713920001")["events"][0]
             ["wording_sha256"])
    planned = place.run("campaign", "plan", "C", *NOW, "--json")
    refused(planned, "text-too-long")
    assert long in planned.err and "4101" in planned.err, planned.err


main("/cli/plan", [test_nothing_to_say, test_warnings, test_errors, test_text, test_longest_value])
