"""Workbooks of ours, seen and built anew by an invented next version: every cell is found again by its heading."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tests.filled_workbooks import filled
from tests.next_version import NEXT, OURS, Coming, coming
from tests.silent_ui import SilentUi
from xl_dipsample.domain.shared.errors import FileProblem, WorkbookProblem
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.host import Kind
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec
from xl_dipsample.workbook.upgrading import read_older, renewed_workbook

__all__ = ["coming"]

MOMENT = dt.datetime.fromisoformat("2025-01-02 03:04:05")
CELLS: list[object] = [
    None, "007", "0012", "N/A", "NULL", "#N/A", "TRUE", "=1+1", "+1", "-1", "@x", "'quoted",
    " spaced ", "a\nb", "1/2/2024",
    "x" * 32_767, "é😀", 0, 7, -3, 1.5, 1e20, True, False, dt.date(1901, 2, 3), dt.date(2024, 2, 29),
    MOMENT,
]  # fmt: skip


def changed(folder: Coming) -> None:
    """Tables go to other sheets, columns and settings come, go elsewhere and get other names."""
    folder.with_column("DataChecks", "Looked at by the team")
    folder.with_column("Review", "How sure?")
    folder.change(folder.sheet_of("CaseCheck"), lambda text: text.replace('"Why it is here"', '"Why here"'))
    one = folder.sheet_of("Terms")
    (folder.folder / "sheets" / "90_terms.toml").write_text(_on_its_own(), encoding="utf-8")
    folder.change(one, lambda text: "[[table]]".join(p for p in text.split("[[table]]") if 'name = "Terms"' not in p))
    folder.with_steps(
        '[[version.step]]\ndo = "rename_column"\ntable = "CaseCheck"\nfrom = "Why it is here"\nto = "Why here"\n'
        '[[version.step]]\ndo = "rename_setting"\ntable = "Focus"\nfrom = "Lead"\nto = "Held by"\n'
        '[[version.step]]\ndo = "setting_was"\ntable = "Criteria"\nsetting = "Shown to"\nvalue = "The panel"\n'
    )
    folder.change(folder.sheet_of("Focus"), lambda text: text.replace('["Lead", ', '["Held by", '))
    folder.change(
        folder.sheet_of("Criteria"),
        lambda text: text.replace(
            '["Age cut-off", 12,', '["Shown to", "Everybody", "Who sees it."],\n  ["Age cut-off", 14,'
        ),
    )


ORDER = ["Consider instead", "Words", "Why it matters", "Concern"]


def _on_its_own() -> str:
    """Terms on a sheet of its own, its columns in another order."""
    columns = {column.heading: column for column in spec.table("review", "Terms").columns}
    lines = "\n".join(
        f'  {{ heading = "{one}", type = "{columns[one].type}", width = 20, by = "people", share = true, help = "x" }},'
        for one in ORDER
    )
    return (
        'sheet = "Looked for"\nkinds = ["working", "review"]\ntitle = "Looked for"\nabout = "Words."\n'
        f'[[table]]\nname = "Terms"\nanchor = "B7"\nkey = ["Words"]\ncolumns = [\n{lines}\n]\n'
    )


def typed_tables(kind: Kind, dice: random.Random) -> dict[str, pd.DataFrame]:
    """Every table with random rows; people's own columns in most; the settings keep their rows."""
    made = dict(filled(kind)[0])
    for table in spec.tables(kind):
        if table.name in ("Start", "Focus", "Criteria", "Categories", "Funnel", "Questions", "SetAside"):
            continue
        frame = made.get(table.name, pd.DataFrame(columns=table.headings, dtype=object)).copy()
        if table.name not in made:
            frame = pd.DataFrame(
                [[dice.choice(CELLS[:5]) for _ in table.headings] for _ in range(dice.randrange(4))],
                columns=table.headings,
                dtype=object,
            )
        if not table.open_columns:
            own = f"Own {dice.randrange(1000)}"
            frame[own] = pd.Series([dice.choice(CELLS) for _ in range(len(frame))], index=frame.index, dtype=object)
        made[table.name] = frame
    if kind == "working":
        long_list = made["LongList"]
        for heading in ("Team", "Notes"):
            cells = [*CELLS, *[dice.choice(CELLS) for _ in range(len(long_list))]][: len(long_list)]
            long_list[heading] = pd.Series(cells, index=long_list.index, dtype=object)
    return made


