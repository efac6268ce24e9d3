"""The Python behind the worksheet functions: Excel's DLL of xlwings starts it, asks it, and ends it with Excel.

Excel names this module and a function; the functions themselves are those of udfs/, which lies inside the package
when it is installed, and beside it in a checkout.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any


@cache
def functions() -> dict[str, Callable[..., Any]]:
    """Every worksheet function by its name in Excel, in alphabetical order.

    >>> list(functions())[0]
    'DIP_AGE'
    """
    inside = find_spec("xl_dipsample.udfs") is not None
    module = import_module("xl_dipsample.udfs.functions" if inside else "udfs.functions")
    return {name: getattr(module, name) for name in sorted(module.__all__)}


def __getattr__(name: str) -> Callable[..., Any]:
    """The function that Excel names; looked up late, so that `serve` is there before any other code."""
    if name.startswith("__") or name not in functions():
        raise AttributeError(name)
    return functions()[name]


def serve(class_id: str) -> None:
    """Answer Excel until it ends (Windows only).

    Excel starts us in its current folder, which can be the workbook's. Windows looks there for pywin32's DLLs, so we
    leave it before anything loads them: a file dropped beside a workbook must never run.
    """
    os.chdir(sys.prefix)
    functions()
    import_module("xlwings").serve(class_id)
