#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way by rundruf-cli alone, with the sample shop and the sandbox."""
import hashlib
import json
import os
import sqlite3
import urllib.request

from harness import SHOP, equal, main

NOW = ("--now", "2026-11-26T10:05")


def shop(name):
    return os.path.join(SHOP, name)


def take_year_in(place):
    """A year of the shop: contacts, opt-ins, history, what came back."""
    place.ok("contacts", "import", shop("contacts.csv"), shop("opt-ins.csv"))
    place.ok("run", "import", shop("messages.csv"))
    place.ok("receipts", "import", shop("receipts.csv"))
    place.ok("replies", "import", shop("replies.csv"))


def make_campaign(place, name="KW48"):
    place.write("text.txt", "Guten Morgen {{first_name|Kundin}}, heute Rouladen.\r\n")
    place.ok("message", "save", "Rouladen", "--channel", "whatsapp", "--body", "text.txt")
    place.ok("campaign", "save", name, "--message", "Rouladen", "--channel", "whatsapp",
             "--purpose", "Wochenangebote", "--at", "2026-11-26T10:00",
             "--not-after", "2026-11-28T18:00")


def test_shop_figures(place):
    """What the shop's own books say."""
    take_year_in(place)
    equal(place.ok("contacts", "list", "--limit", "1")["total"], 180, "people")
    for segment, people in (("consent:whatsapp/weekly-offer", 137), ("consent:whatsapp/news", 19)):
        equal(place.ok("contacts", "list", "--segment", segment)["total"], people, segment)

    runs = [place.ok("run", "status", str(run)) for run in range(1, 41)]
    equal({run["state"] for run in runs}, {"past"})
    equal(sum(run["planned"] for run in runs), 4048, "planned")
    equal(sum(run["delivered"] for run in runs), 3762, "delivered")
    equal(sum(run["read"] for run in runs), 2516, "read")
    equal(sum(run["failed"] for run in runs), 163, "failed")
    first = next(run for run in runs if run["title"] == "SO-2026-W07")
    equal((first["planned"], first["delivered"], first["read"], first["failed"]), (59, 54, 33, 4))

    log = place.ok("consent", "log", "+491713920073")["events"]
    stop = [event for event in log if event["type"] == "withdrawn"]
    equal([(event["method"], event["source"], event["purpose"]) for event in stop],
          [("platform", "131050", "*")])


def test_twice_is_once(place):
    take_year_in(place)
    again = place.ok("contacts", "import", shop("contacts.csv"), shop("opt-ins.csv"))
    equal((again["new"], again["updated"], again["consents"]), (0, 0, 0))
    again = place.ok("run", "import", shop("messages.csv"))
    equal((again["runs"], again["messages"]), (0, 0))
    again = place.ok("receipts", "import", shop("receipts.csv"))
    equal((again["applied"], again["stale"], again["duplicate"]), (0, 0, 10572))
    again = place.ok("replies", "import", shop("replies.csv"))
    equal((again["opt_outs"], again["opt_ins"], again["other"]), (0, 0, 0))
    equal(place.ok("check"), {"ok": True, "problems": []})


def test_history_of_other_channels(place):
    """What is not known is what the options say; a known campaign stays what it is."""
    place.write("m.csv", "message_id,campaign,phone,exported_at\n"
                "m1,Herbst,+491713920001,2026-10-01T10:00:00Z\n")
    got = place.ok("run", "import", "m.csv", "--channel", "sms", "--purpose", "Neuheiten")
    equal((got["runs"], got["messages"], got["new_campaigns"]), (1, 1, 1))
    run = place.ok("run", "status", "1")
    equal((run["channel"], run["purpose"]), ("sms", "news"))
    refused = place.run("run", "import", "m.csv", "--channel", "whatsapp", "--json")
    equal((refused.code, refused.json["error"]["code"]), (1, "refused"))
    assert "Herbst" in refused.err, refused.err


