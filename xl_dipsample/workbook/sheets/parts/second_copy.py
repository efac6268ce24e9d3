"""A second reader's workbook: which sheets and tables it has, and what its first page says.

It has what reading takes, and what follows from the second reader's own typing; nothing that counts or shows what the
first reader wrote.
"""

from __future__ import annotations

SHEETS = ("Start", "Focus", "Criteria", "My lists", "Review", "Summary", "Lists", "Audit")
TABLES = ("Start", "Focus", "Questions", "Criteria", "Categories", "MyLists", "Review", "Audit")
SETTINGS = ("Focus", "Questions", "Criteria", "Categories", "MyLists")  # agreed before; both readers need them
_READER, _LEAD = "The second reader", "The lead"
STEPS = (  # the table Start
    (1, "Read the cases", _READER, "Next", None, "On Review. The reading list says which file each unique ID is."),
    (2, "Save and close", _READER, "Waiting", None, "Then tell the lead where this file lies."),
    (3, "Second reader", _LEAD, "Waiting", None, "The button in the review workbook, which then asks for this file."),
)
INSIDE = (
    "A few cases, to be read again without seeing what the first reader wrote. No names: unique IDs stand for the "
    "young people."
)
HELP = (
    "Read the same part of each file, and answer the same questions, as if nobody had read it before.",
    "A child may be at risk now? Follow your procedure and tell your manager now. This file tells nobody.",
    "Please leave the review workbook closed until you are done: whoever has seen the first answers is not blind.",
    "Every yellow cell says what belongs in it when you select it. Only yellow cells are yours; the rest is filled in.",
    "Answer what you can. The buttons do not work here; the lead reads this file from the review workbook.",
)
