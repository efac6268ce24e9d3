"""Every figure of Summary, Thresholds and Charts, calculated by LibreOffice alone, equals plain pandas.

What the workbook remembers is taken out of it before LibreOffice opens it, so nothing of what Python computed is left;
and what is expected is worked out here from the rows, in another way than the package does.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import libreoffice
import openpyxl
import pandas as pd
import pytest
import review_rows

from xl_dipsample.domain.analysis import variations
from xl_dipsample.domain.shared import reference
from xl_dipsample.domain.shared.lead_lists import shipped
from xl_dipsample.workbook import sheets as live_sheets
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost
from xl_dipsample.workbook.specs import spec

pytestmark = pytest.mark.office

OWN, MISSING = "Other words", "Not filled in yet"
OUTCOMES = [*reference.words("outcomes", "outcome"), "Not mapped"]
SERVICES = [*reference.words("referred_to", "service"), "Not mapped"]
HARMS = [*reference.words("harm_categories", "category"), "Not mapped", "No category recorded"]
SCENARIOS = [
    "Significant harm, parenting concerns",
    "Significant harm, no parenting concerns",
    "In need, parenting concerns",
    "In need, no parenting concerns",
    "Not clear",
]
CLOSED = OUTCOMES[:3]
PROGRESSED = OUTCOMES[3:7]
SIDES = ["Closed", "Progressed", "On neither side", "No outcome yet"]
VALUES = {"analysed_on": "24/11/2026 03:20:41"}
ERROR_AT = (3, "Outcome")  # somebody typed "-nfa", and the cell shows #NAME?


@dataclass
class Case:
    """A workbook as built, as recalculated, and the rows that count."""

    tables: dict[str, pd.DataFrame]
    built: bytes
    sheets: openpyxl.Workbook
    rows: pd.DataFrame


@pytest.fixture(scope="module", params=[(40, 1), (40, 2), (12, 3), (0, 4)], ids=lambda p: f"{p[0]} rows, seed {p[1]}")
def case(request, tmp_path_factory) -> Case:
    number, seed = request.param
    tables = review_rows.tables(number, seed)
    tables["Variations"] = variations.variations_table(tables["Review"], shipped())
    built = build("review", tables, VALUES)
    folder = tmp_path_factory.mktemp("recalculation")
    path = folder / "review.xlsx"
    path.write_bytes(_forgetful(built, with_error=number > ERROR_AT[0]))
    made = libreoffice.recalculate(path, folder / "made")
    if number > ERROR_AT[0]:
        tables["Review"].loc[ERROR_AT[0], ERROR_AT[1]] = None
    return Case(tables, built, openpyxl.load_workbook(made, data_only=True), _counting(tables["Review"]))


def _forgetful(data: bytes, *, with_error: bool) -> bytes:
    """The workbook without any remembered value of a formula, and, if asked, with a cell that shows an error."""
    table = spec.table("review", "Review")
    row = 6 + ERROR_AT[0]
    cell = f"{openpyxl.utils.get_column_letter(table.headings.index(ERROR_AT[1]) + 1)}{row}"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(r"</f><v>[^<]*</v>", "</f>", part.decode())
                if with_error and "Reason if not in sample" in _first_words(data, text):
                    text, found = re.subn(
                        rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)',
                        rf'<c r="{cell}"\1><f>nonsense()</f></c>',
                        text,
                        count=1,
                    )
                    assert found == 1
                part = text.encode()
            target.writestr(name, part)
    return out.getvalue()


def _first_words(data: bytes, sheet: str) -> list[str]:
    """The words that stand in a sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        shared = re.findall(r"<si>.*?<t[^>]*>([^<]*)</t></si>", source.read("xl/sharedStrings.xml").decode())
    return [shared[int(number)] for number in re.findall(r't="s"><v>(\d+)</v>', sheet)]


def _plain(value: object) -> str:
    return "" if value is None or value != value else " ".join(str(value).split()).lower()


def _counting(review: pd.DataFrame) -> pd.DataFrame:
    """The rows in the sample, every cell in plain small letters, with the scenario and the age band."""
    rows = review.map(_plain)
    rows = rows[(rows["Unique ID"] != "") & (rows["In sample?"] != "no")].copy()
    rows["Scenario"] = [_scenario(a, b) for a, b in zip(rows["Level of harm"], rows["Parenting concerns"], strict=True)]
    rows["Age band"] = [_band(age) for age in rows["Age at time of contact"]]
    return rows


def _scenario(level: str, concerns: str) -> str:
    if "" in (level, concerns):
        return ""
    sentence = f"{level}, {'no ' if concerns == 'no' else ''}parenting concerns"
    return sentence if concerns in ("yes", "no") and sentence in [one.lower() for one in SCENARIOS] else "not clear"


