"""One pass over the words of a text: names of the long list, alone, together, with initials, across line breaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from xl_dipsample.privacy.names.common_words import RUN, a_set
from xl_dipsample.privacy.names.hits import STRONG, WEAK, Tier
from xl_dipsample.privacy.names.listed_names import PARTICLES, Form
from xl_dipsample.privacy.names.name_index import NameIndex
from xl_dipsample.privacy.names.normalise import Folded, of_one_case

Token = tuple[int, int, str]
_RUNS = re.compile(f"({RUN.pattern})")  # to split by, and keep
_ASCII_RUNS = re.compile(_RUNS.pattern, re.ASCII)  # the same in a text of ASCII letters, and faster
_WITHIN_A_NAME = re.compile(r"[\s,.'\"()\-/]{1,4}")
_BETWEEN_RUNS = re.compile(r"(?:[\s'.-]|-\n){1,3}")
_BROKEN = re.compile(r"-? ?\n ?")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:•*]['\")]?)\s*$|\n\s*\n\s*$|[\n\s][-•*]\s*$")
_SPEAKING = a_set(
    "said says is was has had told went reported disclosed lives lived attended stated came wants wanted feels felt "
    "presented does did denied denies explained appears appeared and who s"
)
# In a text without capitals, or in capitals alone, only the word before it says that a word may be somebody.
_SOMEBODY = a_set(
    "mother father mum dad parent parents brother sister aunt uncle cousin friend friends carer family name"
)
_BEFORE_SOMEBODY = _SOMEBODY | a_set("told met named called")  # or one of them and "of": the parents of amber
_MONTHS_THAT_ARE_NAMES = a_set("april may june august jan")
_BEFORE_A_MONTH = a_set("in of since by until last during")
_LANGUAGES = a_set("english welsh irish french german polish turkish spanish portuguese scottish")
_BEFORE_A_LANGUAGE = a_set("speak speaks spoke spoken speaking in little no some good fluent basic limited understands")
_AFTER_YOUNG = a_set("person people persons adult adults carer carers man woman")
_LIKE_WORDS = PARTICLES - {"mc", "mac", "o"}
_SHORT, _SHORTEST_BROKEN = 3, 4
LAST_WITH_CASE = "\u0590"  # what begins beyond is of a script without capitals, or nearly
_CAPITAL_WITHIN = re.compile(r"[^\W\d_A-Z][A-Z]")
_LONGEST_RUN, _ENDING = 8, 3  # letters of a name, and of an ending behind it


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `first` to `last` may be a name with `keys` as its parts. `plain`: also an ordinary word."""

    first: int
    last: int
    keys: frozenset[str]
    rule: str
    plain: bool
    tier: Tier = STRONG
    whole: bool = False  # more than one part of one name
    cut: int = 0  # characters at the end that do not belong to it: Jaydens
    skip: int = 0  # characters at the beginning that do not


@dataclass(frozen=True, slots=True)
class Whose:
    """The parts of names of a row's own child, and of everybody who was imported for that case."""

    child: frozenset[str] = frozenset()
    case: frozenset[str] = frozenset()


NOBODY = Whose()


