#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame of the window: first start, the six pages, a file brought in.

usage: test-window.py RUNDRUF RUNDRUF-CLI SOURCE-ROOT
"""
import json
import os
import signal
import subprocess
import sys
import tempfile

import driver

PROGRAM, CLI, ROOT = (os.path.abspath(path) for path in sys.argv[1:4])
PAGES = ["Overview", "Contacts", "Messages", "Calendar", "Outbox", "Reach"]
PLAIN_WORDS = {
    "Overview": ("bitte stop & <Schluss>", "Bernd & <Sohn> · WhatsApp · 15 March, 10:20", "C & <D>"),
    "Contacts": ("Bernd & <Sohn>",),
    "Messages": ("A & <B>", "Käse & <Wurst>"),
    "Calendar": (),
    "Outbox": ("C & <D>",),
}
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


def tab_stays():
    """Tab goes from the sidebar into the page shown, and turns no other page on its way"""
    with driver.Program(PROGRAM) as window:
        window.click("Contacts")
        window.go_to("Add by Hand…")
        window.key("ctrl+1")
        window.go_to("Bring in contacts", "list item")
        window.quit()


def plain_words():
    """names and texts are shown as they were written, & and < too"""
    with tempfile.TemporaryDirectory(prefix="rundruf-ui-") as folder:
        people = prepare_plain_words(folder)
        with driver.Program(PROGRAM, people, folder=folder) as window:
            window.find("Käse & Co <1>.csv", "label")
            window.key("Escape")
            for page, words in PLAIN_WORDS.items():
                window.click(page)
                for word in words:
                    window.find(word, "label")
            window.click("Contacts")
            window.key("ctrl+f")
            window.find("Search contacts")
            window.write("Bernd")
            window.find("1 person", "label")
            window.key("Return")
            window.unfold("Agreed (documented list: Theke & <Zettel>)")
            window.find("Ja & gern <3", "label")
            window.quit()


def prepare_plain_words(folder):
    """A shop where every word has an & or a < in it; returns its file of people."""
    def write(name, text):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text)
        return os.path.join(folder, name)

    def ask(*words):
        done = subprocess.run([CLI, "--json", "--db", os.path.join(folder, "shop.db"), *words],
                              capture_output=True, text=True, check=False)
        assert done.returncode in (0, 3), done.stderr

    people = write("Käse & Co <1>.csv",
                   "name,phone,tags,channel,purpose,consent_at,consent_source,consent_text\n"
                   "Bernd & <Sohn>,0176 04069001,A & <B>,whatsapp,weekly-offer,2026-03-14 09:12,"
                   "Theke & <Zettel>,Ja & gern <3\n")
    ask("contacts", "import", people)
    ask("replies", "import", write("replies.csv", "message_id,from,at,channel,text\n"
                                   "in-1,+4917604069001,2026-03-15T10:20:00+01:00,whatsapp,"
                                   "bitte stop & <Schluss>\n"))
    ask("message", "save", "A & <B>", "--channel", "whatsapp",
        "--body", write("body.txt", "Käse & <Wurst>\n"))
    ask("campaign", "save", "C & <D>", "--message", "A & <B>", "--channel", "whatsapp",
        "--purpose", "weekly-offer", "--at", "2036-11-26 10:00")
    ask("campaign", "plan", "C & <D>")
    return people


def crash_is_ours():
    """a crash in the program is not taken for one of GTK's"""
    try:
        with driver.Program(PROGRAM) as window:
            window.find("Welcome to Rundruf", "label")
            window.process.send_signal(signal.SIGSEGV)
            window.wait_for_end(0)
    except driver.GtkCrash:
        raise AssertionError("it was taken for one of GTK's")
    except AssertionError as problem:
        assert str(problem) == "the program ended with -11", problem


def list_people(window):
    answer = subprocess.run([CLI, "--json", "--db", window.database, "contacts", "list"],
                            capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


driver.run(__file__, [first_start, every_page, import_people, search_people, tab_stays,
                      plain_words, crash_is_ours])
