"""The Open XML SDK validator as a function: what Excel would refuse, or repair."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PROGRAM = _HERE / "node_modules" / ".bin" / ("ooxml-validator.cmd" if sys.platform == "win32" else "ooxml-validator")


def validate(path: Path) -> list[str]:
    """Every error of the file at `path`, as one line each; [] when there is none."""
    if not _PROGRAM.exists():
        raise RuntimeError("The Open XML validator is not installed; run tests/office/prepare.sh.")
    run = subprocess.run([str(_PROGRAM), str(path)], capture_output=True, text=True, check=False, timeout=300)
    try:
        told = json.loads(run.stdout)
    except json.JSONDecodeError as error:
        raise RuntimeError(f"The Open XML validator did not run: {run.stderr or run.stdout}") from error
    errors = [_line(one) for one in told["errors"]]
    if not told["ok"] and not errors:
        raise RuntimeError(f"The Open XML validator refused the file: {run.stdout}")
    return errors


def _line(error: dict[str, object] | str) -> str:
    if isinstance(error, str):
        return error
    path = error.get("path")
    place = path.get("partUri") if isinstance(path, dict) else path
    return f"{place}: {error.get('description') or error}"
