#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as wide as a phone.

usage: test-narrow.py RUNDRUF RUNDRUF-CLI SOURCE-ROOT
"""
import os
import subprocess
import sys

import driver

PROGRAM, CLI, ROOT = (os.path.abspath(path) for path in sys.argv[1:4])
OPT_INS = os.path.join(ROOT, "tests/data/contacts/opt-in.csv")


def people():
    """a person covers the table, and Back leads to it, then to the pages"""
    with driver.Program(PROGRAM) as window:
        window.find("Welcome to Rundruf", "label")
        window.wait_for(lambda: fold(window), "the window does not become narrow")
        subprocess.run([CLI, "--quiet", "--db", window.database, "contacts", "import", OPT_INS],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        window.find("Done: 19 people", "label")
        window.key("ctrl+2")
        window.find("19 people", "label")
        assert not any(node.name == "Address" and window.is_showing(node)
                       for node, _ in window.walk()), "there is no room for this column"
        window.key("Return")
        window.find("Agreed To", "label")
        window.click("Back")
        window.click("Back")
        window.click("Overview")
        window.find("First Steps", "label")
        assert not window.unnamed(), window.unnamed()
        window.quit()


def fold(window):
    """Before there are people: GTK 4.8 may crash when columns go while they are asked for."""
    subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Rundruf$",
                    "windowsize", "370", "650"], check=True)
    return any(node.name == "Back" and window.is_showing(node) for node, _ in window.walk())


driver.run(__file__, [people])
