#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A large contact list for load tests: contacts.py ROWS SEED > contacts.csv

Nobody in it exists and every number is drawn by chance: never send anything to them. About one
row in a hundred repeats an earlier number in another spelling, one in a hundred is damaged.
"""
import random
import sys

FIRST = ("Anna Ben Carla David Emma Felix Greta Hannes Ida Jonas Klara Leon Mia Noah Olga Paul Ronja Simon "
         "Tilda Urs Vera Wim Yara Zeno Jürgen Änne Björn Käthe Sören Günter Bärbel Jörg Dörte Chloé").split()
LAST = ("Ahrens Bäumler Conrad Dörr Ehlers Förster Göbel Heß Ihde Jansen Kübler Lüders Mößner Naumann Ott "
        "Pöhlmann Quandt Rühl Späth Tölle Ullrich Voß Wägner Zühlke Arndt Busch Cordes Dreyer Engel Friese "
        "Gruber Hahn Illing Jung Kern Lorenz Marx Nolte Opitz Pape Reuter Sturm Thiel Unger Vogt").split()
TAGS = ["", "", "Stammkunde", "Stammkunde;Mittagstisch", "Partyservice", "Verein"]
AREAS = ["151", "152", "157", "159"]
SPELLINGS = ["+49{a}{s}", "+49 {a} {s}", "0{a} {s}", "0{a}/{s}", "0049{a}{s}", "+49 (0){a} {s}", "0{a}{s}", "0{a}-{s}"]


def main():
    rows, rng = int(sys.argv[1]), random.Random(f"bench/{sys.argv[2]}")
    step, place = 982451653, rng.randrange(4 * 10 ** 8)
    out = sys.stdout
    out.write("name,phone,email,tags,channel,purpose,consent_at,consent_source,consent_text\n")
    for i in range(rows):
        first, last = rng.choice(FIRST), rng.choice(LAST)
        chance = rng.random()
        if chance >= 0.01 or i == 0:
            place = (place + step) % (4 * 10 ** 8)
        area, subscriber = AREAS[place // 10 ** 8], "%08d" % (place % 10 ** 8)
        phone = rng.choice(SPELLINGS).format(a=area, s=subscriber)
        if chance > 0.99:
            phone = f'"4,9{area}{subscriber[0]}E+12"'
        mail = f"{i}@example.org" if rng.random() < 0.4 else ""
        consent = ",,,,"
        if rng.random() < 0.65:
            day = f"2025-{1 + i % 12:02}-{1 + i % 28:02}T{8 + i % 10:02}:{i % 60:02}:00+01:00"
            consent = f"whatsapp,weekly-offer,{day},Theke Zettel,Ja gern per WhatsApp"
        out.write(f"{first} {last},{phone},{mail},{rng.choice(TAGS)},{consent}\n")


if __name__ == "__main__":
    main()
