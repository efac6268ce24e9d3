"""How well names in free text are found: recall and precision on a synthetic corpus, written as they are.

python benchmarks/privacy_report.py [FILE]      (without a file, printed only)
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.privacy.names.corpus import Corpus, make
from tests.privacy.names.second_corpus_score import blind
from tests.privacy.names.second_corpus_score import searched as second_searched
from tests.privacy.names.written_apart import searched
from xl_dipsample.privacy.names import STRONG, Hit, Searcher
from xl_dipsample.privacy.names.common_words import RUN, common_words

SEED = 20261124


def found_in(corpus: Corpus, searcher: Searcher | None = None) -> list[Hit]:
    """The hits in every extract of a corpus."""
    searcher = searcher or Searcher.of(corpus.names, corpus.children)
    return searcher.find([one.text for one in corpus.extracts], [one.row for one in corpus.extracts])


def recall(corpus: Corpus, hits: list[Hit]) -> dict[str, tuple[int, int, int]]:
    """For each kind: planted, found by the strong tier, found by either; found means covered wholly."""
    count: Counter[str] = Counter()
    strong: Counter[str] = Counter()
    either: Counter[str] = Counter()
    of_text: dict[int, list[Hit]] = {}
    for hit in hits:
        of_text.setdefault(hit.text, []).append(hit)
    for at, extract in enumerate(corpus.extracts):
        for one in extract.planted:
            wanted = {i for i in range(one.start, one.end) if extract.text[i].isalnum()}
            if one.kind == "possessive":
                wanted -= {one.end - 1}
            count[one.kind] += 1
            here = of_text.get(at, [])
            strong[one.kind] += wanted <= _covered(hit for hit in here if hit.tier == STRONG)
            either[one.kind] += wanted <= _covered(here)
    return {kind: (count[kind], strong[kind], either[kind]) for kind in sorted(count)}


def precision(corpus: Corpus, hits: list[Hit]) -> dict[tuple[str, str], tuple[int, int]]:
    """For each tier and rule: hits, and those of them that touch something planted."""
    made: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for hit in hits:
        made[hit.tier, hit.rule] += 1
        planted = corpus.extracts[hit.text].planted
        right[hit.tier, hit.rule] += any(one.start < hit.end and hit.start < one.end for one in planted)
    return {key: (made[key], right[key]) for key in sorted(made)}


def drowning() -> dict[str, float]:
    """Per extract with nothing planted: hits of each tier, and what searching every name as a word would give."""
    corpus = make(SEED, share=0)
    hits = found_in(corpus)
    words = {run for name in corpus.names["Name"] for run in RUN.findall(name.casefold())} & common_words()
    plain = sum(run in words for one in corpus.extracts for run in RUN.findall(one.text.casefold()))
    count = len(corpus.extracts)
    strong = sum(hit.tier == STRONG for hit in hits)
    return {"strong": strong / count, "weak": (len(hits) - strong) / count, "every name as a word": plain / count}


def report() -> str:
    """The page docs/privacy_report.md."""
    corpus = make(SEED)
    hits = found_in(corpus)
    by_kind, by_rule, drowned = recall(corpus, hits), precision(corpus, hits), drowning()
    lines = [
        "# How well names in free text are found",
        "",
        "Written by `make privacy-report`. The corpus is synthetic: 300 extracts of about 2,000 characters, sentences",
        "written for the purpose, names from a published British list, a made-up long list of 5,000 names and 300",
        "sampled children. Real case files differ: these figures say what the search can and cannot do, not how many",
        "names are left in your extracts. Somebody reads every extract before it is shared.",
        "",
        "## Recall: of what was planted, how much is found",
        "",
        "Found means covered from its first to its last letter. Strong blocks a release; weak waits for a person.",
        "",
        "| planted | how many | found as strong | found as strong or weak |",
        "|---|---|---|---|",
        *(f"| {kind} | {n} | {100 * a / n:.0f}% | {100 * b / n:.0f}% |" for kind, (n, a, b) in by_kind.items()),
        _total("**all**", by_kind),
        "",
        "## Precision: of what is found, how much was planted",
        "",
        "| tier | rule | hits | planted |",
        "|---|---|---|---|",
        *(f"| {tier} | {rule} | {n} | {100 * right / n:.0f}% |" for (tier, rule), (n, right) in by_rule.items()),
        *(_tier(tier, by_rule) for tier in ("strong", "weak")),
        "",
        "No sentence of the corpus holds a name that was not planted, so the precision of strong names flatters: a",
        "worker called Sarah is found, and blocks, whenever a child of the long list is called Sarah. Few of its",
        "sentences have another date either, so the precision of maybe-date-of-birth flatters too.",
        "",
        "## Names that are words",
        "",
        "An extract of 2,000 characters with no name in it, but full of will, may, hope, White British and Young",
        f"Person, gives {drowned['strong']:.2f} strong and {drowned['weak']:.2f} weak hits, though the long list has",
        "children called Will, Grace, May, Hope, Rose, White, Young, Street and English. Searching for every name as",
        f"a word would give {drowned['every name as a word']:.1f}.",
        "",
        *apart(),
        *second(),
        "## What is not found",
        "",
        "* Short forms that neither our table of diminutives has nor a rule makes (those planted are of another,",
        "  American list).",
        "* People who are on no list, have no common name and stand where no name is expected: neither behind a word",
        "  such as mum, Ms, called or with, nor in a list, nor beside their surname. In texts that are all in small",
        "  letters or all in capitals fewer places say so.",
        "* A name that is also an ordinary word, of another row's child, alone, at the start of a sentence or in small",
        "  letters, unless a verb such as said follows.",
        "* Misspellings of names of three letters, of names outside the sample in small letters, or by two letters and",
        "  more in short names.",
        "* Who somebody is from what happened to them: no search finds that.",
        "",
    ]
    return "\n".join(lines)


def apart() -> list[str]:
    """The lines on the extracts that somebody else wrote (tests/data/extracts)."""
    found = searched()
    return [
        "## In extracts written apart from the search",
        "",
        f"{found.extracts} extracts and a long list by somebody who had not read the search (tests/data/extracts):",
        "other names, other sentences, slips, scripts, mothers, workers, schools, streets and numbers of the export,",
        "people on no list. Found means that a part of it is: half a name is shown with the whole beside it. `make",
        "written-apart` prints all that is missed; [two other programs](privacy_peers.md) were run on the same texts.",
        "",
        "| planted | how many | found as strong | found as strong or weak |",
        "|---|---|---|---|",
        *(
            f"| {kind} | {n} | {100 * a / n:.0f}% | {100 * b / n:.0f}% |"
            for kind, (n, a, b) in sorted(found.counts.items())
            if kind != "all"
        ),
        _total("**all**", {"all": found.counts["all"]}),
        "",
        f"False alarms, one word in one row counted once: {found.alarms():.2f} an extract,",
        f"{found.alarms(strong=True):.2f} of them strong.",
        "",
    ]


def second() -> list[str]:
    """The lines on the second corpus (tests/data/second_corpus), as it was at first and as it is."""
    found = second_searched()
    first, every, strong = blind()
    lines = sorted(line for line in found.counts if line != "all")
    return [
        "## In a second corpus, first searched blind",
        "",
        f"{found.extracts} other extracts and another long list (tests/data/second_corpus), by somebody who had read",
        "neither the search nor its lists. Blind is what the search found before anybody had seen what it missed. Now",
        "is after mending, no longer blind: kinds of mistakes were mended, not single words, but the corpus was seen,",
        "so now flatters. For an extract that nobody has seen, blind is the better guess.",
        "",
        "| planted | how many | blind: strong | blind: strong or weak | now: strong | now: strong or weak |",
        "|---|---|---|---|---|---|",
        *(_then_and_now(line, first[line], found.counts[line]) for line in lines),
        _then_and_now("**all**", first["all"], found.counts["all"]),
        "",
        f"False alarms, one word in one row counted once: blind {every:.2f} an extract, {strong:.2f} of them strong;",
        f"now {found.alarms():.2f}, {found.alarms(strong=True):.2f} of them strong.",
        "",
        "The Text check list shows at most 100 rows of one rule that is only worth a look; the next ones follow when",
        "these are decided. Of 540 extracts at once, the first list therefore had only 210 of the people on no list",
        "when blind.",
        "",
    ]


def _then_and_now(label: str, then: tuple[int, int, int], now: tuple[int, int, int]) -> str:
    shares = " | ".join(_percent(part, n) for n, *parts in (then, now) for part in parts)
    return f"| {label} | {now[0]} | {shares} |"


def _percent(part: int, n: int) -> str:
    """Rounded down, so that 100% is said of all alone."""
    return f"{100 * part // n}%"


def _total(label: str, counted: dict[str, tuple[int, int, int]]) -> str:
    n, a, b = (sum(one[at] for one in counted.values()) for at in range(3))
    return f"| {label} | {n} | {100 * a / n:.0f}% | {100 * b / n:.0f}% |"


def _tier(tier: str, counted: dict[tuple[str, str], tuple[int, int]]) -> str:
    n = sum(one[0] for key, one in counted.items() if key[0] == tier)
    right = sum(one[1] for key, one in counted.items() if key[0] == tier)
    return f"| **{tier}** | all | {n} | {100 * right / max(n, 1):.0f}% |"


def _covered(hits) -> set[int]:
    return {at for hit in hits for at in range(hit.start, hit.end)}


if __name__ == "__main__":
    page = report()
    print(page)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page, encoding="utf-8")
