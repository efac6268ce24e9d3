"""What Excel's DLL calls, with xlwings' own code between: it runs on Windows only, so pywin32 is stood in for.

Each test runs in a Python of its own. What stands in knows no rule of xlwings or of ours.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
STAND_INS = """
import ctypes, datetime as dt, sys, types
from unittest.mock import MagicMock

class TimeType(dt.datetime):
    pass

names = ["pythoncom", "win32api", "win32con", "win32gui", "win32process", "win32timezone", "win32event", "win32com"]
names += [f"win32com.{name}" for name in ("client", "server", "server.dispatcher", "server.policy", "server.util")]
sys.modules |= {name: MagicMock(name=name) for name in names}
pywintypes = sys.modules["pywintypes"] = types.ModuleType("pywintypes")
pywintypes.TimeType, pywintypes.IID, pywintypes.com_error = TimeType, str, type("com_error", (Exception,), {})
com = sys.modules["win32com"]
com.client, com.server.util = sys.modules["win32com.client"], sys.modules["win32com.server.util"]
for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
    setattr(com.client, name, type(name, (), {}))
com.server.util.unwrap = MagicMock(side_effect=ValueError)
sys.modules["pythoncom"].__file__, sys.modules["pythoncom"].IID_IDispatch = "", 1
sys.modules["pythoncom"].TypeIIDs = {1: type("PyIDispatch", (), {})}
ctypes.windll = ctypes.oledll = ctypes.PyDLL = MagicMock()

import xlwings as xw
from xlwings import _xlwindows, udfs

xw.func = udfs.xlfunc
xw.engines.add(xw.Engine(impl=_xlwindows.engine))
xw.engines.active = xw.engines["excel"]
from xlwings.com_server import XLPython

def answer(name, *cells):
    return XLPython().CallUDF("xl_dipsample.addin.worksheet_functions", name, cells, None, None)

NOT_AVAILABLE, LEFT_OUT = -2146826246, -2147352572
"""


def python(code: str, *, folder: Path = CHECKOUT, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(CHECKOUT), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def told(code: str) -> list[str]:
    return python(STAND_INS + textwrap.dedent(code)).splitlines()


def test_a_column_comes_back_as_a_column_and_dates_blanks_and_errors_are_taken():
    lines = told("""
        born = TimeType(2008, 6, 15, tzinfo=dt.timezone.utc)
        births = ((born,), ("06/2008",), (39614.0,), (None,), (NOT_AVAILABLE,))
        print(answer("DIP_AGE", births, TimeType(2022, 6, 15, tzinfo=dt.timezone.utc)))
        print(answer("DIP_CATEGORIES", (("10A, 11A",), ("Zorbing",))))
        print(answer("DIP_CATEGORIES", (("10A",),)), answer("DIP_CHECK_ID", "7gk4mx3"))
        print(answer("DIP_DIFFERENCE", 14.0, 167.0, 22.0, LEFT_OUT))
    """)
    assert lines == [
        "[['14'], ['13-14'], ['14'], [''], ['']]",
        "[['Missing', 'CSE'], ['Not mapped', '']]",
        "Missing True",
        "['', '', '', '']",
    ]


def test_xlwings_finds_every_function_with_the_help_that_the_addin_ships():
    lines = told("""
        from xl_dipsample.building.udf_wrappers import helps
        from xl_dipsample.addin.worksheet_functions import functions
        for one in helps():
            known = functions()[one.name].__xlfunc__
            assert {each["name"]: each["doc"] for each in known["args"]} == dict(one.arguments)
            assert {each["options"]["ndim"] for each in known["args"]} == {2}
            assert (known["category"], known["sub"], known["volatile"]) == ("Dip-sampling", False, False)
            print(one.name)
    """)
    assert len(lines) == 9


def test_a_name_that_is_no_worksheet_function_cannot_be_called():
    lines = told("""
        for name in ("serve", "os", "functions", "DIP_NOTHING", "__name__"):
            try:
                print(answer(name, "cells"))
            except (AttributeError, KeyError) as refused:
                print(type(refused).__name__)
    """)
    assert lines == ["AttributeError"] * 5


SERVED = """
    import sys, types
    seen = types.ModuleType("xlwings")
    def serve(class_id):
        import os
        print(class_id, os.path.samefile(os.getcwd(), sys.prefix), "udfs.functions" in sys.modules)
    seen.serve = serve
    same = lambda *a, **k: (lambda f: f)
    seen.func = same
    sys.modules["xlwings"] = seen
    from xl_dipsample.addin import worksheet_functions as f
    before = [name for name in ("pandas", "udfs.functions") if name in sys.modules]
    f.serve("{1234}")
    print(before)
"""


def test_python_leaves_the_folder_that_excel_started_it_in_and_is_ready_before_it_answers(tmp_path):
    assert python(SERVED, folder=tmp_path).splitlines() == ["{1234} True True", "[]"]


def test_threat_21_what_lies_in_the_folder_that_excel_started_it_in_is_not_run(tmp_path):
    for name in ("pandas", "xlwings", "udfs", "xl_dipsample", "pywintypes", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('this was run')", encoding="utf-8")
    (tmp_path / "xlwings.conf").write_text('"PYTHONPATH","."', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-X", "utf8", "-c",
         "import xl_dipsample.addin.worksheet_functions as f; print(f.DIP_AGE('15/06/2008', '15/06/2022'))"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "[['14']]\n"


def test_an_installed_package_has_the_functions_inside_itself(tmp_path):
    """In the wheel udfs/ lies in the package: laid out so here, with the checkout out of reach."""
    import shutil

    shutil.copytree(CHECKOUT / "xl_dipsample", tmp_path / "xl_dipsample", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("udfs", "workbook_template"):
        shutil.copytree(CHECKOUT / name, tmp_path / "xl_dipsample" / name, ignore=shutil.ignore_patterns("__pycache__"))
    code = """
        import sys
        from xl_dipsample.addin import worksheet_functions as f
        print(f.DIP_AGE("15/06/2008", "15/06/2022"), f.DIP_AGE.__module__, "udfs" in sys.modules)
    """
    assert python(code, folder=tmp_path, PYTHONPATH=str(tmp_path)) == "[['14']] xl_dipsample.udfs.functions False\n"