def cells_of(frame: pd.DataFrame, heading: str) -> list[tuple[type, object]]:
    return [(type(cell), cell) for cell in frame[heading]]


NEW_NAMES = {("CaseCheck", "Why it is here"): "Why here"}


@pytest.mark.parametrize("kind", ["working", "review"])
@pytest.mark.parametrize("seed", [1, 2])
def test_random_typed_tables_survive_an_upgrade(
    tmp_path: Path, coming: Callable[[], Coming], kind: Kind, seed: int
) -> None:
    path = tmp_path / "with space" / "sample.xlsx"
    path.parent.mkdir()
    path.write_bytes(
        build(kind, typed_tables(kind, random.Random(seed)), filled(kind)[1] | {"analysed_on": "24/11/2025 05:02:15"})
    )
    older = FileHost.open(path, SilentUi())
    was = {name: older.read_table(name) for name in older.tables()}
    formulas = {(t.name, c.heading) for t in spec.tables(kind) for c in t.columns if c.formula}
    folder = coming()
    changed(folder)
    seen = read_older.open_to_read(path, SilentUi())
    path.write_bytes(renewed_workbook.renewed(FileHost.open(path, SilentUi())).built())
    now = FileHost.open(path, SilentUi())
    assert now.read_value("spec_version") == NEXT
    assert now.read_value("sample_id") == "S-7K3Q-92"
    if kind == "review":
        assert now.read_value("analysed_on") == "24/11/2025 05:02:15"
    for name, frame in was.items():
        for heading in frame.columns:
            if name in ("Start", "Focus", "Criteria", "Pairs") or (name, heading) in formulas:  # tables of fixed rows
                continue
            new = NEW_NAMES.get((name, heading), heading)
            expected = cells_of(frame, heading)
            assert cells_of(seen.read_table(name), new) == expected, (name, heading)
            assert cells_of(now.read_table(name), new) == expected, (name, heading)
    assert list(now.read_table("Terms").columns)[:4] == ORDER
    assert now.part("Terms").sheet == "Looked for"


def values(host: object, table: str) -> dict[object, object]:
    frame = host.read_table(table)
    return dict(zip(frame["Setting"], frame["Value"], strict=True))


def test_defaults_that_changed_are_not_applied_to_an_older_sample(tmp_path: Path, coming: Callable[[], Coming]) -> None:
    path = tmp_path / "working.xlsx"
    tables = filled("working")[0]
    focus = tables["Focus"].assign(Note=None)
    focus.loc[focus["Setting"] == "Lead", ["Value", "Note"]] = ["AB", "till May"]
    focus = pd.concat([focus, pd.DataFrame([{"Setting": "Our own", "Value": "typed"}])], ignore_index=True).astype(
        object
    )
    path.write_bytes(build("working", tables | {"Focus": focus.where(focus.notna(), None)}, {"sample_id": "S"}))
    changed(coming())
    path.write_bytes(renewed_workbook.renewed(FileHost.open(path, SilentUi())).built())
    host = FileHost.open(path, SilentUi())
    criteria = values(host, "Criteria")
    assert (criteria["Age cut-off"], criteria["Upper age"]) == (12, None)
    assert criteria["Shown to"] == "The panel"
    assert next(iter(criteria)) == "Shown to"
    focus = host.read_table("Focus").set_index("Setting")
    assert focus.loc["Held by", ["Value", "Note"]].tolist() == ["AB", "till May"]
    assert focus.loc["Our own", "Value"] == "typed"
    assert "Lead" not in focus.index
    new = tmp_path / "new.xlsx"
    new.write_bytes(build("working"))
    assert values(FileHost.open(new, SilentUi()), "Criteria")["Age cut-off"] == 14


