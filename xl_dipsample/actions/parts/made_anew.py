"""The whole long list anew: its own report, and again every report that was added to it, or word that it is missing."""

from __future__ import annotations

from pathlib import Path

from xl_dipsample.actions.parts import known_reports
from xl_dipsample.actions.parts.known_reports import LONG_LIST, MAIN, MORE_ROWS, Report
from xl_dipsample.actions.parts.making_list import MakingList
from xl_dipsample.actions.parts.read_report import ReadReport, read_again
from xl_dipsample.actions.parts.told_of_headings import tell_of_doubts
from xl_dipsample.domain.shared.errors import ExportProblem, FileProblem, QuestionUnanswered
from xl_dipsample.workbook.host import Host

_GONE = "Its file is not where it lay."
_UNREADABLE = "Its file cannot be read as that report any more."
_REFUSED = (FileProblem, ExportProblem, QuestionUnanswered)


def make_anew(host: Host, making: MakingList, given: ReadReport, path: Path) -> None:
    """Make the list from its own report and every other that is remembered; `path` is where `given` lies.

    Raises ExportProblem when the report that is given cannot be added, or the list's own is not at hand.
    """
    making.begin(given if given.report.adds == LONG_LIST else _own_report(host, making, path))
    others = {one.number: one for one in making.known.others()}
    if given.report.adds != LONG_LIST:
        others[given.report.number] = given.report
    for number, report in sorted(others.items(), key=lambda item: (item[1].adds != MORE_ROWS, item[0])):
        if number == given.report.number:
            _put(making, given)
        else:
            _put_again(host, making, report, path)
    for report in making.known.reports:
        if report.number not in making.reports and not report.is_needed:
            making.reports[report.number] = report


def _put(making: MakingList, read: ReadReport) -> None:
    if read.report.adds == MORE_ROWS:
        making.append(read)
    else:
        making.join(read)


def _put_again(host: Host, making: MakingList, report: Report, given: Path) -> None:
    """What was added before; a file that is gone, or is another now, is no reason to refuse the long list."""
    where = known_reports.place(report, given, host.path)
    if where is None:
        making.miss(report, _GONE)
        return
    try:
        read = read_again(where, report, making.known, host.ui)
        _put(making, read)
    except _REFUSED:
        making.miss(report, _UNREADABLE)
    else:
        tell_of_doubts(making.result, read)


def _own_report(host: Host, making: MakingList, given: Path) -> ReadReport:
    main = making.known.report(MAIN)
    where = known_reports.place(main, given, host.path) if main is not None else None
    if main is not None and where is not None:
        try:
            read = read_again(where, main, making.known, host.ui)
        except _REFUSED:
            pass
        else:
            text = "The long list was read again from its own file, with every report."
            making.result.say("note", "list-read-again", text)
            return read
    raise ExportProblem(
        "long-list-first",
        "This report can be added only while the whole list is read again, and the list's own file is not where it "
        "lay. Import the long list again first, and then this report.",
    )
