#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window by the names that a screen reader hears.

A test module calls run(__file__, cases): it starts itself again inside Xvfb, a session bus and
a window manager, then runs each case and prints TAP. Where one of these parts is missing, the
test is skipped and says which.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

PARTS = ["xvfb-run", "dbus-run-session", "openbox", "xdotool"]
FAULT = re.compile(r"-(CRITICAL|WARNING) \*\*:")
# GTK 4.8 says these itself while widgets leave the accessibility bus; without a display manager
# libadwaita and GTK lack settings of the desktop. Newer GTK tells of each label that a dialog
# measures too narrow on its way to the right size.
KNOWN = re.compile(r"g_variant_is_object_path|g_variant_new_object_path|Trying to measure|AT-SPI|dconf|Settings portal|libenchant|color-scheme")
PATIENCE = 40  # seconds until something that should appear has not
# What crash-teller.c says, one call a line: FILE(FUNCTION+PLACE)[ADDRESS]
CALL = re.compile(r"(?:\S*/)?([\w-]+)[^/()\s]*\((\w*)[^()]*\)\[")
# Asked by the accessibility bus for what it is just taking away, GTK 4.8 answers with the path
# NULL, and GVariant crashes on it. Nothing of ours is on the stack but main().
GTK_ALONE = re.compile(r"crash-teller:\S*( libc:\S*)+( libglib-2:\S*)* libglib-2:g_variant_new"
                       r"( libgtk-4:\S*)+ libgio-2:\S*( libglib-2:\S*)+ libgio-2:g_application_run"
                       r" rundruf:")
GTK_CRASHED = 75  # what the inner script ends with then


class GtkCrash(Exception):
    """GTK crashed without any doing of the program."""


def missing_part():
    for part in PARTS:
        if not shutil.which(part):
            return part
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        return "python3-pyatspi"
    return None


def run_in_display(script, size):
    """Runs the script again inside a display, and prints its TAP.

    Where GTK crashed by itself, see GTK_ALONE, all is run once more, from the beginning.
    """
    command = ["xvfb-run", "-a", "-s", f"-screen 0 {size}x24", "dbus-run-session", "--",
               sys.executable, os.path.abspath(script), *sys.argv[1:]]
    for tries_left in (1, 0):
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as tap:
            env = dict(os.environ, RUNDRUF_TAP=tap.name, GDK_BACKEND="x11", GSK_RENDERER="cairo",
                       GTK_A11Y="atspi", NO_AT_BRIDGE="1")
            # The registry of the accessibility bus writes to stdout: TAP takes another way.
            code = subprocess.run(command, env=env, stdout=sys.stderr, check=False).returncode
            said = tap.read()
        if code != GTK_CRASHED or not tries_left:
            print(said, end="")
            return code
        print("# GTK crashed on the accessibility bus; once more")
    return 1


def run(script, cases, size="1280x800"):
    """Runs each of cases (functions that take this module's Program class)."""
    part = missing_part()
    if part:
        print(f"1..0 # SKIP {part} is not installed")
        sys.exit(0)
    if not os.environ.get("RUNDRUF_TAP"):
        sys.exit(run_in_display(script, size))
    sys.stdout = open(os.environ["RUNDRUF_TAP"], "w", encoding="utf-8")
    manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    for number, case in enumerate(cases, 1):
        name = case.__doc__ or case.__name__
        try:
            case()
            print(f"ok {number} - {name}", flush=True)
        except Exception as problem:
            print(f"not ok {number} - {name}")
            print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
            if isinstance(problem, GtkCrash) and not failed:
                sys.exit(GTK_CRASHED)
            failed += 1
    manager.terminate()
    sys.exit(failed > 0)


def is_crash_of_gtk(log):
    """Whether the crash that the program told of was of GTK's own making."""
    calls = [CALL.search(line) for line in log.partition("crashed, innermost")[2].splitlines()]
    return bool(GTK_ALONE.match(" ".join(":".join(call.groups()) for call in calls if call)))


