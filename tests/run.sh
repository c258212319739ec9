#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# All tests: the headless suites under AddressSanitizer and UBSan, the window's suite on a plain
# build under Xvfb, then broken files by libFuzzer. Ends with "N passed, N failed, N skipped";
# exit 1 on any failure.
set -eu
cd "$(dirname "$0")/.."
. data/packages.sh

install_packages build
install_packages test
[ -e /usr/lib/locale/de_DE.utf8 ] || locale -a 2>/dev/null | grep -qi '^de_DE\.utf' ||
  as_root localedef -i de_DE -f UTF-8 de_DE.UTF-8 || true

build() { # DIR OPTION...
  dir=$1; shift
  [ -f "$dir/build.ninja" ] || meson setup "$dir" "$@" >/dev/null
  ninja -C "$dir" >"$dir/run.log" 2>&1 || { tail -40 "$dir/run.log" >&2; exit 1; }
}
werror=
[ -z "${CI:-}" ] || werror=-Dwerror=true

build build-asan $werror -Db_sanitize=address,undefined -Db_lundef=false
build build $werror

status=0
# Fontconfig, Pango and libsecret keep caches to the end: what they hold is not ours.
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
meson test -C build-asan --no-rebuild --suite headless --timeout-multiplier 4 --print-errorlogs || status=1
meson test -C build --no-rebuild --suite display --timeout-multiplier 2 --print-errorlogs || status=1
sh tests/fuzz/run.sh build-fuzz || status=1

python3 tests/summary.py build-asan/meson-logs/testlog.json build/meson-logs/testlog.json \
  build-fuzz/testlog.json || status=1
exit $status