def _band(age: str) -> str:
    if re.fullmatch(r"\d+(-\d+)?", age) and all(int(end) <= 120 for end in age.split("-")):
        low, high = int(age.split("-")[0]) // 2, int(age.split("-")[-1]) // 2
        if low == high:
            return "under 10" if low < 5 else "18 and over" if low > 8 else f"{2 * low} to {2 * low + 1}"
    return "not known"


def _expected(
    cells: pd.Series, words: list[str], *, several: bool, own: bool = True, blank: str = MISSING
) -> dict[str, int]:
    """Label -> n, by looking at each row in turn."""
    found = dict.fromkeys([*words, *([OWN] if own else []), blank], 0)
    known = {word.lower(): word for word in words}
    for cell in cells:
        parts = {part.strip() for part in cell.split(";")} - {""} if several else {cell} - {""}
        for label in {known.get(part, OWN) for part in parts}:
            found[label] += 1
        found[blank] += cell == ""
    return found


def _blocks(sheet) -> dict[str, dict[str, list[object]]]:
    """The lists of a sheet: the heading left of a cell that says n or All -> label -> what stands right of it."""
    found: dict[str, dict[str, list[object]]] = {}
    block = None
    for row in sheet.iter_rows(min_row=5, max_col=20, values_only=True):
        if row[1] in ("n", "All"):
            block = found.setdefault(f"{row[0]}{'' if row[1] == 'n' else ' x'}", {"": list(row[1:])})
        elif row[0] is None or not isinstance(row[1], int | float):
            block = None
        elif block is not None:
            block[row[0]] = list(row[1:])
    return found


def _words(name: str, *more: str) -> list[str]:
    return [*spec.lists()[name], *more]


SIMPLE = {
    "Age band": ("age_bands", [], False),
    "Gender": ("gender", ["Not mapped"], True),
    "Ethnicity": ("ethnicity", ["Not mapped"], True),
    "Outcome": ("outcome", ["Not mapped"], True),
    "Level of harm": ("level_of_harm", [], True),
    "Parenting concerns": ("yes_no_not_clear", [], True),
    "Seen as": ("seen_as", [], True),
    "Engagement": ("engagement", [], True),
    review_rows.YES_NO: ("yes_no", [], True),
}


def _n(block: dict[str, list[object]]) -> dict[str, object]:
    return {label: right[0] for label, right in block.items() if label}


@pytest.mark.parametrize("heading", SIMPLE)
def test_a_list_on_summary_counts_every_row_once(case, heading):
    name, more, own = SIMPLE[heading]
    found = _n(_blocks(case.sheets["Summary"])[heading])
    if heading == review_rows.YES_NO:  # a question of the team says first how many have an answer
        assert found.pop("Answered") == int((case.rows[heading] != "").sum())
    assert found == _expected(case.rows[heading], _words(name, *more), several=False, own=own)
    assert sum(found.values()) == len(case.rows)


def test_the_five_scenarios_always_stand_on_summary_and_thresholds(case):
    expected = _expected(case.rows["Scenario"], SCENARIOS, several=False, own=False, blank="Not yet answered")
    assert _n(_blocks(case.sheets["Summary"])["Scenario"]) == expected
    whole = {"All cases in the sample": len(case.rows)}
    assert _n(_blocks(case.sheets["Thresholds"])["Scenario"]) == whole | expected


@pytest.mark.parametrize(
    ("heading", "words"),
    [("Type of harm", HARMS), ("Referred to?", SERVICES), (review_rows.SEVERAL, ["Friend", "Sibling", "Nobody"])],
)
def test_a_cell_with_several_words_counts_in_each(case, heading, words):
    found = _n(_blocks(case.sheets["Summary"])[heading])
    answered = {"Answered": int((case.rows[heading] != "").sum())} if heading == review_rows.SEVERAL else {}
    assert found == answered | _expected(case.rows[heading], words, several=True)


def test_choices_of_the_team_are_words_and_not_patterns(case):
    expected = _expected(case.rows[review_rows.ONE], ["In school", "Not in school", "A*"], several=False)
    answered = int((case.rows[review_rows.ONE] != "").sum())
    assert _n(_blocks(case.sheets["Summary"])[review_rows.ONE]) == {"Answered": answered} | expected
    whole = {"All cases in the sample": len(case.rows), "Answered": answered}
    assert _n(_blocks(case.sheets["Charts"])[review_rows.ONE]) == whole | expected