def test_plan_send_collect(place):
    take_year_in(place)
    make_campaign(place)
    plan = place.ok("campaign", "plan", "KW48", code=3)
    equal(plan["planned"], 180)
    equal(plan["ready"], 137)
    equal(sum(plan["excluded"].values()), 43)
    equal(plan["excluded"]["no-address"], 6)
    equal(plan["cost"], {"currency": "EUR", "low": 13.170495, "likely": 14.410071,
                         "high": 15.184806})
    run = str(plan["run"])

    url = place.start_sandbox("--receipts", "instant", "--seed", "7")
    place.ok("backend", "add", "practice", "--type", "sandbox", "--set", f"url={url}")
    test = place.ok("backend", "test", "practice")
    assert test["ok"] and test["detail"] and test["risk"], test

    status = place.ok("run", "send", run, "--backend", "practice", *NOW, code=3)
    equal(status["state"], "done")
    equal(status["waiting"], 0)
    equal(status["sent"] + status["failed"], 137)
    assert 0 < status["read"] <= status["delivered"] <= status["sent"], status
    equal(status["planned"], status["sent"] + status["excluded"] + status["failed"] +
          status["unknown"] + status["waiting"] + status["expired"])

    place.ok("run", "send", run, "--backend", "practice", *NOW, code=3)
    with urllib.request.urlopen(url + "/stats") as answer:
        stats = json.load(answer)
    equal((stats["messages"], stats["recipients"], stats["doubles"]), (137, 137, 0))
    equal(place.ok("receipts", "collect", "--backend", "practice", *NOW)["applied"], 0)
    equal(place.ok("check"), {"ok": True, "problems": []})


def test_people_behind_the_numbers(place):
    take_year_in(place)
    make_campaign(place)
    run = str(place.ok("campaign", "plan", "KW48", code=3)["run"])
    listed = place.ok("run", "list")["runs"]
    equal((len(listed), listed[0]["run"], listed[0]["waiting"]), (41, int(run), 137))
    equal(listed[0], {key: value for key, value in place.ok("run", "status", run).items()
                      if key != "reasons"})

    for options, total in (([], 180), (["--status", "waiting"], 137),
                           (["--status", "excluded"], 43), (["--reason", "opted-out"], 7),
                           (["--status", "waiting", "--reason", "opted-out"], 0)):
        got = place.ok("run", "people", run, "--limit", "0", *options)
        equal((got["total"], len(got["people"])), (total, total), options)
    everybody = place.ok("run", "people", run, "--limit", "0")["people"]
    pages = [place.ok("run", "people", run, "--limit", "50", "--offset", str(offset))["people"]
             for offset in (0, 50, 100, 150)]
    equal([len(page) for page in pages], [50, 50, 50, 30])
    equal(sum(pages, []), everybody)
    out = next(person for person in everybody if person["reason"] == "opted-out")
    equal((out["status"], out["error"], out["address"][0]), ("excluded", None, "+"))
    equal(place.ok("contacts", "list", "--search", out["name"])["people"][0]["id"], out["id"])
    assert "withdrew (opted-out)" in place.run("run", "people", run, "--reason", "opted-out").out
    equal(place.run("run", "people", run, "--reason", "whim").code, 2)


def test_sending_hours(place):
    """At night nothing leaves, and the run stays planned for its own time."""
    place.ok("contacts", "import", shop("opt-ins.csv"))
    make_campaign(place)
    run = str(place.ok("campaign", "plan", "KW48", code=3)["run"])
    place.ok("backend", "add", "practice", "--type", "sandbox", "--set",
             "url=" + place.start_sandbox())
    planned = place.ok("run", "status", run)
    night = place.run("run", "send", run, "--backend", "practice", "--json",
                      "--now", "2026-11-26T23:10")
    equal((night.code, night.json["error"]["code"]), (1, "refused"))
    assert "Friday, 27 November 2026, 08:00" in night.err, night.err
    equal(place.ok("run", "status", run), planned)
    early = place.run("run", "send", run, "--backend", "practice", "--json",
                      "--now", "2026-11-26T09:00")
    equal((early.code, early.json["error"]["code"]), (1, "refused"))
    assert "Thursday, 26 November 2026, 10:00" in early.err, early.err
    equal(place.ok("run", "status", run), planned)


