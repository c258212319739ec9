#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Feeds the readers with broken files: run.sh [BUILDDIR [TARGET…]]
#
# Builds the targets with clang's libFuzzer and runs each a fixed number of times from its kept
# corpus; the same runs every time. FUZZ_SECONDS=N searches for N seconds instead and keeps what
# it finds in BUILDDIR/corpus. Writes BUILDDIR/testlog.json for tests/summary.py; exit 1 where a
# target failed.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build-fuzz}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- cell contacts meta receipts reply segment vcard

say() { # TARGET OK|FAIL|SKIP
  printf '{"name": "fuzz-%s", "result": "%s", "stdout": ""}\n' "$1" "$2" >>"$build/testlog.json"
}

mkdir -p "$build"
: >"$build/testlog.json"
if ! echo 'int LLVMFuzzerTestOneInput (const char *d, long n) { return 0; }' |
     clang -x c -fsanitize=fuzzer,address,undefined -o "$build/probe" - 2>/dev/null; then
  echo "fuzz: clang with -fsanitize=fuzzer is missing" >&2
  for target; do say "$target" SKIP; done
  exit 0
fi
cover=-fsanitize=fuzzer-no-link
[ -f "$build/build.ninja" ] || CC=clang CXX=clang++ \
  meson setup "$build" -Db_sanitize=address,undefined -Db_lundef=false \
    -Dc_args="$cover" -Dcpp_args="$cover" >/dev/null
ninja -C "$build" $(printf 'tests/fuzz/fuzz-%s ' "$@") >"$build/run.log" 2>&1 ||
  { tail -40 "$build/run.log" >&2; for target; do say "$target" FAIL; done; exit 1; }

export G_DEBUG=fatal-warnings G_SLICE=always-malloc LC_ALL=C.UTF-8 TZ=Europe/Berlin
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 XDG_CONFIG_HOME=/nonexistent
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
status=0
for target; do
  runs=20000
  [ "$target" != contacts ] || runs=4000    # Each reads the table of column names.
  limit="-runs=$runs -seed=1"
  [ -z "${FUZZ_SECONDS:-}" ] || limit="-max_total_time=$FUZZ_SECONDS"
  found=$build/corpus/$target
  [ -n "${FUZZ_SECONDS:-}" ] || rm -rf "$found"
  mkdir -p "$found"
  if "$build/tests/fuzz/fuzz-$target" $limit -max_len=4096 -timeout=20 -rss_limit_mb=1024 \
       -artifact_prefix="$build/$target-" "$found" "tests/fuzz/corpus/$target" \
       >"$build/fuzz-$target.log" 2>&1; then
    echo "fuzz-$target: $(tail -1 "$build/fuzz-$target.log")"
    say "$target" OK
  else
    tail -60 "$build/fuzz-$target.log" >&2
    say "$target" FAIL
    status=1
  fi
done
exit $status