@pytest.mark.parametrize("sheet", ["Summary", "Charts"])
def test_a_question_for_a_number_counts_its_answers_in_bands(case, sheet):
    """Made of 0, 2 and 3.5: "Up to 5" begins above 2."""
    cells = case.rows[review_rows.NUMBER].tolist()
    bands = {"0 or below": "0", "Up to 1": None, "Up to 2": "2", "Up to 5": "3.5", "Up to 10": None}
    expected = {band: cells.count(cell) for band, cell in bands.items()} | {"Up to 20": 0, "Above 20": 0}
    counted = {"Answered": len(cells) - cells.count(""), **expected, OWN: 0, MISSING: cells.count("")}
    whole = {"All cases in the sample": len(cells)} if sheet == "Charts" else {}
    assert _n(_blocks(case.sheets[sheet])[review_rows.NUMBER]) == whole | counted


def test_the_first_block_says_how_large_the_sample_is_and_how_far_the_review(case):
    review = case.tables["Review"].map(_plain)
    left = int(((review["Unique ID"] != "") & (review["In sample?"] == "no")).sum())
    required = [column.heading for column in spec.table("review", "Review").columns if column.required]
    assert len(required) == 7
    done = int((~case.rows[required].isin(["", "not mapped"])).all(axis=1).sum())
    assert _n(_blocks(case.sheets["Summary"])["Sample"]) == {
        "Long list": review_rows.LONG_LIST,
        "Young people in the period and of age": review_rows.OF_AGE,
        "Young people in the sample now": len(case.rows),
        "In the sample now": len(case.rows),
        "Left during review": left,
        "Reviewed completely": done,
        "Hard to find": int((case.rows["Hard to find?"] == "yes").sum()),
    }
    assert (
        case.sheets["Summary"]["A3"].value
        == f"{done} of {len(case.rows)} reviewed completely; {left} left during review."
    )


def test_every_percentage_names_its_denominator_and_has_its_interval(case):
    blocks = _blocks(case.sheets["Summary"])
    lines = [(name, right) for name, block in blocks.items() for label, right in block.items() if label]
    shares = [(name, right) for name, right in lines if right[1] not in (None, "")]
    assert len(shares) > 100
    assert {name for name, right in shares if "answered" in right[2]} == set(review_rows.QUESTIONS["Heading"])
    for name, (k, share, of, low, high, *_rest) in shares:
        n = int(re.fullmatch(r"of (\d+) (in the sample|young people in the period and of age|answered)", of)[1])
        answered = int((case.rows[name] != "").sum()) if "answered" in of else len(case.rows)
        assert n == (review_rows.OF_AGE if "young" in of else answered)
        if n < 10:
            assert (share, low, high) == ("few", "few", "few")
            continue
        assert share == pytest.approx(k / n)
        for end in (low, high):  # Wilson: just 1.96 standard errors from the share seen
            assert (share - end) ** 2 == pytest.approx(1.959963984540054**2 * end * (1 - end) / n, abs=1e-9)
        assert low <= share <= high
        assert not math.isclose(low, high)


def _crossed(
    rows: pd.DataFrame, down: str, words: list[str], across: str, columns: list[str], **how: bool | str
) -> dict:
    """Label of `down` -> n for all, then for each column label."""
    groups = [rows]
    parts = [*columns, OWN, ""] if across == "Outcome" else [*columns, ""]
    known = {column.lower() for column in columns}
    for column in parts:
        cells = rows[across]
        groups.append(rows[~cells.isin([*known, ""]) if column == OWN else cells == column.lower()])
    counts = [_expected(group[down], words, **how) for group in groups]
    table = {"All cases in the sample": [len(group) for group in groups]}
    return table | {label: [one[label] for one in counts] for label in counts[0]}


@pytest.mark.parametrize(
    ("sheet", "heading", "words", "several", "across", "columns"),
    [
        ("Thresholds", "Outcome", OUTCOMES, False, "Scenario", SCENARIOS),
        ("Thresholds", "Referred to?", SERVICES, True, "Scenario", SCENARIOS),
        ("Charts", "Outcome", OUTCOMES, False, "Scenario", SCENARIOS),
        ("Charts", "Type of harm", HARMS, True, "Outcome", OUTCOMES),
    ],
)
def test_a_cross_table_counts_rows_and_shows_0_as_0(case, sheet, heading, words, several, across, columns):
    block = _blocks(case.sheets[sheet])[f"{heading} x"]
    head = block.pop("")
    assert head[: len(columns) + 1] == ["All", *columns]
    expected = _crossed(case.rows, heading, words, across, columns, several=several)
    found = {label: right[: len(expected[label])] for label, right in block.items()}
    assert found == expected


