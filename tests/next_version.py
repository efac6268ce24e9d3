"""The version after ours, invented: workbooks of ours are older ones to it. Fixture `coming`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from xl_dipsample.domain.shared import reference, sheet_files, upgrade_steps, version_records, word_lists
from xl_dipsample.sharing import screened_texts
from xl_dipsample.workbook.specs import spec

OURS = spec.SPEC_VERSION
NEXT = str(int(OURS) + 1)
_CACHED = (
    spec.sheets, spec.table, spec._all_sheets, word_lists.lists, sheet_files.table, screened_texts._by_default,
    upgrade_steps._read, version_records._read,
)  # fmt: skip


class Coming:
    """A workbook_template folder of its own, changed as somebody would for the next version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def change(self, name: str, change: Callable[[str], str]) -> None:
        """Change a file of the folder; it must come out another one."""
        path = self.folder / name
        before = path.read_text(encoding="utf-8")
        after = change(before)
        assert after != before, f"{name} has not what the test wants to change"
        path.write_text(after, encoding="utf-8")
        forget()

    def sheet_of(self, table: str) -> str:
        """The spec file that has a table."""
        for path in sorted((self.folder / "sheets").glob("*.toml")):
            if f'name = "{table}"' in path.read_text(encoding="utf-8"):
                return f"sheets/{path.name}"
        raise KeyError(table)

    def with_column(self, table: str, heading: str, *, by: str = "people") -> None:
        """A column more, before the table's others."""
        column = (
            f'  {{ heading = "{heading}", type = "text", width = 12, by = "{by}", share = true, help = "New." }},\n'
        )

        def change(text: str) -> str:
            start = text.index(f'name = "{table}"')
            place = text.index("columns = [\n", start) + len("columns = [\n")
            return text[:place] + column + text[place:]

        self.change(self.sheet_of(table), change)

    def with_steps(self, steps: str) -> None:
        """Steps of the next version."""
        path = self.folder / "upgrades.toml"
        with path.open("a", encoding="utf-8") as file:
            file.write(f'\n[[version]]\nto = "{NEXT}"\n{steps}\n')
        forget()


def forget() -> None:
    """What was read of the folder is read again."""
    for one in _CACHED:
        one.cache_clear()


@pytest.fixture
def coming(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Coming]]:
    """Call it when the workbooks of our version are made: from then on the next version is in force."""
    folder = tmp_path_factory.mktemp("next") / "workbook_template"

    def begin() -> Coming:
        shutil.copytree(reference.template_folder(), folder, ignore=shutil.ignore_patterns("*.xlam", "vba"))
        monkeypatch.setattr(reference, "template_folder", lambda: folder)
        monkeypatch.setattr(spec, "SPEC_VERSION", NEXT)
        forget()
        return Coming(folder)

    yield begin
    monkeypatch.undo()
    forget()
