#!/bin/sh
# Gets what the office tests need: LibreOffice and Python's bridge to it, pdftoppm, a display for the dialogs, and
# the Open XML SDK validator.
# Ends with 0 when all of it is there, otherwise says what is missing and ends with 1.
set -u
cd "$(dirname "$0")" || exit 1

there() { command -v "$1" >/dev/null 2>&1; }
# Writer, which shows the briefing, is a part of LibreOffice of its own.
writer() { there soffice && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libswlo.so" ]; }

wanted=""
there soffice || wanted="$wanted libreoffice-calc fonts-liberation"
writer || wanted="$wanted libreoffice-writer"
[ -e /usr/lib/python3/dist-packages/uno.py ] || wanted="$wanted python3-uno"
there pdftoppm || wanted="$wanted poppler-utils"
there Xvfb || wanted="$wanted xvfb"
there xdotool || wanted="$wanted xdotool"
there npm || wanted="$wanted nodejs npm"
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && there apt-get; then
  echo "Installing$wanted; this takes some minutes."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086  # the words are package names
  apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi
if there npm && [ ! -x node_modules/.bin/ooxml-validator ]; then
  npm ci --silent --no-fund --no-audit --no-update-notifier
fi

missing=0
lacks() {
  echo "The office tests cannot run: $1"
  missing=1
}
there soffice || lacks "LibreOffice is not here. On Debian or Ubuntu: apt-get install libreoffice-calc."
writer || lacks "LibreOffice has no Writer. On Debian or Ubuntu: apt-get install libreoffice-writer."
# The bridge loads only in the Python that it was made for: ask the one that runs the tests.
python=.venv/bin/python
[ -x "../../$python" ] || python=python3
reason=$(cd ../.. && "$python" -m tests.engines.uno_module 2>&1) || lacks "$reason"
there pdftoppm || lacks "pdftoppm is not here. On Debian or Ubuntu: apt-get install poppler-utils."
there Xvfb || lacks "Xvfb is not here. On Debian or Ubuntu: apt-get install xvfb."
there xdotool || lacks "xdotool is not here. On Debian or Ubuntu: apt-get install xdotool."
[ -x node_modules/.bin/ooxml-validator ] || lacks "the Open XML validator is not here. Install Node 18 or later, then: cd tests/office; npm ci."
exit "$missing"