class NamePass:
    """Finds names in folded texts. `plain` are the ordinary words, `phrases` what a plain word in them never means."""

    def __init__(self, index: NameIndex, plain: frozenset[str], phrases: frozenset[Form]) -> None:
        self.index, self.plain, self.phrases = index, plain, phrases
        self._of_phrases = frozenset(run for phrase in phrases for run in phrase)
        # Runs with which no name begins unless a line break cuts it: most words.
        self._nothing = {run for run in plain.difference(index.words, index.sequences) if run <= LAST_WITH_CASE}

    def find(self, folded: Folded, tokens: list[Token], whose: Whose = NOBODY) -> list[Found]:
        """The names in a text, in order; strong and weak, not overlapping. `whose`: who belongs to the text's row."""
        found = list(self._candidates(folded, tokens))
        joined = self._join(folded, tokens, found)
        decided = (self._decide(folded, tokens, one, whose) for one in joined)
        return [one for one in decided if one is not None]

    def _candidates(self, folded: Folded, tokens: list[Token]) -> Iterator[Found]:
        free = 0  # the first token that no name has taken
        breaks = _before_breaks(folded, tokens)
        places = [at for at, token in enumerate(tokens) if token[2] not in self._nothing]
        for at in sorted({*places, *breaks}) if breaks else places:
            run = tokens[at][2]
            if at < free or (run in self._nothing and at not in breaks):
                continue
            found = None
            if run in self.index.sequences:
                found = self._sequence(folded, tokens, at)
            if found is None and at in breaks:
                found = self._broken(folded, tokens, at)
            if found is None:
                found = self._alone(run, at)
                if found is None and len(run) > _SHORT and run not in self.plain:
                    found = self._run_into(folded, tokens, at)
                if found is None and run > LAST_WITH_CASE and not run.isdigit():
                    yield from self._in_a_run(tokens, at)
                elif found is None and run not in self.index.sequences and not self._may_hold_one(run):
                    self._nothing.add(run)
            if found is not None:
                yield found
                free = found.last + 1

    def _alone(self, run: str, at: int) -> Found | None:
        """A name that one run is, whatever stands around it."""
        found = None
        if run in self.index.words and (len(run) > 1 or _is_han(run)):
            found = self._word(run, at)
        if found is None and run[-1] == "s":
            found = self._possessive(run, at)
        if found is None and len(run) > _SHORT and run not in self.plain:
            keys = self.index.glued(run)
            found = Found(at, at, keys, "name", plain=False, whole=True) if keys else None
        return found

    def _word(self, run: str, at: int) -> Found:
        rule = "name-alone" if run in self.index.listed else "short-form"
        return Found(at, at, frozenset(self.index.words[run]), rule, plain=run in self.plain)

    def _possessive(self, run: str, at: int) -> Found | None:
        name = run[:-1]
        if len(name) < _SHORT or name not in self.index.words or run in self.plain or name in self.plain:
            return None
        return replace(self._word(name, at), cut=1)

    def _run_into(self, folded: Folded, tokens: list[Token], at: int) -> Found | None:
        """A name with an age or a year run into it, Amara14 or 14Amara, or with the next word: saidAmara."""
        start, end, run = tokens[at]
        bare = run.strip("0123456789")
        if bare != run and len(bare) >= _SHORT and bare in self.index.words:
            found = replace(self._word(bare, at), skip=run.index(bare), cut=len(run) - run.index(bare) - len(bare))
            if found.plain or len(bare) > _SHORT or _title_case(folded, tokens[at]):
                return found
            return replace(found, tier=WEAK, rule="near-miss")  # ada1 may also be a part of a number in hexadecimal
        if bare != run or not _CAPITAL_WITHIN.search(folded.original, *folded.span(start, end)):
            return None
        for cut in range(len(run) - _SHORT, 0, -1):
            if not folded.original[folded.span(start + cut, end)[0]].isupper():
                continue
            for piece, skip, over in ((run[cut:], cut, 0), (run[:cut], 0, len(run) - cut)):
                if len(piece) > _SHORT and piece in self.index.listed and piece not in self.plain:
                    return Found(
                        at,
                        at,
                        frozenset(self.index.words[piece]),
                        "near-miss",
                        plain=False,
                        tier=WEAK,
                        cut=over,
                        skip=skip,
                    )
        return None

    def _may_hold_one(self, run: str) -> bool:
        """Whether a name is the beginning or the end of a run: written otherwise (saidAmara), it may be one."""
        if run in self.plain:
            return False  # a word is read no further, however it is written
        cuts = range(1, len(run))
        pieces = (piece for cut in cuts for piece in (run[cut:], run[:cut]) if len(piece) > _SHORT)
        return any(piece in self.index.listed and piece not in self.plain for piece in pieces)

    def _in_a_run(self, tokens: list[Token], at: int) -> Iterator[Found]:
        """Names in a word of a script without capitals: no space before the next word, or an ending of its grammar."""
        run = tokens[at][2]
        place = 0
        while place < len(run) and _is_han(run[place]):
            found = next(self._pieces(run, at, place, range(min(len(run), place + _LONGEST_RUN), place + 1, -1)), None)
            if found is not None:
                yield found
            place = len(run) - found.cut if found is not None else place + 1
        if not _is_han(run[0]):
            yield from list(self._pieces(run, at, 0, range(len(run) - 1, max(_SHORT, len(run) - _ENDING) - 1, -1)))[:1]

    def _pieces(self, run: str, at: int, first: int, ends: range) -> Iterator[Found]:
        for last in ends:
            piece = run[first:last]
            glued = self.index.glued(piece)
            keys = glued or self.index.words.get(piece)
            if keys:
                rule = "name" if glued else "name-alone"
                cut = len(run) - last
                yield Found(at, at, frozenset(keys), rule, plain=False, whole=bool(glued), cut=cut, skip=first)

    def _sequence(self, folded: Folded, tokens: list[Token], at: int) -> Found | None:
        """A name of several runs that begins here: O'Brien, de Souza, Anne-Marie; the longest."""
        best: Found | None = None
        for form, keys in self.index.sequences[tokens[at][2]].items():
            last = at + len(form) - 1
            if best is not None and last <= best.last:
                continue
            if tuple(token[2] for token in tokens[at : last + 1]) == form and all(
                _BETWEEN_RUNS.fullmatch(folded.text, tokens[i][1], tokens[i + 1][0]) for i in range(at, last)
            ):
                plain = all(run in self.plain or run in _LIKE_WORDS or run.isdigit() for run in form)
                best = Found(at, last, frozenset(keys), "name-alone", plain=plain)
        return best

    def _broken(self, folded: Folded, tokens: list[Token], at: int) -> Found | None:
        """A name that a line break cuts in two."""
        (_, end, one), (start, _, other) = tokens[at], tokens[at + 1]
        whole = one + other
        if whole not in self.index.words or not _BROKEN.fullmatch(folded.text, end, start):
            return None
        if len(whole) < _SHORTEST_BROKEN:
            return None
        hyphenated = folded.text[end] == "-" and _capital(folded, tokens[at])
        if one in self.plain and other in self.plain and not hyphenated:
            return None
        return replace(self._word(whole, at), last=at + 1, plain=False)

    def _join(self, folded: Folded, tokens: list[Token], found: list[Found]) -> list[Found]:
        """Parts of one name that stand beside each other, in either order, become one; then initials."""
        joined: list[Found] = []
        for one in found:
            before = joined[-1] if joined else None
            if before is not None and self._together(folded, tokens, before, one):
                shared = Found(before.first, one.last, before.keys | one.keys, "name", plain=False, whole=True)
                joined[-1] = replace(shared, cut=one.cut)
            else:
                joined.append(one)
        return [one if one.whole else self._with_initials(folded, tokens, one) for one in joined]

    def _together(self, folded: Folded, tokens: list[Token], before: Found, one: Found) -> bool:
        between = one.first - before.last - 1
        if between > 1 or before.cut or not self.index.belong_together(before.keys, one.keys):
            return False
        marks = range(before.last, one.first)
        if not all(_WITHIN_A_NAME.fullmatch(folded.text, tokens[i][1], tokens[i + 1][0]) for i in marks):
            return False
        if between and not (_capital(folded, tokens[before.last + 1]) and tokens[before.last + 1][2] not in self.plain):
            return False
        if not (before.plain or one.plain):
            return True
        gap = folded.text[tokens[before.last][1] : tokens[one.first][0]]
        if "." in gap and not between:
            return False
        if not between and gap.strip() in {"", ",", "-"} and not self._goes_on(tokens, one):
            return True  # half a name proposes the whole, also in small letters: will popescu, hope church
        return all(any(_capital(folded, t) for t in tokens[f.first : f.last + 1]) for f in (before, one))

    @staticmethod
    def _goes_on(tokens: list[Token], one: Found) -> bool:
        """Whether the last word belongs to the next one: will young people."""
        after = tokens[one.last + 1][2] if one.last + 1 < len(tokens) else ""
        return one.plain and tokens[one.last][2] == "young" and after in _AFTER_YOUNG

    def _with_initials(self, folded: Folded, tokens: list[Token], one: Found) -> Found:
        first = one.first
        while first and self._is_initial(folded, tokens, first - 1, first, one):
            first -= 1
        if first < one.first:
            return self._initialled(folded, tokens, one, first, one.last, first)
        after = one.last + 1
        if after < len(tokens) and not one.cut and self._is_initial(folded, tokens, after, one.last, one):
            return self._initialled(folded, tokens, one, one.first, after, after)
        return one

    def _is_initial(self, folded: Folded, tokens: list[Token], at: int, beside: int, one: Found) -> bool:
        start, end, run = tokens[at]
        original = folded.original[slice(*folded.span(start, end))]
        if len(run) > 2 or not original.isupper() or not self.index.initial_of(run[0], one.keys):
            return False
        if len(run) > 1 and (run in self.plain or not self.index.initial_of(run[1], one.keys)):
            return False
        left, right = sorted((at, beside))
        gap = folded.text[tokens[left][1] : tokens[right][0]]
        if at > beside and run in {"a", "i"} and folded.text[end : end + 1] != ".":
            return False
        return _WITHIN_A_NAME.fullmatch(gap) is not None and "\n\n" not in gap and (at < beside or "." not in gap)

    def _initialled(self, folded: Folded, tokens: list[Token], one: Found, first: int, last: int, at: int) -> Found:
        """An initial makes a surname a whole name; "A Young person" is no initial."""
        if one.plain and not _capital(folded, tokens[one.first]):
            return one
        if one.plain and tokens[at][2] in {"a", "i"} and folded.text[tokens[at][1] : tokens[at][1] + 1] != ".":
            return one
        return replace(one, first=first, last=last, rule="initials-and-surname", plain=False, whole=True)

    def _decide(self, folded: Folded, tokens: list[Token], one: Found, whose: Whose) -> Found | None:
        """Strong, weak or nothing: short forms need their capital, ordinary words must look like a name.

        What can be a name of the row's own child is one, whatever its letters; what can be one of somebody else on the
        case is one unless it stands in small letters.
        """
        if one.whole:
            words = all(token[2] in self.plain for token in tokens[one.first : one.last + 1])
            return None if words and self._in_a_phrase(tokens, one) else one  # a worker called Youth Justice
        if one.first == one.last and len(tokens[one.first][2]) == 1:
            return None  # a family name of one sign is also a word
        own = not whose.child.isdisjoint(one.keys) and one.rule == "name-alone"
        if one.plain and (own or not whose.case.isdisjoint(one.keys)):
            if self._means_something_else(tokens, one):
                return None
            if own or self._looks_like_a_name(folded, tokens, one):
                return replace(one, rule="own-word" if own else "case-word")
            return replace(one, tier=WEAK, rule="name-word") if _capital(folded, tokens[one.first]) else None
        if one.plain:
            return replace(one, tier=WEAK, rule="name-word") if self._looks_like_a_name(folded, tokens, one) else None
        run = tokens[one.first][2]
        needs_capital = len(run) < _SHORT or (one.rule == "short-form" and len(run) <= _SHORT)
        if one.first == one.last and needs_capital and not _title_case(folded, tokens[one.first]):
            return replace(one, rule="own-word") if own else None
        return one

    def _looks_like_a_name(self, folded: Folded, tokens: list[Token], one: Found) -> bool:
        token = tokens[one.first]
        if self._means_something_else(tokens, one):
            return False
        if not _title_case(folded, token):
            led = bool(one.first) and self._led_by_somebody(
                [token[2] for token in tokens[max(0, one.first - 2) : one.first]]
            )
            return led and of_one_case(folded)
        after = tokens[one.last + 1][2] if one.last + 1 < len(tokens) else ""
        if _SENTENCE_ENDS.search(folded.text, max(0, token[0] - 8), token[0]) or token[0] == 0:
            return after in _SPEAKING
        return True

    @staticmethod
    def _led_by_somebody(before: list[str]) -> bool:
        return before[-1] in _BEFORE_SOMEBODY or (before[-1] == "of" and before[0] in _SOMEBODY)

    def _means_something_else(self, tokens: list[Token], one: Found) -> bool:
        """A word in a phrase of our own tables, a month with its day or year, a young person, a language."""
        token = tokens[one.first]
        if self._in_a_phrase(tokens, one):
            return True
        after = tokens[one.last + 1][2] if one.last + 1 < len(tokens) else ""
        before = tokens[one.first - 1][2] if one.first else ""
        if token[2] in _MONTHS_THAT_ARE_NAMES and (
            after.isdigit() or before[:1].isdigit() or before in _BEFORE_A_MONTH
        ):
            return True
        if token[2] == "young" and after in _AFTER_YOUNG:
            return True
        return token[2] in _LANGUAGES and (before in _BEFORE_A_LANGUAGE or after in {"language", "lessons", "teacher"})

    def _in_a_phrase(self, tokens: list[Token], one: Found) -> bool:
        """Whether the word stands within a phrase of our own tables: White British."""
        if tokens[one.first][2] not in self._of_phrases:
            return False
        for length in range(2, 7):
            for first in range(max(0, one.last - length + 1), one.first + 1):
                if tuple(token[2] for token in tokens[first : first + length]) in self.phrases:
                    return True
        return False


