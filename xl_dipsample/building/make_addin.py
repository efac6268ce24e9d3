"""Builds the two add-ins in workbook_template/ from their sources: python -m xl_dipsample.building.make_addin.

The ribbon's add-in asks the desk; it declares nothing of Windows and runs nothing by itself. The optional one has the
worksheet functions, which need xlwings' DLL. The sources: the registry of actions, workbook_template/vba/, and the
worksheet functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xl_dipsample.building import ribbon, udf_wrappers
from xl_dipsample.building.addin_file import addin_file
from xl_dipsample.building.vba_project import Module, vba_project
from xl_dipsample.domain.shared import reference

DOCUMENTS = ("ThisWorkbook", "Sheet1")  # what belongs to the workbook and its sheet comes first


@dataclass(frozen=True)
class AddIn:
    """One add-in. `folder`: of its VBA below workbook_template/vba; `made`: the modules that are made when it is built.

    `tab`: whether it has the tab Dip-sampling.
    """

    file_name: str
    project: str
    folder: str
    made: tuple[tuple[str, Callable[[], str]], ...]
    tab: bool

    def modules(self) -> list[Module]:
        """Every module of its VBA project, in its order."""
        folder = reference.template_folder() / "vba" / self.folder
        documents = [Module(name, _text(folder / f"{name}.cls"), document=True) for name in DOCUMENTS]
        written = {path.stem: _text(path) for path in folder.glob("*.bas")}
        made = {name: make() for name, make in self.made}
        return documents + [Module(name, source) for name, source in sorted((written | made).items())]

    def build(self) -> bytes:
        """The bytes of the file."""
        return addin_file(vba_project(self.modules(), self.project), ribbon.custom_ui() if self.tab else None)


RIBBON = AddIn("dip_sampling.xlam", "DipSampling", "ribbon", (("Buttons", ribbon.buttons_bas),), tab=True)
FUNCTIONS = AddIn(
    "dip_sampling_functions.xlam",
    "DipSamplingFunctions",
    "functions",
    (
        ("Dll", udf_wrappers.dll_bas),
        ("Functions", udf_wrappers.worksheet_functions_bas),
        ("Tool", udf_wrappers.tool_bas),
    ),
    tab=False,
)
ADD_INS = (RIBBON, FUNCTIONS)


def _text(path: Path) -> str:
    """A source file; its line ends are plain, whatever the checkout made of them."""
    return path.read_text(encoding="ascii")


def write_addins() -> None:
    """The add-ins into workbook_template/."""
    for one in ADD_INS:
        (reference.template_folder() / one.file_name).write_bytes(one.build())


if __name__ == "__main__":
    write_addins()
