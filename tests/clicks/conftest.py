"""Workbooks of one small synthetic sample at each of its steps, built once; a desk with its Excel for each module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.actions.typing_in import include_all
from tests.actions.workbooks import PASSPHRASE, dipsample, row, working_workbook
from tests.clicks.clicking import Desk
from tests.domain.publication.published_reviews import funnel_of, review_of
from tests.engines.calc import calc_app
from tests.engines.fixtures import office
from tests.engines.office import Office
from tests.simulated_windows import SimulatedWindows
from xl_dipsample.workbook.build.build import build

__all__ = ["office"]
VERSIONS = Path(__file__).parents[1] / "data" / "versions"


@dataclass(frozen=True)
class Made:
    """Files of one sample: never clicked themselves, only copied."""

    folder: Path

    def __getattr__(self, name: str) -> Path:
        return self.folder / f"{name.replace('_', ' ')}.xlsx"

    @property
    def export(self) -> Path:
        return self.folder / "export.csv"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Empty, imported, narrowed, decided, pseudonymised (working), review, key; five cases, one too young."""
    folder = tmp_path_factory.mktemp("made")
    rows = [row(number) for number in range(1, 6)]
    rows[2]["DOB"] = "02/03/2019"
    rows[3]["DOB"] = "15/06/2010"  # 12 at the contact
    working = working_workbook(folder, rows)
    assert dipsample("new", folder / "empty.xlsx")[0] == 0
    shutil.copy(working, folder / "imported.xlsx")
    dipsample("narrow", working)
    shutil.copy(working, folder / "narrowed.xlsx")
    include_all(working)
    assert dipsample("narrow", working)[0] == 0
    shutil.copy(working, folder / "decided.xlsx")
    (folder / "share").mkdir()
    (folder / "key").mkdir()
    (folder / "pass.txt").write_text(PASSPHRASE, encoding="utf-8")
    done = dipsample(
        "pseudonymise", working, "--review", folder / "share" / "review.xlsx", "--key", folder / "key" / "key.xlsx",
        "--passphrase-file", folder / "pass.txt", "--no-second-keyholder",
    )  # fmt: skip
    assert done[0] == 0, done
    shutil.move(working, folder / "pseudonymised.xlsx")
    shutil.copy(folder / "share" / "review.xlsx", folder / "review.xlsx")
    shutil.copy(folder / "key" / "key.xlsx", folder / "key.xlsx")
    for name, seed in (("large review", 5), ("earlier review", 6)):
        tables = {"Review": review_of(12, seed), "Funnel": funnel_of(20, 2, ("Case check", 3))}
        (folder / f"{name}.xlsx").write_bytes(build("review", tables, {"sample_id": f"S-{seed}", "sample_name": name}))
    return Made(folder)


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with calc_app(office) as app:
        app.books.add()
        yield Desk(app, SimulatedWindows(tmp_path_factory.mktemp("computer")))
