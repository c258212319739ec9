#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many vCards for load tests: cards.py CARDS SEED > contacts.vcf

The people of contacts.py, as phones and Outlook write them: the three versions by turns, every
tenth card with a picture. Nobody in it exists: never send anything to the numbers.
"""
import base64
import quopri
import random
import sys

from contacts import AREAS, FIRST, LAST, SPELLINGS


def folded(line):
    return "\r\n ".join(line[i:i + 74] for i in range(0, len(line), 74))


def card_old(first, last, phone, mail):
    def quoted(text):
        return quopri.encodestring(text.encode()).decode().replace("=\n", "=\r\n")

    return ["VERSION:2.1", f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted(last)};{quoted(first)};;;",
            f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted(first + ' ' + last)}",
            f"TEL;CELL;PREF:{phone}", f"EMAIL;HOME:{mail}", "ADR;HOME:;;Weg 1;Neustadt;;00520;Deutschland"]


def card_phone(first, last, phone, mail):
    return ["VERSION:3.0", f"N:{last};{first};;;", f"FN:{first} {last}", f"item1.TEL;type=pref:{phone}",
            "item1.X-ABLabel:_$!<Mobile>!$_", f"EMAIL;type=INTERNET;type=HOME:{mail}", "CATEGORIES:Stammkunde,Verein",
            folded("NOTE:Bestellt oft Rouladen\\, manchmal Leberwurst.\\nBitte vorher anrufen\\, weil die Straße gesperrt ist.")]


def card_new(first, last, phone, mail):
    return ["VERSION:4.0", f"FN:{first} {last}", f"N:{last};{first};;;",
            f"TEL;VALUE=uri;PREF=1;TYPE=\"cell,voice\":tel:{phone.replace(' ', '-')}", f"EMAIL;TYPE=home:{mail}", "LANG:de"]


def main():
    cards, rng = int(sys.argv[1]), random.Random(f"bench/{sys.argv[2]}")
    picture = folded("PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(rng.randbytes(4000)).decode())
    step, place = 982451653, rng.randrange(4 * 10 ** 8)
    for i in range(cards):
        place = (place + step) % (4 * 10 ** 8)
        phone = rng.choice(SPELLINGS).format(a=AREAS[place // 10 ** 8], s="%08d" % (place % 10 ** 8))
        lines = (card_old, card_phone, card_new)[i % 3](rng.choice(FIRST), rng.choice(LAST), phone, f"{i}@example.org")
        if i % 10 == 0:
            lines.insert(2, picture)
        sys.stdout.write("\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    main()
