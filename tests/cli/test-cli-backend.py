#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backends that lie: what is told meanwhile and in the end, and that nobody gets a message
twice."""
import json
import signal
import subprocess
import urllib.request

from harness import CLI, equal, main
from liar import Liar, is_silent, resets, says, takes_and

NOW = ("--now", "2026-11-26T10:05")
PAGE = b"<!DOCTYPE html><html><body>It works!</body></html>"
FAULT = says(500, b'{"code": "fault", "message": "out of order"}')

# The lie about each request, how often; the exit code (3 where something may have left), the
# error's code, and what is told.
LIES = {
    "wrong JSON": (says(200, b'{"accepted": "all"'), 9, 3, "protocol", "no JSON object"),
    "another JSON": (says(200, b"[1, 2, 3]"), 9, 3, "protocol", "no JSON object"),
    "a web page": (says(200, PAGE, "text/html"), 9, 3, "protocol", "web page"),
    "10 MB": (says(200, b" " * 10_000_000), 9, 3, "protocol", "1 MB"),
    "a reset": (resets, 99, 3, "uncertain", "broke"),
    "401": (says(401), 1, 1, "denied", "access key"),
    "409, then the truth": (says(409, Retry_After="1"), 2, 0, None, "still working"),
    "429, then the truth": (says(429, Retry_After="7"), 1, 0, None, "in 7 seconds (try 2 of 12)"),
    "429 without Retry-After": (says(429), 1, 0, None, "too many requests"),
    "500, then the truth": (FAULT, 2, 0, None, "in 1 second (try 2 of 6)"),
    "500 for ever": (FAULT, 99, 3, "uncertain", "fault of its own"),
    "taken, and a reset": (takes_and(resets), 1, 0, None, "asked again"),
    "taken, and 500": (takes_and(FAULT), 2, 0, None, "asked again"),
    "taken, and a web page": (takes_and(says(200, PAGE, "text/html")), 1, 0, None, "understood"),
}


def plan(place, people):
    """A run of these people; returns its number."""
    place.env["RUNDRUF_SECOND_MS"] = "1"
    place.write("people.csv", "Name;Handy;Kanal;Zweck;Einwilligung am;Quelle;Wortlaut\n" + "".join(
        f"Kunde {i};+49171392{i:04};whatsapp;weekly-offer;2026-10-01 10:00;Zettel {i};Ja, gern.\n"
        for i in range(people)))
    place.ok("contacts", "import", "people.csv")
    place.ok("message", "save", "M", "--channel", "whatsapp", "--body", "-", stdin="Hallo!")
    place.ok("campaign", "save", "C", "--message", "M", "--channel", "whatsapp", "--purpose",
             "weekly-offer", "--at", "2026-11-26T10:00")
    planned = place.ok("campaign", "plan", "C")
    equal(planned["ready"], people)
    return str(planned["run"])


def check_all_arrived(place, run, url, people, db="t.db"):
    with urllib.request.urlopen(url + "/stats") as answer:
        stats = json.load(answer)
    equal((stats["recipients"], stats["doubles"]), (people, 0), db)
    status = place.ok("run", "status", run, db=db)
    equal((status["sent"], status["waiting"], status["unknown"]), (people, 0, 0), db)
    equal(place.ok("check", db=db), {"ok": True, "problems": []}, db)


def add_liar(place, liar, *settings, db="t.db"):
    place.ok("backend", "add", "liar", "--type", "sandbox", "--set", f"url={liar.url}", *settings,
             db=db)


def test_lies(place):
    """Each lie alone. Whatever it was, the truth ends with everybody having it once."""
    run = plan(place, 20)
    place.ok("backup", "planned")
    for name, (lie, times, code, error, words) in LIES.items():
        place.ok("restore", "planned", db=name)
        sandbox = place.start_sandbox("--receipts", "none", db=name + ".sandbox")
        with Liar(sandbox) as liar:
            add_liar(place, liar, db=name)
            liar.lies = [lie] * times
            result = place.run("run", "send", run, "--backend", "liar", "--json", *NOW, db=name)
            told = result.json
            equal((result.code, told.get("error", {}).get("code")), (code, error),
                  (name, result.err))
            assert words in result.err, (name, result.err)
            if code != 0:
                equal((told["state"], told["sent"]), ("paused", 0), name)
                assert told["problem"], name
            liar.lies = []
            place.ok("run", "send", run, "--backend", "liar", *NOW, db=name)
        check_all_arrived(place, run, sandbox, 20, db=name)


def test_broken_off(place):
    """Where a part has left, exit code 3 says so beside the error; quiet is quiet."""
    run = plan(place, 1700)
    sandbox = place.start_sandbox("--receipts", "none")
    with Liar(sandbox) as liar:
        add_liar(place, liar)
        liar.lies = [None] + [says(401)] * 9
        result = place.run("run", "send", run, "--backend", "liar", "--json", "--quiet", *NOW)
        told = result.json
        equal((result.code, told["error"]["code"], told["state"]), (3, "denied", "paused"))
        assert 0 < told["sent"] < 1700 and told["sent"] + told["waiting"] == 1700, told
        equal(result.err.count("\n"), 1, result.err)
        liar.lies = []
        place.ok("run", "send", run, "--backend", "liar", *NOW)
    check_all_arrived(place, run, sandbox, 1700)


def test_silence(place):
    """A server that says nothing is not waited for longer than its setting says."""
    run = plan(place, 3)
    sandbox = place.start_sandbox("--receipts", "none")
    with Liar(sandbox) as liar:
        add_liar(place, liar, "--set", "timeout=1")
        liar.lies = [takes_and(is_silent)]
        result = place.run("run", "send", run, "--backend", "liar", "--json", *NOW)
        equal(result.code, 0, result.err)
        assert "asked again in 1 second (try 2 of 6)" in result.err, result.err
    check_all_arrived(place, run, sandbox, 3)


def test_interrupted(place):
    """Ctrl-C while a backend is waited for: the run stands, nothing is lost."""
    run = plan(place, 3)
    sandbox = place.start_sandbox("--receipts", "none")
    place.env["RUNDRUF_SECOND_MS"] = "1000"
    with Liar(sandbox) as liar:
        add_liar(place, liar)
        liar.lies = [says(429, Retry_After="50")]
        child = subprocess.Popen([CLI, "--db", "t.db", "--json", "run", "send", run, "--backend",
                                  "liar", *NOW], cwd=place.folder, env=place.env, text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert "in 50 seconds" in child.stderr.readline()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
        told = json.loads(out)
        equal((child.returncode, told["error"]["code"], told["state"], told["waiting"]),
              (1, "cancelled", "paused", 3), err)
        place.ok("run", "send", run, "--backend", "liar", *NOW)
    check_all_arrived(place, run, sandbox, 3)


def test_lying_about_itself(place):
    """A test and the fetching of receipts are told the same way, and change nothing."""
    plan(place, 3)
    sandbox = place.start_sandbox("--receipts", "none")
    with Liar(sandbox) as liar:
        add_liar(place, liar)
        liar.path = ""
        for lie, code in ((says(200, PAGE, "text/html"), "protocol"), (says(401), "denied"),
                          (resets, "unreachable"), (says(200, b"[]"), "protocol"),
                          (says(500), "unreachable")):
            for verb in (["backend", "test", "liar"], ["receipts", "collect", "--backend", "liar"]):
                liar.lies = [lie] * 9
                result = place.run(*verb, "--json")
                equal((result.code, result.json["error"]["code"]), (1, code), (verb, result.err))
                assert liar.url.removeprefix("http://") in result.err, result.err
    equal(place.ok("check"), {"ok": True, "problems": []})


main("/cli/backend", [
    test_lies, test_broken_off, test_silence, test_interrupted, test_lying_about_itself,
])
