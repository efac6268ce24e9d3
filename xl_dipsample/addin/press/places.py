"""Where things of a sample went the last time: paths alone, in this person's own local data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

FILE = "places.json"
MOST_SAMPLES = 50


def known(folder: Path, sample: str) -> dict[str, str]:
    """Argument -> path of a sample (its random ID); '' where a file was not wanted. {} when nothing is known."""
    found = _read(folder).get(sample, {})
    return {name: path for name, path in found.items() if isinstance(path, str)} if isinstance(found, dict) else {}


def remember(folder: Path, sample: str, places: Mapping[str, str]) -> None:
    """Keep where things went. That it could not be kept is no reason to stop."""
    if not (sample and places):
        return
    everything = _read(folder)
    everything[sample] = {**known(folder, sample), **places}
    everything[sample] = everything.pop(sample)  # the latest last
    for oldest in list(everything)[:-MOST_SAMPLES]:
        del everything[oldest]
    new = folder / f"{FILE}.new"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(everything, ensure_ascii=False, indent=1), encoding="utf-8")
        new.replace(folder / FILE)


def _read(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
