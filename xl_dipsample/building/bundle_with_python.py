r"""The bundle for PCs without Python: one zip with one folder, which holds an interpreter, every package, and us.

    python -m xl_dipsample.building.bundle_with_python dist/with-python.zip --python C:\Python312

`--python` is the folder of a whole CPython for 64-bit Windows, as python.org's installer lays it out, with its licence
in LICENSE.txt. Without it, the one that the tests under Wine run is taken. Packages come as in the bundle: wheels for
Windows in their locked versions, here unpacked. Nothing is compiled; same parts, same zip, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from xl_dipsample.addin.installing.computer import CAME_ALONG
from xl_dipsample.building import bundle

FOLDER = "dip-sampling"
PACKAGES = "python/Lib/site-packages"
OF_TESTS = Path.home() / ".cache" / "xl_dipsample-windows" / "python"
# Not in the bundle: files with macros of other people, which virus scanners quarantine; what tests, documents or
# builds; an editor with its windows; the build's own packages, which come anew; pip, as nothing more is installed.
LEFT_OUT = (
    *("*/__pycache__/*", "*.xlam", "*.xlsm", "*.bas", "*/xlwings/quickstart_*", "*/xlwings/html/*"),
    *("*/test/*", "*/pandas/tests/*", "*/idlelib/*", "*/turtledemo/*", "*/ensurepip/*", "*/lib2to3/*", "*/_test*.pyd"),
    *("*/pythonwin/*", "*/PyWin32.chm", "*/win32/Demos/*", "*/win32com/demos/*", "*/adodbapi/*", "*/isapi/*"),
    *("*/include/*", "*/libs/*", "*.lib", "*.pdb", "*.exe.bak", "*/site-packages/bin/*", "*/site-packages/pip*"),
)
OUR_ADDINS = "*/xl_dipsample/workbook_template/dip_sampling*.xlam"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m xl_dipsample.building.bundle_with_python", description=__doc__)
    parser.add_argument("zip", type=Path, help="the zip to write")
    parser.add_argument("--python", type=Path, default=OF_TESTS, help="the folder of a Python for Windows")
    given = parser.parse_args(arguments)
    version = fit(given.python)
    with tempfile.TemporaryDirectory() as scratch:
        wheels = bundle.collect(Path(scratch), [version])
        packages = unpacked(wheels, Path(scratch) / "packages", version)
        files = contents(given.python, packages, version)
    given.zip.parent.mkdir(parents=True, exist_ok=True)
    bundle.write_zip({f"{FOLDER}/{name}": data for name, data in files.items()}, given.zip)
    unpacked_size = sum(map(len, files.values())) / 1e6
    sys.stdout.write(
        f"{given.zip}: Python {version} and {len(wheels)} packages, {given.zip.stat().st_size / 1e6:.0f} MB, "
        f"{unpacked_size:.0f} MB unpacked\n"
    )
    return 0


def fit(python: Path) -> str:
    """The version, as "3.12", of a folder with a Python that may go into the bundle. Ends with a sentence otherwise."""
    found = [match for one in python.glob("python3*.dll") if (match := re.fullmatch(r"python3(\d+)\.dll", one.name))]
    version = f"3.{found[0][1]}" if found else ""
    if version not in bundle.PYTHONS:
        raise SystemExit(f"{python} holds no Python for Windows of a version that a bundle is made for.")
    needed = ("python.exe", "pythonw.exe", "python3.dll", "DLLs/_tkinter.pyd", "tcl/tcl8.6/init.tcl", "Lib/os.py")
    lacks = [name for name in needed if not (python / name).is_file()]
    if lacks:
        raise SystemExit(f"The Python in {python} is not whole: {', '.join(lacks)} is missing.")
    if not (python / "LICENSE.txt").is_file():
        raise SystemExit(f"There is no LICENSE.txt in {python}: Python may only be passed on with its licence.")
    return version


def unpacked(wheels: Sequence[Path], folder: Path, version: str) -> Path:
    """The wheels as pip puts them into site-packages on Windows."""
    command = (
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-index"),
        *("--no-compile", "--platform", "win_amd64", "--implementation", "cp", "--python-version", version),
        *("--only-binary=:all:", "--target", str(folder), *map(str, wheels)),
    )
    subprocess.run(command, check=True)  # noqa: S603
    return folder


def contents(python: Path, packages: Path, version: str) -> dict[str, bytes]:
    """Every file by its place in the folder; the sums are the last."""
    files = dict(_files(python, "python"))
    # what was installed into the given Python stays behind: the locked packages come instead
    files = {name: data for name, data in files.items() if not name.startswith((f"{PACKAGES}/", "python/xlwings"))}
    for name, data in _files(packages, PACKAGES):
        of_xlwings = fnmatch(name, f"{PACKAGES}/xlwings*.dll")  # beside python.exe, as pip puts them
        files[f"python/{Path(name).name}" if of_xlwings else name] = data
    files[f"python/{CAME_ALONG}"] = f"Python {version}, part of the folder {FOLDER}.\r\n".encode()
    for path in sorted((bundle.ROOT / "bundle" / "with_python").iterdir()):
        files[path.name] = path.read_bytes().replace(b"\n", b"\r\n")
    for name, source in ((bundle.GUIDE, "docs/it_guide.md"), ("LICENSE.txt", "LICENSE")):
        text = (bundle.ROOT / source).read_text(encoding="utf-8")
        files[name] = text.replace("\n", "\r\n").encode("utf-8-sig")
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return files | {bundle.SUMS: sums.encode()}


def _files(folder: Path, place: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = f"{place}/{path.relative_to(folder).as_posix()}"
        if path.is_file() and (fnmatch(name, OUR_ADDINS) or not any(fnmatch(name, one) for one in LEFT_OUT)):
            yield name, path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