def _sides(rows: pd.DataFrame) -> list[int]:
    """All, closed, progressed, on neither side, no outcome yet; by looking at each row in turn."""
    found = dict.fromkeys(SIDES, 0)
    for cell in rows["Outcome"]:
        side = next((n for n, words in enumerate((CLOSED, PROGRESSED)) if cell in [w.lower() for w in words]), 2)
        found[SIDES[side if cell else 3]] += 1
    return [len(rows), *found.values()]


DECISIONS = {
    "Decisions by scenario": ("Thresholds", "Scenario", SCENARIOS, "Not yet answered"),
    "Decisions by level of harm": ("Thresholds", "Level of harm", [*spec.lists()["level_of_harm"], OWN], MISSING),
    "Decisions by parenting concerns": (
        "Thresholds", "Parenting concerns", [*spec.lists()["yes_no_not_clear"], OWN], MISSING,
    ),
    "Scenario: decisions": ("Charts", "Scenario", SCENARIOS, "Not yet answered"),
    "Age band: decisions": ("Charts", "Age band", list(spec.lists()["age_bands"]), MISSING),
    "Gender: decisions": ("Charts", "Gender", [*spec.lists()["gender"], "Not mapped", OWN], MISSING),
    "Ethnicity: decisions": ("Charts", "Ethnicity", [*spec.lists()["ethnicity"], "Not mapped", OWN], MISSING),
}  # fmt: skip


@pytest.mark.parametrize("title", DECISIONS)
def test_decisions_under_and_over_the_line_count_every_case_once(case, title):
    sheet, heading, words, blank = DECISIONS[title]
    block = _blocks(case.sheets[sheet])[f"{title} x"]
    assert block.pop("")[:5] == ["All", *SIDES]
    cells = case.rows[heading]
    listed = [word.lower() for word in words if word != OWN]
    groups = {"All cases in the sample": case.rows}
    groups |= {word: case.rows[cells == word.lower()] for word in words if word != OWN}
    groups |= {OWN: case.rows[~cells.isin([*listed, ""])]} if OWN in words else {}
    groups[blank] = case.rows[cells == ""]
    assert {label: right[:5] for label, right in block.items()} == {label: _sides(g) for label, g in groups.items()}
    if sheet == "Thresholds":
        for _, closed, progressed, _, _, share, of, *_ in block.values():
            _is_share(progressed, closed + progressed, share, of, "closed or progressed")


def _is_share(k: int, n: int, share: object, of: object, words: str) -> None:
    assert of == f"of {n} {words}"
    assert share == ("few" if n < 10 else pytest.approx(k / n))


def test_the_guide_s_questions_are_answered_with_the_rows_own_numbers(case):
    rows = case.rows
    significant, in_need = rows["Level of harm"] == "significant harm", rows["Level of harm"] == "in need"
    concerns, none = rows["Parenting concerns"] == "yes", rows["Parenting concerns"] == "no"
    protection = rows["Outcome"] == "child protection"
    progressed = rows["Outcome"].isin([word.lower() for word in PROGRESSED])
    decided = progressed | rows["Outcome"].isin([word.lower() for word in CLOSED])
    everybody = rows["Unique ID"] != ""
    because = protection & significant & none
    alone, needing = significant & none, in_need & concerns
    clear = (significant | in_need) & concerns
    expected = [
        (because, everybody, "in the sample"),
        (because, protection, "at child protection"),
        (protection & clear, protection, "at child protection"),
        (protection & ~because & ~clear, protection, "at child protection"),
        *((alone & decided & one, alone & decided, "closed or progressed") for one in (~progressed, progressed)),
        (alone & ~decided, alone, "in this scenario"),
        *((needing & decided & one, needing & decided, "closed or progressed") for one in (~progressed, progressed)),
        (needing & ~decided, needing, "in this scenario"),
        *((one & progressed, one & decided, "closed or progressed") for one in (significant, in_need, concerns, none)),
        (rows["Hard to find?"] == "yes", everybody, "in the sample"),
    ]
    lines = list(case.sheets["Thresholds"].iter_rows(min_row=15, max_row=40, max_col=6, values_only=True))
    start = next(place for place, line in enumerate(lines) if line[0] == "The question, and its answer") + 1
    found = [line[1:] for line in lines[start:] if isinstance(line[1], int)]
    assert len(found) == len(expected)
    for (n, share, of, low, high), (part, whole, words) in zip(found, expected, strict=True):
        assert n == part.sum()
        _is_share(n, int(whole.sum()), share, of, words)
        assert (low == high == "few") if whole.sum() < 10 else low <= share <= high


