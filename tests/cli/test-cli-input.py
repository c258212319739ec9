#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong calls, bad files, damaged databases, Ctrl-C: what people are told, and that
nothing changed."""
import os
import pty
import re
import signal
import subprocess

from harness import CLI, RECEIPTS, SANDBOX, SHOP, SOURCE, equal, main

# Arguments, and a word that the error must have.
WRONG_CALLS = [
    ([], "verb"),
    (["frobnicate"], "no such verb"),
    (["contacts", "improt", "x.csv"], "contacts import"),
    (["kontakte", "list"], "contacts list"),
    (["contacts"], "contacts"),
    (["contacts", "import"], "FILE"),
    (["contacts", "import", "x.csv", "--region", "Germany"], "--region"),
    (["contacts", "import", "x.csv", "--region", "XX"], "XX"),
    (["contacts", "list", "extra"], "extra"),
    (["contacts", "list", "--bogus"], "--bogus"),
    (["contacts", "list", "--limit", "-1"], "--limit"),
    (["contacts", "list", "--limit", "many"], "many"),
    (["contacts", "list", "--segment", "tag:"], "--segment"),
    (["contacts", "list", "--segment", "(tag:a"], "--segment"),
    (["contacts", "export", "x.csv", "--profile", "robot"], "robot"),
    (["consent", "record", "0171 3920001", "--purpose", "news", "--method", "import"], "--channel"),
    (["consent", "record", "0171 3920001", "--channel", "fax", "--purpose", "news",
      "--method", "import"], "fax"),
    (["consent", "record", "0171 3920001", "--channel", "sms", "--purpose", "news",
      "--method", "magic"], "magic"),
    (["consent", "record", "0171 3920001", "--channel", "sms", "--purpose", "news",
      "--method", "import", "--at", "31.02.2026"], "31.02.2026"),
    (["message", "save", "A", "--channel", "sms"], "--body"),
    (["message", "measure", "--channel", "sms"], "--text"),
    (["campaign", "save", "A", "--message", "M", "--channel", "sms", "--purpose", "news"], "--at"),
    (["campaign", "save", "A", "--message", "M", "--channel", "sms", "--purpose", "news",
      "--at", "2026-11-26"], "without a time"),
    (["run", "status", "seven"], "seven"),
    (["run", "import", "x.csv", "--channel", "fax"], "fax"),
    (["run", "send", "1"], "--backend"),
    (["replies", "settle", "1"], "--as"),
    (["replies", "settle", "1", "--as", "review"], "review"),
    (["replies", "settle", "one", "--as", "stop"], "one"),
    (["run", "export", "1", "--format", "xls", "--output", "x"], "xls"),
    (["backend", "add", "A"], "--type"),
    (["backend", "add", "A", "--type", "sandbox", "--set", "url"], "url"),
    (["backend", "add", "A", "--type", "sandbox", "--set", "api_token=hush"], "--secret-file"),
    (["reach", "chart", "pie", "--output", "x.svg"], "pie"),
    (["reach", "chart", "compare", "--output", "x.svg", "--width", "0"], "--width"),
    (["reach", "report", "--from", "2026-02-01", "--to", "2026-01-01"], "--to"),
    (["--now", "soon", "check"], "soon"),
]

# What does not exist is said by name.
NOT_FOUND = [
    (["run", "status", "7"], "7"),
    (["run", "cancel", "7"], "7"),
    (["replies", "settle", "7", "--as", "stop"], "7"),
    (["campaign", "plan", "Fasching"], "Fasching"),
    (["message", "render", "Fasching", "--contact", "1"], "Fasching"),
    (["backend", "test", "Fasching"], "Fasching"),
    (["receipts", "collect", "--backend", "Fasching"], "Fasching"),
    (["campaign", "save", "A", "--message", "Fasching", "--channel", "sms", "--purpose", "news",
      "--at", "2026-11-26T10:00"], "Fasching"),
]

READERS = [["contacts", "import"], ["reach", "import"], ["receipts", "import"],
           ["replies", "import"], ["run", "import"], ["restore"]]


def fingerprint(place):
    """All that the database says; a failed call must not change it."""
    return [place.ok("contacts", "list", "--limit", "0"), place.ok("consent", "verify"),
            place.ok("campaign", "list"), place.ok("message", "list"), place.ok("backend", "list")]


def test_wrong_calls(place):
    for args, word in WRONG_CALLS:
        result = place.run(*args)
        equal(result.code, 2, args)
        assert word in result.err and "\n" not in result.err.strip(), (args, result.err)
        equal(result.out, "", args)
        result = place.run(*args, "--json")
        equal((result.code, result.json["error"]["code"]), (2, "usage"), args)
    assert not os.path.exists(place.path("t.db")), "a wrong call made a database"


def test_not_found(place):
    place.ok("contacts", "import", os.path.join(SHOP, "contacts.csv"))
    for args, word in NOT_FOUND:
        result = place.run(*args, "--json")
        equal((result.code, result.json["error"]["code"]), (1, "not-found"), args)
        assert word in result.err, (args, result.err)


def read_verbs(place):
    general = place.run("--help")
    equal(general.code, 0)
    verbs = [line.split("  ")[1].split() for line in general.out.split("\n\n")[1].splitlines()[1:]]
    assert len(verbs) >= 34, verbs
    return verbs


def test_help(place):
    """Every verb of the list has usage, options and an example."""
    for verb in read_verbs(place):
        result = place.run(*verb, "--help")
        equal((result.code, result.err), (0, ""), verb)
        for word in ("Usage:", "--json", "Example:", "rundruf-cli " + " ".join(verb)):
            assert word in result.out, (verb, word)
    equal(place.run("contacts", "--help").code, 0)
    assert place.run("--version").out.startswith("rundruf-cli "), "version"
    assert not os.path.exists(place.path("t.db"))


def test_man_page(place):
    """It knows every verb and every option that the help knows."""
    with open(os.path.join(SOURCE, "data", "rundruf-cli.1"), encoding="utf-8") as file:
        page = file.read().replace("\\-", "-").replace('"', "")
    for verb in read_verbs(place):
        section = page.split(" ".join(verb), 1)
        equal(len(section), 2, verb)
        section = section[1].split("\n.RE\n")[0] + page.split(".SH WORDS")[0]
        for option in re.findall(r"--[a-z-]+", place.run(*verb, "--help").out.split("Example:")[0]):
            assert option in section, (verb, option)


def test_files_as_described(place):
    """A file with the columns that the help names comes in; so does the man page's example."""
    for verb, row in ((["run", "import"], "m1,KW48,+491713920001,2026-11-20T10:00:00Z"),
                      (["receipts", "import"], "m1,delivered,2026-11-20T10:01:00Z,"),
                      (["replies", "import"], "r1,+491713920001,2026-11-20T10:02:00Z,whatsapp,Hm")):
        columns = re.findall(r"^    ([a-z_]+)  ", place.run(*verb, "--help").out, re.M)
        place.write("file.csv", ",".join(columns) + "\n" + row + "\n")
        equal(place.ok(*verb, "file.csv")["rows"], 1, verb)
    equal(place.ok("run", "status", "1")["delivered"], 1)

    with open(os.path.join(SOURCE, "data", "rundruf-cli.1"), encoding="utf-8") as file:
        table = re.search(r"^Name;Handy;.*\n.*\n", file.read(), re.M).group(0)
    place.write("opt-ins.csv", table)
    equal(place.ok("contacts", "import", "opt-ins.csv")["consents"], 1)
    equal(place.ok("contacts", "list", "--segment", "consent:whatsapp/weekly-offer")["total"], 1)


