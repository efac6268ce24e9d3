"""Excel that does not answer: a few attempts, then a sentence."""

from __future__ import annotations

import pytest

from xl_dipsample.domain.shared.errors import WorkbookProblem
from xl_dipsample.workbook.hosts.excel import busy

REJECTED, RETRY_LATER, EDITING = -2147418111, -2147417846, -2146777998
EXCEPTION, REFUSED = -2147352567, -2146827284


class ComError(Exception):
    """As pywin32 raises it: four arguments, the third a tuple of what Excel says."""

    def __init__(self, hresult: int, code: int | None = None) -> None:
        excel = None if code is None else (0, "Microsoft Excel", "words", None, 0, code)
        super().__init__(hresult, "words", excel, None)
        self.hresult = hresult


class Excel:
    """Rejects the first calls."""

    def __init__(self, rejections: int, error: Exception) -> None:
        self.rejections, self.error, self.calls = rejections, error, 0

    @busy.patient
    def answer(self) -> str:
        self.calls += 1
        if self.calls <= self.rejections:
            raise self.error
        return "done"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(busy.time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize(
    "error", [ComError(REJECTED), ComError(RETRY_LATER), ComError(EDITING), ComError(EXCEPTION, EDITING)]
)
def test_a_rejected_call_is_tried_again_until_excel_listens(error: Exception) -> None:
    excel = Excel(3, error)
    assert excel.answer() == "done"
    assert excel.calls == 4


def test_excel_that_stays_busy_is_one_sentence_within_seconds(no_waiting: list[float]) -> None:
    excel = Excel(10**6, ComError(REJECTED))
    with pytest.raises(WorkbookProblem, match="Press Esc in Excel") as raised:
        excel.answer()
    assert raised.value.code == "excel-busy"
    assert excel.calls == len(busy.WAITS) + 1
    assert sum(no_waiting) < 5


def test_where_somebody_can_be_asked_they_decide_whether_to_try_again(no_waiting: list[float]) -> None:
    answers, attempts = [True, True, False], len(busy.WAITS) + 1
    excel = Excel(10**6, ComError(EDITING))
    with busy.asking(lambda: answers.pop(0)), pytest.raises(WorkbookProblem, match="Press Esc in Excel"):
        excel.answer()
    assert (answers, excel.calls) == ([], 3 * attempts)
    patient = Excel(attempts, ComError(EDITING))  # the person presses Esc, then says: try again
    with busy.asking(lambda: True):
        assert patient.answer() == "done"
    alone = Excel(10**6, ComError(EDITING))
    with pytest.raises(WorkbookProblem):  # outside nobody is asked any more
        alone.answer()
    assert alone.calls == attempts


def test_xlwings_own_word_for_busy_counts() -> None:
    class ExcelBusyError(Exception): ...

    assert Excel(1, ExcelBusyError()).answer() == "done"


def test_another_error_is_not_tried_again() -> None:
    excel = Excel(1, ComError(EXCEPTION, REFUSED))
    with pytest.raises(ComError):
        excel.answer()
    assert excel.calls == 1


def test_xlwings_is_told_to_try_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    import types

    engine = types.ModuleType("xlwings._xlwindows")
    engine.N_COM_ATTEMPTS = 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", engine)
    busy.limit_xlwings()
    assert engine.N_COM_ATTEMPTS == 1  # type: ignore[attr-defined]
