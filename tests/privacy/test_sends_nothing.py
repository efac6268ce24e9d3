"""The guides say that the tool sends nothing anywhere: no server, no telemetry, no updates, no port that listens."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.workbooks import row, write_csv

ROOT = Path(__file__).parents[2]
# Modules of the standard library that speak with other computers, and the packages that councils' IT would look for.
SPEAK = {
    "asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socketserver", "ssl", "telnetlib", "urllib.request",
    "webbrowser", "xmlrpc", "aiohttp", "httpx", "requests", "sentry_sdk", "urllib3", "websockets",
}  # fmt: skip
ASKED_FOR_THE_NAME = {"locks.py", "conflicts.py"}  # socket.gethostname: what this computer is called, in a lock
# What a run may not do with sockets. Looking up this computer's own name asks nobody.
HOOK = """
import sys
seen = []
def look(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        seen.append(event)
sys.addaudithook(look)
from xl_dipsample import cli
for line in sys.stdin.read().splitlines():
    status = cli.run(line.split("|"))
    assert status in (0, 1), status
assert not seen, seen
if len(sys.argv) > 1:
    import socket
    socket.socket()
    assert seen
"""


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_no_module_of_ours_can_speak_with_another_computer() -> None:
    modules = [*(ROOT / "xl_dipsample").rglob("*.py"), *(ROOT / "udfs").rglob("*.py")]
    assert len(modules) > 300
    for path in modules:
        names = imported(path)
        firsts = {name.partition(".")[0] for name in names} | names
        assert not firsts & SPEAK, path.name
        if "socket" in firsts:
            assert path.name in ASKED_FOR_THE_NAME
            text = path.read_text(encoding="utf-8")
            assert text.count("socket.") == text.count("socket.gethostname()")


@pytest.mark.parametrize("control", [[], ["and one socket"]], ids=["as it is", "a socket would be seen"])
def test_steps_open_no_socket(tmp_path: Path, control: list[str]) -> None:
    export = write_csv(tmp_path / "export.csv", [row(1), row(2)])
    working = str(tmp_path / "working.xlsx")
    steps = [["new", working], ["import", working, str(export)], ["check", working], ["narrow", working]]
    done = subprocess.run(
        [sys.executable, "-c", HOOK, *control], input="\n".join("|".join(step) for step in steps), text=True,
        capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-600:]
