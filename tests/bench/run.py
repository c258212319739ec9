#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speed, as ratios against a peer in the same run: run.py BUILDDIR [ROWS]

Import against `sqlite3 .import`, vCards against rows, a file of 2 GB against sha256sum, export
against `sqlite3 -json`, the window's first frame on the large database against an empty one (where
Xvfb is there). Prints a row per figure with its budget and ends with 1 where one is missed.
"""
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def timed(command, **options):
    """(seconds, peak resident MB) of a whole process."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 3):
        sys.exit(f"{command[0]} ended with {code}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


class Report:
    def __init__(self):
        self.missed = 0

    def row(self, what, value, unit, budget):
        missed = value > budget
        self.missed += missed
        print(f"{what:<52} {value:9.2f} {unit:<3} budget {budget:g}{'  MISSED' if missed else ''}", flush=True)


def bench_import(cli, tmp, rows, report):
    csv, db, peer = (os.path.join(tmp, name) for name in ("contacts.csv", "bench.db", "peer.db"))
    with open(csv, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, os.path.join(HERE, "contacts.py"), str(rows), "7"], stdout=out, check=True)
    script = ("CREATE TABLE c (name, phone, email, tags, channel, purpose, at, source, text);"
              "CREATE UNIQUE INDEX by_phone ON c (phone);")
    subprocess.run(["sqlite3", peer, script], check=True)
    peer_time, _ = timed(["sh", "-c", f"sqlite3 {peer} '.mode csv' '.import --skip 1 {csv} c' || true"])
    own_time, own_mb = timed([cli, "--db", db, "--json", "--quiet", "contacts", "import", csv])
    report.row(f"import of {rows} rows ÷ sqlite3 .import ({own_time:.1f} s)", own_time / peer_time, "×", 10)
    report.row("import, resident", own_mb, "MB", 200)
    return db


def bench_cards(cli, tmp, report):
    """vCards against the same number of rows in a table, both into an empty database."""
    times = {}
    for script, name in (("cards.py", "cards.vcf"), ("contacts.py", "table.csv")):
        path = os.path.join(tmp, name)
        with open(path, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, os.path.join(HERE, script), "100000", "7"], stdout=out, check=True)
        times[name] = timed([cli, "--db", path + ".db", "--json", "--quiet", "contacts", "import", path])
    own_time, own_mb = times["cards.vcf"]
    report.row("import of 100000 vCards", own_time, "s", 10)
    report.row("import of vCards ÷ of rows", own_time / times["table.csv"][0], "×", 2)
    report.row("import of vCards, resident", own_mb, "MB", 200)


