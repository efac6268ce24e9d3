"""The offline bundle for an IT department: one zip with everything that a PC with Python and Excel needs.

    python -m xl_dipsample.building.bundle dist/dip-sampling.zip

Run it in a checkout, on any computer that reaches a package index. It finds what our wheel needs on Windows by reading
each wheel's own list with Windows' answers (pip's --platform would answer with this computer's), takes the versions of
requirements/, and writes a hash for every file. Same versions, same bundle, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from xl_dipsample.building import lighter_wheels

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "windows.txt")
PYTHONS = ("3.11", "3.12")  # the bundle serves both; another one needs wheels of its own
OUR_NAME = "xl-dipsample"
ADD_INS = ("dip_sampling.xlam", "dip_sampling_functions.xlam")
CHANGED = "changed wheels.txt"
_WHY_CHANGED = (
    "Macro files of other people, which nothing here opens and virus scanners put into quarantine, are left out of "
    "these wheels. Everything else in them is the publisher's."
)
WHEELS, GUIDE, SUMS = "wheels", "IT guide.txt", "SHA256SUMS.txt"
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same zip for the same files
_TEXTS = {".cmd": "ascii", ".txt": "utf-8-sig"}  # Windows line ends; cmd reads no byte order mark


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m xl_dipsample.building.bundle", description="The bundle for IT.")
    parser.add_argument("zip", type=Path, help="the zip to write")
    parser.add_argument("--python", action="append", choices=PYTHONS, help="for this one alone")
    given = parser.parse_args(arguments)
    if not (ROOT / "pyproject.toml").is_file():
        parser.error("this is not a checkout of xl_dipsample: there is no pyproject.toml")
    pythons = sorted(set(given.python or PYTHONS), key=PYTHONS.index)
    with tempfile.TemporaryDirectory() as folder:
        wheels, changed = without_macro_files(collect(Path(folder), pythons))
        files = contents(wheels, pythons, changed)
    given.zip.parent.mkdir(parents=True, exist_ok=True)
    write_zip(files, given.zip)
    size = given.zip.stat().st_size / 1e6
    sys.stdout.write(f"{given.zip}: {len(wheels)} wheels for Python {', '.join(pythons)}, {size:.0f} MB\n")
    return 0


def collect(folder: Path, pythons: Sequence[str]) -> list[Path]:
    """Build our wheel and download every wheel that it needs on Windows. Returns them sorted by name."""
    _pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    pins = locked(*(path.read_text(encoding="utf-8") for path in LOCKS))
    for python in pythons:
        have = {OUR_NAME}
        while wanted := needed(_requirements(folder), python) - have:
            _download(sorted(f"{name}=={_pin(pins, name)}" for name in wanted), folder, python)
            have |= wanted
    return sorted(folder.glob("*.whl"))


def without_macro_files(wheels: Sequence[Path]) -> tuple[list[Path], str]:
    """The wheels, other people's without their macro files, and a text that says what was left out of which."""
    made, told = [], []
    for wheel in wheels:
        ours = canonicalize_name(OUR_NAME) == parse_wheel_filename(wheel.name)[0]
        gone = [] if ours else lighter_wheels.left_out_of(wheel)
        was = hashlib.sha256(wheel.read_bytes()).hexdigest() if gone else ""
        made.append(lighter_wheels.lighter(wheel) if gone else wheel)
        if gone:
            told.append(f"{made[-1].name}\n  is {wheel.name} (SHA-256 {was}) without:\n")
            told += [f"    {name}\n" for name in gone]
    return sorted(made), "".join(told)


def locked(*texts: str) -> dict[str, str]:
    r"""The exact versions of requirements files by canonical name.

    >>> locked("XlsxWriter==3.3.1\n# a comment\n", "pywin32==311 ; sys_platform == 'win32'\n")
    {'xlsxwriter': '3.3.1', 'pywin32': '311'}
    """
    found = {}
    for line in "\n".join(texts).splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line)
        if match:
            found[str(canonicalize_name(match[1]))] = match[2]
    return found


