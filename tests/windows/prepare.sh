#!/bin/sh
# Gets what the tests under Wine need: Wine, Maven (which brings the Windows Python), Tcl's scripts, a linker, a display.
# Then puts the Windows Python together in a cache folder outside the checkout: $DIPSAMPLE_WINDOWS, or
# ~/.cache/xl_dipsample-windows. Ends with 0 when all of it is there, otherwise says what is missing and ends with 1.
set -u
cd "$(dirname "$0")/../.." || exit 1

there() { command -v "$1" >/dev/null 2>&1; }
scripts() { [ -e /usr/share/tcltk/tcl8.6/init.tcl ] && [ -e /usr/share/tcltk/tk8.6/tk.tcl ]; }

wanted=""
there wine || wanted="$wanted wine wine64"
there mvn || wanted="$wanted maven"
there x86_64-w64-mingw32-ld || wanted="$wanted binutils-mingw-w64-x86-64"
scripts || wanted="$wanted libtcl8.6 libtk8.6"
there Xvfb || wanted="$wanted xvfb"
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && there apt-get; then
  echo "Installing$wanted; this takes some minutes."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086  # the words are package names
  apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi

missing=0
lacks() {
  echo "The tests under Wine cannot run: $1"
  missing=1
}
there wine || lacks "Wine is not here. On Debian: apt-get install wine wine64."
there mvn || lacks "Maven is not here. On Debian: apt-get install maven."
there x86_64-w64-mingw32-ld || lacks "no linker for Windows is here. On Debian: apt-get install binutils-mingw-w64-x86-64."
scripts || lacks "Tcl's scripts are not here. On Debian: apt-get install libtcl8.6 libtk8.6."
there Xvfb || lacks "Xvfb is not here. On Debian: apt-get install xvfb."
[ "$missing" = 0 ] || exit 1

python=.venv/bin/python
[ -x "$python" ] || python=python3
exec "$python" -m tests.windows.make_python
