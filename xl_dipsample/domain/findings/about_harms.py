"""Findings about the sample and its types of harm."""

from __future__ import annotations

from xl_dipsample.domain.findings.sentences import Cell, Figure, Finding, Says, about, cases, listed, say, share, short
from xl_dipsample.domain.findings.what_is_counted import NO_TYPE, Sample, ranked
from xl_dipsample.domain.narrowing import people_counted, stages
from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared import lead_lists
from xl_dipsample.domain.shared.cell import excel_text
from xl_dipsample.domain.shared.plural import plural
from xl_dipsample.domain.shared.share_cells import whole_number
from xl_dipsample.domain.shared.statistics import FEW

MOST_NAMED = 5  # types of harm in one sentence
MOST_RANKED = 4


def progress(sample: Sample) -> Finding | None:
    """How many cases are reviewed completely, while some are not."""
    done = sample.progress.complete
    if done == sample.n:
        return None
    return Finding(
        about("progress"),
        say("progress", complete=share(done, sample.n)),
        Figure("Summary", "Sample", "Reviewed completely"),
    )


def size(sample: Sample) -> Finding:
    """The sample against the young people in the period and of age, and how many left during review."""
    n, left = sample.n, sample.progress.left
    found = sample.of_whom
    people, contacts, rows = found.of_people, found.of_contacts, found.of_rows
    if rows is not None and rows.number > rows.of:
        rows = None  # the funnel of another sample
    if people is not None:
        words = say("sample", "people", sample=people.with_share())
        words += say("sample", "contacts", contacts=contacts.with_share()) if contacts else ""
    elif contacts is not None:
        words = say("sample", "contacts_only", contacts=contacts.with_share(), why=found.why_not_people)
    elif rows is not None:
        words = say("sample", "rows_only", rows=rows.with_share(), why=found.why_not_people)
    else:
        words = say("sample", "unknown", sample=cases(n))
    if rows is not None and (people or contacts):
        words += say("sample", "rows", rows=rows.in_words())
    if left:
        words += say("sample", "left", left=f"{left:,}", drawn=f"{n + left:,}")
    first = "In the sample now" if people is None else "Young people in the sample now"
    return Finding(about("sample"), words, Figure("Summary", "Sample", first))


def most_common(sample: Sample) -> Finding | None:
    """The types of harm that most cases have; those with equal numbers are named together."""
    known = sample.harm_in_own_words.copy()
    for mask in sample.harm_masks.values():
        known |= mask
    n = int(known.sum())
    levels = ranked({word: int(mask.sum()) for word, mask in sample.harm_masks.items()})
    if not levels:
        return None
    (top, first), others = levels[0], _followers(levels)
    variant = ("one" if len(first) == 1 else "many") + ("_listed" if sample.harm_in_own_words.any() else "")
    each = f" {'case' if n == 1 else 'cases'}" + (" each" if len(first) > 1 else "")
    words = say("harm", variant, first=f"{listed(first)} ({short(top, n, each)})")
    if others:
        words += say("harm", "then", others=listed([f"{word} ({short(k, n)})" for word, k in others]))
    words += say("harm", "end")
    if n < sample.n:
        words += say("harm", "unknown", unknown=share(sample.n - n, sample.n))
    return Finding(about("harm"), words, Figure("Summary", "Type of harm", first[0]))


def _followers(levels: list[tuple[int, list[str]]]) -> list[tuple[str, int]]:
    """The next types, as long as those with equal numbers can all be named."""
    named = len(levels[0][1])
    found: list[tuple[str, int]] = []
    for number, words in levels[1:]:
        named += len(words)
        if named > MOST_RANKED:
            break
        found += [(word, number) for word in words]
    return found


def screened_out(sample: Sample) -> Finding | None:
    """Chosen types of harm that the long list has and the sample has not."""
    rows = [(word, k, row) for word, k, row in _on_long_list(sample) if k and not _in_sample(sample, word)]
    if not rows:
        return None
    rows.sort(key=lambda one: -one[1])  # equal ones stay in the list's order
    named = [f"{word} ({plural(k, 'row')})" for word, k, _ in rows[:MOST_NAMED]]
    if len(rows) > MOST_NAMED:
        named.append(f"{len(rows) - MOST_NAMED} more")
    source = Cell("FunnelCategories", rows[0][2], "Long list")
    return Finding(about("screened"), say("screened", types=listed(named)), source)


def not_exported(sample: Sample) -> Finding | None:
    """That the export has no types of harm: nothing can be said of who has them."""
    if people_counted.harms_exported(sample.tables):
        return None
    names = [excel_text(name) for name in sample.table("Funnel", "Stage")["Stage"]]
    source = Cell("Funnel", names.index(stages.CATEGORY), "Excluded")
    return Finding(about("not_exported"), say("not_exported"), source)


