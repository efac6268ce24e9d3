"""The briefing as a Word document: what stands in it as values in, the bytes of a .docx out."""

from __future__ import annotations

from xl_dipsample.briefing.word.content import Block, Bullets, Chart, Heading, Paragraph, Series, Table, texts
from xl_dipsample.briefing.word.document import write
from xl_dipsample.briefing.word.room_on_pages import fits, pages

__all__ = ["Block", "Bullets", "Chart", "Heading", "Paragraph", "Series", "Table", "fits", "pages", "texts", "write"]
