# SPDX-FileCopyrightText: 2026 The Rundruf authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by try.sh and tests/run.sh: installs what is missing, and nothing else.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else
    echo "This needs root or sudo to install packages: $*" >&2
    return 1
  fi
}

debian_build="build-essential meson ninja-build pkg-config gettext libgtk-4-dev libadwaita-1-dev
  libsoup-3.0-dev libjson-glib-dev libsqlite3-dev libphonenumber-dev libsecret-1-dev
  libglib2.0-dev-bin desktop-file-utils gtk-update-icon-cache adwaita-icon-theme
  fonts-cantarell glib-networking librsvg2-common libqrencode-dev"
debian_test="python3 sqlite3 xvfb xauth openbox dbus dbus-x11 at-spi2-core python3-pyatspi xdotool
  imagemagick fonts-noto-color-emoji locales appstream python3-jsonschema python3-yaml
  poppler-utils librsvg2-bin zbar-tools clang libclang-rt-dev"
fedora_build="gcc gcc-c++ meson ninja-build pkgconf gettext gtk4-devel libadwaita-devel libsoup3-devel
  json-glib-devel sqlite-devel libphonenumber-devel libsecret-devel glib2-devel
  desktop-file-utils gtk-update-icon-cache adwaita-icon-theme abattis-cantarell-fonts
  glib-networking librsvg2 qrencode-devel"
fedora_test="python3 sqlite xorg-x11-server-Xvfb xorg-x11-xauth openbox dbus-daemon dbus-x11
  at-spi2-core python3-pyatspi xdotool ImageMagick google-noto-emoji-fonts glibc-langpack-de
  libappstream-glib appstream python3-jsonschema python3-pyyaml poppler-utils librsvg2-tools zbar
  libasan libubsan clang compiler-rt"

# install_packages build|test
install_packages() {
  if command -v apt-get >/dev/null; then
    eval "wanted=\$debian_$1"
    missing=
    for package in $wanted; do
      dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
        missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Installing:$missing"
    as_root apt-get update -qq &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold $missing >/dev/null
  elif command -v dnf >/dev/null; then
    eval "wanted=\$fedora_$1"
    rpm -q --whatprovides $wanted >/dev/null 2>&1 || as_root dnf install -y -q $wanted
  else
    echo "Neither apt-get nor dnf is here. Install these by hand, then call again with" >&2
    echo "RUNDRUF_NO_INSTALL=1: $fedora_build" >&2
    [ -n "${RUNDRUF_NO_INSTALL:-}" ]
  fi
}