def never_recorded(sample: Sample) -> Finding | None:
    """Chosen types of harm that not even the long list has, though types of harm were exported.

    One of the lead's own is there only by the words that mean it: without any, the export cannot have it.
    """
    if not people_counted.harms_exported(sample.tables):
        return None
    rows = [(word, row) for word, k, row in _on_long_list(sample) if not k and not _in_sample(sample, word)]
    if not rows:
        return None
    source = Cell("FunnelCategories", rows[0][1], "Long list")
    meant = _with_words(sample)
    known = [word for word, _ in rows if word.casefold() in meant]
    own = [word for word, _ in rows if word.casefold() not in meant]
    told = [say("never", types=listed(known))] if known else []
    words = " ".join([*told, *([say("never", "own", types=listed(own))] if own else [])])
    unmapped = _not_mapped(sample)
    if unmapped:
        words += say("never", "not_mapped", rows=plural(unmapped, "row"))
    return Finding(about("never"), words, source)


def choice(sample: Sample) -> Finding | None:
    """How many rows of the long list the choice of a type of harm decided: those that left for it, those that stayed.

    The counts are those of Funnel, as the list was narrowed down: it has lines for types that are not chosen, too.
    """
    funnel = sample.table("FunnelCategories", "Category", stages.CHOSEN, stages.DECIDES)
    columns = zip(funnel["Category"], funnel[stages.CHOSEN], funnel[stages.DECIDES], strict=True)
    rows = [
        (excel_text(word), excel_text(chosen).casefold(), whole_number(cell) or 0, row)
        for row, (word, chosen, cell) in enumerate(columns)
    ]
    told, first = [], None
    for variant, answer in (("left", "no"), ("stayed", "yes")):
        those = sorted((one for one in rows if one[1] == answer and one[2]), key=lambda one: -one[2])
        if those:
            named = [f"{word} ({plural(k, 'row')})" for word, _, k, _ in those[:MOST_NAMED]]
            if len(those) > MOST_NAMED:
                named.append(f"{len(those) - MOST_NAMED} more")
            told.append(say("choice", variant, types=listed(named)))
            first = those[0][3] if first is None else first
    if first is None:
        return None
    return Finding(about("choice"), " ".join(told), Cell("FunnelCategories", first, stages.DECIDES))


def _with_words(sample: Sample) -> set[str]:
    """The types of harm that codes of the census mean, or codes and words of the lead's, in small letters."""
    told = ("DfE factors", "Codes and words that mean it")
    table = sample.tables.get("Categories")
    if table is None:
        return set()
    cells = [review_rules.texts(table, name) for name in told]  # '' where an older workbook has no such column
    return {word for word, *codes in zip(review_rules.keys(table, "Category"), *cells, strict=True) if any(codes)}


def _not_mapped(sample: Sample) -> int:
    """Rows of the long list with a label of which nobody has said what it means."""
    funnel = sample.table("FunnelCategories", "Category", "Long list")
    pairs = zip(funnel["Category"], funnel["Long list"], strict=True)
    return sum(whole_number(number) or 0 for word, number in pairs if excel_text(word) == stages.NOT_MAPPED)


def _on_long_list(sample: Sample) -> list[tuple[str, int, int]]:
    """The chosen types of harm, how many rows of the long list have them, and where they stand in FunnelCategories."""
    funnel = sample.table("FunnelCategories", "Category", "Long list")
    categories = sample.table("Categories", "Category", "Chosen")
    chosen = {
        excel_text(word).casefold()
        for word, yes in zip(categories["Category"], categories["Chosen"], strict=True)
        if excel_text(yes).casefold() == "yes"
    } - {word.casefold() for word in NO_TYPE}
    found = []
    for row, (word, cell) in enumerate(zip(funnel["Category"], funnel["Long list"], strict=True)):
        number = whole_number(cell)
        if excel_text(word).casefold() in chosen and number is not None:
            found.append((excel_text(word), number, row))
    return found


def _in_sample(sample: Sample, harm: str) -> bool:
    return any(mask.any() for word, mask in sample.harm_masks.items() if word.casefold() == harm.casefold())


def no_further_action(sample: Sample) -> Finding | None:
    """No further action for each type of harm with at least 10 cases that have an outcome, highest share first."""
    nothing = sample.lists.now(lead_lists.OUTCOME, "No further action")
    nfa, answered = sample.is_("Outcome", nothing), sample.filled("Outcome")
    if not nothing or not nfa.any():
        return None
    counts = [(word, int((mask & nfa).sum()), int((mask & answered).sum())) for word, mask in sample.harm_masks.items()]
    shown = [one for one in counts if one[2] >= FEW]
    if not shown:
        return None
    shown.sort(key=lambda one: -one[1] / one[2])
    named = [f"{word} {share(k, n)}" for word, k, n in shown[:MOST_NAMED]]
    words = say("harm_nfa", types=listed(named))
    if len(shown) > MOST_NAMED:
        words += say("harm_nfa", "more")
    if any(0 < n < FEW for _, _, n in counts):
        words += say("harm_nfa", "few")
    return Finding(about("harm_nfa"), words, Figure("Charts", "Type of harm", shown[0][0], nothing))


SAID: dict[str, Says] = {
    "progress": progress,
    "sample": size,
    "harm": most_common,
    "screened": screened_out,
    "not_exported": not_exported,
    "never": never_recorded,
    "choice": choice,
    "harm_nfa": no_further_action,
}  # topic of findings.toml -> what says it
