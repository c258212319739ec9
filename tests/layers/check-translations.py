#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails where a file with words for people is not listed, or a language lacks some of them.

usage: check-translations.py TOP
"""
import os
import re
import subprocess
import sys
import tempfile

WORDS = re.compile(r'\bN?C?_ \(|\bN?C?_\(|\bngettext \(|translatable="yes"')


def files_with_words(top):
    for folder, _, names in os.walk(os.path.join(top, "src")):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith((".c", ".ui")) and WORDS.search(open(path, encoding="utf-8").read()):
                yield os.path.relpath(path, top)


def listed(top):
    with open(os.path.join(top, "po", "POTFILES.in"), encoding="utf-8") as potfiles:
        return [line.strip() for line in potfiles if line.strip() and not line.startswith("#")]


def missing_words(top, language, pot):
    """What msgfmt counts as untranslated or fuzzy when the words of today are merged in."""
    po = os.path.join(top, "po", language + ".po")
    merged = subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file=-", po, pot],
                            check=True, capture_output=True).stdout
    lacking = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", "--no-wrap"],
                             input=merged, check=True, capture_output=True).stdout.decode()
    fuzzy = subprocess.run(["msgattrib", "--only-fuzzy", "--no-obsolete", "--no-wrap"],
                           input=merged, check=True, capture_output=True).stdout.decode()
    return [words for words in re.findall(r'^msgid (".*")', lacking + fuzzy, re.M) if words != '""']


def broken_words(top, language):
    """What msgfmt says of format strings, plurals and the header that do not fit the original."""
    po = os.path.join(top, "po", language + ".po")
    check = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", po], capture_output=True)
    return [check.stderr.decode().strip()] if check.returncode else []


def make_pot(top, out):
    subprocess.run(["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
                    "--keyword=NC_:1c,2", "--keyword=ngettext:1,2", "--files-from=po/POTFILES.in",
                    "--directory=.", "--output=" + out], cwd=top, check=True,
                   env=dict(os.environ, GETTEXTDATADIRS="/usr/share/gettext"))


def main():
    top = os.path.abspath(sys.argv[1])
    known = listed(top)
    faults = [f"po/POTFILES.in lacks {path}" for path in sorted(files_with_words(top)) if path not in known]
    faults += [f"po/POTFILES.in lists {path}, which is gone" for path in known
               if not os.path.exists(os.path.join(top, path))]
    if not faults:
        with tempfile.TemporaryDirectory() as tmp:
            pot = os.path.join(tmp, "rundruf.pot")
            make_pot(top, pot)
            for language in open(os.path.join(top, "po", "LINGUAS"), encoding="utf-8").read().split():
                faults += broken_words(top, language)
                faults += [f"{language}: not translated: {words}" for words in missing_words(top, language, pot)]
    print(*faults, sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