def test_the_steps_on_start_keep_their_state_whatever_their_numbers(
    tmp_path: Path, coming: Callable[[], Coming]
) -> None:
    path = tmp_path / "review.xlsx"
    tables, named = filled("review")
    start = pd.DataFrame(
        [[1, "Review", "Reviewers", "Done", MOMENT, "61"],
         [2, "Refresh analysis", "", "Next", None, None],
         [3, "A step of old", "", "Done", None, "x"]],
        columns=spec.table("review", "Start").headings, dtype=object,
    )  # fmt: skip
    path.write_bytes(build("review", tables | {"Start": start}, named))
    changed(coming())
    path.write_bytes(renewed_workbook.renewed(FileHost.open(path, SilentUi())).built())
    now = FileHost.open(path, SilentUi()).read_table("Start").set_index("What to do")
    assert now.loc["Review", ["State", "When", "What it found"]].tolist() == [
        "Done",
        MOMENT,
        "61",
    ]
    assert now.loc["Refresh analysis", ["Step", "State"]].tolist() == [3, "Next"]
    assert "A step of old" not in now.index


def test_an_older_workbook_that_is_only_read_cannot_be_written(tmp_path: Path, coming: Callable[[], Coming]) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", *filled("review")))
    before = path.read_bytes()
    coming().with_steps('[[version.step]]\ndo = "rename_table"\nfrom = "Terms"\nto = "Words"\n')
    host = read_older.open_to_read(path, SilentUi())
    assert "Words" in host.tables()
    assert (host.kind, host.path, host.read_value("spec_version")) == ("review", path, OURS)
    with pytest.raises(WorkbookProblem, match="table Terms is gone"):
        host.read_table("Terms")
    for write in (
        lambda: host.write_table("Words", host.read_table("Words")),
        lambda: host.write_value("sample_id", "x"),
        host.save,
    ):
        with pytest.raises(FileProblem, match="opened only to be read"), host.transaction():
            write()
    assert path.read_bytes() == before


def test_a_column_that_a_person_took_away_is_missed_by_the_version_of_the_workbook(
    tmp_path: Path, coming: Callable[[], Coming]
) -> None:
    """One that came later is not: nobody took it away."""
    whole, spoilt = tmp_path / "whole.xlsx", tmp_path / "spoilt.xlsx"
    whole.write_bytes(build("review", *filled("review")))
    data = build("review", *filled("review"))
    without = _with_table_part(data, lambda xml: xml.replace('name="Seen as"', 'name="Was seen as"'))
    spoilt.write_bytes(without)
    folder = coming()
    folder.with_column("Review", "How sure?")
    FileHost.open(whole, SilentUi())
    with pytest.raises(WorkbookProblem, match="Review has no column Seen as any more"):
        FileHost.open(spoilt, SilentUi())
    spoilt.write_bytes(_with_table_part(data, lambda xml: xml.replace('ame="Findings"', 'ame="Foundlings"')))
    with pytest.raises(WorkbookProblem, match="table Findings is gone or has another name"):
        read_older.open_to_read(spoilt, SilentUi())


def _with_table_part(data: bytes, change: Callable[[str], str]) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/tables/"):
                part = change(part.decode()).encode()
            target.writestr(name, part)
    return out.getvalue()


def test_a_newer_workbook_is_refused_wherever_it_is_read(tmp_path: Path, coming: Callable[[], Coming]) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", {}, {}))
    host = FileHost.open(path, SilentUi())
    host.write_value("spec_version", NEXT)
    host.save()
    for opened in (FileHost.open, read_older.open_to_read):
        with pytest.raises(WorkbookProblem, match="made with a newer version of this tool"):
            opened(path, SilentUi())
    coming()
    read_older.open_to_read(path, SilentUi())
