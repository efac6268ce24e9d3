r"""The install record, `%LOCALAPPDATA%\xl_dipsample\install.txt`: which Python answers, and what was put where.

The VBA of the worksheet functions reads it, and nothing else, to know which Python answers; so a workbook cannot name
another one. The ribbon does not read it: it asks the desk.
UTF-16 little-endian with its mark and Windows line ends, which VBA reads whatever letters a path holds. One
`key=value` a line. Keys that a reader does not know are passed over.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from xl_dipsample.domain.shared.errors import DipSampleError, FileProblem
from xl_dipsample.files.atomic import replace_file
from xl_dipsample.files.windows import Windows

FILE_NAME = "install.txt"
_NEEDED = ("python", "pythonw", "version")
_OTHERS = ("dll", "addin", "functions")


class InstallProblem(DipSampleError):
    """The ribbon cannot be installed on this computer as it is."""


@dataclass(frozen=True)
class InstallRecord:
    """What install found and did. `dll`: the xlwings DLL for this Excel, '' when there is none.

    `python` and `pythonw` start the interpreter with and without a window; `addin` is the place of the ribbon's
    add-in, `functions` that of the one with worksheet functions, '' when it was not wanted.
    """

    python: str
    pythonw: str
    version: str
    dll: str = ""
    addin: str = ""
    functions: str = ""


def record_path(windows: Windows) -> Path:
    """Where the record lies, whether it is there or not."""
    return windows.local_data() / FILE_NAME


def write(record: InstallRecord, windows: Windows) -> Path:
    """Write the record, all or nothing. Returns its path. Raises FileProblem, InstallProblem."""
    path = record_path(windows)
    data = encoded(record)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise FileProblem(
            "cannot-write", "The folder xl_dipsample cannot be made in your local data folder: ask IT to allow it."
        ) from None
    replace_file(data, path)
    return path


def read(windows: Windows) -> InstallRecord | None:
    """The record; None when the ribbon is not installed. Raises FileProblem when it cannot be understood."""
    try:
        data = record_path(windows).read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        raise FileProblem("cannot-read", f"{FILE_NAME} cannot be read: check your rights to it.") from None
    return decoded(data)


def encoded(record: InstallRecord) -> bytes:
    r"""The bytes of the file.

    >>> encoded(InstallRecord("C:\\p.exe", "C:\\pw.exe", "1.0"))[:22].decode("utf-16")
    'python=C:\\'
    """
    lines = []
    for key, value in asdict(record).items():
        text = str(value)
        if not text.isprintable():
            raise InstallProblem("odd-path", "A folder's name holds a line break: install Python in another folder.")
        lines.append(f"{key}={text}\r\n")
    return b"\xff\xfe" + "".join(lines).encode("utf-16-le")


def decoded(data: bytes) -> InstallRecord:
    """What the bytes say. Raises FileProblem."""
    try:
        if data[:2] != b"\xff\xfe":
            raise ValueError
        text = data[2:].decode("utf-16-le")
        found = dict(line.split("=", 1) for line in text.split("\r\n") if line)
        kept = {key: found[key] for key in _NEEDED}
    except (ValueError, KeyError):
        raise FileProblem(
            "record-damaged", f"{FILE_NAME} in your local data folder is damaged: run dipsample install again."
        ) from None
    return InstallRecord(**kept, **{key: found.get(key, "") for key in _OTHERS})