def test_pause_resume_cancel(place):
    take_year_in(place)
    make_campaign(place)
    run = str(place.ok("campaign", "plan", "KW48", code=3)["run"])
    url = place.start_sandbox()
    place.ok("backend", "add", "practice", "--type", "sandbox", "--set", f"url={url}")
    equal(place.ok("run", "pause", run)["state"], "paused")

    held = place.run("run", "send", run, "--backend", "practice", *NOW, "--json")
    equal((held.code, held.json["waiting"], held.json["sent"]), (1, 137, 0))
    equal(held.json["error"]["code"], "refused")

    equal(place.ok("run", "resume", run)["state"], "planned")
    stopped = place.ok("consent", "withdraw", "+4917604069071", "--channel", "whatsapp")
    equal(stopped["rows_withdrawn"], 1)
    equal(len(stopped["event_ids"]), 1)

    cancelled = place.ok("run", "cancel", run)
    equal((cancelled["state"], cancelled["waiting"], cancelled["excluded"]), ("cancelled", 0, 180))
    equal(cancelled["reasons"]["cancelled"], 136)
    equal(place.run("run", "resume", run).code, 1)


def test_review(place):
    """Who may have said stop is held and named, until somebody says what it was."""
    take_year_in(place)
    make_campaign(place)
    ready = place.ok("campaign", "plan", "KW48", code=3)["ready"]
    place.write("r.csv", "message_id,from,at,channel,text\n"
                "r1,+4917604069071,2026-11-24T10:00:00Z,whatsapp,\"Stop mal, was kostet das?\"\n"
                "r2,+4917604069045,2026-11-24T10:01:00Z,whatsapp,Ich will das stoppen\n")
    equal(place.ok("replies", "import", "r.csv", *NOW)["review"], 2)
    plan = place.ok("campaign", "plan", "KW48", code=3)
    equal((plan["ready"], plan["in_review"], plan["excluded"]["in-review"]), (ready - 2, 2, 2))
    assert "replies list --review" in place.run("campaign", "plan", "KW48").out

    waiting = place.ok("replies", "list", "--review")
    equal([row["text"] for row in waiting["replies"]],
          ["Ich will das stoppen", "Stop mal, was kostet das?"])
    assert len(place.ok("replies", "list")["replies"]) > 2
    stop, keep = (str(row["id"]) for row in waiting["replies"])
    equal(place.ok("replies", "settle", stop, "--as", "stop", *NOW)["rows_withdrawn"], 0)
    refused = place.run("replies", "settle", keep, "--as", "start", "--json")
    equal((refused.code, refused.json["error"]["code"]), (1, "refused"))
    place.ok("replies", "settle", keep, "--as", "other")
    equal(place.ok("replies", "list", "--review")["review"], 0)
    plan = place.ok("campaign", "plan", "KW48", code=3)
    equal((plan["ready"], plan["in_review"]), (ready - 1, 0))
    equal(place.ok("check"), {"ok": True, "problems": []})


def test_list_tells_apart(place):
    """Who agreed, who is only said to have agreed, who said stop, and who never said anything."""
    place.write("list.csv", "name,phone,channel,purpose,consent_at,consent_source,consent_text\n"
                "Anna,0171 3920001,whatsapp,news,2026-03-01 10:00,Theke,Ja\n"
                "Bea,0171 3920002,whatsapp,news,,Theke,Ja\n"
                "Cem,0171 3920003,whatsapp,news,2026-03-01 10:00,Theke,Ja\n"
                "Dora,0171 3920004,,,,,\n")
    place.ok("contacts", "import", "list.csv")
    place.ok("consent", "withdraw", "+491713920003", "--channel", "whatsapp")
    got = {person["name"]: [(mark["purpose"], mark["status"], mark["level"])
                            for mark in person["consents"]]
           for person in place.ok("contacts", "list")["people"]}
    equal(got, {"Anna": [("news", "active", "E1")], "Bea": [("news", "unproven", "E0")],
                "Cem": [("*", "withdrawn", "E0"), ("news", "withdrawn", "E0")], "Dora": []})
    lines = place.run("contacts", "list").out.splitlines()[1:5]
    equal([line.split()[3:] for line in lines],
          [["whatsapp/news", "E1"], ["whatsapp/news", "E0", "(not", "proven)"],
           ["whatsapp", "(withdrawn)"], ["–"]])


