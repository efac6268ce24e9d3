"""A workbook that is open in ONLYOFFICE's engine: type, calculate, refresh its PivotTables, read what it shows."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

CHECKOUT = Path(__file__).parents[2]
_PYTHON = CHECKOUT / ".venv-engines" / "bin" / "python"
_PROGRAM = Path(__file__).parent / "onlyoffice_program.py"
Shown = dict[str, dict[str, str]]  # sheet -> cell -> what it shows, dates and shares as plain numbers

_VALUES = """
var found = {};
Api.GetSheets().forEach(function (sheet) {
    var used = sheet.GetUsedRange();
    found[sheet.GetName()] = [used.GetAddress(false, false), used.GetValue()];
});
return JSON.stringify(found);
"""
_PIVOTS = """
var found = {};
Api.GetAllPivotTables().forEach(function (pivot) {
    var table = pivot.GetTableRange1();
    found[pivot.GetName()] = [table.GetAddress(false, false), table.GetValue()];
});
return JSON.stringify(found);
"""


class Opened:
    """One workbook in a process of its own; leaving the block ends it. The file stays as it is."""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [str(_PYTHON), str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        if not self._ask({"open": str(path.resolve())})["opened"]:
            raise RuntimeError(f"ONLYOFFICE cannot open {path.name}")

    def __enter__(self) -> Opened:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=60)

    def _ask(self, question: dict[str, str]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def run(self, script: str) -> str:
        """What JavaScript returns in the workbook."""
        told = self._ask({"run": script})
        if not told["ran"]:
            raise RuntimeError(f"ONLYOFFICE did not run: {script.strip()[:80]}")
        return str(told["value"])

    def type(self, sheet: str, cell: str, words: str) -> None:
        """Type into a cell, as a person does; "" empties it."""
        at = f"Api.GetSheet({json.dumps(sheet)}).GetRange({json.dumps(cell)})"
        self.run(f"{at}.SetValue({json.dumps(words)});" if words else f"{at}.Clear();")

    def calculate(self) -> None:
        """Calculate every formula anew.

        The engine calculates all of them before it saves, and only then: RecalculateAllFormulas leaves out all but the
        first row of a table's formula column. What it saves is thrown away.
        """
        with tempfile.TemporaryDirectory() as folder:
            if not self._ask({"save": str(Path(folder) / "thrown away.xlsx")})["saved"]:
                raise RuntimeError("ONLYOFFICE does not save, and so does not calculate")

    def refresh(self) -> None:
        """Data, Refresh All; the formulas before and after it."""
        self.calculate()
        self.run("Api.GetAllPivotTables().forEach(function (pivot) { pivot.RefreshTable(); });")
        self.calculate()

    def shown(self) -> Shown:
        """What every cell shows."""
        found: Shown = {}
        for sheet, (address, values) in json.loads(self.run(_VALUES)).items():
            left, top, _, _ = range_boundaries(address)
            lines = values if isinstance(values, list) else [[values]]
            found[sheet] = {
                f"{get_column_letter(column)}{row}": str(value)
                for row, line in enumerate(lines, top)
                for column, value in enumerate(line, left)
            }
        return found

    def pivots(self) -> dict[str, tuple[str, list[list[str]]]]:
        """By name, where every PivotTable stands, its filter left out, and its lines."""
        told = json.loads(self.run(_PIVOTS)).items()
        return {name: (address, [[str(cell) for cell in line] for line in lines]) for name, (address, lines) in told}