def needed(requirements: Mapping[str, Iterable[str]], python: str) -> set[str]:
    """The names that our package needs on 64-bit Windows, itself included, as far as `requirements` tells.

    `requirements` maps a name to the lines of its Requires-Dist. A name that it lacks counts as needing nothing yet.

    >>> sorted(needed({"xl-dipsample": ["xlwings"], "xlwings": ['pywin32; platform_system == "Windows"']}, "3.11"))
    ['pywin32', 'xl-dipsample', 'xlwings']
    """
    windows = {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_release": "10",
        "platform_version": "10.0",
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    found: set[str] = set()
    waiting = [(OUR_NAME, frozenset({""}))]
    asked: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        if one in asked:
            continue
        asked.add(one)
        name, extras = one
        found.add(name)
        for line in requirements.get(name, ()):
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({**windows, "extra": extra}) for extra in extras):
                waiting.append((str(canonicalize_name(requirement.name)), frozenset({"", *requirement.extras})))
    return found


def contents(wheels: Sequence[Path], pythons: Sequence[str], changed: str = "") -> dict[str, bytes]:
    """Every file of the bundle by its place in the zip; the sums are the last. `changed`: of which wheels, and what."""
    files = {f"{WHEELS}/{wheel.name}": wheel.read_bytes() for wheel in wheels}
    for name in ADD_INS:
        files[name] = (ROOT / "workbook_template" / name).read_bytes()
    for path in sorted(one for one in (ROOT / "bundle").iterdir() if one.is_file()):
        files[path.name] = _text(path.name, filled_in(path.read_text(encoding="utf-8"), pythons))
    files["requirements.txt"] = hashed(wheels).encode()
    if changed:
        files[CHANGED] = _text(CHANGED, f"{_WHY_CHANGED}\n\n{changed}")
    files[GUIDE] = _text(GUIDE, (ROOT / "docs" / "it_guide.md").read_text(encoding="utf-8"))
    files["LICENSE.txt"] = _text("LICENSE.txt", (ROOT / "LICENSE").read_text(encoding="utf-8"))
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return files | {SUMS: sums.encode()}


def filled_in(text: str, pythons: Sequence[str]) -> str:
    r"""A script with the versions of Python that the bundle is for; the newest is tried first.

    >>> filled_in("@FOR_EACH_PYTHON@\nfor @PYTHONS@", ["3.11", "3.12"])
    'call :try 3.12 312\ncall :try 3.11 311\nfor 3.11, 3.12'
    """
    tries = "\n".join(f"call :try {python} {python.replace('.', '')}" for python in reversed(pythons))
    return text.replace("@FOR_EACH_PYTHON@", tries).replace("@PYTHONS@", ", ".join(pythons))


def hashed(wheels: Sequence[Path]) -> str:
    """A requirements file for `pip install --require-hashes`: one line a package, one hash for each of its wheels."""
    hashes: dict[tuple[str, str], list[str]] = {}
    for wheel in wheels:
        name, version, _, _ = parse_wheel_filename(wheel.name)
        hashes.setdefault((name, str(version)), []).append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    lines = [
        f"{name}=={version}" + "".join(f" --hash=sha256:{one}" for one in sorted(found))
        for (name, version), found in sorted(hashes.items())
    ]
    return "\n".join(lines) + "\n"


def write_zip(files: Mapping[str, bytes], path: Path) -> None:
    """One zip, its members in order of name, without dates or owners of this computer."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _FIXED)
            member.create_system = 0  # as Windows writes it, so that this computer's rights do not come along
            # wheels are compressed already
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name])


def _text(name: str, text: str) -> bytes:
    encoding = _TEXTS.get(Path(name).suffix)
    return text.replace("\n", "\r\n").encode(encoding) if encoding else text.encode("utf-8")


def _requirements(folder: Path) -> dict[str, list[str]]:
    """What each wheel of a folder says that it needs."""
    found = {}
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            headers = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
        found[str(parse_wheel_filename(wheel.name)[0])] = headers.get_all("Requires-Dist", [])
    return found


def _pin(pins: Mapping[str, str], name: str) -> str:
    if name not in pins:
        raise SystemExit(f"{name} is needed on Windows but is in neither of requirements/: add it to windows.txt.")
    return pins[name]


def _download(requirements: Sequence[str], folder: Path, python: str) -> None:
    _pip(
        *("download", "--quiet", "--no-deps", "--only-binary=:all:", "--platform", "win_amd64"),
        *("--implementation", "cp", "--python-version", python, "--dest", str(folder), *requirements),
    )


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
