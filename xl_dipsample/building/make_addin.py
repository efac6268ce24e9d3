"""Builds workbook_template/dip_sampling.xlam from its sources: python -m xl_dipsample.building.make_addin.

The sources: the registry of actions, workbook_template/vba/, and the worksheet functions.
"""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.building import ribbon, udf_wrappers
from xl_dipsample.building.addin_file import addin_file
from xl_dipsample.building.vba_project import Module, vba_project
from xl_dipsample.domain.shared import reference

FILE_NAME = "dip_sampling.xlam"
DOCUMENTS = ("ThisWorkbook", "Sheet1")  # what belongs to the workbook and its sheet comes first


def modules() -> list[Module]:
    """Every module of the VBA project, in its order."""
    folder = reference.template_folder() / "vba"
    documents = [Module(name, _text(folder / f"{name}.cls"), document=True) for name in DOCUMENTS]
    made = {
        "Buttons": ribbon.buttons_bas(),
        "Dll": udf_wrappers.dll_bas(),
        "Functions": udf_wrappers.worksheet_functions_bas(),
    }
    written = {path.stem: _text(path) for path in folder.glob("*.bas")}
    return documents + [Module(name, source) for name, source in sorted((written | made).items())]


def _text(path: Path) -> str:
    """A source file; its line ends are plain, whatever the checkout made of them."""
    return path.read_text(encoding="ascii")


def build() -> bytes:
    """The bytes of the add-in."""
    return addin_file(vba_project(modules()), ribbon.custom_ui())


def write_addin() -> None:
    """The add-in into workbook_template/."""
    (reference.template_folder() / FILE_NAME).write_bytes(build())


if __name__ == "__main__":
    write_addin()
