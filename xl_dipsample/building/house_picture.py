"""The picture of the house for docs/design.md: `python -m xl_dipsample.building.house_picture`.

Floors, rooms and what may not be used come from the import contracts in pyproject.toml, the words in a room from its
own first sentence: so the picture shows what import-linter checks.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "docs" / "pictures" / "house.svg"
PACKAGE, FUNCTIONS = "xl_dipsample", "udfs"
ONLY_BUILDS = "xl_dipsample.building"

Floors = tuple[tuple[str, ...], ...]

_WIDTH, _EDGE, _GAP, _LINE = 1000, 20, 22, 17
_LETTER = 6.6  # the width of a letter of the small text, on average
_DARK, _PLAIN, _PALE = "#12436D", "#FFFFFF", "#E9F0F7"
_STROKE = f'stroke="{_DARK}" stroke-width="2"'


@dataclass(frozen=True)
class House:
    """`floors`: from the roof down, as in the contract, each with its rooms; `domain`: the rooms inside the lowest."""

    floors: Floors
    domain: Floors
    domain_name: str


def house(project: Mapping[str, Any]) -> House:
    """The house of the contracts in a pyproject.toml that was read. Raises ValueError when they are not two."""
    layered = [one for one in project["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
    whole = [one for one in layered if "containers" not in one]
    inside = [one for one in layered if one.get("containers") == ["xl_dipsample.domain"]]
    if len(whole) != 1 or len(inside) != 1:
        raise ValueError("pyproject.toml has not one contract for the house and one for the domain")
    return House(_floors(whole[0]["layers"]), _floors(inside[0]["layers"]), inside[0]["containers"][0])


def says(module: str) -> str:
    """The first sentence of a room's own docstring, without the full stop.

    >>> says("xl_dipsample.files")
    'The ground floor: a file put in place, a lock, a folder rule, Windows'
    """
    place = ROOT.joinpath(*module.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(told.split("\n\n")[0].split()).split(". ")[0].rstrip(".")


def picture() -> str:
    """The whole picture, SVG."""
    drawn = house(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    lines, height = _drawn(drawn)
    title = f"The house of {PACKAGE}"
    about = "From the roof down: " + "; ".join(", ".join(floor) for floor in drawn.floors) + "."
    about += " In the domain: " + "; ".join(", ".join(floor) for floor in drawn.domain) + "."
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="t d" font-family="Arial, sans-serif" font-size="13">'
    )
    told = [f'<title id="t">{escape(title)}</title>', f'<desc id="d">{escape(about)}</desc>']
    paper = f'<rect width="{_WIDTH}" height="{height}" fill="{_PLAIN}"/>'
    return "\n".join([head, *told, paper, *lines, "</svg>", ""])


def _floors(layers: Sequence[str]) -> Floors:
    return tuple(tuple(room.strip() for room in layer.split("|")) for layer in layers)


def _drawn(drawn: House) -> tuple[list[str], int]:
    """The elements from the roof down, and the height of it all."""
    lines: list[str] = []
    top = _EDGE
    for floor in drawn.floors[:-1]:
        top = _row(lines, floor, _EDGE, _WIDTH - 2 * _EDGE, top)
        lines += _arrow(_WIDTH / 2, top, top + _GAP)
        top += _GAP
    udfs_wide, ground = 190, top
    wide = _WIDTH - 2 * _EDGE - udfs_wide - 2 * _GAP
    inner = top + 2 * _LINE + 14
    rooms: list[str] = []
    for floor in drawn.domain:
        inner = _row(rooms, [f"{drawn.domain_name}.{room}" for room in floor], _EDGE + 14, wide - 28, inner)
        rooms += _arrow(_EDGE + wide / 2, inner, inner + _GAP)
        inner += _GAP
    del rooms[-2:]  # nothing lies below the lowest
    top = inner - _GAP + 14
    lines += _box(drawn.domain_name, _EDGE, ground, wide, top - ground, fill=_PALE)
    lines += rooms
    right, middle = _EDGE + wide, ground + 30
    lines += _box(FUNCTIONS, right + 2 * _GAP, ground, udfs_wide, 60)
    lines += _arrow_left(right + 2 * _GAP, right, middle)
    words = "A room may use what lies below it, nothing above it or beside it. Dashed: only builds, not installed."
    lines.append(f'<text x="{_EDGE}" y="{top + 28}">{escape(words)}</text>')
    return lines, top + 44


def _row(lines: list[str], rooms: Sequence[str], left: float, wide: float, top: int) -> int:
    """Rooms side by side, all as high as the one with most words. Returns where they end."""
    each = (wide - _GAP * (len(rooms) - 1)) / len(rooms)
    high = max(len(_wrapped(says(room), each)) for room in rooms) * _LINE + _LINE + 16
    for number, room in enumerate(rooms):
        lines += _box(room, left + number * (each + _GAP), top, each, high)
    return top + high


def _box(room: str, left: float, top: int, wide: float, high: float, fill: str = _PLAIN) -> Iterator[str]:
    dashed = ' stroke-dasharray="6 4"' if room == ONLY_BUILDS else ""
    yield (
        f'<rect x="{left:.0f}" y="{top}" width="{wide:.0f}" height="{high:.0f}" rx="4" fill="{fill}" '
        f'stroke="{_DARK}" stroke-width="1.5"{dashed}/>'
    )
    name = room.rpartition(".")[2]
    yield f'<text x="{left + 10:.0f}" y="{top + 20}" font-weight="bold" fill="{_DARK}">{escape(name)}</text>'
    for number, words in enumerate(_wrapped(says(room), wide)):
        yield f'<text x="{left + 10:.0f}" y="{top + 20 + _LINE * (number + 1)}">{escape(words)}</text>'


def _wrapped(words: str, wide: float) -> list[str]:
    return textwrap.wrap(words, int((wide - 20) / _LETTER))


def _arrow(middle: float, top: float, end: float) -> list[str]:
    line = f'<line x1="{middle:.0f}" y1="{top:.0f}" x2="{middle:.0f}" y2="{end - 7:.0f}" {_STROKE}/>'
    return [line, f'<path d="M{middle - 5:.0f} {end - 8:.0f} h10 l-5 7 z" fill="{_DARK}"/>']


def _arrow_left(start: float, end: float, middle: float) -> list[str]:
    line = f'<line x1="{start:.0f}" y1="{middle}" x2="{end + 7:.0f}" y2="{middle}" {_STROKE}/>'
    return [line, f'<path d="M{end + 8:.0f} {middle - 5} v10 l-7 -5 z" fill="{_DARK}"/>']


def write_picture() -> None:
    """The picture into docs/pictures/."""
    PLACE.write_text(picture(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_picture()
