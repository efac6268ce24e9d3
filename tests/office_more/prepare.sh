#!/bin/sh
# Gets what the tests with other engines need, beside what the office tests need: ONLYOFFICE's Document Builder by pip,
# in an environment of its own, .venv-engines; ECMA-376's transitional schemas, in a jar of Apache POI's, by Maven.
# Ends with 0 when all of it is there, otherwise says what is missing and ends with 1.
set -u
cd "$(dirname "$0")/../.." || exit 1

there() { command -v "$1" >/dev/null 2>&1; }
apart=.venv-engines
jar=poi-ooxml-full-5.5.1.jar

sh tests/office/prepare.sh || exit 1
if ! there mvn && [ "$(id -u)" = 0 ] && there apt-get; then
  echo "Installing maven; this takes some minutes."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends maven >/dev/null
fi
python=.venv/bin/python
[ -x "$python" ] || python=python3
[ -x "$apart/bin/python" ] || "$python" -m venv "$apart"
if [ -x "$apart/bin/python" ] && ! cmp -s requirements/engines.txt "$apart/made-of.txt"; then
  "$apart/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements/engines.txt &&
    cp requirements/engines.txt "$apart/made-of.txt"
fi
if there mvn && [ ! -e "$apart/$jar" ]; then
  mvn -q -B dependency:copy -Dartifact=org.apache.poi:poi-ooxml-full:5.5.1 "-DoutputDirectory=$apart"
fi

missing=0
lacks() {
  echo "The tests with other engines cannot run: $1"
  missing=1
}
there mvn || [ -e "$apart/$jar" ] || lacks "Maven is not here. On Debian or Ubuntu: apt-get install maven."
[ -e "$apart/$jar" ] || lacks "the schemas are not here. Maven has to bring org.apache.poi:poi-ooxml-full:5.5.1."
"$apart/bin/python" -c 'import docbuilder' 2>/dev/null ||
  lacks "ONLYOFFICE's engine is not here: pip has to install requirements/engines.txt in $apart."
exit "$missing"
