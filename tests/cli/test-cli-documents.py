#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rundruf-cli prints for people: proof, answer to an access request, poster."""
import json
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
        db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)",
                   ("controller-name", "Metzgerei Huber, Bonn"))


def take_anna_in(place):
    """A customer who agreed on paper, wrote START, got a message and wrote STOP."""
    place.write("wording.txt", WORDING)
    place.write("people.csv", "first_name,last_name,phone,email,city,tags,notes\n"
                "Anna,Müller,0171 3920000,Anna@Example.org,Bonn,stamm,mag Leberkäse\n"
                "Bernd,,0171 3920001,,,,\n")
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
        "+491713920000 (Phone, entered as “0171 3920000”)",
        "anna@example.org (E-mail, entered as “Anna@Example.org”)", WORDING,
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


def test_proof_of_what_was_taken_back(place):
    """A consent that came with a list counts no more once the list was taken back."""
    place.write("people.csv", "name,phone\nAnna,+491713920000\n")
    place.ok("contacts", "import", "people.csv", *NOW)
    place.write("list.csv", "phone,channel,purpose,consent_at,consent_source,consent_text\n"
                '+491713920000,whatsapp,weekly-offer,2026-10-19T12:06,Zettel 9,"' + WORDING + '"\n')
    taken = place.ok("contacts", "import", "list.csv", *NOW)
    place.ok("consent", "proof", "1", "--output", "before.pdf", *NOW)
    has(words(place, "before.pdf"), "E1: documented by the sender")
    place.ok("contacts", "undo", str(taken["import_id"]), *NOW)
    place.ok("consent", "proof", "1", "--output", "after.pdf", *NOW)
    has(words(place, "after.pdf"), "Zettel 9", "Taken back with its list, see entry 2",
        "E0: no evidence", "and all are unchanged")
    place.ok("contacts", "access", "1", "--output", "out", *NOW)
    events = json.loads(place.read("out/access.json"))["consent_events"]
    equal([(e["type"], e.get("retracted_by_seq")) for e in events],
          [("granted", events[1]["seq"]), ("retracted", None)])


def test_broken_log(place):
    """A log that somebody changed by hand is printed, and said to be broken."""
    take_anna_in(place)
    with sqlite3.connect(place.path("t.db")) as db:
        db.execute("DROP TRIGGER consent_events_no_update")
        db.execute("UPDATE consent_events SET source = 'Zettel 13'")
    place.ok("consent", "proof", "1", "--output", "proof.pdf", *NOW)
    has(words(place, "proof.pdf"), "Zettel 13", "The check of the log failed", "Event 1")


def test_access(place):
    """Everything that went in comes out again, in all three files."""
    take_anna_in(place)
    place.write("text.txt", "Guten Morgen {{first_name|Kundin}}, heute Rouladen.")
    place.ok("message", "save", "Rouladen", "--channel", "whatsapp", "--body", "text.txt")
    place.ok("campaign", "save", "KW48", "--message", "Rouladen", "--channel", "whatsapp",
             "--purpose", "weekly-offer", "--at", "2026-11-26T10:00")
    run = str(place.ok("campaign", "plan", "KW48", *NOW, code=3)["run"])
    place.ok("run", "export", run, "--format", "csv", "--output", "batch.csv",
             "--now", "2026-11-26T10:05")
    place.write("replies.csv", "message_id,from,channel,at,text\n"
                "r1,+491713920000,whatsapp,2026-11-26T12:00:00+01:00,Lecker!\n"
                "r2,+491713920000,whatsapp,2026-11-26T13:00:00+01:00,STOP\n")
    place.ok("replies", "import", "replies.csv", "--now", "2026-11-27T09:00")

    files = place.ok("contacts", "access", "anna@example.org", "--output", "out/anna",
                     "--now", "2026-11-27T09:30")["files"]
    equal(files, ["out/anna/access.json", "out/anna/access.csv", "out/anna/access.pdf"])
    equal(stat.S_IMODE(os.stat(place.path("out/anna")).st_mode), 0o700, "mode")

    data = json.loads(place.read("out/anna/access.json"))
    equal(data["controller"], "Metzgerei Huber, Bonn")
    equal(data["made_at"], "2026-11-27T08:30:00Z")
    equal([data["person"][key] for key in ("name", "city", "notes")],
          ["Anna Müller", "Bonn", "mag Leberkäse"])
    equal([(a["kind"], a["address"], a["as_entered"]) for a in data["addresses"]],
          [("phone", "+491713920000", "0171 3920000"),
           ("email", "anna@example.org", "Anna@Example.org")])
    equal(data["tags"], ["stamm"])
    equal([(c["channel"], c["purpose"], c["status"]) for c in data["consents"]],
          [("whatsapp", "*", "withdrawn"), ("whatsapp", "weekly-offer", "withdrawn")])
    equal([(e["type"], e["at"]) for e in data["consent_events"]],
          [("granted", "2026-10-19T10:06:00Z"), ("withdrawn", "2026-11-26T12:00:00Z")])
    equal(data["consent_events"][0]["wording"], WORDING)
    equal(data["consent_events"][1]["prev_hash"], data["consent_events"][0]["hash"])
    equal([(m["title"], m["text"], m["status"]) for m in data["messages"]],
          [("KW48", "Guten Morgen Anna, heute Rouladen.", "sent")])
    equal([(r["text"], r["kind"]) for r in data["replies"]],
          [("Lecker!", "other"), ("STOP", "stop")])
    equal([i["file_name"] for i in data["imports"]], ["people.csv"])

    table = place.read("out/anna/access.csv").decode("utf-8-sig")
    has(table, '"consent_events";"1";"wording";"' + WORDING, '"replies";"2";"text";"STOP"',
        '"messages";"1";"text";"Guten Morgen Anna, heute Rouladen."', '"tags";"1";"";"stamm"')
    has(words(place, "out/anna/access.pdf"), "Information on stored data", "Anna Müller",
        "mag Leberkäse", WORDING, "Guten Morgen Anna, heute Rouladen.", "Lecker!", "people.csv",
        "stamm")


