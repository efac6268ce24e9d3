"""Claims about a live program are seen to fail, too: ExcelHost with one mistake each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlwings as xw

from tests.engines.calc import CALLS
from xl_dipsample.addin.selftest.contract import claims_for
from xl_dipsample.addin.selftest.contract.bench import Bench
from xl_dipsample.addin.selftest.contract.live_program import LiveProgram
from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.host import Host, Ui
from xl_dipsample.workbook.hosts.excel import com
from xl_dipsample.workbook.hosts.excel.host_of_excel import ExcelHost

CLAIMS = {claim.name: claim for claim in claims_for(live=True) if claim.where == "live"}
pytestmark = pytest.mark.office


class AskedForEachRow(ExcelHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        super().write_table(name, frame)
        for _ in range(len(frame)):
            _ = self._book.name  # one call, and none that takes long


class LeavesCalculationManual(ExcelHost):
    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with super().transaction():
                yield
        finally:
            self._book.app.calculation = "manual"


class GoesToItsSheet(ExcelHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        self._book.sheets[self.part(name).sheet].activate()
        super().write_table(name, frame)


class WritesWhereItCan(ExcelHost):
    """Leaves out what is protected, and says nothing."""

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        if not com.is_protected(self._book.sheets[self.part(name).sheet]):
            super().write_table(name, frame)


class SavesNothing(ExcelHost):
    @classmethod
    def of(cls, book: Any, ui: Ui, **more: Any) -> ExcelHost:
        return cls(book, ui, **more)

    def write_value(self, name: str, value: object) -> None:
        """Lost."""

    def save(self) -> None:
        """Lost."""


class PutsNothingBack(ExcelHost):
    def _put_back(self, done: int) -> None:
        self._forget()


class ShowsAllAfterAnError(ExcelHost):
    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with super().transaction():
                yield
        except BaseException:
            com.show_all(self._book.sheets["Case check"].tables["CaseCheck"])
            raise


NOTICED: dict[type[ExcelHost], tuple[str, ...]] = {
    AskedForEachRow: ("the_number_of_calls_does_not_grow_with_the_rows",),
    LeavesCalculationManual: (
        "the_program_is_set_as_before_after_a_write",
        "the_program_is_set_as_before_after_an_error",
    ),
    GoesToItsSheet: ("the_sheet_in_front_stays_in_front",),
    WritesWhereItCan: ("a_protected_sheet_is_refused_by_name_and_nothing_is_written",),
    SavesNothing: ("a_workbook_that_can_only_be_read_is_refused_by_name",),
    PutsNothingBack: ("an_error_in_the_middle_of_writing_puts_everything_back",),
    ShowsAllAfterAnError: ("a_transaction_that_fails_leaves_the_filter",),
}
PAIRS = [(mistake, name) for mistake, names in NOTICED.items() for name in names]


@pytest.mark.parametrize(("mistake", "name"), PAIRS, ids=[name for _, name in PAIRS])
def test_a_broken_host_is_noticed(mistake: type[ExcelHost], name: str, tmp_path: Path, calc: xw.App) -> None:
    def host_of(book: Any, ui: Ui) -> Host:
        return mistake.of(book, ui)

    program = LiveProgram(calc, host_of, lambda: CALLS.total)
    try:
        with pytest.raises((AssertionError, WorkbookProblem)) as noticed:
            CLAIMS[name].run(Bench(tmp_path, program.opened, program))
        print(noticed.value)  # noqa: T201 - shown when somebody runs this with -s
    finally:
        program.close_all()


def test_every_claim_about_a_live_program_has_a_host_that_breaks_it() -> None:
    assert {name for _, name in PAIRS} == set(CLAIMS)
