#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""People and what surrounds them: first steps, table, pane, import, reach, preferences.

usage: test-contacts.py RUNDRUF RUNDRUF-CLI SOURCE-ROOT
"""
import json
import os
import subprocess
import sys
import tempfile

import driver

PROGRAM, CLI, ROOT = (os.path.abspath(path) for path in sys.argv[1:4])
OPT_INS = os.path.join(ROOT, "tests/data/contacts/opt-in.csv")
POSTS = os.path.join(ROOT, "data/sample-shop/facebook-posts-1.csv")
UNSURE = "Not on Mondays please, and stop with the pictures"


def tell(window, *words, text=None):
    """Runs rundruf-cli on the window's database; text becomes a file named last."""
    if text is not None:
        path = os.path.join(window.folder, "given.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        words += (path,)
    subprocess.run([CLI, "--quiet", "--db", window.database, *words],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def what_waits():
    """before the first message, what waits stands above the first steps"""
    with driver.Program(PROGRAM) as window:
        window.find("Welcome to Rundruf", "label")
        tell(window, "contacts", "import", OPT_INS)
        window.find("Done: 19 people", "label")
        window.gone("Welcome to Rundruf")
        tell(window, "replies", "import",
             text="message_id,from,at,channel,text\n"
                  f"w1,+491713920034,2026-11-20T10:11:00+01:00,whatsapp,\"{UNSURE}\"\n")
        window.find("Waiting for You", "label")
        window.find("Write a message", "list item")
        window.click("Keep Writing")
        window.gone("Waiting for You")
        window.find("Write a message", "list item")
        window.quit()


def by_keyboard():
    """the focus is on a page's main thing, so that keys alone get on with it"""
    with driver.Program(PROGRAM) as window:
        window.find("Welcome to Rundruf", "label")
        window.wait_for(lambda: brings(window, lambda: window.key("Return"),
                                       "Bring in Your Customers"),
                        "Return does not take the first step")
        tell(window, "contacts", "import", OPT_INS)
        window.find("19 people", "label")
        window.key("ctrl+1")
        window.find("First Steps", "label")
        window.key("ctrl+2")
        window.find("19 people", "label")
        window.wait_for(lambda: brings(window, lambda: window.key("Return"), "Agreed To"),
                        "Return opens nobody")
        window.gone("Last Message")
        window.key("Escape")
        window.find("Last Message")   # The column comes back once the person is closed.
        window.write("Anna")
        window.find("Search contacts")
        window.key("F1")
        window.find("Import contacts")
        window.key("Escape")
        window.quit()


def who_agreed():
    """the number of those who agreed leads to them"""
    with driver.Program(PROGRAM) as window:
        window.find("Welcome to Rundruf", "label")
        tell(window, "contacts", "import", OPT_INS)
        window.wait_for(lambda: brings(window, lambda: window.click("Weekly offers on WhatsApp"),
                                       "10 of 19 people"), "who agreed is not shown")
        window.click("Show everyone")
        window.find("19 people", "label")
        window.quit()


def take_back():
    """an import says what it did not take, and is taken back with one click"""
    with driver.Program(PROGRAM, OPT_INS) as window:
        window.find("10 entries need a look", "label")
        window.find("row 22, phone", "label")
        window.click("Bring In 19 People")
        window.find("19 People Are In", "label")
        assert count(window) == 19, count(window)
        window.click("Undo Import")
        window.find("The Import Was Taken Back", "label")
        assert count(window) == 0, count(window)
        window.click("Close")
        window.find("Bring in Your Customers", "label")
        window.quit()


def period():
    """the period chosen for Reach is there again the next time"""
    kept = {"GSETTINGS_BACKEND": "keyfile"}
    with tempfile.TemporaryDirectory() as folder:
        with driver.Program(PROGRAM, folder=folder, env=kept) as window:
            window.find("Welcome to Rundruf", "label")
            tell(window, "reach", "import", POSTS)
            window.key("ctrl+6")
            window.click("Everything")
            window.click("Last Year")
            window.gone("Everything")
            window.quit()
        with driver.Program(PROGRAM, folder=folder, env=kept) as window:
            window.find("Reach", outside="Pages")
            window.find("Last Year")
            window.quit()


def count(window):
    answer = subprocess.run([CLI, "--json", "--db", window.database, "contacts", "list"],
                            capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)["total"]


def brings(window, act, name):
    """Whether an act brings a label: the window manager may be slow, and a row just taken away."""
    act()
    window.wait_for(lambda: name in window.names("label"), name, 3)
    return True


driver.run(__file__, [what_waits, by_keyboard, who_agreed, take_back, period])
