"""For windows.py: which processes run and in whose session, and names that one process of a session holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def kernel_of_windows() -> Any:
    """The library, with the types of what we call. Raises OSError on another system."""
    if sys.platform != "win32":
        raise OSError("no kernel32 on this system")
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    for name in ("OpenProcess", "CreateFileW", "CreateToolhelp32Snapshot", "CreateMutexW", "CreateEventW"):
        getattr(kernel, name).restype = wintypes.HANDLE  # the default, int, would cut a 64-bit handle
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    kernel.SetEvent.argtypes = [wintypes.HANDLE]
    kernel.WaitForSingleObject.argtypes = [wintypes.HANDLE, wintypes.DWORD]
    kernel.CreateEventW.argtypes = [wintypes.LPVOID, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR]
    kernel.CreateMutexW.argtypes = [wintypes.LPVOID, wintypes.BOOL, wintypes.LPCWSTR]
    return kernel


def runs_on_windows(process: int) -> bool:
    """Whether that process runs, also as another user."""
    if sys.platform != "win32":
        return False
    import ctypes
    from ctypes import wintypes

    query, still_active, access_denied = 0x1000, 259, 5
    kernel = kernel_of_windows()
    handle = kernel.OpenProcess(query, 0, process)
    if not handle:
        return ctypes.get_last_error() == access_denied
    code = wintypes.DWORD()
    kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active


def processes_on_windows() -> dict[int, str]:
    """The processes of this session: id and program name."""
    # only of our session: on a terminal server other people's Excel runs beside ours
    if sys.platform != "win32":
        return {}
    import ctypes
    from ctypes import wintypes

    class Entry(ctypes.Structure):  # PROCESSENTRY32W
        _fields_ = (
            ("size", wintypes.DWORD),
            ("usage", wintypes.DWORD),
            ("process", wintypes.DWORD),
            ("heap", ctypes.c_size_t),
            ("module", wintypes.DWORD),
            ("threads", wintypes.DWORD),
            ("parent", wintypes.DWORD),
            ("priority", wintypes.LONG),
            ("flags", wintypes.DWORD),
            ("name", wintypes.WCHAR * 260),
        )

    kernel, processes_only = kernel_of_windows(), 0x2
    snapshot = kernel.CreateToolhelp32Snapshot(processes_only, 0)
    if snapshot == ctypes.c_void_p(-1).value:
        return {}
    entry, found, ours = Entry(), {}, _session(kernel, os.getpid())
    entry.size = ctypes.sizeof(Entry)
    more = kernel.Process32FirstW(wintypes.HANDLE(snapshot), ctypes.byref(entry))
    while more:
        if _session(kernel, entry.process) == ours:
            found[int(entry.process)] = str(entry.name)
        more = kernel.Process32NextW(wintypes.HANDLE(snapshot), ctypes.byref(entry))
    kernel.CloseHandle(snapshot)
    return found


def _session(kernel: Any, process: int) -> int:
    from ctypes import byref, c_ulong

    number = c_ulong()
    return int(number.value) if kernel.ProcessIdToSessionId(process, byref(number)) else -1


def session_name(name: str, what: str) -> str:
    """A name that every session of a computer has for itself."""
    return rf"Local\xl_dipsample {name} {what}"


def way_to_end() -> Callable[[int], object]:
    """What ends this process at once with a status, whatever its threads wait for.

    Made beforehand: threads that wait for another program may hold the lock without which Windows loads no library,
    names no function of one, and ends no process in the usual way.
    """
    if sys.platform != "win32":
        return os._exit
    import ctypes
    from ctypes import wintypes

    terminate, this_process = kernel_of_windows().TerminateProcess, wintypes.HANDLE(-1)
    terminate.argtypes = [wintypes.HANDLE, wintypes.UINT]
    return lambda status: terminate(this_process, status) or ctypes.get_last_error()


_LOCKS: list[Any] = []  # files that stay open, and so locked, as long as the process lives


def lock_for_good(path: Path) -> bool:
    """Lock a file until this process ends; False when another one has it locked."""
    if sys.platform == "win32":
        return False
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return False
    _LOCKS.append(file)
    return True