def bench_large_file(cli, tmp, report):
    """A picture of 2 GiB between two people; sha256sum is what reading the file costs anyway."""
    path = os.path.join(tmp, "large.vcf")
    with open(path, "wb") as out:
        out.write(b"BEGIN:VCARD\r\nFN:Ida\r\nTEL:+491713920049\r\nPHOTO;ENCODING=b:" + b"A" * 8192)
        out.seek(2 ** 31, os.SEEK_CUR)
        out.write(b"\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Eva\r\nTEL:+491713920050\r\nEND:VCARD\r\n")
    peer_time, _ = timed(["sha256sum", path])
    own_time, own_mb = timed([cli, "--db", path + ".db", "--json", "--quiet", "contacts", "import", path])
    report.row(f"import of a file of 2 GB ÷ sha256sum ({own_time:.1f} s)", own_time / peer_time, "×", 3)
    report.row("import of a file of 2 GB, resident", own_mb, "MB", 64)
    path = os.path.join(tmp, "long.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("phone,notes\n")
        out.writelines(f"+49151{10000000 + i},{'x' * 200000}\n" for i in range(3000))
    _, own_mb = timed([cli, "--db", path + ".db", "--json", "--quiet", "contacts", "import", path])
    report.row("import of rows of 200 kB, resident", own_mb, "MB", 200)


def bench_plan_and_export(cli, tmp, db, report):
    def run(*words):
        subprocess.run([cli, "--db", db, "--json", "--quiet", *words], check=True, stdout=subprocess.DEVNULL)

    body = os.path.join(tmp, "body.txt")
    with open(body, "w", encoding="utf-8") as out:
        out.write("Hallo {{first_name|Kundin}}, diese Woche: Rouladen.\n")
    run("message", "save", "Offer", "--channel", "whatsapp", "--body", body)
    run("campaign", "save", "Week", "--message", "Offer", "--channel", "whatsapp",
        "--purpose", "weekly-offer", "--at", "2026-12-03 10:00")
    plan_time, _ = timed([cli, "--db", db, "--json", "--quiet", "campaign", "plan", "Week"])
    report.row("plan of one campaign", plan_time, "s", 15)
    # The columns that a line of the batch has.
    query = ("SELECT 1 AS format_version, r.batch_id, r.batch_id || '-' || o.id AS message_id, c.address AS \"to\", "
             "m.body AS text, r.channel, r.purpose, "
             "strftime ('%Y-%m-%dT%H:%M:%SZ', r.due_at / 1000000, 'unixepoch') AS send_at "
             "FROM runs r JOIN outbox o ON o.run_id = r.id JOIN contact_points c ON c.id = o.point_id "
             "JOIN people p ON p.id = o.person_id JOIN message_versions m ON m.id = r.message_version_id "
             "WHERE r.id = 1 AND o.status <> 'excluded' ORDER BY o.id")
    peer_time, _ = timed(["sqlite3", "-json", db, query])
    own_time, own_mb = timed([cli, "--db", db, "--json", "--quiet", "run", "export", "1", "--format", "jsonl",
                              "--output", os.path.join(tmp, "batch.jsonl")])
    report.row(f"export as JSON Lines ÷ sqlite3 -json ({own_time:.1f} s)", own_time / peer_time, "×", 2)
    report.row("export, resident", own_mb, "MB", 200)


def bench_store(build, db, report):
    """In-process figures: search keystroke, snapshot, page."""
    program = os.path.join(build, "tests", "bench", "bench-store")
    for line in subprocess.run([program, db], check=True, capture_output=True, text=True).stdout.splitlines():
        what, value, budget = line.split("\t")
        report.row(what, float(value), "ms", float(budget))


def first_frame(window, db):
    """Seconds from start to the window on the screen, best of three."""
    best = 1e9
    for _ in range(3):
        start = time.monotonic()
        process = subprocess.Popen([window, "--db", db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "Rundruf"],
                       check=True, stdout=subprocess.DEVNULL, timeout=60)
        best = min(best, time.monotonic() - start)
        process.terminate()
        process.wait()
    return best


def bench_window(build, tmp, db, report):
    window = os.path.join(build, "src", "rundruf")
    empty = first_frame(window, os.path.join(tmp, "empty.db"))
    full = first_frame(window, db)
    report.row(f"first frame, full ÷ empty ({full:.2f} s)", full / empty, "×", 1.5)


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    build, rows = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    if len(sys.argv) == 4:      # inside Xvfb
        report = Report()
        with tempfile.TemporaryDirectory() as tmp:
            bench_window(build, tmp, sys.argv[3], report)
        sys.exit(report.missed > 0)
    cli, report = os.path.join(build, "src", "rundruf-cli"), Report()
    with tempfile.TemporaryDirectory() as tmp:
        db = bench_import(cli, tmp, rows, report)
        bench_cards(cli, tmp, report)
        bench_large_file(cli, tmp, report)
        bench_store(build, db, report)
        bench_plan_and_export(cli, tmp, db, report)
        inner = ["xvfb-run", "-a", "dbus-run-session", "--", sys.executable, os.path.abspath(__file__),
                 build, str(rows), db]
        report.missed += subprocess.run(inner, check=False).returncode
    sys.exit(report.missed > 0)


if __name__ == "__main__":
    main()
