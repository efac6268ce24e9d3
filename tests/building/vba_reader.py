"""oletools reads VBA projects back: written by others, for people who look for bad macros."""

from __future__ import annotations

import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # its parser library has newer names
    from oletools.olevba import VBA_Parser, decompress_stream


def decompressed(data: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(data)))


def sources(path: Path) -> dict[str, str]:
    """The source of every module of an Office file, by name, with plain line ends."""
    parser = VBA_Parser(str(path))
    try:
        return {name.split("/")[-1]: code.replace("\r\n", "\n") for _, name, _, code in parser.extract_macros()}
    finally:
        parser.close()