def test_unreachable_backend(place):
    """Nothing leaves, nothing is lost, and the place of the mistake is named."""
    take_year_in(place)
    make_campaign(place)
    run = str(place.ok("campaign", "plan", "KW48", code=3)["run"])
    place.ok("backend", "add", "gone", "--type", "sandbox", "--set", "url=http://127.0.0.1:9")
    test = place.run("backend", "test", "gone", "--json")
    equal((test.code, test.json["ok"], test.json["error"]["code"]), (1, False, "unreachable"))
    assert "127.0.0.1:9" in test.err, test.err
    equal(place.ok("run", "status", run)["waiting"], 137)


def test_export_batch(place):
    take_year_in(place)
    make_campaign(place)
    run = str(place.ok("campaign", "plan", "KW48", code=3)["run"])
    done = place.ok("run", "export", run, "--format", "jsonl", "--output", "batch.jsonl", *NOW)
    equal(done["rows"], 137)
    lines = place.read("batch.jsonl").splitlines()
    equal(len(lines), 137)
    assert all(b"Rouladen" in line and b"{{" not in line for line in lines)
    equal(done["left_out"], 0)
    status = place.ok("run", "status", run)
    equal((status["sent"], status["waiting"]), (137, 0))
    place.ok("consent", "withdraw", "+4917604069071")
    again = place.ok("run", "export", run, "--format", "jsonl", "--output", "again.jsonl", *NOW,
                     code=3)
    equal((again["rows"], again["left_out"]), (136, 1))


def test_export_after_sending(place):
    place.ok("contacts", "import", shop("opt-ins.csv"))
    make_campaign(place)
    run = str(place.ok("campaign", "plan", "KW48", code=3)["run"])
    place.ok("backend", "add", "practice", "--type", "sandbox", "--set",
             "url=" + place.start_sandbox("--receipts", "none"))
    place.ok("run", "send", run, "--backend", "practice", *NOW)
    late = place.run("run", "export", run, "--format", "csv", "--output", "late.csv", *NOW)
    equal(late.code, 1)
    assert "“KW48” has been sent already" in late.err, late.err
    assert not os.path.exists(place.path("late.csv"))


def test_reach(place):
    take_year_in(place)
    got = place.ok("reach", "import", shop("facebook-posts-1.csv"), shop("facebook-posts-2.csv"))
    equal((got["posts"], got["reach"], got["viewers"], got["views"]), (156, 5880, 7307, 18825))
    equal([file["posts"] for file in got["files"]], [87, 69])
    got = place.ok("reach", "import", shop("facebook-viewers.csv"))
    equal((got["format"], got["encoding"], got["days"]), ("meta-page-daily", "utf-16le", 364))

    report = place.ok("reach", "report")
    equal(report["facebook"]["reach"]["value"], 5880)
    equal(report["facebook"]["viewers"]["value"], 7307)
    equal(report["messenger"]["read"]["value"], 2516)
    for side in ("facebook", "messenger"):
        for figure in report[side].values():
            if isinstance(figure, dict):
                equal(set(figure), {"value", "low", "high", "level", "source"})
    assert report["breaks"], "the day on which Meta changed its measure is missing"

    for ending, start in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("csv", b"")):
        name = f"reach.{ending}"
        equal(place.ok("reach", "chart", "compare", "--output", name)["file"], name)
        content = place.read(name)
        assert len(content) > 500 and content.startswith(start), (name, content[:20])


def test_backup_restore(place):
    take_year_in(place)
    place.ok("backup", "copy.db")
    equal(os.stat(place.path("copy.db")).st_mode & 0o777, 0o600, "mode")
    equal(place.run("backup", "copy.db").code, 1)

    place.ok("consent", "withdraw", "+4917604069071")
    count = len(place.ok("consent", "log", "+4917604069071")["events"])
    kept = place.ok("restore", "copy.db")["kept"]
    assert len(place.ok("consent", "log", "+4917604069071")["events"]) < count
    equal(len(place.ok("consent", "log", "+4917604069071", db=kept)["events"]), count, "kept")
    equal(place.ok("check"), {"ok": True, "problems": []})

    before = place.ok("consent", "verify")
    place.write("rubbish.db", "no database")
    equal(place.run("restore", "rubbish.db").code, 1)
    equal(place.run("restore", "nowhere.db").code, 1)
    equal(place.ok("consent", "verify"), before)


