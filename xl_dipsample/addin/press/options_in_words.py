"""What a message says of an option of the command line, in the words of somebody who presses buttons.

Actions know nothing of who asks, so a message names the option; in Excel its place takes what a button asks, or a
sheet has a place for. The first rule that fits a place holds; a test says which message has none.
"""

from __future__ import annotations

import re

KEY = "Look after the key"
_RULES: tuple[tuple[str, str], ...] = (
    (r" with --(?:to|review)\b", ""),
    (r"say so with --accept-k:", "check again and answer Yes when that is asked:"),
    (
        r"--key FILE looks for them in every text of it",
        "made again with the key, every text of it is searched for them",
    ),
    (r"--key FILE checks them", "made again with the key, they are"),
    (r" \(--key FILE\)", ""),
    (r"compare without --key", "compare without a key"),
    (r"--draw FILE makes", "one makes"),
    (r"--read FILE takes", "the other takes"),
    (r", or say it with --map \S+=HEADING", ""),
    (r"if it has, say so with --map \S+=HEADING", "if it has, choose that column on Headings and import again"),
    (r", or say which heading is which with --map FIELD=HEADING", ""),
    (
        r"Say which of its columns holds the case system's own number, with --map case_id=HEADING, or export",
        "Give the column that holds the case system's own number the heading Case ID, or export",
    ),
    (r"Name it with --map case_id=HEADING", "Give that column the heading Case ID in the report, and import it again"),
    (
        r"Import it with --map case_id=HEADING",
        "Choose on Headings which column holds them, and import the long list again",
    ),
    (r"import it again with --sheet all", "import it again, and choose all these sheets when that is asked"),
    (r" \(--(?:join|append)\)", ""),
    (r"--workbook takes the", "check the key again with the"),
    (
        r"run this again with --old-copies renew or delete",
        "change the passphrase again, and have them renewed or deleted when that is asked",
    ),
    (r"is needed: --second-keyholder-file", "is needed"),
    (r"give --second-keyholder-file", "check the key again and give the second keyholder's passphrase"),
    (r"--list shows those that can be put back, 1 is the newest", "press the button again and choose from the list"),
    (r"--list shows the others, and --to takes one", "press the button again and choose another"),
    (r"put back copy 1 \(--to 1\)", "undo back to the newest copy"),
    (r"Give either a unique ID, or --case-id and a case ID", "Give either a unique ID or a case ID"),
    (r"dipsample key \w+ KEY(?: --workbook \w+)?(?= (?:says|mends|makes))", KEY),
    (r"Run dipsample key \w+ KEY", f"Press {KEY}"),
    (r"dipsample key \w+ KEY(?: --workbook \w+)?", f"press {KEY}"),
)
_EACH = tuple((re.compile(pattern), words) for pattern, words in _RULES)


def in_excel(text: str) -> str:
    """A message or question for somebody in Excel.

    >>> in_excel("If the panel may see this, say so with --accept-k: Audit then records it.")
    'If the panel may see this, check again and answer Yes when that is asked: Audit then records it.'
    """
    for pattern, words in _EACH if "--" in text or "dipsample key" in text else ():
        text = pattern.sub(words, text)
    return text
