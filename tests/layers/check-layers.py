#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails on an include that a room may not use, and on a room's secrets outside it.

usage: check-layers.py SRC
"""
import os
import re
import sys

# What a room may include, besides itself; the table of src/README.md.
MAY_USE = {
    "core": [],
    "formats": ["core"],
    "store": ["core"],
    "backends": ["core", "formats"],
    "charts": ["core"],
    "documents": ["core", "charts"],
    "engine": ["core", "formats", "store", "backends", "charts", "documents"],
    "cli": ["core", "formats", "store", "backends", "charts", "documents", "engine"],
    "sandbox": ["core", "formats"],
    "ui": ["core", "formats", "store", "backends", "charts", "documents", "engine"],
}
# Headers and words that belong to some rooms only.
ONLY_IN = [
    (re.compile(r"#\s*include\s*<sqlite3\.h>"), {"store", "sandbox"}),
    (re.compile(r"#\s*include\s*<libsoup/"), {"backends", "sandbox"}),
    (re.compile(r"#\s*include\s*<(gtk|gdk|adwaita)"), {"ui"}),
    (re.compile(r"#\s*include\s*<phonenumbers/"), {"core"}),
    (re.compile(r"#\s*include\s*<libsecret/"), {"engine", "backends"}),
    (re.compile(r"#\s*include\s*<qrencode"), {"documents"}),
    (re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s'), {"store", "sandbox"}),
]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def sources(src):
    for room in sorted(MAY_USE):
        for folder, _, names in os.walk(os.path.join(src, room)):
            for name in sorted(names):
                if name.endswith((".c", ".h", ".cc")):
                    yield room, os.path.join(folder, name)


def main():
    src = sys.argv[1]
    home = {os.path.basename(path): room for room, path in sources(src) if path.endswith(".h")}
    faults = []
    for room, path in sources(src):
        text = open(path, encoding="utf-8").read()
        for header in INCLUDE.findall(text):
            owner = home.get(os.path.basename(header))
            if "/" in header:
                faults.append(f"{path}: include {header!r} by its bare name")
            elif owner and owner != room and owner not in MAY_USE[room]:
                faults.append(f"{path}: {room}/ must not know {owner}/ ({header})")
        for pattern, rooms in ONLY_IN:
            if room not in rooms and pattern.search(text):
                faults.append(f"{path}: {pattern.search(text).group(0)!r} belongs in {sorted(rooms)}")
    print(*faults, sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
