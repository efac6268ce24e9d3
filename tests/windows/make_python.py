"""Puts the Windows Python of the tests together: `python -m tests.windows.make_python`, by prepare.sh.

What comes from where, and what each mend is for, stands in README.md beside this file.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.windows.places import CACHE, DOWNLOADS, PREFIX, PYTHON, ROOT, STAMP, SYSTEM, WHEELS, environment
from xl_dipsample.building import bundle

VERSION, NUMBER = "3.12", "312"
# Tcl takes the scripts of its own version alone: 3.12.1 has 8.6.13, as Debian 12 has.
TCL = "8.6.13"
JARS = {
    "org.bytedeco:cpython:3.12.1-1.5.10": "e69bc4491c311e19ea7169bafc5efbbe03b980d69c6962b049daf1fcb4913391",
    "org.bytedeco:javacpp:1.5.10": "3ef632afb696fb4e447cfc4055f45de15114374c8b84e689ef5c24faab9b51ce",
}
RUNTIME = ("ucrtbase.dll", "msvcp140.dll", "msvcp140_1.dll")
LEFT_OUT = ("test", "idlelib", "turtledemo", "lib2to3")


def main() -> int:
    """Make what is not there or was made from something else. Returns the exit status."""
    told = made_from()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == told:
        return 0
    sys.stdout.write(f"Putting a Windows Python together in {CACHE}; this takes a few minutes.\n")
    for folder in (PYTHON, PREFIX, WHEELS):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (DOWNLOADS, WHEELS):
        folder.mkdir(parents=True, exist_ok=True)
    python, javacpp = (jar(name, sum_) for name, sum_ in JARS.items())
    lay_out(python, PYTHON)
    add_packages(PYTHON)
    make_prefix(javacpp)
    STAMP.write_text(told, encoding="utf-8")
    return 0


def made_from() -> str:
    """The sums of whatever decides what is made."""
    sources = (Path(__file__), Path(__file__).with_name("places.py"), *bundle.LOCKS)
    return "".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in sources)


def jar(name: str, wanted: str) -> Path:
    """A jar with programs for 64-bit Windows, as Maven is set up here. Its sum is checked."""
    _, artifact, version = name.split(":")
    path = DOWNLOADS / f"{artifact}-{version}-windows-x86_64.jar"
    if not path.is_file():
        run("mvn", "-q", "dependency:copy", f"-Dartifact={name}:jar:windows-x86_64", f"-DoutputDirectory={DOWNLOADS}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != wanted:
        raise SystemExit(f"{path.name} is not the one that the tests were written with: its sum is {found}.")
    return path


def lay_out(python: Path, folder: Path) -> None:
    """A Python as python.org's installer lays it out, from a jar that lays it out its own way."""
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        with zipfile.ZipFile(python) as archive:
            archive.extractall(scratch)
        found = next(Path(scratch).rglob(f"python{NUMBER}.dll")).parent
        shutil.copytree(found / "lib", folder / "Lib", ignore=shutil.ignore_patterns(*LEFT_OUT))
        for name in ("python.exe", f"python{NUMBER}.dll", "bin/pythonw.exe"):
            shutil.copy(found / name, folder)
    dlls, packages = folder / "DLLs", folder / "Lib" / "site-packages"
    dlls.mkdir()
    for path in [*folder.glob("Lib/*.pyd"), *folder.glob("Lib/*.dll")]:
        path.rename((folder if path.name.startswith("vcruntime") else dlls) / path.name)
    for path in (folder / "Lib").glob("pip*"):
        if path.is_dir():
            path.rename(packages / path.name)
    for name in ("tcl8.6", "tk8.6"):
        shutil.copytree(f"/usr/share/tcltk/{name}", folder / "tcl" / name)
        shutil.copy(f"/usr/share/doc/lib{name}/copyright", folder / "tcl" / name / "licence.txt")
    shutil.copy(Path(os.__file__).with_name("LICENSE.txt"), folder)  # Python's own text, the same in every version here
    if f"-exact Tcl {TCL}" not in (folder / "tcl" / "tcl8.6" / "init.tcl").read_text(encoding="utf-8"):
        raise SystemExit(f"Tcl's scripts here are not of version {TCL}, which this Python's Tcl asks for.")
    forward(
        folder / "python3.dll", {name: f"python{NUMBER}.{name}" for name in exported(folder / f"python{NUMBER}.dll")}
    )
    launchers = folder / "Lib" / "venv" / "scripts" / "nt"
    for name in ("python.exe", "pythonw.exe"):
        shutil.copy(folder / name, launchers)


def add_packages(folder: Path) -> None:
    """The locked packages, as wheels for Windows; ours is not one of them, the tests use the checkout."""
    wheels = [one for one in bundle.collect(WHEELS, [VERSION]) if not one.name.startswith("xl_dipsample-")]
    packages = folder / "Lib" / "site-packages"
    run(
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-index"),
        *("--no-compile", "--platform", "win_amd64", "--implementation", "cp", "--python-version", VERSION),
        *("--only-binary=:all:", "--target", str(packages), "--upgrade", *map(str, wheels)),
    )
    for path in packages.glob("xlwings*.dll"):  # pip on Windows puts them beside python.exe
        path.rename(folder / path.name)


def make_prefix(javacpp: Path) -> None:
    """A drive C: for Wine that calls itself Windows 10, with the mends that Wine 8 needs."""
    run("wineboot", "-i")
    run("wine", "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
    run("wineserver", "-w")
    for path in PREFIX.glob("drive_c/users/*/*"):
        if path.is_symlink():  # Wine's Desktop is the home folder of whoever runs the tests
            path.unlink()
            path.mkdir()
    with zipfile.ZipFile(javacpp) as archive:
        for name in archive.namelist():
            if Path(name).name in RUNTIME:
                (SYSTEM / Path(name).name).write_bytes(archive.read(name))
    forward(SYSTEM / "bcryptprimitives.dll", {"ProcessPrng": "advapi32.SystemFunction036"})
    for path in PYTHON.glob("*.dll"):
        shutil.copy(path, SYSTEM)


def exported(library: Path) -> list[str]:
    """The names that a DLL exports."""
    table = run("x86_64-w64-mingw32-objdump", "-p", str(library)).partition("[Ordinal/Name Pointer] Table")[2]
    return re.findall(r"^\s*\[ *\d+\].*?(\w+)$", table, flags=re.MULTILINE)


def forward(library: Path, names: dict[str, str]) -> None:
    """A DLL without code whose names are those of other DLLs: `name` -> `library.name`."""
    with tempfile.TemporaryDirectory() as scratch:
        empty, words = Path(scratch) / "empty.o", Path(scratch) / "names.def"
        lines = "".join(f"{name} = {where}\n" for name, where in sorted(names.items()))
        words.write_text(f"LIBRARY {library.name}\nEXPORTS\n{lines}", encoding="ascii")
        run("x86_64-w64-mingw32-as", "/dev/null", "-o", str(empty))
        run("x86_64-w64-mingw32-ld", "-shared", "-e", "0", "-o", str(library), str(empty), str(words))


def run(*words: str) -> str:
    """Run a program and return what it printed. Ends with its words where it fails."""
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **environment()}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(words[:4])} ended with {done.returncode}.\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
