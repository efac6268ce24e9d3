"""What people type in the example: the focus, the meanings of labels, the case check, the reviews. Always the same."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd

from xl_dipsample.actions.example.example_samples import NOW, Example
from xl_dipsample.domain.review import review_columns, second_reader
from xl_dipsample.domain.shared import columns_read, lead_lists
from xl_dipsample.workbook.host import Host
from xl_dipsample.workbook.specs import spec

HARD = "Hard to find?"  # a second reader answers it, too, although it is not compared
TOLD_LAST = ("In sample?", "Reason if not in sample", "Reviewer", "Reviewed on")  # they follow rules of their own


def fill_focus(host: Host, told: dict[str, Any], example: Example = NOW) -> None:
    """Answer Focus and add the team's own questions, as demo.toml tells them."""
    focus = host.read_table("Focus")
    answers = {
        **told["focus"],
        "Sample name": example.name,
        "Period from": example.period_from,
        "Period to": example.period_to,
    }
    focus["Value"] = [
        answers.get(setting, value) for setting, value in zip(focus["Setting"], focus["Value"], strict=True)
    ]
    host.write_table("Focus", focus)
    asked = [
        {"Heading": one["heading"], "Type": one["type"], "Choices": "\n".join(one["choices"]) or None}
        for one in told["questions"]
    ]
    table = pd.DataFrame(asked, columns=spec.table("working", "Questions").headings, dtype=object)
    host.write_table("Questions", table.where(table.notna(), None))


def map_labels(host: Host, means: dict[str, str]) -> None:
    """Say what labels mean; `means` is label -> meaning."""
    table = host.read_table("Labels")
    table["Means"] = [
        means.get(str(label), now) for label, now in zip(table["Label as exported"], table["Means"], strict=True)
    ]
    host.write_table("Labels", table)


def decide(host: Host, example: Example = NOW) -> None:
    """Two in three are included; doubtful ones are looked at with more care. Always the same."""
    check = host.read_table("CaseCheck")
    draw = random.Random(example.seed + 1)
    reasons = spec.lists()["exclusion_reasons"]
    when = example.decided_on
    decided = []
    for why in check["Why it is here"]:
        leaves = draw.random() < (0.5 if "not known" in str(why) else 0.22)
        decided.append(("Exclude", draw.choice(reasons[:4]), "AB", when) if leaves else ("Include", None, "AB", when))
    check[["Decision", "Reason", "Initials", "Date"]] = pd.DataFrame(decided, index=check.index, dtype=object)
    host.write_table("CaseCheck", check.astype(object).where(check.notna(), None))


def fill_reviews(host: Host, told: dict[str, Any], example: Example = NOW) -> None:
    """Fill in Review; in the later sample every twentieth row is left for the person who tries the example."""
    table = host.read_table("Review")
    draw = random.Random(example.seed + 2)
    rows = [
        row if example is NOW and number % 20 == 19 else _review(draw, number, row, told, example)
        for number, row in enumerate(table.to_dict("records"))
    ]
    host.write_table("Review", pd.DataFrame(rows, columns=table.columns, dtype=object))


def copy_a_name(host: Host, unique_id: str, name: str) -> None:
    """What happens when words are copied from a file: a name stands in an extract."""
    table = host.read_table("Review")
    extract = "Reason for closure or progression (extract)"
    at = table.index[table["Unique ID"] == unique_id][0]
    table.loc[at, extract] = f"{columns_read.trimmed(table.loc[at, extract])} Home visit: {name} was not in.".strip()
    host.write_table("Review", table)


def keep_and_agree(host: Host, told: dict[str, Any]) -> None:
    """What the group does with the findings: one is left out, one reworded, actions are agreed."""
    findings = host.read_table("Findings")
    findings.loc[findings.index[-1:], "Keep?"] = "No"
    host.write_table("Findings", findings)
    host.write_table(
        "Actions",
        pd.DataFrame(
            [[one["action"], one["owner"], one["by_when"], "No", None] for one in told["actions"]],
            columns=spec.table("review", "Actions").headings,
            dtype=object,
        ),
    )


