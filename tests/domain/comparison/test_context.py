"""Published figures of local authorities: the shipped table, and what is told of it."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from xl_dipsample.domain.comparison import published_figures
from xl_dipsample.domain.shared import share_cells
from xl_dipsample.domain.shared.errors import SettingProblem

CSE, GANGS = "11A", "13A"
# authority, factor, earlier year, later year, counts, the difference in points and its interval, the sentence's end
KNOWN = [
    ("Rutland", CSE, 2023, 2025, (14, 167, 22, 217), (1.76, -4.43, 7.54), "no clear change"),
    ("Hackney", GANGS, 2018, 2025, (116, 4401, 57, 3241), (-0.88, -1.53, -0.21), "a clear fall, lower by 0.2 to 1.5"),
    ("Hackney", CSE, 2023, 2025, (70, 3281, 160, 3241), (2.80, 1.92, 3.72), "a clear rise, higher by 2 to 4 points"),
]


@pytest.mark.parametrize(("area", "code", "then", "now", "counts", "points", "words"), KNOWN)
def test_known_changes_come_out_of_the_shipped_table(area, code, then, now, counts, points, words):
    earlier, later = published_figures.published(area, then, code), published_figures.published(area, now, code)
    assert (earlier.count, earlier.of, later.count, later.of) == counts
    found = share_cells.difference(*counts)
    assert [round(100 * end, 2) for end in found[:3]] == list(points)
    low, high = confint_proportions_2indep(later.count, later.of, earlier.count, earlier.of, method="newcomb")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
    assert share_cells.change_in_words(found.low, found.high).startswith(words)


@pytest.mark.parametrize(("area", "code", "then", "now", "counts", "points", "words"), KNOWN)
def test_the_table_context_says_the_change_since_the_first_year(area, code, then, now, counts, points, words):
    del points
    table = published_figures.context_table(area, [now, then])
    lines = table[table["Factor"].str.endswith(f"({code})")]
    assert lines["Year"].tolist() == [str(then), str(now)]
    assert lines[["Count", "Of"]].to_numpy().tolist() == [list(counts[:2]), list(counts[2:])]
    assert words in lines["In words"].iloc[1]
    assert f"in the year to March {then}" in lines["In words"].iloc[1]
    assert set(table["Authority"]) == {area}


def test_what_is_suppressed_or_not_collected_is_not_published():
    assert published_figures.published("Rutland", 2025, GANGS).count is None  # "c"
    assert published_figures.published("Hackney", 2021, CSE) == published_figures.Published(None, None)  # "x"
    table = published_figures.context_table("Hackney", [2021, 2023])
    missing = table[table["Year"] == "2021"]
    assert missing["Count"].isna().all()
    assert missing["%"].isna().all()
    assert set(missing["In words"]) == {"Not published for this year."}
    assert table.loc[table["Year"] == "2023", "Count"].notna().all()


def test_every_category_has_its_factors_in_the_years_in_which_the_codes_were_used():
    for year, gone, there in ((2019, {"18B", "18C", "19B", "19C", "24A"}, {"18A", "19A"}),
                              (2024, {"18A", "19A"}, {"18B", "18C", "19B", "19C", "24A"})):  # fmt: skip
        codes = {
            words.rpartition("(")[2].rstrip(")")
            for words in published_figures.context_table("Hackney", [year])["Factor"]
        }
        assert there <= codes
        assert not gone & codes
    assert len({one.category for one in published_figures.factors()}) == 10


def test_the_years_are_those_of_the_samples_and_the_latest_published_for_later_ones():
    assert published_figures.nearest_years([range(2023, 2024), range(2024, 2026)]) == [2023, 2024, 2025]
    assert published_figures.nearest_years([range(2030, 2031), range(2010, 2011)]) == [2018, 2025]
    assert published_figures.nearest_years([None]) == [2025]


def test_figures_of_england_and_regions_are_rounded_and_those_of_authorities_are_not():
    last = {"England": set(), "region": set(), "authority": set()}
    for row in published_figures.reference.table(published_figures.TABLE):
        last[row["level"]] |= {value[-1] for name, value in row.items() if name[0].isdigit() and value.isdigit()}
    assert last["England"] == last["region"] == {"0"}
    assert len(last["authority"]) == 10


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("Bristol", "Bristol, City of"), ("Hackny", "Hackney"), ("Kingston", "Kingston upon Thames"), ("Zzz", "Write")],
)
def test_an_unknown_authority_is_refused_and_nothing_is_guessed(asked, hint):
    with pytest.raises(SettingProblem) as refused:
        published_figures.authority(asked)
    assert hint in refused.value.sentence
    assert "Zzz" not in refused.value.sentence


@pytest.mark.parametrize("asked", ["RUTLAND", " rutland ", "St Helens", "Bristol,  City of", "Southend on Sea"])
def test_an_authority_is_found_whatever_its_capitals_spaces_and_punctuation(asked):
    assert published_figures.authority(asked) in {
        row["area"] for row in published_figures.reference.table(published_figures.TABLE)
    }
