"""Every error that a person can cause has its own class here, and one plain sentence.

The entry (command line or ribbon) catches `DipSampleError` once, shows the sentence and ends with status 2.
A message says what is wrong, where, and what to do. It never holds a value of a cell.
"""

from __future__ import annotations

from typing import Self

STOPPED = "stopped"  # the code of an error by which a person ends a step: a question closed, or Stop pressed
FILE = "{file}"  # stands in a sentence for a file's name, which may be anybody's: who knows what to call it says so


class DipSampleError(Exception):
    """The root: `code` for machines, `sentence` for people.

    >>> str(FileProblem("no-such-file", "There is no file EXPORT.xlsx. Check the name and the folder."))
    'There is no file EXPORT.xlsx. Check the name and the folder.'
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def of(self, file: str) -> Self:
        """The same error, its sentence about the file of that name.

        >>> FileProblem("empty-file", f"{FILE} is empty: export it again.").of("a.csv").sentence
        'a.csv is empty: export it again.'
        """
        return type(self)(self.code, self.sentence.replace(FILE, file))


class FileProblem(DipSampleError):
    """A file is missing, locked, damaged, hostile, or not what its name says."""


class WorkbookProblem(DipSampleError):
    """A workbook is not ours, or a sheet, table, heading or named cell that we need is gone."""


class SettingProblem(DipSampleError):
    """A setting on Focus or Criteria cannot be used."""


class ExportProblem(DipSampleError):
    """The export cannot be understood: no headings, two sheets, two headings for one field."""


class QuestionUnanswered(DipSampleError):
    """An action needs an answer and nobody is there to give it; the sentence names the option."""


class PrivacyProblem(DipSampleError):
    """A folder, passphrase, key or ID rule says no (docs/design.md, section 10)."""


class SpecProblem(DipSampleError):
    """A sheet spec contradicts itself; the sentence names its file and line."""


class InvariantBroken(DipSampleError):
    """The counts do not add up: nothing is written."""