def read_again(host: Host, first: pd.DataFrame, told: dict[str, Any]) -> None:
    """The second reader's answers: mostly those of the `first` reader's Review, here and there another."""
    table = host.read_table("Review")
    draw = random.Random(NOW.seed + 3)
    by_id = first.set_index("Unique ID")
    compared = [
        one.heading
        for one in review_columns.compared()
        if one.by == "people" and one.heading != second_reader.IN_SAMPLE
    ]
    for heading in (*compared, HARD, *(question["heading"] for question in told["questions"])):
        words = sorted({cell for cell in first[heading] if isinstance(cell, str)})
        answers = [
            draw.choice(words) if words and draw.random() < 0.2 else by_id.loc[one, heading]
            for one in table["Unique ID"]
        ]
        table[heading] = pd.Series(answers, index=table.index, dtype=object)
    table["Reviewer"] = pd.Series("EF", index=table.index, dtype=object)
    host.write_table("Review", table)


def _review(
    draw: random.Random, number: int, row: dict[Any, Any], told: dict[str, Any], example: Example
) -> dict[Any, Any]:
    """One plausible review."""
    harm = str(row["Type of harm"] or "No category recorded").split("; ")[0]
    concerns, level = _drawn(draw, "Parenting concerns"), _drawn(draw, "Level of harm")
    outcome = columns_read.trimmed(row["Outcome"])
    if outcome in ("", "Not mapped", "Not recorded"):
        outcome = _outcome(draw, level, concerns)
    told_here = {
        "Outcome": outcome,
        "Referred to?": row["Referred to?"] or draw.choice(spec.lists()["referred_to"][:9]),
        "Reason for social care involvement (extract)": " ".join(
            (draw.choice(told["harm"][harm]), draw.choice(told["parenting"][concerns]))
        ),
        "Reason for closure or progression (extract)": draw.choice(told["closure"][outcome]),
        "Level of harm": level,
        "Parenting concerns": concerns,
        "Summary of harm": told["summary"][harm],
    }
    row |= told_here
    for one in review_columns.columns():
        drawn = (one.list or one.example) and not one.stays  # nobody in the example is at risk now
        if one.by == "people" and one.heading not in (*told_here, *TOLD_LAST) and drawn:
            row[one.heading] = _drawn(draw, one.heading)
    row |= {
        "Reviewer": draw.choice(("AB", "CD")),
        "Reviewed on": example.decided_on + dt.timedelta(days=14) + dt.timedelta(days=draw.randrange(20)),
    }
    if number % 25 == 7:
        row |= {"In sample?": "No", "Reason if not in sample": spec.lists()["exclusion_reasons"][1]}
    for question in told["questions"]:
        row[question["heading"]] = _answer(draw, question)
    return row


def _drawn(draw: random.Random, heading: str) -> Any:
    """An answer as the column's `example` weighs them, None for blank; without one each word is as likely."""
    column = review_columns.column(heading)
    words = review_columns.words(heading, lead_lists.shipped()) or column.example
    if column.example and column.list:
        return draw.choices((*words, None)[: len(column.example)], column.example)[0]
    return draw.choice(words)


def _outcome(draw: random.Random, level: str, concerns: str) -> str:
    """Made up so that the scenarios differ: parenting concerns weigh more than the harm does."""
    if concerns == "Yes":
        return draw.choice(("Child Protection", "Child in Need", "Child in Need", "Strategy discussion / section 47"))
    if level == "Significant harm":
        return draw.choice(("Child in Need", "Early help", "No further action", "Strategy discussion / section 47"))
    return draw.choice(("No further action", "No further action", "Early help", "Advice and information"))


def _answer(draw: random.Random, question: dict[str, Any]) -> str | None:
    if draw.random() < 0.1:
        return None
    if question["type"] == "Yes / No":
        return draw.choice(("Yes", "No", "No"))
    if question["type"] == "Choose several":
        return "; ".join(sorted(draw.sample(question["choices"], draw.randrange(1, 3)), key=question["choices"].index))
    answer: str = draw.choice(question["choices"])
    return answer