def test_tampering_shows(place):
    take_year_in(place)
    with sqlite3.connect(place.path("t.db")) as db:
        db.execute("DROP TRIGGER consent_events_no_update")
        db.execute("UPDATE consent_events SET source = 'Theke, Zettel' WHERE seq = 17")
    db.close()
    verify = place.run("consent", "verify", "--json")
    equal((verify.code, verify.json["broken"]), (1, 17))
    check = place.run("check", "--json")
    equal((check.code, check.json["ok"]), (1, False))
    assert check.json["problems"]


def test_contacts_go_round(place):
    """Both exports come back as the same people."""
    place.ok("contacts", "import", shop("contacts.csv"))
    place.ok("contacts", "import", place.write("more.csv", (
        "Name;Handy;Telefon 2;E-Mail;Stichworte;Ort\n"
        "=Summe Anna;+1 201 555 0123;030 23125998;a@example.org;laufkundschaft, =vip;Bad Honnef\n"
        "\"Müller; Bob\";;;bob@example.org;\"x\";\"A\"\"B\"\n")))

    def people(db):
        keys = ("name", "phones", "emails", "tags", "city")
        found = place.ok("contacts", "list", "--limit", "0", db=db)["people"]
        return sorted(json.dumps([person[key] for key in keys]) for person in found)

    for profile in ("human", "machine"):
        rows = place.ok("contacts", "export", "out.csv", "--profile", profile)["rows"]
        equal(rows, 182, profile)
        back = place.ok("contacts", "import", "out.csv", db=f"{profile}.db")
        equal(back["new"], 182, profile)
        equal(people(f"{profile}.db"), people("t.db"), profile)
    human = place.ok("contacts", "export", "human.csv", "--segment", "tag:laufkundschaft")
    equal(human["rows"], 1)
    assert b'"=Summe' not in place.read("human.csv"), "a spreadsheet would run this cell"


def test_consents_go_round(place):
    """For programs each consent that holds comes back with its address, as a document at most."""
    place.write("list.csv", "name,phone,phone 2,email,channel,purpose,consent_at,consent_source,"
                "consent_text\n"
                "Anna,0171 3920001,,a@example.org,whatsapp,\"news,story\",2026-03-01 10:00,"
                "\"Theke, 12\",\"Ja,\ngern\"\n"
                "Anna,0171 3920001,,a@example.org,email,news,2026-03-02 10:00,Theke,Ja\n"
                "Bea,0171 3920002,030 23125998,,whatsapp,news,2026-03-01 10:00,Theke,Ja\n"
                "Cem,0171 3920003,,,whatsapp,news,2026-03-01 10:00,Theke,Ja\n"
                "Dora,0171 3920004,,,whatsapp,news,,Theke,Ja\n")
    place.ok("contacts", "import", "list.csv")
    place.ok("consent", "withdraw", "+491713920003")
    place.ok("consent", "record", "030 23125998", "--channel", "sms", "--purpose", "news",
             "--method", "keyword_inbound", "--at", "2026-03-01T10:00")
    got = place.ok("contacts", "export", "out.csv", "--profile", "machine")
    equal((got["rows"], got["consents"]), (4, 5))

    back = place.ok("contacts", "import", "out.csv", db="other.db")
    equal((back["people"], back["consents"], back["duplicates"]), (4, 5, 0))
    equal([len(row["missing"]) for row in back["unproven"]], [2])
    for address, wanted in (
            ("+491713920001", [("whatsapp", "news", "Theke, 12", "Ja,\ngern"),
                               ("whatsapp", "story", "Theke, 12", "Ja,\ngern")]),
            ("a@example.org", [("email", "news", "Theke", "Ja")]),
            ("+491713920002", [("whatsapp", "news", "Theke", "Ja")]),
            ("+493023125998", [("sms", "news", None, None)]),
            ("+491713920003", [])):
        events = place.ok("consent", "log", address, db="other.db")["events"]
        equal(sorted((e["channel"], e["purpose"], e["source"], e["wording"]) for e in events),
              wanted, address)
    again = place.ok("contacts", "import", "out.csv")
    equal((again["new"], again["updated"]), (0, 0))
    assert "do not come in again" in place.run("contacts", "export", "h.csv").out


