"""For scripts that Windows Python runs: the desk as another program of this person sees it.

    pc.python("-c", f"{VISITOR}; ...")

`desk()` plays VBA's GetObject(, NAME), which Wine's script engine lacks.
"""

VISITOR = """
import time, pythoncom, win32api, win32con, win32gui, win32process, win32com.client
from xl_dipsample.addin.installing.desk_entries import PROG_ID
from xl_dipsample.files.windows import Windows

pythoncom.CoInitialize()
computer = Windows()

def desk():
    try:
        return win32com.client.Dispatch(win32com.client.GetActiveObject(PROG_ID))
    except pythoncom.com_error:
        return None

def windows(title="Dip-sampling", kind="TkTopLevel"):
    found = []
    win32gui.EnumWindows(lambda one, _: found.append(one), None)
    return [one for one in found if (win32gui.GetWindowText(one), win32gui.GetClassName(one)) == (title, kind)]

def wait(for_what, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := for_what():
            return found
        time.sleep(0.02)
    raise SystemExit("waited in vain")

def loaded(process, library):
    opened = win32api.OpenProcess(win32con.PROCESS_QUERY_INFORMATION | win32con.PROCESS_VM_READ, False, process)
    names = [win32process.GetModuleFileNameEx(opened, one) for one in win32process.EnumProcessModules(opened)]
    return any(library in one.casefold() for one in names)

def close():
    window = wait(windows)[0]
    process = computer.process_of_window(window)
    win32gui.PostMessage(window, win32con.WM_CLOSE, 0, 0)
    wait(lambda: not computer.process_running(process))
"""
