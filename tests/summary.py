#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up meson's logs; TAP cases count one by one. usage: summary.py TESTLOG.json…"""
import json
import re
import sys

CASE = re.compile(r"^(not )?ok\b[^#\n]*(#\s*skip)?", re.I)


def count(test):
    """(passed, failed, skipped) of one test program."""
    result = test["result"]
    if result == "SKIP":
        return 0, 0, 1
    cases = [CASE.match(line) for line in test.get("stdout", "").splitlines()]
    cases = [case for case in cases if case]
    failed = sum(bool(case.group(1)) for case in cases)
    skipped = sum(bool(case.group(2)) for case in cases if not case.group(1))
    if result not in ("OK", "EXPECTEDFAIL"):
        return len(cases) - failed - skipped, max(failed, 1), skipped
    return max(len(cases), 1) - skipped, 0, skipped


def main():
    total = [0, 0, 0]
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                result = count(test)
                total = [a + b for a, b in zip(total, result)]
                if result[1]:
                    print(f"failed: {test['name']}")
                if result[2]:
                    print(f"skipped in {test['name']}: {result[2]}")
    print("{} passed, {} failed, {} skipped".format(*total))
    sys.exit(total[1] > 0 or total[0] == 0)


if __name__ == "__main__":
    main()
