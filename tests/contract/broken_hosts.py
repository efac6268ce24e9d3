"""Hosts that break the contract on purpose: FileHost with one mistake each, so that we see the claims notice it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from tests.silent_ui import SilentUi
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.hosts.closed_file import opening
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.hosts.closed_file.zip_members import Package, packed


def _map(frame: pd.DataFrame, change: Callable[[Any], Any]) -> pd.DataFrame:
    made = frame.copy()
    for place, heading in enumerate(frame.columns):
        made[heading] = pd.Series([change(cell) for cell in frame.iloc[:, place]], dtype=object)
    return made


class _Reads(FileHost):
    """Changes every cell that is read."""

    @staticmethod
    def seen(cell: Any) -> Any:
        return cell

    def read_table(self, name: str) -> pd.DataFrame:
        return _map(super().read_table(name), self.seen)

    def read_value(self, name: str) -> Any:
        return self.seen(super().read_value(name))


class NumbersAsFloats(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return float(cell) if type(cell) is int else cell


class BooleansAsNumbers(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return int(cell) if isinstance(cell, bool) else cell


class BlanksAsNan(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return math.nan if cell is None else cell


class DatesAsMoments(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return dt.datetime.combine(cell, dt.time()) if type(cell) is dt.date else cell


class MomentsAsDates(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return cell.date() if isinstance(cell, dt.datetime) else cell


class DaysOfLotus(_Reads):
    """One day off before March 1900, as every count of days but Excel's is."""

    @staticmethod
    def seen(cell: Any) -> Any:
        early = type(cell) is dt.date and cell < dt.date(1900, 3, 1)
        return cell - dt.timedelta(days=1) if early else cell


