"""Threat 18: a hostile file is imported. It is refused in one sentence, or read; never anything else.

tests/exports/test_preflight.py has the corpus of hostile files with the reason for each, the two seconds and the
200 MB. Here real files are broken at random.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
import warnings
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import bad_files
from tests.silent_ui import SilentUi
from xl_dipsample.domain.shared.errors import DipSampleError
from xl_dipsample.exports.export_reader import read_export
from xl_dipsample.workbook.build.build import build
from xl_dipsample.workbook.hosts.closed_file.host_of_a_file import FileHost

SECONDS = 2.0
REAL = (Path(__file__).parents[1] / "data" / "annex_a_sample.xlsx").read_bytes()
NASTY = (
    b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b"\x00", b"]]>", b"<f>cmd|'/c calc'!A0</f>", b"&y;", b'<c r="A1"/>' * 50,
    b'r="XFE1048577"', b"<row" * 30, b"\xff\xfe", b'count="4294967296"',
)  # fmt: skip


def bytes_flipped(data: bytes, draw: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(draw.randrange(1, 40)):
        made[draw.randrange(len(made))] = draw.randrange(256)
    return bytes(made)


def cut_off(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))] + bytes(draw.randrange(3))


def piece_doubled(data: bytes, draw: random.Random) -> bytes:
    begin = draw.randrange(len(data))
    end = min(len(data), begin + draw.randrange(1, 5000))
    return data[:end] + data[begin:]


def part_spoilt(data: bytes, draw: random.Random) -> bytes:
    """One member's XML is changed, and the zip around it is sound: a parser sees it."""
    parts = bad_files.members(data)
    name = draw.choice(sorted(parts))
    at = draw.randrange(len(parts[name]) + 1)
    gone = draw.choice((0, 0, 1, 20))
    parts[name] = parts[name][:at] + draw.choice(NASTY) + parts[name][at + gone :]
    return bad_files.packed(parts)


def part_gone_or_twice(data: bytes, draw: random.Random) -> bytes:
    parts = bad_files.members(data)
    name = draw.choice(sorted(parts))
    if draw.random() < 0.5:
        del parts[name]
        return bad_files.packed(parts)
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of the same name twice
        for one in [*parts, name]:
            archive.writestr(one, parts[one])
    return made.getvalue()


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    bytes_flipped, cut_off, piece_doubled, part_spoilt, part_gone_or_twice,
)  # fmt: skip


def refused_or_read(path: Path, read: Callable[[Path], object]) -> None:
    """Anything but a result or our own sentence fails; a refusal is quick."""
    begin, refused = time.process_time(), ""
    try:
        read(path)
    except DipSampleError as problem:
        refused = problem.sentence
    if refused:
        assert refused.endswith(".")
        assert time.process_time() - begin < SECONDS


def files(folder: Path) -> dict[str, bytes]:
    ods = bad_files.good_ods(folder)
    return {"export.xlsx": REAL, "small.xlsx": bad_files.good_xlsx(), "export.ods": ods, "export.xls": bad_files.xls()}


def spoil_and_read(folder: Path, seed: int, way: Callable[[bytes, random.Random], bytes]) -> None:
    draw = random.Random(seed)
    for name, data in files(folder).items():
        if name.endswith(".xls") and way in (part_spoilt, part_gone_or_twice):
            continue
        path = folder / name
        path.write_bytes(way(data, draw))
        refused_or_read(path, read_export)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), way=st.sampled_from(WAYS))
def test_threat_18_a_spoilt_export_is_refused_in_one_sentence_or_read(
    tmp_path_factory: pytest.TempPathFactory, seed: int, way: Callable[[bytes, random.Random], bytes]
) -> None:
    spoil_and_read(tmp_path_factory.mktemp("spoilt"), seed, way)


@cache
def review_workbook() -> bytes:
    return build("review", {}, {"sample_id": "S-1"})


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), way=st.sampled_from(WAYS))
def test_threat_18_a_spoilt_review_workbook_is_refused_in_one_sentence_or_read(
    tmp_path_factory: pytest.TempPathFactory, seed: int, way: Callable[[bytes, random.Random], bytes]
) -> None:
    """Release, compare and the other actions read workbooks that many people had in their hands."""
    path = tmp_path_factory.mktemp("spoilt") / "review.xlsx"
    path.write_bytes(way(review_workbook(), random.Random(seed)))

    def read_all(file: Path) -> None:
        host = FileHost.open(file, SilentUi())
        for name in host.tables():
            host.read_table(name)

    refused_or_read(path, read_all)


MOST_MEMORY = 1024  # MB
MOST_SECONDS = 20
PROGRAM = """
import os, pathlib, random, resource, sys
from tests.privacy import test_threat_18_hostile_import as threat
from xl_dipsample.domain.shared.errors import DipSampleError
resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30,) * 2)
folder, first, last = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
good = threat.files(folder)
for seed in range(first, last):
    for way in threat.WAYS:
        draw = random.Random(seed)
        for name, data in good.items():
            if name.endswith(".xls") and way in (threat.part_spoilt, threat.part_gone_or_twice):
                continue
            path = folder / name
            path.write_bytes(way(data, draw))
            child = os.fork()
            if not child:
                resource.setrlimit(resource.RLIMIT_CPU, (threat.MOST_SECONDS,) * 2)
                try:
                    threat.read_export(path)
                except DipSampleError:
                    pass
                except BaseException:
                    os._exit(3)
                os._exit(0)
            _, ended, used = os.wait4(child, 0)
            if ended or used.ru_maxrss // 1024 > threat.MOST_MEMORY:
                print(seed, way.__name__, name, ended, used.ru_maxrss // 1024)
"""


def spoilt_beyond_bounds(folder: Path, first: int, last: int) -> str:
    """Each spoilt file is read by a child of its own: those that took too much time or memory, or ended otherwise."""
    place = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(first), str(last)],
        capture_output=True, text=True, cwd=place, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.posix("forks, and measures what each child used")
def test_threat_18_a_spoilt_export_takes_at_most_a_gigabyte_and_twenty_seconds(tmp_path: Path) -> None:
    """The seeds with which a parser once went on for ever, or asked for more memory than there was."""
    for seed in (244, 872, 1069):
        assert spoilt_beyond_bounds(tmp_path, seed, seed + 1) == ""


@pytest.mark.campaign
@pytest.mark.posix("forks, and measures what each child used")
def test_threat_18_a_long_campaign_of_spoilt_exports(tmp_path: Path) -> None:
    """Thirty-six thousand files: 2,000 seeds, every way of spoiling, every kind of export."""
    assert spoilt_beyond_bounds(tmp_path, 0, 2000) == ""