def test_access_shows_nobody_else(place):
    take_anna_in(place)
    place.ok("contacts", "access", "+491713920001", "--output", "out", *NOW)
    for name in ("access.json", "access.csv"):
        content = place.read("out/" + name).decode()
        has(content, "Bernd")
        assert "Anna" not in content and "3920000" not in content, content


POSTER = ("poster", "--purpose", "weekly-offer", "--output", "poster.pdf")
WHATSAPP = ("--channel", "whatsapp", "--number", "0171 3920000")


def scan(place, name):
    """What a camera reads from the first page."""
    picture = place.path("page")
    subprocess.run(["pdftoppm", "-r", "150", "-singlefile", place.path(name), picture], check=True)
    return subprocess.run(["zbarimg", "--quiet", "--raw", picture + ".ppm"], check=True, text=True,
                          capture_output=True).stdout.split()


def test_poster(place):
    """What stands on the poster, what the camera reads and what is said are the same."""
    link = "https://wa.me/491713920000?text=Start%20Weekly%20offers%20Q7F"
    equal(place.ok(*POSTER, *WHATSAPP, "--source", "Q7F", "--shop", "Metzgerei Huber", *NOW),
          {"file": "poster.pdf", "source": "Q7F", "link": link, "text": "Start Weekly offers Q7F"})
    has(words(place, "poster.pdf"), "Metzgerei Huber", "Weekly offers", "+49 171 3920000", "STOP",
        "“Start Weekly offers Q7F”")
    equal(scan(place, "poster.pdf"), [link])

    german = dict(place.env, LC_ALL="de_DE.UTF-8", LANGUAGE="de")
    made = place.ok(*POSTER, *WHATSAPP, "--source", "Q7F", "--size", "card", *NOW, env=german)
    equal(made["link"], "https://wa.me/491713920000?text=Start%20Wochenangebote%20Q7F")
    equal(scan(place, "poster.pdf"), [made["link"]] * 2)
    has(words(place, "poster.pdf"), "„Start Wochenangebote Q7F“", "Name oder Stempel")


def test_poster_of_each_channel(place):
    for address, link in (
            (("--channel", "telegram", "--bot", "@huber_bot"), "https://t.me/huber_bot?start=Q7F"),
            (("--channel", "telegram", "--bot", "https://t.me/huber_bot"),
             "https://t.me/huber_bot?start=Q7F"),
            (("--channel", "sms", "--number", "0171 3920000"),
             "sms:+491713920000?body=Start%20Weekly%20offers%20Q7F"),
            (("--channel", "email", "--mail", "Post@Example.org"),
             "mailto:post@example.org?subject=Start%20Weekly%20offers%20Q7F")):
        made = place.ok(*POSTER, *address, "--source", "Q7F", "--size", "a5", *NOW)
        equal(made["link"], link)
        equal(scan(place, "poster.pdf"), [link])