def test_consent_by_hand(place):
    place.write("form.txt", "Ja, ich möchte die Angebote der Metzgerei per WhatsApp.")
    record = ("consent", "record", "0171 3920007", "--channel", "whatsapp", "--purpose", "news",
              "--method", "paper_form", "--at", "2026-11-20T10:15", "--source", "Zettel 12",
              "--wording", "form.txt")
    first = place.ok(*record)
    equal(first["level"], "E1")
    log = place.ok("consent", "log", "+491713920007")["events"]
    equal([event["event_id"] for event in log], [first["event_id"]])
    equal(log[0]["at"], "2026-11-20T09:15:00Z", "local time")
    equal(place.ok(*record)["event_id"], None, "the same again")
    scan = place.write("scan.pdf", b"%PDF-1.4 a signed form")
    by_id = place.ok("consent", "record", "0171 3920009", "--channel", "whatsapp", "--purpose",
                     "news", "--method", "paper_form", "--source", "Zettel 13", "--wording",
                     log[0]["wording_sha256"][:8], "--evidence", scan)
    equal(by_id["level"], "E1")
    events = place.ok("consent", "log", "0171 3920009")["events"]
    equal([event["type"] for event in events], ["granted", "evidence_added"])
    equal(events[0]["wording"], log[0]["wording"])
    equal(events[1]["source"], "scan.pdf")
    assert hashlib.sha256(place.read("scan.pdf")).hexdigest() in events[1]["text"]
    equal(place.run(*record, "--wording", "0123456789").code, 1, "unknown wording")
    equal(place.ok("consent", "record", "0171 3920008", "--channel", "sms", "--purpose", "news",
                   "--method", "keyword_inbound")["level"], "E2")
    equal(place.run("consent", "record", "0171 3920008", "--channel", "sms", "--purpose", "news",
                    "--method", "paper_form", "--at", "2099-01-01T10:00").code, 1, "future")
    equal(len(place.ok("consent", "withdraw", "0171 3920007")["event_ids"]), 3)
    equal(place.ok("consent", "verify")["broken"], None)


def test_messages(place):
    first = place.ok("message", "save", "Käse", "--channel", "whatsapp", "--body", "-",
                     stdin="Hallo {{first_name|Kundin}}\n\n")
    equal(first["version"], 1)
    same = place.ok("message", "save", "Käse", "--channel", "whatsapp", "--body", "-",
                    stdin="Hallo {{first_name|Kundin}}")
    equal(same, first, "the same text")
    other = place.ok("message", "save", "Käse", "--channel", "whatsapp", "--body",
                     place.write("cp1252.txt", "Grüß Gott {{name}}, 5 €".encode("cp1252")))
    equal((other["id"], other["version"]), (first["id"], 2))
    place.ok("contacts", "import", shop("contacts.csv"))
    equal(place.ok("message", "render", "Käse", "--contact", "0171 3920006")["text"],
          "Grüß Gott Günther Lindner, 5 €")
    equal([message["version"] for message in place.ok("message", "list")["messages"]], [2])
    measure = place.ok("message", "measure", "--channel", "sms", "--text", "Käse 5 € – gut")
    equal((measure["encoding"], measure["segments"], measure["culprits"]), ("ucs-2", 1, ["–"]))
    equal(place.ok("message", "measure", "--channel", "sms", "--text", "a" * 161)["segments"], 2)


main("/cli/way", [
    test_shop_figures, test_twice_is_once, test_history_of_other_channels, test_plan_send_collect,
    test_people_behind_the_numbers, test_sending_hours, test_pause_resume_cancel, test_review, test_list_tells_apart,
    test_unreachable_backend, test_export_batch, test_export_after_sending, test_reach,
    test_backup_restore,
    test_tampering_shows, test_contacts_go_round, test_consents_go_round, test_consent_by_hand, test_messages,
])