class DigitsAsNumbers(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return int(cell) if isinstance(cell, str) and cell.isdigit() else cell


class TextAsDates(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return dt.date(2026, 1, 2) if cell == "1/2/2026" else cell


class FormulasRun(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return 2 if cell == "=1+1" else cell


class AsciiOnly(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return cell.encode("ascii", "replace").decode() if isinstance(cell, str) else cell


class ShortTexts(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return cell[:255] if isinstance(cell, str) else cell


class RoundedNumbers(_Reads):
    @staticmethod
    def seen(cell: Any) -> Any:
        return round(cell, 4) if isinstance(cell, float) else cell


class TheBlankRowCounts(FileHost):
    def read_table(self, name: str) -> pd.DataFrame:
        read = super().read_table(name)
        return read if len(read) else pd.DataFrame([[None] * read.shape[1]], columns=read.columns, dtype=object)


class OneFrameForAll(FileHost):
    def read_table(self, name: str) -> pd.DataFrame:
        held = self.__dict__.setdefault("held", {})
        return held.setdefault(name, super().read_table(name))  # type: ignore[no-any-return]


class SilentAboutWhatIsGone(FileHost):
    def read_table(self, name: str) -> pd.DataFrame:
        return super().read_table(name) if name in self.tables() else pd.DataFrame()


class ForgetsATable(FileHost):
    def tables(self) -> list[str]:
        return super().tables()[:-1]


class NeverSaves(FileHost):
    def save(self) -> None:
        """Lost."""


class TellsNoFormulas(FileHost):
    def typed_formulas(self, name: str) -> list[tuple[int, str]]:
        return []


class NeverShrinks(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        before = self.read_table(name)
        left = before.iloc[len(frame) :]
        super().write_table(name, frame if left.empty else pd.concat([frame, left], ignore_index=True))


class ByPlace(FileHost):
    """Takes columns by their place, not their heading."""

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        headings = self.part(name).headings
        if name != "LongList" and len(frame.columns) <= len(headings):
            frame = frame.set_axis(headings[: len(frame.columns)], axis=1)
        super().write_table(name, frame)


class KeepsTheFormulasGiven(FileHost):
    def read_table(self, name: str) -> pd.DataFrame:
        read = super().read_table(name)
        return read.assign(Scenario="typed over") if "Scenario" in read else read


class OldColumnsOfTheLongList(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        super().write_table(name, frame.iloc[:, :14] if name == "LongList" else frame)


class TidyHeadings(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        tidy = [heading.replace("\n", " ").lstrip("=@") for heading in frame.columns]
        super().write_table(name, frame.set_axis(tidy, axis=1))


class DisturbsNeighbours(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        super().write_table(name, frame)
        if name == "Labels":
            super().write_table("Criteria", self.read_table("Criteria").iloc[::-1].reset_index(drop=True))


class DropsOwnColumns(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        own = [heading for heading in self.own_columns(name) if heading not in frame]
        super().write_table(name, frame.assign(**dict.fromkeys(own)).astype(object))


class OwnColumnsByPlace(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        before = self.read_table(name)
        given = frame.copy()
        for heading in self.own_columns(name):
            cells = list(before[heading])[: len(frame)]
            given[heading] = pd.Series([*cells, *[None] * (len(frame) - len(cells))], dtype=object)
        super().write_table(name, given)


class NamedCellsApart(FileHost):
    """Holds named cells apart from the tables in which they lie."""

    def write_value(self, name: str, value: Any) -> None:
        self.__dict__.setdefault("apart", {})[name] = value

    def read_value(self, name: str) -> Any:
        apart = self.__dict__.get("apart", {})
        return apart[name] if name in apart else super().read_value(name)


class NothingIsTakenBack(FileHost):
    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield


class TakesEverythingBack(FileHost):
    @contextmanager
    def transaction(self) -> Iterator[None]:
        before = self._pending.copy()
        try:
            yield
        finally:
            self._pending = before


class NeverShowsWhatWaits(FileHost):
    """Reads from the disk what is not there yet."""

    def read_table(self, name: str) -> pd.DataFrame:
        return FileHost.open(self.path, SilentUi()).read_table(name)


class StuckAfterAnError(FileHost):
    """After an error nothing is written any more."""

    stuck = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with super().transaction():
                yield
        except BaseException:
            self.stuck = True
            raise

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        if not self.stuck:
            super().write_table(name, frame)


class SavesAtOnce(FileHost):
    """Leaves a trace on the disk before anybody asks for it."""

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        super().write_table(name, frame)
        FileHost.save(self)


class CopiesMove(FileHost):
    def save_copy(self, path: Path) -> None:
        self.save()
        super().save_copy(path)


class CopiesAreOfNewWorkbooks(FileHost):
    def save_copy(self, path: Path) -> None:
        path.write_bytes(build("working"))


class WritesIntoTheCopy(FileHost):
    """After a copy the copy is the subject, as with Save As."""

    def save_copy(self, path: Path) -> None:
        super().save_copy(path)
        self._path = path


class StopsAtAThousand(FileHost):
    def read_table(self, name: str) -> pd.DataFrame:
        return super().read_table(name).iloc[:999]


class SeesOnlyWhatShows(FileHost):
    """Reads the rows that a filter lets through."""

    def read_table(self, name: str) -> pd.DataFrame:
        read = super().read_table(name)
        if "filterColumn" in self.part(name).xml:
            read = read[read["Team"] == "North"].reset_index(drop=True)
        return read


class _Resaves(FileHost):
    """Changes parts of the file with every save."""

    def part_changed(self, name: str, xml: str) -> str:
        return xml

    def save(self) -> None:
        super().save()
        package = Package.of(self.path.read_bytes())
        names = [name for name in package.names() if name.startswith(("xl/tables/", "xl/worksheets/sheet"))]
        changed = [packed(name, self.part_changed(name, package.text(name))) for name in names]
        self.path.write_bytes(package.with_members(changed).data())


class LosesFilters(_Resaves):
    def part_changed(self, name: str, xml: str) -> str:
        return xml.replace("<filterColumn", "<removed").replace("</filterColumn", "</removed").replace("<removed", "<x")


class ShowsColumns(_Resaves):
    def part_changed(self, name: str, xml: str) -> str:
        head, found, rest = xml.partition("</cols>")
        return head.replace(' hidden="1"', "") + found + rest if "/worksheets/" in name else xml


class LeavesRowsHidden(_Resaves):
    """What a filter hid stays hidden when other rows come."""

    def part_changed(self, name: str, xml: str) -> str:
        return xml.replace('<row r="6"', '<row hidden="1" r="6"').replace('<row r="8"', '<row r="8" hidden="1"')


class SortsAnew(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        key = "Case ID" if name == "CaseCheck" else None
        super().write_table(name, frame.sort_values(key, ascending=False).reset_index(drop=True) if key else frame)


class CutsLongTexts(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        super().write_table(name, _map(frame, lambda cell: cell[:9_000] if isinstance(cell, str) else cell))


class FailsOnEmptyTables(FileHost):
    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        if frame.empty:
            raise WorkbookProblem("empty", "An empty table cannot be written.")
        super().write_table(name, frame)


def opens_anything(path: Path) -> Host:
    try:
        return FileHost.open(path, SilentUi())
    except (WorkbookProblem, FileProblem):
        return FileHost(path, SilentUi(), opening.read_bytes(path), read_only=False)


def opener(broken: type[FileHost]) -> Callable[[Path], Host]:
    def opened(path: Path) -> Host:
        data = opening.read_bytes(path)
        FileHost.open(path, SilentUi())  # what is refused, is refused
        return broken(path, SilentUi(), data, read_only=False)

    return opened
