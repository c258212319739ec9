# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs rundruf-cli in a folder of its own and tells the results as TAP."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

CLI, SANDBOX, SOURCE = (os.path.abspath(path) for path in sys.argv[1:4])
SHOP = os.path.join(SOURCE, "data", "sample-shop")
RECEIPTS = os.path.join(SOURCE, "tests", "data", "receipts")


class Result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self):
        """The one object on stdout; more, less or other is a failure."""
        return json.loads(self.out)


class Place:
    """A folder with a database; files in it are named relatively."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ruf-cli-")
        self.env = dict(os.environ, HOME=self.folder, XDG_DATA_HOME=self.folder,
                        TZ="Europe/Berlin", LC_ALL="C.UTF-8", LANGUAGE="",
                        DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
        self.children = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in self.children:
            child.terminate()
            child.wait()
            child.stdout.close()
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        mode = "wb" if isinstance(content, bytes) else "w"
        with open(self.path(name), mode) as file:
            file.write(content)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def run(self, *args, stdin="", db="t.db", env=None):
        done = subprocess.run([CLI, "--db", db, *args], cwd=self.folder, input=stdin, text=True,
                              capture_output=True, env=env or self.env, timeout=120)
        return Result(done)

    def ok(self, *args, code=0, **more):
        """Runs it with --json; it must end with this exit code. Returns the object."""
        result = self.run(*args, "--json", "--quiet", **more)
        assert result.code == code, f"{args}: exit {result.code}: {result.err}"
        return result.json

    def start_sandbox(self, *args, db="sandbox.db"):
        child = subprocess.Popen([SANDBOX, "--port", "0", "--db", self.path(db), *args],
                                 stdout=subprocess.PIPE, text=True, env=self.env)
        self.children.append(child)
        return child.stdout.readline().split()[-1]


def equal(got, wanted, what=""):
    assert got == wanted, f"{what}: {got!r}, not {wanted!r}"


def main(prefix, tests):
    """Runs functions that take a Place."""
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        name = f"{prefix}/{test.__name__.removeprefix('test_').replace('_', '-')}"
        try:
            with Place() as place:
                test(place)
            print(f"ok {number} {name}", flush=True)
        except Exception:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} {name}", flush=True)
    sys.exit(failed > 0)