def test_poster_comes_back(place):
    """Whoever writes what a poster asks for has agreed to its purpose, with its code as source."""
    place.write("people.csv", "phone\n+491713920000\n")
    place.ok("contacts", "import", "people.csv", *NOW)
    rows = []
    for number, purpose in enumerate(("weekly-offer", "news", "story", "live", "service")):
        for env in (place.env, dict(place.env, LC_ALL="de_DE.UTF-8", LANGUAGE="de")):
            made = place.ok("poster", "--purpose", purpose, "--output", "poster.pdf", *WHATSAPP,
                            *NOW, env=env)
            rows.append((made["text"], purpose, made["source"]))
        made = place.ok("poster", "--purpose", purpose, "--output", "poster.pdf", "--channel",
                        "telegram", "--bot", "huber_bot", *NOW)
        rows.append(("/start " + made["link"].split("start=")[1], purpose, made["source"]))
    place.write("replies.csv", "message_id,from,at,channel,text\n" + "".join(
        f"r{i},+491713920000,2026-11-24T10:{i:02}:00+01:00,whatsapp,{text}\n"
        for i, (text, _, _) in enumerate(rows)))
    equal(place.ok("replies", "import", "replies.csv", *NOW)["opt_ins"], len(rows))
    equal([(event["text"], event["purpose"], event["source"])
           for event in place.ok("consent", "log", "+491713920000")["events"]], rows)


def test_poster_with_own_words(place):
    place.write("wording.txt", WORDING)
    result = place.run(*POSTER, *WHATSAPP, "--title", "Heiß vom Rost", "--wording", "wording.txt")
    equal(result.code, 0)
    assert "lawyer" not in result.err, result.err
    has(words(place, "poster.pdf"), "Heiß vom Rost", WORDING)
    set_controller(place)
    result = place.run(*POSTER, *WHATSAPP)
    has(result.err, "lawyer")
    has(words(place, "poster.pdf"), "Metzgerei Huber, Bonn")


def test_poster_refusals(place):
    place.write("poster.pdf", "old")
    place.write("long.txt", "Viele Worte. " * 500)
    own = ("poster", "--purpose", "mittagstisch", "--output", "poster.pdf")
    for args, code, told in (
            ((*POSTER, "--channel", "whatsapp"), 2, "--number"),
            ((*POSTER, "--channel", "telegram", "--number", "0171 3920000"), 2, "--bot"),
            ((*POSTER, *WHATSAPP, "--size", "a3"), 2, "a3"),
            ((*POSTER, "--channel", "signal", "--number", "0171 3920000"), 1, "Signal"),
            ((*POSTER, "--channel", "whatsapp", "--number", "12"), 1, "12"),
            ((*POSTER, "--channel", "telegram", "--bot", "a b"), 1, "a b"),
            ((*POSTER, "--channel", "email", "--mail", "huber"), 1, "huber"),
            ((*POSTER, *WHATSAPP, "--source", "Q 7"), 1, "Q 7"),
            ((*POSTER, *WHATSAPP, "--source", "news"), 1, "news"),
            ((*POSTER, *WHATSAPP, "--wording", "long.txt"), 1, "Viele Worte."),
            ((*POSTER, *WHATSAPP, "--wording", "none.txt"), 1, "none.txt"),
            ((*own, *WHATSAPP), 1, "mittagstisch")):
        result = place.run(*args)
        equal(result.code, code, args)
        has(result.err, told)
        equal(place.read("poster.pdf"), b"old", args)

    with sqlite3.connect(place.path("t.db")) as db:
        db.execute("INSERT INTO settings VALUES ('start-purpose', 'mittagstisch')")
    equal(place.ok(*own, *WHATSAPP, "--source", "Q7F")["text"], "Start Q7F")


def test_refusals(place):
    """What fails leaves no file behind and the old one as it was."""
    take_anna_in(place)
    place.write("old.pdf", "old")
    os.makedirs(place.path("taken/access.pdf"))   # a folder where a file should be
    for args, code in (
            (("consent", "proof", "+491713920000"), 2),
            (("consent", "proof", "+491719999999", "--output", "old.pdf"), 1),
            (("consent", "proof", "+491713920000", "--output", "no/such/folder/x.pdf"), 1),
            (("consent", "proof", "+491713920000", "--output", "."), 1),
            (("contacts", "access", "+491713920000"), 2),
            (("contacts", "access", "+491719999999", "--output", "new"), 1),
            (("contacts", "access", "+491713920000", "--output", "old.pdf"), 1),
            (("contacts", "access", "+491713920000", "--output", "taken"), 1)):
        result = place.run(*args)
        equal(result.code, code, args)
        assert result.err, args
    equal(place.read("old.pdf"), b"old")
    equal(os.listdir(place.path("taken")), ["access.pdf"], "files of a failed answer")
    assert not os.path.exists(place.path("new")), "a folder for nobody"
    full = place.run("consent", "proof", "+491713920000", "--output", "/dev/full")
    equal(full.code, 1)
    has(full.err, "no room left")


if __name__ == "__main__":
    main("/cli/documents", [test_proof, test_proof_of_nothing, test_proof_in_german,
                            test_proof_of_what_was_taken_back,
                            test_broken_log, test_access,
                            test_access_shows_nobody_else, test_poster,
                            test_poster_of_each_channel, test_poster_comes_back,
                            test_poster_with_own_words, test_poster_refusals, test_refusals])