def tokens_of(folded: Folded) -> list[Token]:
    """Start, end and text of every run of letters and figures."""
    runs = _ASCII_RUNS if folded.text.isascii() else _RUNS
    pieces = runs.split(folded.text)  # what lies between, a run, what lies between, and so on
    ends = list(accumulate(map(len, pieces)))
    return list(zip(ends[::2], ends[1::2], pieces[1::2], strict=False))


def _before_breaks(folded: Folded, tokens: list[Token]) -> set[int]:
    """The tokens behind which a line breaks before the next one."""
    found: set[int] = set()
    place = folded.text.find("\n")
    while place >= 0:
        at = bisect_left(tokens, (place,))  # the first token behind it
        if 0 < at < len(tokens):
            found.add(at - 1)
        place = folded.text.find("\n", tokens[at][1]) if at < len(tokens) else -1
    return found


def _capital(folded: Folded, token: Token) -> bool:
    first = folded.original[folded.span(token[0], token[1])[0]]
    return first.isupper() or _has_no_case(first)


def _title_case(folded: Folded, token: Token) -> bool:
    start, end = folded.span(token[0], token[1])
    first = folded.original[start]
    return _has_no_case(first) or (first.isupper() and not folded.original[start:end].isupper())


def _is_han(piece: str) -> bool:
    return "\u3400" <= piece[:1] <= "\u9fff"


def _has_no_case(letter: str) -> bool:
    """A letter of a script without capitals: it may begin a name. Georgian has them, but never to begin a word."""
    return letter.isalpha() and (letter.lower() == letter.upper() or "\u10d0" <= letter <= "\u10ff")


__all__ = ["Found", "NamePass", "Token", "tokens_of"]