class Program:
    """The program on an own folder of data, as a context manager.

    folder: where its data are, kept afterwards; else a new one that goes with it.
    env: more of its environment.
    """

    def __init__(self, *arguments, folder=None, env=None):
        self.own_folder = folder is None
        self.folder = folder or tempfile.mkdtemp(prefix="rundruf-ui-")
        self.more_env = env or {}
        self.database = os.path.join(self.folder, "shop.db")
        self.command = [arguments[0], "--db", self.database, *arguments[1:]]

    def __enter__(self):
        import pyatspi
        self.atspi = pyatspi
        self.registry = pyatspi.Registry.getDesktop(0)
        env = dict(os.environ, XDG_DATA_HOME=self.folder, XDG_CONFIG_HOME=self.folder,
                   XDG_CACHE_HOME=self.folder, **self.more_env)
        env.pop("G_DEBUG", None)   # Criticals are read from the log, see below.
        env.pop("G_TEST_SRCDIR", None)
        if "RUNDRUF_CRASH_TELLER" in env:
            env["LD_PRELOAD"] = env["RUNDRUF_CRASH_TELLER"]
        self.log = open(os.path.join(self.folder, "log"), "w+")
        self.process = subprocess.Popen(self.command, env=env, stderr=self.log)
        self.wait_for(lambda: any(node.childCount for node in self.applications()),
                      "the program shows no window")
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(PATIENCE)
        self.log.seek(0)
        lines = [line.rstrip() for line in self.log]
        self.log.close()
        for line in lines:
            print("#", line)
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        faults = [line for line in lines if FAULT.search(line) and not KNOWN.search(line)]
        assert kind or not faults, faults

    def applications(self):
        return [node for node in self.registry if node is not None and node.name == "rundruf"]

    def wait_for(self, condition, complaint, patience=PATIENCE):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.process.poll() is not None:
                self.wait_for_end(None)
            try:
                found = condition()
            except Exception:  # The tree changes while it is read.
                found = None
            if found:
                return found
            time.sleep(0.25)
        raise AssertionError(complaint)

    def walk(self, node=None, inside=()):
        """Every node that is on screen, with the names of those around it."""
        for root in [node] if node is not None else self.applications():
            yield root, inside
            # First all children, then what is in them: GTK 4.8 crashes when it is asked for a
            # window by a number that it no longer has.
            children = [root.getChildAtIndex(i) for i in range(min(root.childCount, 300))]
            for child in children:
                if child is not None:
                    yield from self.walk(child, inside + (root.name,))

    def role(self, node):
        """The role's name; newer accessibility stacks say "button" for "push button"."""
        name = node.getRoleName()
        return "push button" if name == "button" else name

    def is_showing(self, node):
        try:
            box = node.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        except NotImplementedError:
            return False
        return box.width > 0 and box.height > 0

    def find(self, name, role=None, outside=None):
        """The node of that name, once it is there."""
        def look():
            for node, around in self.walk():
                if (node.name == name and role in (None, self.role(node))
                        and outside not in around and self.is_showing(node)):
                    return node
            return None
        return self.wait_for(look, f"nothing on screen is named {name!r}")

    def click(self, name):
        """Calls the action of the button or row of that name."""
        names = (name, f"{name} {name}")   # GTK 4.8 says a dialog's button twice.

        def look():
            for node, _ in self.walk():
                if node.name in names and self.role(node) != "label" and self.is_showing(node):
                    try:
                        action = node.queryAction()
                    except NotImplementedError:
                        continue
                    if action.nActions:
                        return action
            return None
        self.wait_for(look, f"nothing that can be pressed is named {name!r}").doAction(0)

    def go_to(self, name, role=None):
        """Presses Tab until the control of that name has the keyboard focus."""
        node = self.find(name, role)

        def reached():
            if node.getState().contains(self.atspi.STATE_FOCUSED):
                return True
            self.key("Tab")
            return False
        self.wait_for(reached, f"Tab does not reach {name!r}")

    def unfold(self, name):
        """Unfolds the row of that name, as the keyboard does it."""
        self.go_to(name, "list item")
        self.key("Return")

    def key(self, keys):
        subprocess.run(["xdotool", "key", keys], check=True)

    def enter(self, name, text):
        """Puts text into the entry of that name."""
        def look():
            for node, _ in self.walk():
                if node.name == name and self.is_showing(node):
                    try:
                        return node.queryEditableText()
                    except NotImplementedError:
                        continue
            return None
        self.wait_for(look, f"nothing to type into is named {name!r}").setTextContents(text)

    def write(self, text):
        """Types text where the keyboard focus is."""
        subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)

    def gone(self, name):
        """Waits until nothing on screen has that name."""
        self.wait_for(lambda: not any(node.name == name and self.is_showing(node)
                                      for node, _ in self.walk()), f"{name!r} is still there")

    def names(self, role, node=None):
        """The names of what is on screen of that role, inside of node only where one is given."""
        return [node.name for node, _ in self.walk(node)
                if self.role(node) == role and self.is_showing(node)]

    def unnamed(self):
        """Controls on screen that a screen reader could not name."""
        roles = {"push button", "toggle button", "check box", "radio button", "text", "entry",
                 "combo box", "spin button", "slider", "password text", "switch"}
        return [self.role(node) for node, _ in self.walk()
                if self.role(node) in roles and self.is_showing(node)
                and (not node.name or node.name.startswith(("Gtk", "Adw", "Ruf")))]

    def quit(self):
        """Ctrl+Q; the program has to end well. The window manager may be busy giving the focus
        back from a dialog: then the keys went nowhere and are sent again."""
        def ended():
            self.key("ctrl+q")
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                return False
            return True
        any(ended() for _ in range(PATIENCE // 3))
        self.wait_for_end(0)

    def wait_for_end(self, wanted):
        """Waits until the program has ended, and fails unless with that status."""
        code = self.process.wait(PATIENCE)
        if code == -signal.SIGSEGV and is_crash_of_gtk(self.read_log()):
            raise GtkCrash("GTK crashed on the accessibility bus")
        assert code == wanted, f"the program ended with {code}"

    def read_log(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            return log.read()
