"""The scanner's findings in plain sentences, which say where and which rule."""

from __future__ import annotations

from xl_dipsample.privacy.scanner import grammar
from xl_dipsample.privacy.scanner.finding import Finding

SENTENCES = {
    "zip-damaged": "The file is damaged, or packed in a way that our files never are",
    "zip-comment": "The file has a comment outside its parts",
    "bytes-after-end": "There is something behind the end of the file",
    "bytes-between": "There is something between the parts of the file",
    "extra-field": "There is something beside the part's name in the file",
    "member-comment": "The part has a comment",
    "headers-differ": "The part says two things about itself",
    "member-twice": "The part is there twice",
    "document-type": "The part defines words of its own (a document type)",
    "part-damaged": "The part cannot be read",
    "element-not-allowed": "Something here does not belong in a shared file",
    "attribute-not-allowed": "A setting here does not belong in a shared file",
    "text-not-allowed": "There is text where none belongs",
    "namespace-not-allowed": "A word list of somebody else's is named here",
    "field-not-allowed": "A field here may fetch something from elsewhere, or say who wrote the document",
    "records-kept": "A pivot table is set to keep its source rows",
    "xml-comment": "There is a comment inside the part",
    "xml-instruction": "There is an instruction to a program inside the part",
}


def of_zip(number: int, rule: str) -> Finding:
    """About the zip around the parts, or its part of that number."""
    part = f"part {number} of the file" if number else "the file"
    return Finding(part, "", rule, f"{SENTENCES[rule]} ({part}).")


def of_stranger(part: str) -> Finding:
    """About a part that may not be there."""
    return Finding(part, "", "part-not-allowed", f"This does not belong in a shared file: {part}.")


def of_part(part: str, place: str, rule: str) -> Finding:
    """About how a part is made."""
    return Finding(part, place, rule, f"{SENTENCES[rule]} ({_listed(part, place)}).")


def of_text(part: str, place: str, rule: str) -> Finding:
    """About a text in a part; `rule` is one of the search's."""
    return Finding(part, place, rule, f"Found by the rule {rule}: {_listed(part, place)}.")


def unnamed(number: int, name: str) -> str:
    """A part that may not be there, without its name: that may hold anything."""
    return f"part {number} of the file ({grammar.hiding_place(name)})"


def _listed(part: str, place: str) -> str:
    return ", ".join(one for one in (part, place) if one)