def test_beside_the_outcomes_of_a_type_of_harm_stands_what_is_off_the_line(case):
    block = _blocks(case.sheets["Charts"])["Type of harm x"]
    place = block.pop("").index("On neither side, or no outcome yet")
    for word in HARMS:
        held = [word.lower() in re.split(" *; *", cell) for cell in case.rows["Type of harm"]]
        assert block[word][place] == sum(_sides(case.rows.loc[held])[3:])


def test_the_funnel_stands_on_charts_with_its_last_stages_live(case):
    lines = {line[0]: line[1:] for line in case.sheets["Charts"].iter_rows(5, 20, max_col=3, values_only=True)}
    review = case.tables["Review"].map(_plain)
    left = int(((review["Unique ID"] != "") & (review["In sample?"] == "no")).sum())
    assert lines["Long list"][0] == review_rows.LONG_LIST
    assert lines["Left during review"] == (len(review) - left, left)
    assert lines["Sample"][0] == len(case.rows)


@pytest.mark.parametrize(
    ("heading", "words", "several"),
    [("Outcome", OUTCOMES, False), ("Type of harm", HARMS, True), ("Referred to?", SERVICES, True)],
)
def test_the_numbers_of_a_chart_stand_beside_it(case, heading, words, several):
    found = _n(_blocks(case.sheets["Charts"])[heading])
    whole = {"All cases in the sample": len(case.rows)}
    assert found == whole | _expected(case.rows[heading], words, several=several)


def test_no_cell_of_ours_shows_an_error(case):
    wrong = [
        (sheet.title, cell.coordinate)
        for sheet in case.sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    table = spec.table("review", "Review")
    typed = f"{openpyxl.utils.get_column_letter(table.headings.index(ERROR_AT[1]) + 1)}{6 + ERROR_AT[0]}"
    assert wrong == ([("Review", typed)] if len(case.tables["Review"]) > ERROR_AT[0] else [])


def test_every_formula_of_the_workbook_shows_what_python_computed(case):
    expected = live_sheets.cached_values("review", case.tables, VALUES)
    there = {sheet: cells for sheet, cells in expected.items() if sheet in case.sheets.sheetnames}
    assert {"Review", "Summary", "Pivots", "Charts", "Thresholds", "Variations"} <= set(there)
    for sheet, cells in there.items():
        for address, value in cells.items():
            found = case.sheets[sheet][address].value
            if isinstance(value, float):
                assert found == pytest.approx(value, abs=1e-9), (sheet, address)
            else:
                assert ("" if found is None else found) == ("" if value is None else value), (sheet, address)


def test_a_preview_that_calculates_nothing_shows_the_same_figures(tmp_path: Path):
    tables = review_rows.tables(40, 1)
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", tables))
    sheets = openpyxl.load_workbook(path, data_only=True)
    found = _n(_blocks(sheets["Summary"])["Outcome"])
    assert found == _expected(_counting(tables["Review"])["Outcome"], OUTCOMES, several=False)


class _Silent:
    """Nobody is there to ask."""

    def tell(self, text: str) -> None:
        """Say nothing."""

    def progress(self, text: str, share: float | None = None) -> None:
        """Say nothing."""


def test_ten_rows_typed_later_are_counted(tmp_path: Path):
    tables = review_rows.tables(30, 7)
    typed = [c.heading for c in spec.table("review", "Review").columns if c.by == "people"]
    untouched = tables["Review"].copy()
    untouched.loc[20:, [*typed, *review_rows.QUESTIONS["Heading"]]] = None
    path = tmp_path / "review.xlsx"
    path.write_bytes(build("review", tables | {"Review": untouched}))
    host = FileHost.open(path, _Silent())
    with host.transaction():
        host.write_table("Review", tables["Review"])
    host.save()
    remembered = openpyxl.load_workbook(path, data_only=True)
    path.write_bytes(_forgetful(path.read_bytes(), with_error=False))
    made = openpyxl.load_workbook(libreoffice.recalculate(path, tmp_path / "made"), data_only=True)
    rows = _counting(tables["Review"])
    for sheets in (remembered, made):
        blocks = _blocks(sheets["Summary"])
        assert _n(blocks["Outcome"]) == _expected(rows["Outcome"], OUTCOMES, several=False)
        assert _n(blocks["Type of harm"]) == _expected(rows["Type of harm"], HARMS, several=True)
        services = {
            label: right[0] for label, right in _blocks(sheets["Thresholds"])["Referred to? x"].items() if label
        }
        whole = {"All cases in the sample": len(rows)}
        assert services == whole | _expected(rows["Referred to?"], SERVICES, several=True)
