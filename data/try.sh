#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Try Rundruf: installs what the build needs, builds into build/, takes the sample shop's
# year in, sends next week's offer to the sandbox (which delivers nothing), and opens the
# window on it where a display is there.
set -eu
cd "$(dirname "$0")/.."
. data/packages.sh

install_packages build
[ -f build/build.ninja ] || meson setup build >/dev/null
ninja -C build >build/try.log 2>&1 || { tail -30 build/try.log >&2; exit 1; }

demo=${RUNDRUF_DEMO_DIR:-build/demo}
build/src/rundruf-cli demo "$demo"

if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
  echo "Opening the window on $demo/rundruf.db"
  # While the offer lies ahead, the window's clock goes on where the rehearsal's stood.
  due=$(build/src/rundruf-cli --db "$demo/rundruf.db" --json run list |
    grep -o '"due_at": "[^"]*"' | head -1 | cut -d '"' -f 4)
  if expr "$(date -u +%FT%TZ)" \< "$due" >/dev/null; then
    exec build/src/rundruf --db "$demo/rundruf.db" --now "$due"
  fi
  exec build/src/rundruf --db "$demo/rundruf.db"
fi
echo "There is no display here, so the window stays closed. On a desktop, the same command opens it."