def test_bad_files(place):
    place.ok("contacts", "import", os.path.join(SHOP, "contacts.csv"))
    before = fingerprint(place)
    os.mkdir(place.path("folder"))
    place.write("empty", b"")
    place.write("noise", bytes(range(256)) * 40)
    for reader in READERS:
        for name in ("missing", "folder", "empty"):
            result = place.run(*reader, name, "--json")
            equal(result.code, 1, (reader, name))
            assert name in result.err, (reader, name, result.err)
            assert result.json["error"]["message"], (reader, name)
        result = place.run(*reader, "noise", "--json")
        assert result.code in (1, 3), (reader, result.code, result.err)
    equal(fingerprint(place), before)


# Verbs that write a file, which is named last.
WRITERS = [["contacts", "export"], ["contacts", "import", "list.csv", "--rejects"],
           ["run", "export", "1", "--format", "csv", "--output"],
           ["reach", "chart", "compare", "--output"], ["consent", "proof", "1", "--output"],
           ["poster", "--channel", "whatsapp", "--purpose", "news", "--number", "+49 171 3920000",
            "--output"],
           ["backup"]]


def test_bad_places(place):
    """Where a file cannot be written, the place and the next step are named, and nothing of it
    is left."""
    place.write("list.csv", "Name;Telefon\nAnna;0171 3920001\nBob;4,91512E+12\n")
    place.ok("contacts", "import", os.path.join(SHOP, "opt-ins.csv"))
    place.ok("message", "save", "M", "--channel", "whatsapp", "--body", "-", stdin="Hallo")
    place.ok("campaign", "save", "C", "--message", "M", "--channel", "whatsapp", "--purpose",
             "weekly-offer", "--at", "2026-11-26T10:00")
    place.ok("campaign", "plan", "C", code=3)
    os.mkdir(place.path("folder.pdf"))
    before = fingerprint(place)
    for writer in WRITERS:
        for target, words in (("folder.pdf", "is a folder. Name a file in it."),
                              ("nowhere/x.pdf", "There is no folder “nowhere”."),
                              ("list.csv/x.pdf", "There is no folder “list.csv”.")):
            result = place.run(*writer, target)
            equal(result.code, 1, (writer, target))
            assert words in result.err, (writer, result.err)
            assert "XX" not in result.err and result.err.count("\n") == 1, (writer, result.err)
    for writer in WRITERS[:3]:
        result = place.run(*writer, "/dev/full", "--json")
        equal((result.code, result.json["error"]["code"]), (1, "full"), (writer, result.err))
    assert fingerprint(place) == before, "something changed"
    equal(place.ok("run", "status", "1")["sent"], 0)
    equal({name for name in os.listdir(place.folder) if not name.startswith("t.db")},
          {"folder.pdf", "list.csv"})


