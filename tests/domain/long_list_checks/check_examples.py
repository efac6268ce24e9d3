"""A clean long list, and for each check what spoils it: planted cells, and the rows in which the check must fire.

`rows`: row -> column -> cell. `every`: column -> cell, in every row. `fires` are the rows; None for a check of the
whole list. A new check without an example fails test_every_check_has_an_example.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from xl_dipsample.domain.focus.criteria import Criteria
from xl_dipsample.domain.long_list_checks.reading_checks import Reading
from xl_dipsample.workbook.specs import spec

TODAY = dt.date(2024, 6, 1)
ROWS = 30
SOURCE = ("Child ID", "Factors")  # the headings of the export
FORENAMES = ("Anna", "Ben", "Cara", "Dev", "Ella", "Finn", "Gita", "Hugo", "Isla", "Jack")
SURNAMES = ("Adeyemi", "Brown", "Clarke")


NINE = tuple(word for word in Criteria().categories if word != "CCE")  # the guide's, to the letter


@dataclass(frozen=True)
class Example:
    """What spoils the clean list."""

    rows: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    every: Mapping[str, object] = field(default_factory=dict)
    fires: tuple[int, ...] | None = None
    criteria: Criteria = field(default_factory=Criteria)
    kept: int = ROWS
    of_report: Mapping[str, tuple[tuple[str | None, int | None], ...]] = field(default_factory=dict)


def of_report(code: str, value: str, alike: int | None = None) -> Example:
    """What import remembered of the report on Data checks."""
    return Example(of_report={code: ((value, alike),)})


def clean() -> pd.DataFrame:
    """Thirty rows in which no check finds anything."""
    rows = []
    for i in range(ROWS):
        contact = dt.date(2023, 1 + i % 12, 1 + i % 28)
        rows.append(
            {
                "Record": i + 1,
                "Source row": i + 2,
                "Case ID": str(40117 + 13 * i),
                "Name": f"{FORENAMES[i % 10]} {SURNAMES[i // 10]}",
                "Date of birth": dt.date(2008, 2 + i % 11, 2 + i % 27),
                "Age": None,
                "Contact date": contact,
                "End date": contact + dt.timedelta(days=30),
                "Gender": "Female" if i % 2 else "Male",
                "Ethnicity": "WBRI",
                "Type of harm": "11A" if i % 3 else "10A; 13A",
                "Outcome": "NFA",
                "Referred to?": "Police",
                "Check": None,
                "Child ID": str(40117 + 13 * i),
                "Factors": "as exported",
            }
        )
    return pd.DataFrame(rows, dtype=object)


def spoilt(example: Example) -> pd.DataFrame:
    """The clean list with the example's cells in it."""
    frame = clean().head(example.kept)
    for column, cell in example.every.items():
        frame[column] = pd.Series([cell] * len(frame), dtype=object)
    if example.rows:
        frame = frame.reindex(range(max(len(frame), *(row + 1 for row in example.rows)))).astype(object)
        frame = frame.where(frame.notna(), None)
    for row, cells in example.rows.items():
        for column, cell in cells.items():
            frame.at[row, column] = cell
    return frame


def reading(frame: pd.DataFrame, criteria: Criteria | None = None) -> Reading:
    """The frame as the checks read it."""
    own = spec.table("working", "LongList").headings
    return Reading(frame, [name for name in frame if name not in own], criteria or Criteria(), SOURCE, TODAY)


def read_example(example: Example) -> Reading:
    """The spoilt list as the checks read it."""
    read = reading(spoilt(example), example.criteria)
    read.of_report = example.of_report
    return read


def columns() -> tuple[tuple[str, str], ...]:
    """Heading and type of each column of Long list, from its spec."""
    return tuple((one.heading, one.type) for one in spec.table("working", "LongList").columns if one.heading != "Check")


def one(row: int, **cells: object) -> dict[int, dict[str, object]]:
    """One spoilt row."""
    return {row: {column.replace("_", " "): cell for column, cell in cells.items()}}


LATE, EARLY = dt.date(2025, 1, 5), dt.date(2019, 5, 5)
CLEAN = clean()
ID_3 = CLEAN.at[3, "Case ID"]

