#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame of the window: first start, the six pages, a file brought in.

usage: test-window.py RUNDRUF RUNDRUF-CLI SOURCE-ROOT
"""
import json
import os
import subprocess
import sys

import driver

PROGRAM, CLI, ROOT = (os.path.abspath(path) for path in sys.argv[1:4])
PAGES = ["Overview", "Contacts", "Messages", "Calendar", "Outbox", "Reach"]
OPT_INS = os.path.join(ROOT, "tests/data/contacts/opt-in.csv")


def first_start():
    """an empty database shows three steps"""
    with driver.Program(PROGRAM) as window:
        window.find("Welcome to Rundruf", "label")
        for step in ("Bring in contacts", "Write a message", "Plan it"):
            window.find(step, "list item")
        window.click("Bring in contacts")
        window.find("Bring in Your Customers", "label")
        window.quit()


def every_page():
    """each page opens by its name, and everything on it has one"""
    with driver.Program(PROGRAM) as window:
        for page in PAGES:
            window.click(page)
            window.find(page, outside="Pages")
            assert not window.unnamed(), (page, window.unnamed())
        for number, page in enumerate(PAGES, 1):
            window.key(f"ctrl+{number}")
            window.find(page, outside="Pages")
        window.quit()


def import_people():
    """a file is checked first and brought in after a yes"""
    with driver.Program(PROGRAM, OPT_INS) as window:
        window.find("Bring In 19 People", "push button")
        window.find("4,91714E+11", "label")
        assert not window.unnamed(), window.unnamed()
        before = list_people(window)
        assert before["total"] == 0, before["total"]

        window.click("Bring In 19 People")
        window.find("19 People Are In", "label")
        window.click("Look at Them")
        window.find("19 people", "label")
        assert list_people(window)["total"] == 19

        window.click("Overview")
        window.find("Done: 19 people", "label")
        window.quit()


def search_people():
    """typing searches, and a person opens beside the table"""
    with driver.Program(PROGRAM) as window:
        subprocess.run([CLI, "--quiet", "--db", window.database, "contacts", "import", OPT_INS],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        words = [person["name"].split()[-1] for person in list_people(window)["people"]]
        word = next(word for word in words if word.isascii() and words.count(word) == 1)
        window.click("Contacts")
        window.find("19 people", "label")
        window.key("ctrl+f")
        window.find("Search contacts")
        subprocess.run(["xdotool", "type", "--delay", "60", word], check=True)
        window.find("1 of 19 people", "label")
        window.key("Return")
        window.find("Agreed To", "label")
        assert not window.unnamed(), window.unnamed()
        window.key("Escape")
        window.quit()


def list_people(window):
    answer = subprocess.run([CLI, "--json", "--db", window.database, "contacts", "list"],
                            capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


driver.run(__file__, [first_start, every_page, import_people, search_people])
