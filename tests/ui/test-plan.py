#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning in the window: who gets a message and who does not, and what is said beforehand.

usage: test-plan.py RUNDRUF RUNDRUF-CLI SOURCE-ROOT
"""
import os
import subprocess
import sys

import driver

PROGRAM, CLI, ROOT = (os.path.abspath(path) for path in sys.argv[1:4])
TUESDAY = ("--now", "2026-11-24 12:00")
SUNDAY = ("--now", "2026-11-29 12:00")
CONSENT = '"whatsapp","weekly-offer","2026-03-14 09:12","Theke","Ja bitte"'
PEOPLE = f"""first_name,last_name,phone,channel,purpose,consent_at,consent_source,consent_text
Anna,Weiß,0176 04069001,{CONSENT}
Ben,Kraft,0176 04069002,{CONSENT}
Carla,Otto,0176 04069003,,,,,
"""


def cli(window, *words, text=""):
    done = subprocess.run([CLI, "--quiet", "--db", window.database, *TUESDAY, *words], input=text,
                          text=True, capture_output=True, check=False)
    assert done.returncode in (0, 3), done.stderr      # 3: some people are left out


def shop(*arguments, text="Hallo {{first_name|Kundin}}!"):
    """The window on three people, of whom two agreed, and a message."""
    window = driver.Program(PROGRAM, *arguments)
    path = os.path.join(window.folder, "people.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write(PEOPLE)
    cli(window, "contacts", "import", path)
    cli(window, "message", "save", "Offer", "--channel", "whatsapp", "--body", "-", text=text)
    return window


def open_sheet(window):
    window.click("Messages")
    window.click("Plan…")
    window.find("Plan a Message")


def close_sheet(window):
    window.key("Escape")
    window.gone("Plan a Message")


def people_of_plan():
    """each number of the plan opens its people, and only who gets it is previewed"""
    with shop(*TUESDAY) as window:
        open_sheet(window)
        window.click("2 people")
        window.find("Ben Kraft")
        window.gone("Carla Otto")
        window.key("Escape")
        window.click("Did not agree to this")
        window.find("Carla Otto")
        window.find("+49 176 04069003")
        assert not window.unnamed(), window.unnamed()
        window.key("Escape")
        window.find("Hallo Anna!")
        step_on(window)
        window.find("Hallo Ben!")
        assert not is_sensitive(window, "Next Person"), "Carla is previewed"
        close_sheet(window)
        window.quit()


def in_sheet(window, name):
    """The button of that name in the sheet, not behind it."""
    return window.find(name, "push button", outside="Rundruf")


def step_on(window):
    in_sheet(window, "Next Person").queryAction().doAction(0)


def is_sensitive(window, name):
    return in_sheet(window, name).getState().contains(window.atspi.STATE_SENSITIVE)


def people_of_run():
    """each number of a run opens its people, found by name"""
    with shop(*TUESDAY) as window:
        plan_run(window)
        window.click("Waiting")
        window.find("Anna Weiß")
        window.enter("Search these people", "Kraft")
        window.find("1 of 2 people")
        window.gone("Anna Weiß")
        window.find("Ben Kraft")
        window.click("Back")
        window.find("When")
        window.click("Did not agree to this")
        window.find("Carla Otto")
        window.click("Back")
        window.find("When")
        window.click("Message")
        window.find("Hallo Anna!")
        window.click("Back")
        window.find("When")
        window.click("Back")
        window.find("Planned")
        window.quit()


def notes():
    """what stands in the way is said under its row, and blocks"""
    with shop(*SUNDAY, text="Hallo {{vorname}}!") as window:
        open_sheet(window)
        window.find("“vorname” is no placeholder that Rundruf can fill. There are: first_name, "
                    "last_name, name, organisation, city.")
        window.find("2 people")
        assert not is_sensitive(window, "Plan for 2 People")
        close_sheet(window)
        cli(window, "message", "save", "Offer", "--channel", "whatsapp", "--body", "-",
            text="Hallo!")
        window.click("Plan…")
        window.find("Plan for 2 People", "push button")
        window.wait_for(lambda: is_sensitive(window, "Plan for 2 People"), "it is blocked still")
        close_sheet(window)
        window.quit()


def undo_removal():
    """a removed message comes back with one click"""
    with shop(*TUESDAY) as window:
        window.click("Messages")
        window.find("Hallo Anna!")
        window.click("Message Menu")
        window.click("Remove")
        window.find("Write a Message", "label")
        window.click("Undo")
        window.find("Hallo Anna!")
        window.quit()


def plan_run(window):
    """A run for Thursday, opened in the outbox."""
    cli(window, "campaign", "save", "C", "--message", "Offer", "--channel", "whatsapp",
        "--purpose", "weekly-offer", "--at", "2026-12-03 10:00")
    cli(window, "campaign", "plan", "C")
    window.click("Outbox")
    window.find("2 people, 1 left out")
    window.click("C")


def outside_hours():
    """on a Sunday nothing leaves, and the planned time stays"""
    with shop(*SUNDAY) as window:
        plan_run(window)
        window.click("Send Now…")
        window.find("Nothing Leaves Now")
        window.find("Sunday, 12:00 lies outside the sending hours, Monday to Saturday from 8 to 20 "
                    "o’clock. The run stays planned for Thursday, 3 December 2026, 10:00. To send "
                    "it sooner, come back on Monday, 30 November 2026, 08:00.")
        window.key("Escape")
        window.gone("Nothing Leaves Now")
        window.find("3 December 2026, 10:00")
        window.find("2 waiting")
        window.quit()


def undo_cancel():
    """a run that was cancelled comes back with one click"""
    with shop(*TUESDAY) as window:
        plan_run(window)
        window.click("Run Menu")
        window.click("Cancel Run")
        window.find("3 left out")
        window.gone("Send Now…")
        window.click("Undo")
        window.find("2 waiting")
        window.find("Send Now…")
        window.quit()


driver.run(__file__, [people_of_plan, people_of_run, notes, undo_removal, outside_hours,
                      undo_cancel])