def test_one_bad_file_of_many(place):
    """A wrong name at the end of a list leaves nothing half done."""
    result = place.run("contacts", "import", os.path.join(SHOP, "contacts.csv"), "missing.csv")
    equal(result.code, 1)
    assert "missing.csv" in result.err
    assert not os.path.exists(place.path("t.db"))


def test_rejected_rows(place):
    """Exit 3, with row, column and reason; the good rows are there."""
    place.write("list.csv", "Name;Telefon\nAnna;0171 3920001\nBob;4,91512E+12\nCarl;\n")
    result = place.run("contacts", "import", "list.csv", "--rejects", "out.csv", "--json")
    equal(result.code, 3)
    reasons = {(row["row"], row["reason"]) for row in result.json["rejected"]}
    equal(reasons, {(3, "phone-damaged"), (4, "no-address")})
    for words in ("row 3, column Telefon: 4,91512E+12. ", "digits are lost. (phone-damaged)"):
        assert words in result.err, (words, result.err)
    equal(place.ok("contacts", "list")["total"], 1)
    assert b"4,91512E+12" in place.read("out.csv")
    for name, rows in (("receipts.csv", {131, 132, 133}), ("receipts.jsonl", {31})):
        result = place.run("receipts", "import", os.path.join(RECEIPTS, name), "--json")
        equal(result.code, 3)
        equal({row["row"] for row in result.json["rejected"]}, rows, name)


def test_unproven_rows(place):
    """Each consent that proves nothing is named with its row and why, and no stop is lifted."""
    head = "name,phone,channel,purpose,consent_at,consent_source,consent_text\n"
    place.write("stop.csv", "message_id,from,at,channel,text\n"
                "m1,+491713920003,2026-03-02T10:00:00Z,whatsapp,STOP\n")
    place.ok("replies", "import", "stop.csv")
    place.write("list.csv", head + "A,0171 3920001,whatsapp,news,2026-03-01 10:00,Theke,Ja\n"
                "B,0171 3920002,whatsapp,news,,Theke,\n"
                "C,0171 3920003,whatsapp,news,2026-03-01 10:00,Theke,Ja\n")
    got = place.ok("contacts", "import", "list.csv")
    equal((got["consents"], got["consents_usable"], got["consents_unproven"]), (3, 1, 1))
    equal((got["people_writable"], got["people_stopped"]), (1, 1))
    equal(got["unproven"], [{"row": 3, "missing": ["time", "wording"]}])
    told = place.run("contacts", "import", "list.csv", "--dry-run")
    assert "row 3: This consent proves nothing yet: no time, no wording." in told.err, told.err
    assert "1 may be used, 1 prove nothing yet" in told.out, told.out
    assert "1 person said stop before" in told.out, told.out


