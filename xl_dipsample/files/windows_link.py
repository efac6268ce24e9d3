"""A link of Windows (.lnk), made by Windows itself; for windows.py."""

from __future__ import annotations

from pathlib import Path


def make_link(link: Path, program: Path, arguments: str, words: str) -> None:
    """Make it. `words`: what Windows shows beside it. Raises OSError."""
    import pythoncom
    from win32com.shell import shell

    try:
        one = pythoncom.CoCreateInstance(
            shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
        )
        one.SetPath(str(program))
        one.SetArguments(arguments)
        one.SetWorkingDirectory(str(program.parent))
        one.SetDescription(words)
        link.parent.mkdir(parents=True, exist_ok=True)
        one.QueryInterface(pythoncom.IID_IPersistFile).Save(str(link), 0)
    except pythoncom.com_error as refused:
        raise OSError("Windows made no link") from refused
