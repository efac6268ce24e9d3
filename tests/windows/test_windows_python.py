"""The Windows Python of these tests is a whole one: what the product imports loads, and windows can be opened."""

from __future__ import annotations

import pytest

from tests.windows.pc import WindowsPc

pytestmark = pytest.mark.windows

LIBRARIES = (
    "pandas, openpyxl, xlwings, pandera, python_calamine, xlsxwriter, msoffcrypto, docx, rapidfuzz, highspy, "
    "pythoncom, win32com.client, cryptography.hazmat.primitives.ciphers.aead"
)


def test_it_is_a_64_bit_windows_python(pc: WindowsPc) -> None:
    done = pc.python("-c", "import sys, platform; print(sys.platform, sys.maxsize > 2**32, platform.release())")
    assert (done.out, done.code) == ("win32 True 10\n", 0), done.err


def test_every_library_of_the_product_loads(pc: WindowsPc) -> None:
    done = pc.python("-c", f"import {LIBRARIES}; print(xlwings.__version__, len(xlwings.engines) > 0)")
    assert done.code == 0, done.err
    assert done.out.endswith(" True\n")  # xlwings found pywin32, and so Excel's engine


def test_a_window_opens(pc: WindowsPc, display: str) -> None:
    window = (
        "import tkinter, tkinter.ttk as ttk; r = tkinter.Tk(); b = ttk.Button(r, text='Stop'); b.pack(); r.update();"
        "print(b.winfo_width() > 20, ttk.Style().theme_use(), r.winfo_id() > 0); r.destroy()"
    )
    done = pc.python("-c", window, variables={"DISPLAY": display})
    assert done.out == "True vista True\n", done.words
