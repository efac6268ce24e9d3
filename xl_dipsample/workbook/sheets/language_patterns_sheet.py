"""Language patterns: what each of the three tables shows, how many cases there are, and why a table is empty."""

from __future__ import annotations

from xl_dipsample.domain.review import review_rules
from xl_dipsample.domain.shared.share_cells import whole_number
from xl_dipsample.domain.shared.statistics import FEW
from xl_dipsample.workbook.sheets import language_sheet
from xl_dipsample.workbook.sheets.parts.layout import Book, Layout, LiveCell

TITLES = (
    ("LanguagePatterns", "Where the words gather"),
    ("TypicalWords", "Words typical for closed or for progressed cases"),
    ("Collocations", "Words that stand together"),
)
WORDS, CHANCE = "Typical words: ", "; of so many words tried, some stand there by chance."
NO_WORDS = (
    f"No typical words: they need {FEW} closed and {FEW} progressed cases with a reason,"
    " and words that one side uses clearly more."
)
_ALL, _ANY = "All cases", "Any concern"


def layout(book: Book) -> Layout:
    """A title above each table, and links to the findings and to the words that are looked for."""
    titles = [
        LiveCell(4, language_sheet.anchor_column(book.kind, table), words, style="section") for table, words in TITLES
    ]
    links = [
        language_sheet.link(book.kind, language_sheet.FINDINGS, "Language", 4),
        language_sheet.link(book.kind, language_sheet.TERMS, "Terms", 7),
    ]
    return Layout(cells=titles + links, state=_state(book))


def _state(book: Book) -> LiveCell:
    n, of = _counted(book)
    lines = int((review_rules.texts(book.tables["LanguagePatterns"], "By") != "").sum())
    words = int((review_rules.texts(book.tables["TypicalWords"], "Word") != "").sum())
    value = f"{n} of {of} cases with a text hold such words. {f'{WORDS}{words}{CHANCE}' if words else NO_WORDS}"

    row = f'(LanguagePatterns[By]="{_ALL}")*(LanguagePatterns[Concern]="{_ANY}")'
    numbers = [f"SUMPRODUCT({row},LanguagePatterns[{heading}])" for heading in ("Cases", "Of")]
    listed = 'SUMPRODUCT(--(TypicalWords[Word]<>""))'
    formula = (
        f'{numbers[0]}&" of "&{numbers[1]}&" cases with a text hold such words. "'
        f'&IF({listed}=0,"{NO_WORDS}","{WORDS}"&{listed}&"{CHANCE}")'
    )
    return language_sheet.as_of(book, 'SUMPRODUCT(--(LanguagePatterns[By]<>""))', lines, formula, value)


def _counted(book: Book) -> tuple[int, int]:
    """Cases and Of in the row for all cases and any concern."""
    table = book.tables["LanguagePatterns"]
    here = table.loc[(review_rules.texts(table, "By") == _ALL) & (review_rules.texts(table, "Concern") == _ANY)]
    n, of = (sum(whole_number(cell) or 0 for cell in review_rules.texts(here, heading)) for heading in ("Cases", "Of"))
    return n, of
