"""Identifiers that have a shape: NHS and National Insurance numbers, postcodes, phones, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from xl_dipsample.domain.long_list_checks.id_checks import is_nhs_number
from xl_dipsample.privacy.names.common_words import a_set
from xl_dipsample.privacy.names.normalise import Folded, fold, holds_a_figure

# Royal Mail's postcode areas.
_AREAS = sorted(
    a_set(
        "ab al b ba bb bd bf bh bl bn br bs bt bx ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e "
        "ec eh en ex fa fk fy g gir gl gu gy ha hd hg hp hr hs hu hx ig im ip iv ja je ka kt kw ky l la ld le "
        "ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn "
        "so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze "
    ),
    key=len,
    reverse=True,
)
_AREA = "|".join(_AREAS)
_POSTCODE = re.compile(rf"(?<![^\W_])(?:{_AREA})\d[a-z\d]?[ \n]{{0,3}}\d[abd-hjlnp-uw-z]{{2}}(?![^\W_])")
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_NHS = re.compile(r"(?<![\d+])\d{3}[ \n-]{0,3}\d{3}[ \n-]{0,3}\d{4}(?!\d)")
_NI = re.compile(
    r"(?<![^\W_])(?!bg|gb|nk|kn|tn|nt|zz)[a-ceghj-prtw-z][a-ceghj-nprtw-z][ \n-]?"
    r"\d{2}[ \n-]?\d{2}[ \n-]?\d{2}[ \n-]?[a-d](?![^\W_])"
)
_PHONE = re.compile(
    r"(?<![\d.])(?:(?:\+|00)44[ \n-]?(?:\(0\)[ \n-]?)?\(?|\(?0|(?=7\d{3}[ \n-]?\d{3}[ \n-]?\d{3}(?!\d)))"
    r"[1-9](?:\)?[ \n.-]{0,2}\(?\d){8,9}(?!\d)"
)


def _valid_nhs(text: str) -> bool:
    return is_nhs_number("".join(filter(str.isdigit, fold(text).text)))


def _no_ordinal(text: str) -> bool:
    """M1 4TH is a postcode; "s47 4th" is a section and a number."""
    return text[-2:] not in {"st", "nd", "rd", "th"}


def _any(_: str) -> bool:
    return True


SHAPES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("e-mail", _EMAIL, _any),
    ("phone", _PHONE, _any),
    ("nhs-number", _NHS, _valid_nhs),
    ("ni-number", _NI, _any),
    ("postcode", _POSTCODE, _no_ordinal),
)


LEAST_DIGITS = {"e-mail": 0, "phone": 9, "nhs-number": 10, "ni-number": 6, "postcode": 2}
_DIGIT = re.compile(r"\d")


def shapes(page: Folded) -> Iterator[tuple[int, int, str]]:
    """Start, end (in the folded text) and rule of everything in a text that has an identifier's shape.

    >>> list(shapes(fold("Ring 0161 496 0000 or write to M1 4BT")))
    [(5, 18, 'phone'), (31, 37, 'postcode')]
    """
    digits = len(_DIGIT.findall(page.text)) if holds_a_figure(page.text) else 0
    for rule, pattern, holds in SHAPES:
        if digits < LEAST_DIGITS[rule] or (rule == "e-mail" and "@" not in page.text):
            continue
        for match in pattern.finditer(page.text):
            if holds(page.original[slice(*page.span(*match.span()))]):
                yield match.start(), match.end(), rule


# What may be an identifier by its shape, and often is none: never strong.
_REGISTRATION = r"(?<![^\W_])[a-hj-pr-y][a-hj-pr-y]\d\d ?[a-hj-pr-z]{3}(?![^\W_])"
# What a text must hold for the pattern to be looked for at all, rule, pattern.
_WEAK: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("@", "handle", re.compile(r"(?<![\w@.])@[a-z0-9_](?:[\w.]{1,28}[\w])")),
    ("_", "handle", re.compile(r"(?<![\w@./])(?=[\w.]{0,30}[a-z])[a-z0-9]+(?:\.[a-z0-9]+)*(?:_[a-z0-9]+)+_?(?![\w@])")),
    ("snapchat ", "handle", re.compile(r"(?<=\bsnapchat )[\w.]*[\d.][\w.]*\w")),
    ("insta ", "handle", re.compile(r"(?<=\binsta )[\w.]*[\d.][\w.]*\w")),
    ("tiktok ", "handle", re.compile(r"(?<=\btiktok )[\w.]*[\d.][\w.]*\w")),
    ("", "handle", re.compile(r"(?<![\w@./])[a-z]{2,}(?:\.[a-z]{2,})+\.?\d{1,4}(?!\w|@|\.\w)")),
    ("", "car-registration", re.compile(_REGISTRATION)),
    ("", "upn", re.compile(r"(?<![^\W_])[a-hj-np-rt-z]\d{11}[\da-z](?![^\W_])")),
    ("", "maybe-phone", re.compile(r"(?<![\d/.\-])(?:\d{3}[ -]\d{4}|\d{6})(?![\d/.\-]?\d)")),
)
_DISTRICT = re.compile(rf"(?<![^\W_])(?:{_AREA})\d[a-z\d]?(?![^\W_])")
_ROAD_OR_SECTION = re.compile(r"[sm]\d+")  # s47 is a section of an act, M6 a motorway: unless it is said to be a place
_SECTIONS = a_set("s1 s2 s7 s8 s11 s17 s20 s22 s25 s31 s35 s37 s38 s44 s46 s47 s76 s85")  # of the Children Acts
_A_PLACE = re.compile(r"(?:\b(?:in|from|around|round|near|area|postcode|towards|outside|across)[ :]+)$")
_PHONE_CUE = re.compile(r"(?:phone|tel|telephone|mobile|call|called|ring|rang|number|text|landline|no)\W*(?:\w+\W+)?$")
_SPACED = re.compile(r"\d{3}[ -]\d{4}")


def weak_shapes(page: Folded) -> Iterator[tuple[int, int, str]]:
    """Start, end (in the folded text) and rule of what may be a handle, a car, a UPN, half a postcode, a phone.

    >>> list(weak_shapes(fold("seen in AA12 CDE, found as @synth_example in NE6")))
    [(27, 41, 'handle'), (8, 16, 'car-registration'), (45, 48, 'postcode-district')]
    """
    digits = holds_a_figure(page.text)
    for needed, rule, pattern in _WEAK:
        if not (needed in page.text if needed else digits):
            continue
        for match in pattern.finditer(page.text):
            bare = rule == "maybe-phone" and not _SPACED.fullmatch(match.group())
            if bare and not _PHONE_CUE.search(page.text, max(0, match.start() - 24), match.start()):
                continue
            yield match.start(), match.end(), rule
    for match in _DISTRICT.finditer(page.text) if digits else ():
        capitals = page.original[slice(*page.span(*match.span()))].isupper()
        doubtful = _ROAD_OR_SECTION.fullmatch(match.group()) is not None
        if (capitals and not doubtful) or (_is_a_place(page, match.start()) and match.group() not in _SECTIONS):
            yield match.start(), match.end(), "postcode-district"


def _is_a_place(page: Folded, start: int) -> bool:
    """Whether the word before says that a place follows: "lives in m14", but not "on the M6" or "under s47"."""
    return _A_PLACE.search(page.text, max(0, start - 12), start) is not None
