"""The command line, made from the registry: `dipsample ACTION ...`.

Exit status: 0 done; 1 done, and something needs a person; 2 refused, nothing changed; 3 a bug.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from xl_dipsample import __version__
from xl_dipsample.actions.running import bug_log, registry
from xl_dipsample.actions.running.action import Action, Argument
from xl_dipsample.actions.running.terminal_ui import TerminalUi
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.domain.shared.result import Result

DONE, NEEDS_A_PERSON, REFUSED, BUG = 0, 1, 2, 3
_KINDS = {"path": click.Path(path_type=Path), "number": click.INT}
_COLLECT_AFTER = 500_000  # new objects: a long list makes millions, hardly one of them in a cycle
LEVEL_WORDS = {"error": "Error", "warning": "Warning", "note": "Note"}


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry of the command `dipsample`; ends the process with the exit status."""
    gc.set_threshold(_COLLECT_AFTER, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that the console has not is no bug: it shows as \u0142
            stream.reconfigure(errors="backslashreplace")
    status = run(list(sys.argv[1:] if arguments is None else arguments))
    gc.freeze()  # nobody needs what lies in cycles now: looking through a key's names for it takes a tenth of a second
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit status. Every error is caught here, once."""
    try:
        status = _group().main(args=arguments, prog_name="dipsample", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as wanted:
        click.echo(wanted.format_message())
        return DONE
    except click.ClickException as misused:
        if "unexpected extra argument" in misused.format_message():  # click would repeat it, and it may be a name
            return _refuse("There are more arguments than this command takes; see dipsample --help.")
        return _refuse(f"{misused.format_message().rstrip('.')}; see dipsample --help.")
    except (click.Abort, KeyboardInterrupt):
        return _refuse("Stopped; a workbook that was to be changed is as it was.")
    except (DipSampleError, OSError) as refused:
        return _refuse(bug_log.ended(refused).sentence)
    except Exception as bug:  # noqa: BLE001, RUF100 - the one place where a bug ends
        return _report_bug(bug)
    return status if isinstance(status, int) else DONE


def _refuse(sentence: str) -> int:
    click.echo(" ".join(sentence.split()), err=True)
    return REFUSED


def _report_bug(bug: Exception) -> int:
    click.echo(bug_log.ended(bug).sentence, err=True)
    return BUG


def _group() -> click.Group:
    group = click.Group(
        "dipsample", help="Dip-sampling for children's safeguarding. Every command says what it will change."
    )
    group.params.append(
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show it.")
    )
    for action in registry.ACTIONS:
        group.add_command(_command(action))
    return group


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        click.echo(f"dipsample {__version__}")
        context.exit()


def _command(action: Action) -> click.Command:
    params: list[click.Parameter] = []
    if action.subject:
        params.append(click.Argument(["workbook"], type=click.Path(path_type=Path)))
    params += [_parameter(argument) for argument in action.arguments]
    params.append(click.Option(["as_json", "--json"], is_flag=True, help="print the result as JSON"))
    return click.Command(action.id, params=params, callback=_callback(action), help=f"{action.label}: {action.does}")


def _parameter(argument: Argument) -> click.Parameter:
    kind = _KINDS.get(argument.kind, click.STRING)
    if not argument.flag:
        return click.Argument([argument.field], type=kind, required=argument.required, nargs=-1 if argument.many else 1)
    if argument.kind == "yes":
        return click.Option([argument.field, argument.flag], is_flag=True, help=argument.help)
    return click.Option(
        [argument.field, argument.flag],
        type=kind,
        multiple=argument.many,
        required=argument.required,
        help=argument.help,
    )


def _callback(action: Action) -> Callable[..., int]:
    def call(*, as_json: bool, workbook: Path | None = None, **given: Any) -> int:
        ui = TerminalUi(quiet=as_json)
        if action.subject is None:
            if workbook is not None:
                given["workbook"] = workbook
            if action.id == "lookup":
                given["is_terminal"] = sys.stdout.isatty() and not as_json
            result = action.load()(ui, action.make_options(given))
        else:
            from xl_dipsample.actions.running.runner import run_on_file

            if workbook is None:
                raise click.UsageError("A workbook is missing")
            result = run_on_file(action, workbook, action.make_options(given), ui)
        try:
            _show(result, as_json=as_json)
        except (OSError, KeyboardInterrupt):
            return _could_not_say(action.label)
        return DONE if result.ok else NEEDS_A_PERSON

    return call


def _could_not_say(label: str) -> int:
    """The disk for the output is full, or whoever read it left: what was done stays done."""
    with suppress(OSError):  # what is still held back goes nowhere, or Python would end with a status of its own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with suppress(OSError):
        click.echo(f"{label} is done, but what it says could not be written out: see Start and Audit.", err=True)
    return NEEDS_A_PERSON


def _show(result: Result, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(result.as_json(), default=str))
        return
    for message in result.messages:
        place = ", ".join(part for part in (message.sheet, message.excel_row, message.column) if part)
        click.echo(f"{LEVEL_WORDS[message.level]}: {message.text}" + (f" ({place})" if place else ""))
    for name in result.files:
        click.echo(f"Wrote {name}")