EXAMPLES: dict[str, Example] = {
    "D01": Example(one(4, **{"Date of birth": "31/02/2010"}), fires=(4,)),
    "D02": Example(one(4, **{"Contact date": "last week"}), fires=(4,)),
    "D03": Example(one(4, **{"End date": "13/13/2023"}), fires=(4,)),
    "D04": Example(one(4, **{"Date of birth": "NULL", "Age": 14}), fires=(4,)),
    "D05": Example(one(4, **{"Contact date": "\xa0"}), fires=(4,)),
    "D06": Example(one(4, **{"Date of birth": dt.date(2023, 12, 30)}), fires=(4,)),
    "D07": Example(one(4, **{"Date of birth": "13/02/1901"}), fires=(4,)),
    "D08": Example(one(4, **{"Contact date": LATE, "End date": None}), fires=(4,)),
    "D09": Example(one(4, **{"End date": None}), fires=(4,), criteria=Criteria(period_about="End date")),
    "D10": Example(one(4, **{"End date": dt.date(2022, 12, 1)}), fires=(4,)),
    "D11": Example(one(4, **{"Date of birth": dt.date(2009, 1, 1)}), fires=(4,)),
    "D12": Example(one(4, **{"Contact date": dt.date(1999, 12, 31)}), fires=(4,)),
    "D13": Example(one(4, **{"Date of birth": CLEAN.at[4, "Contact date"]}), fires=(4,)),
    "D14": Example(one(4, **{"Date of birth": "03/2010"}), fires=(4,)),
    "D15": Example(one(4, **{"Contact date": "March 2023"}), fires=(4,)),
    "D16": Example(one(4, **{"Date of birth": LATE, "Contact date": None}), fires=(4,)),
    "D17": Example(one(4, **{"End date": LATE}), fires=(4,)),
    "D18": Example(criteria=Criteria(period_from=dt.date(2023, 6, 1))),
    "D19": Example(
        {i: {"Contact date": dt.date(2018 + i // 12 * 2, 1 + i % 12, 1 + i % 12)} for i in range(ROWS)}
        | {
            i + ROWS: {"Record": i + ROWS + 1, "Contact date": dt.date(2017, 1 + i % 12, 1 + i // 12)}
            for i in range(36)
        }
    ),
    "A01": Example(one(4, **{"Date of birth": None}), fires=(4,)),
    "A02": Example(one(4, Age="teenager"), fires=(4,)),
    "A03": Example(one(4, Age=18), fires=(4,)),
    "A04": Example(one(4, **{"Date of birth": dt.date(2003, 5, 5)}), fires=(4,)),
    "A05": Example(one(4, **{"Date of birth": dt.date(1980, 5, 5)}), fires=(4,)),
    "I01": Example(one(4, **{"Case ID": "N/A"}), fires=(4,)),
    "I02": Example(one(4, **{"Case ID": f"00{ID_3}"}), fires=(3, 4)),
    "I03": Example(one(4, **{"Case ID": "P40169"}), fires=(4,)),
    "I04": Example(one(4, **{"Case ID": "7"}), fires=(4,)),
    "I05": Example(one(4, **{"Case ID": "O'Brien, Anna-Mae"}), fires=(4,)),
    "I06": Example(one(4, **{"Case ID": dt.date(2012, 2, 1)}), fires=(4,)),
    "I07": Example(one(4, **{"Case ID": "943 476 5919"}), fires=(4,)),
    "I08": Example(one(4, **{"Case ID": "\xa040169"}), fires=(4,)),
    "I09": Example(one(4, **{"Case ID": f"{ID_3[:2]}-{ID_3[2:]}"}), fires=(3, 4)),
    "I10": Example(one(4, **{"Case ID": 1.234567890123456e16}), fires=(4,)),
    "I11": Example(one(4, **{"Case ID": 99999}), fires=(4,)),
    "P01": Example(one(4, **{"Case ID": ID_3}), fires=(3, 4)),
    "P02": Example(one(4, **{"Case ID": ID_3}), fires=(3, 4)),
    "P03": Example(one(4, **{"Case ID": ID_3}), fires=(3, 4)),
    "P04": Example(
        one(4, Name="COLE, Bo", **{"Date of birth": CLEAN.at[3, "Date of birth"]}) | one(3, Name="Bo Cole"),
        fires=(3, 4),
    ),
    "P05": Example(one(4, **{"Case ID": ID_3, "Ethnicity": "WIRI"}), fires=(3, 4)),
    "R01": Example({4: {"Child ID": CLEAN.at[3, "Child ID"], "Factors": "as exported "}}, fires=(4,)),
    "R02": Example(one(4, **{"Case ID": ID_3, "Contact date": CLEAN.at[3, "Contact date"]}), fires=(3, 4)),
    "R03": Example({i: {"Case ID": ID_3} for i in range(26)}, fires=tuple(range(26))),
    "N01": Example(one(4, Name="NULL"), fires=(4,)),
    "N02": Example(one(4, Name="P40169"), fires=(4,)),
    "N03": Example(one(4, Name="Test2 Child"), fires=(4,)),
    "N04": Example(one(4, Name="Baby Brown"), fires=(4,)),
    "N05": Example(one(4, Name="Anna Brown, lives with her grandmother and with two of her cousins"), fires=(4,)),
    "L01": Example(one(4, **{"Type of harm": "11A; Zorbing"}), fires=(4,)),
    "L02": Example(one(4, Outcome="Zorbing"), fires=(4,)),
    "L03": Example(one(4, Ethnicity="Zorbing"), fires=(4,)),
    "L04": Example(one(4, Gender="Zorbing"), fires=(4,)),
    "L05": Example(one(4, **{"Referred to?": "Zorbing"}), fires=(4,)),
    "K01": Example(one(4, **{"Type of harm": "11A; 18A"}), fires=(4,)),
    "K02": Example(one(4, **{"Type of harm": "18B", "Contact date": EARLY}), fires=(4,)),
    "K03": Example(one(4, **{"Type of harm": "21; 11A"}), fires=(4,)),
    "V01": Example(one(4, **{"Type of harm": "24A; 11A"}), criteria=Criteria(categories=NINE)),
    "V02": Example(every={"Type of harm": None}),
    "V03": Example(every={"Date of birth": None, "Age": 14}),
    "V04": Example(every={"Date of birth": None}),
    "V05": Example(every={"Contact date": "NULL"}),
    "V06": Example(every={"Case ID": None}),
    "V07": Example(kept=19),
    "V08": Example(every={"Ethnicity": None}),
    "V09": Example(every={"Gender": None}),
    "V10": Example(every={"Outcome": "#MULTIVALUE"}),
    "V11": Example(every={"Factors (export)": "as exported"}),
    "V12": Example(every={"Name": ""}),
    "V13": Example({i: {"Type of harm": "21"} for i in range(16)}),
    "V14": Example(every={"Contact date": dt.date(2023, 5, 5)}),
    "T01": Example(one(4, Factors="=cmd|' /C calc'!A0"), fires=(4,)),
    "T02": Example(one(4, Factors="#REF!"), fires=(4,)),
    "T03": Example(one(4, Factors="x" * 1001), fires=(4,)),
    "T04": Example(one(4, Factors="ZoÃ«"), fires=(4,)),
    "E01": of_report("E01", "Excel row 615 says 609 rows in all; read: 614"),
    "E02": of_report("E02", "records 12, 40 to 43", 5),
    "E03": of_report("E03", "sheet 2", 70),
    "E04": of_report("E04", "records 12", 1),
    "E05": of_report("E05", "notes: rows 616 to 618", 3),
    "D20": of_report("D20", "Contact date, column D: some dates with the day first, some with the month first"),
    "D21": of_report("D21", "Contact date, column D: read with the month first"),
    "D22": of_report("D22", "Contact date, column D: read as the day that begins with the stamp"),
    "D23": of_report("D23", "Contact date, column D: day and month may have changed places up to the 12th of a month"),
    "D24": of_report("D24", "Contact date, column E: no day is after the 12th of a month"),
    "E06": of_report("E06", "Excel row 615 says 609 rows in all; read: 609"),
    "E07": of_report("E07", "records 2, 4, 6", 3),
    "E08": of_report("E08", "from Excel row 30"),
    "E09": of_report("E09", "from Excel row 30"),
    "E10": of_report("E10", "Excel rows 4, 10", 2),
    "E11": of_report("E11", "Excel row 4", 1),
    "E12": of_report("E12", "Excel rows 4, 7, 10", 3),
    "E13": of_report("E13", "records 2 to 3", 2),
    "S01": of_report("S01", "CINdetails/PreProceedingsandFGDM", 3),
    "S02": of_report("S02", "ReasonForClosure", 2),
    "S03": of_report("S03", None, 4),
    "S04": of_report("S04", "the header says 2025, the reference date 2026"),
    "S05": of_report("S05", "census year 2026: 5 children, 7 episodes", 7),
    "J01": of_report("J01", "report 2: records 3, 7 to 9", 4),
    "J02": of_report("J02", "report 2: Excel rows 12", 1),
    "J03": of_report("J03", "report 2", 614),
    "J04": of_report("J04", "report 2", 14),
    "J05": of_report("J05", "report 2"),
    "J06": of_report("J06", "report 3: records 400 to 402", 3),
    "J07": of_report("J07", "report 2: Excel rows 40", 1),
    "J08": of_report("J08", "report 2", 20),
}
