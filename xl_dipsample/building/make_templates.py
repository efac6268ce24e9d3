"""Builds the shipped workbooks from their specs: `python -m xl_dipsample.building.make_templates`."""

from __future__ import annotations

from xl_dipsample.domain.shared import reference
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.specs import spec


def write_templates() -> None:
    """Both templates into workbook_template/."""
    folder = reference.template_folder()
    for kind in spec.KINDS:
        (folder / f"{kind}.xltx").write_bytes(build(kind, template=True))


if __name__ == "__main__":
    write_templates()
