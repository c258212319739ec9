#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way in the real window: from a contact file to a sent batch and a reach chart.

usage: test-way.py RUNDRUF RUNDRUF-CLI SOURCE-ROOT
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

import driver

PROGRAM, CLI, ROOT = (os.path.abspath(path) for path in sys.argv[1:4])
SANDBOX = os.path.join(os.path.dirname(PROGRAM), "sandbox", "rundruf-sandbox")
POSTS = os.path.join(ROOT, "data/sample-shop/facebook-posts-2.csv")
MORNING = ("--now", "2026-11-26 10:30")      # a Thursday, inside the sending hours
WORDING = "Ja, bitte Wochenangebote per WhatsApp. STOP beendet das."
CONSENT = f"whatsapp,weekly-offer,2026-03-14 09:12,Theke Zettel 12,{WORDING}"
PEOPLE = f"""first_name,last_name,phone,channel,purpose,consent_at,consent_source,consent_text
Anna,Weiß,0176 04069001,"{CONSENT.replace(',', '","', 4)}"
Ben,Kraft,0176 04069002,"{CONSENT.replace(',', '","', 4)}"
Carla,Otto,0176 04069003,,,,,
Dora,Lenz,"4,91512E+12",,,,,
"""

folder = tempfile.mkdtemp(prefix="rundruf-way-")


def write_file(name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def start(*arguments, **env):
    return driver.Program(PROGRAM, *MORNING, *arguments, folder=folder, env=env)


def ask(*words):
    """What the store holds, by the command line; it does none of the steps."""
    done = subprocess.run([CLI, "--json", "--db", os.path.join(folder, "shop.db"), *words],
                          capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def bring_in():
    """a contact file is brought in; what cannot be taken is said"""
    with start(write_file("people.csv", PEOPLE)) as window:
        window.find("4,91512E+12", "label")
        window.click("Bring In 3 People")
        window.find("3 People Are In", "label")
        window.click("Look at Them")
        window.find("3 people", "label")
        window.click("Overview")
        window.find("Done: 3 people", "label")
        window.quit()
    assert ask("contacts", "list")["total"] == 3


def write_and_plan():
    """a message is written, seen as Anna will see it, and planned"""
    with start() as window:
        window.click("Messages")
        window.click("New Message")
        window.enter("Name", "Wochenangebot")
        window.enter("Text", "Hallo {{first_name|Kundin}}, diese Woche: Rouladen. Abmelden: STOP")
        window.find("Hallo Anna, diese Woche: Rouladen. Abmelden: STOP", "label")
        window.click("Plan…")
        window.find("2 people")
        window.find("Plan for 2 People", "push button")
        window.click("Plan for 2 People")
        window.find("2 waiting", "label")
        window.find("1 left out", "label")
        window.quit()
    status = ask("run", "status", "1")
    assert (status["planned"], status["ready"], status["excluded"]) == (3, 2, 1), status


def send():
    """the run leaves for the practice service, and receipts come back"""
    with start() as window:
        window.click("Outbox")
        open_run(window)
        window.click("Send Now…")
        window.click("Send to 2 People")
        wait_until_done(window, "1")
        window.gone("2 waiting")
        window.gone("Pause")
        window.quit()
    status = ask("run", "status", "1")
    assert status["state"] == "done" and status["waiting"] == 0, status
    assert status["sent"] + status["failed"] == 2 and status["sent"] > 0, status


def open_run(window):
    """Opens the topmost run in the list."""
    def opened():
        for node, _ in window.walk():
            if window.role(node) == "list item" and node.name.startswith("Wochenangebot"):
                return window.is_showing(node) and node.queryAction().doAction(0)
        return False
    window.wait_for(opened, "no run is listed")
    window.find("Run Menu")


def wait_until_done(window, run):
    """Asks the store, not the screen: GTK 4.8 may crash when it is asked for a row that it is
    just taking away."""
    window.wait_for(lambda: ask("run", "status", run)["state"] == "done", f"run {run} does not end")


def reach():
    """a Meta export is opened, goes to Reach and stands beside the messages"""
    with start(POSTS) as window:
        window.find("Reach", outside="Pages")
        window.wait_for(lambda: any(re.search("screen 1.?528 times", name)
                                    for name in window.names("label")), "no sentence says it")
        window.click("Table")
        window.find("Metric")
        window.quit()
    assert ask("reach", "report")["facebook"]["viewers"]["value"] == 7307


def withdraw():
    """one click takes Ben out of everything that is planned"""
    with start() as window:
        window.click("Contacts")
        window.find("3 people", "label")
        window.key("ctrl+f")
        window.find("Search contacts")
        window.write("Ben")
        window.find("1 of 3 people", "label")
        window.key("Return")
        window.click("Withdraw")
        window.gone("Withdraw")
        window.click("Messages")
        window.click("Plan…")
        window.find("Plan for 1 Person", "push button")
        window.key("Escape")
        window.gone("Plan for 1 Person")
        window.quit()


def stays():
    """after a new start all is there, checked and without doubles"""
    with start() as window:
        window.click("Outbox")
        open_run(window)
        window.quit()
    check_health()
    assert get_stats()["doubles"] == 0


def pull_the_plug():
    """the plug pulled while messages leave: nobody gets one twice, nobody is lost"""
    rows = "".join(f'Person,{i},+49176040690{i},"{CONSENT.replace(",", chr(34) + "," + chr(34), 4)}"\n'
                   for i in range(10, 60))
    path = write_file("more.csv", PEOPLE.splitlines()[0] + "\n" + rows)
    with start(path) as window:
        window.click("Bring In 50 People")
        window.find("50 People Are In", "label")
        window.click("Look at Them")
        window.click("Messages")
        window.click("Plan…")
        window.click("Plan for 51 People")
        window.find("51 waiting", "label")
        window.quit()
    with start(RUNDRUF_CRASH_AT="submitted") as window:
        window.click("Outbox")
        open_run(window)
        window.click("Send Now…")
        window.click("Send to 51 People")
        window.process.wait(driver.PATIENCE)
    with start() as window:
        window.click("Outbox")
        open_run(window)
        window.click("Resume")
        wait_until_done(window, "2")
        window.gone("51 unknown")
        window.gone("Pause")
        window.quit()
    status = ask("run", "status", "2")
    assert status["sent"] + status["failed"] == 51, status
    check_health()
    stats = get_stats()
    assert stats["doubles"] == 0 and stats["messages"] == 53, stats


def check_health():
    """Integrity, hash chain and I1-I8 hold."""
    answer = ask("check")
    assert answer["ok"], answer["problems"]


def get_stats():
    """What the practice service took, asked on its own file."""
    sandbox = subprocess.Popen([SANDBOX, "--port", "0", "--db", os.path.join(folder, "shop-practice.db")],
                               stdout=subprocess.PIPE, text=True)
    try:
        url = re.search(r"http://\S+", sandbox.stdout.readline()).group(0)
        with urllib.request.urlopen(url + "/stats", timeout=10) as answer:
            return json.load(answer)
    finally:
        sandbox.terminate()
        sandbox.wait()


try:
    driver.run(__file__, [bring_in, write_and_plan, send, reach, withdraw, stays, pull_the_plug])
finally:
    shutil.rmtree(folder, ignore_errors=True)
