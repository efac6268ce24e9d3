"""What sentences call the command line's options, in words of Excel: who presses a button has no option to type.

Actions say the same sentences at a terminal and in Excel. Where one names an option or a command, this table says what
a person in Excel does instead.
"""

from __future__ import annotations

import re

SECOND = "Look after the key (the second keyholder)"
# As it stands in a sentence (a regular expression) -> what a person in Excel does.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"--key FILE (looks|checks)", r"the key, when you say Yes to it, \1"),
    (r"only the key tells \(--key FILE\)", "only the key tells (say Yes when you are asked for it)"),
    (r"compare without --key", "say No when you are asked for it"),
    (r"--passphrase-file belongs to --key: give both or neither", "a passphrase needs its key: choose both or neither"),
    (r"say so with --accept-k:", "press again, and say so when you are asked:"),
    (r"Give either a unique ID, or --case-id and a case ID", "Type a unique ID, or a case ID"),
    (r"[Rr]un dipsample key keyholder KEY", f"press {SECOND}"),
    (r"dipsample key keyholder KEY", SECOND),
    (r"dipsample key verify KEY --workbook (?:WORKBOOK|REVIEW)", "Look after the key (verify, with this workbook)"),
    (r"give --second-keyholder-file", "verify it while the second keyholder is there"),
    (r": --second-keyholder-file\.", "."),
    (r"--workbook takes", "choose, when you are asked,"),
    (r"run this again with --old-copies renew or delete", "press it again, and choose what happens to them"),
    (r"--list shows the others, and --to takes one", "press Undo last step again, and choose another"),
    (r"--list shows those that can be put back", "Undo last step lists those that can be put back"),
    (r"put back copy 1 \(--to 1\)", "press Undo last step again, and take the first line"),
    (r", or say (?:it|which heading is which) with --map \S+=HEADING", ""),
    (r"say so with --map \S+=HEADING", "choose its field on Headings and import again"),
    (r"Name it with --map case_id=HEADING", "Give its column a usual heading, such as Case ID"),
    (r"Import it with --map case_id=HEADING", "Choose its column on Headings, and import it again"),
    (r"with --map case_id=HEADING, or", "on Headings, or"),
    (r"import it again with --sheet all", "put its rows below the others, and import again"),
    (r": leave --sheet out", ": export it again"),
    (r"give --sheet the name of another, or its number \([^)]*\)", "choose another"),
    (r" \(--(?:join|append)\)", ""),
    (r" with --to\b", ""),
    (r"type it, or give it in a file", "type it"),
)
_RULES = tuple((re.compile(pattern), words) for pattern, words in _WORDS)


def in_excel(sentence: str) -> str:
    r"""The sentence without a word that only the command line knows.

    >>> in_excel("Names not checked: --key FILE looks for them.")
    'Names not checked: the key, when you say Yes to it, looks for them.'
    >>> in_excel("It may not lie there: choose another folder with --to, such as C:\\Panel.")
    'It may not lie there: choose another folder, such as C:\\Panel.'
    """
    if "--" not in sentence and "dipsample " not in sentence and "in a file" not in sentence:
        return sentence
    for pattern, words in _RULES:
        sentence = pattern.sub(words, sentence)
    return sentence