def test_stop_without_a_time(place):
    """It counts at once; the row is reported with what was done, and exit says so."""
    place.write("a.csv", "message_id,from,at,channel,text\n"
                "m1,+491713920001,2026-10-01T10:00:00Z,whatsapp,START\n")
    place.write("b.csv", "message_id,from,at,channel,text\nm2,+491713920001,soon,whatsapp,STOP\n")
    place.ok("replies", "import", "a.csv")
    result = place.run("replies", "import", "b.csv", "--json")
    equal((result.code, result.json["opt_outs"]), (3, 1))
    equal(result.json["rejected"], [{"row": 2, "column": "at", "reason": "time-invalid",
                                     "value": "soon", "done": "stopped"}])
    assert "stop" in result.err, result.err
    equal(place.ok("consent", "log", "+491713920001")["events"][-1]["type"], "withdrawn")


def test_dry_run(place):
    got = place.ok("contacts", "import", os.path.join(SHOP, "contacts.csv"), "--dry-run")
    equal((got["rows"], got["new"], got["import_id"]), (180, 180, None))
    equal(place.ok("contacts", "list")["total"], 0)


def test_damaged_database(place):
    place.ok("contacts", "import", os.path.join(SHOP, "contacts.csv"))
    assert not os.path.exists(place.path("t.db-wal")), "the journal did not come home"
    whole = place.read("t.db")
    os.mkdir(place.path("folder.db"))
    place.write("text.db", "this is no database, but it is long enough to look at" * 100)
    place.write("cut.db", whole[:len(whole) // 2])
    place.write("stump.db", whole[:2048])
    for name in ("text.db", "cut.db", "stump.db", "folder.db"):
        result = place.run("check", "--json", db=name)
        equal(result.code, 1, name)
        assert result.json.get("error"), name
    equal(place.read("text.db")[:7], b"this is", "the file was changed")
    equal(place.run("contacts", "list", db="nowhere/t.db").code, 1)


def test_secrets_stay_secret(place):
    """Not on stdout, not on stderr, not in the database; without keyring it says where to put it."""
    place.write("secret", "hush-9f2c\n")
    result = place.run("backend", "add", "shop", "--type", "sandbox", "--set",
                       "url=http://127.0.0.1:9", "--secret-file", "secret", "--json")
    equal(result.code, 1)
    assert "RUNDRUF_SECRET_SHOP" in result.err, result.err
    equal(place.ok("backend", "list")["backends"], [])
    env = dict(place.env, RUNDRUF_SECRET_SHOP="hush-9f2c")
    place.ok("backend", "add", "shop", "--type", "sandbox", "--set", "url=http://127.0.0.1:9")
    tested = place.run("backend", "test", "shop", "--json", env=env)
    listed = place.run("backend", "list", "--json", env=env)
    for text in (result.out, result.err, tested.out, tested.err, listed.out):
        assert "hush-9f2c" not in text, text
    for name in os.listdir(place.folder):
        if name != "secret" and os.path.isfile(place.path(name)):
            assert b"hush-9f2c" not in place.read(name), name


def test_database_is_private(place):
    place.ok("contacts", "import", os.path.join(SHOP, "contacts.csv"))
    for name in os.listdir(place.folder):
        equal(os.stat(place.path(name)).st_mode & 0o077, 0, name)


def test_default_database(place):
    call = {"env": place.env, "capture_output": True, "text": True, "timeout": 60}
    done = subprocess.run([CLI, "contacts", "list"], **call)
    equal(done.returncode, 1)
    assert "contacts import" in done.stderr, done.stderr
    assert not os.path.exists(place.path("rundruf/rundruf.db"))
    done = subprocess.run([CLI, "contacts", "import", os.path.join(SHOP, "contacts.csv")], **call)
    equal(done.returncode, 0, done.stderr)
    assert os.path.exists(place.path("rundruf/rundruf.db"))


# Verbs that begin a database where there is none, or need none.
CREATES = [["contacts", "import"], ["consent", "record"], ["message", "save"], ["run", "import"],
           ["backend", "add"], ["receipts", "import"], ["replies", "import"],
           ["reach", "import"], ["poster"], ["restore"], ["demo"], ["message", "measure"]]
NAMES = {"chart": "compare"}


def test_mistyped_database(place):
    """Only a verb that may begin a new database makes one; the others name the file."""
    options = ["--channel", "sms", "--purpose", "news", "--message", "x", "--contact", "1",
               "--at", "2026-11-26T10:00", "--backend", "x", "--format", "csv",
               "--output", "x.csv", "--as", "stop", "--region", "DE"]
    for verb in read_verbs(place):
        if verb in CREATES:
            continue
        shown = place.run(*verb, "--help").out
        words = [] if " ".join(verb) + "\n" in shown else [NAMES.get(verb[-1], "7")]
        wanted = [option for pair in zip(options[::2], options[1::2]) for option in pair
                  if re.search(rf"{pair[0]}\b", shown)]
        result = place.run(*verb, *words, *wanted, "--json", db="mistyped.db")
        equal((result.code, result.json["error"]["code"]), (1, "not-found"), (verb, result.err))
        assert "mistyped.db" in result.err, (verb, result.err)
    assert not os.path.exists(place.path("mistyped.db"))


def test_options_anywhere(place):
    place.ok("contacts", "import", os.path.join(SHOP, "contacts.csv"))
    base = [CLI, "--db", place.path("t.db")]
    calls = [[*base, "--json", "contacts", "list", "--limit", "1"],
             [*base, "contacts", "--json", "list", "--limit", "1"],
             [CLI, "contacts", "list", "--limit", "1", "--json", "--db", place.path("t.db")]]
    answers = {subprocess.run(call, env=place.env, capture_output=True, timeout=60).stdout
               for call in calls}
    equal(len(answers), 1)


def test_no_locale(place):
    """Timers run without one; names and texts are UTF-8 all the same."""
    env = {"PATH": "/usr/bin:/bin", "HOME": place.folder}
    place.ok("message", "save", "Käse", "--channel", "sms", "--body", "-", stdin="Grüße", env=env)
    equal(place.ok("message", "list", env=env)["messages"][0]["name"], "Käse")
    assert "Käse" in place.run("message", "list", env=env).out


def test_german_where_it_was_built(place):
    """The build tree's own words, before anything was installed."""
    env = dict(place.env, LANGUAGE="de")
    assert "Aufruf:" in place.run("contacts", "list", "--help", env=env).out
    help_of_sandbox = subprocess.run([SANDBOX, "--help"], env=env, capture_output=True, text=True,
                                     timeout=60)
    assert "niemandem" in help_of_sandbox.stdout, help_of_sandbox.stdout


def test_tables(place):
    """People get aligned columns, and no control character from a foreign file."""
    place.write("list.csv", "Name;Telefon\n\"An\x1b[31mna\";0171 3920001\n")
    place.run("contacts", "import", "list.csv")
    lines = place.run("contacts", "list").out.splitlines()
    equal(lines[0].index("Phone"), lines[1].index("+491713920001"))
    assert "\x1b" not in "".join(lines)
    equal(place.run("contacts", "list", "--quiet").out.splitlines(), lines[:2])


def test_interrupt(place):
    """The bar shows on a terminal; Ctrl-C ends cleanly and leaves nothing behind."""
    rows = "".join(f"Kunde {i};{i}@example.org\n" for i in range(400000))
    place.write("big.csv", "Name;E-Mail\n" + rows)
    leader, follower = pty.openpty()
    child = subprocess.Popen([CLI, "--db", "t.db", "contacts", "import", "big.csv"],
                             cwd=place.folder, env=place.env, stdout=subprocess.DEVNULL,
                             stderr=follower)
    os.close(follower)
    shown = b""
    while b"[" not in shown.replace(b"\x1b[", b""):
        shown += os.read(leader, 4096)
    child.send_signal(signal.SIGINT)
    told = b""
    try:
        while more := os.read(leader, 4096):
            told += more
    except OSError:
        pass
    os.close(leader)
    equal(child.wait(), 1, told)
    assert b"Cancelled." in told, told
    equal(place.ok("contacts", "list")["total"], 0)
    equal(place.ok("check"), {"ok": True, "problems": []})


main("/cli/input", [
    test_wrong_calls, test_not_found, test_help, test_man_page, test_files_as_described, test_bad_files, test_bad_places, test_one_bad_file_of_many,
    test_rejected_rows, test_unproven_rows, test_stop_without_a_time, test_dry_run, test_damaged_database, test_secrets_stay_secret,
    test_database_is_private, test_default_database, test_mistyped_database, test_options_anywhere, test_no_locale,
    test_german_where_it_was_built,
    test_tables, test_interrupt,
])
