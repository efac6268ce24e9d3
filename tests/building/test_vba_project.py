"""vbaProject.bin: read back by two independent readers, and compared with what Excel itself wrote."""

from __future__ import annotations

import io
import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.building.vba_reader import decompressed, sources
from xl_dipsample.building import make_addin
from xl_dipsample.building.compound_file import compound_file
from xl_dipsample.building.vba_compression import compress
from xl_dipsample.building.vba_project import PROJECT_ID, Module, encrypt, vba_project
from xl_dipsample.domain.shared import reference

ADDIN = reference.template_folder() / make_addin.RIBBON.file_name
XLWINGS = Path(find_spec("xlwings").origin).parent
# Two projects that Excel itself wrote: an add-in, and a workbook whose compiled code is still in it.
EXCELS_OWN = [XLWINGS / "addin" / "xlwings.xlam", XLWINGS / "quickstart.xlsm"]


def opened(path_or_bytes):
    data = path_or_bytes
    if isinstance(data, Path):
        with ZipFile(data) as file:
            data = file.read("xl/vbaProject.bin")
    return olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_POTENTIAL)


def records(path):
    """The stream dir as (number, data) pairs, read by the rule of MS-OVBA 2.3.4.2 alone."""
    with opened(path) as file:
        data = decompressed(file.openstream("VBA/dir").read())
    found, place = [], 0
    while place < len(data):
        number, size = struct.unpack_from("<HI", data, place)
        size += 2 if number == 9 else 0  # the version's record counts two bytes too few
        found.append((number, data[place + 6 : place + 6 + size]))
        place += 6 + size
    return found


def decrypted(text, project_id):
    """What a property CMG, DPB or GC holds, by the rule of MS-OVBA 2.4.3.3."""
    data = bytes.fromhex(text)
    seed, plain = data[0], data[0] ^ data[2]
    assert data[0] ^ data[1] == 2
    assert plain == sum(project_id.encode("cp1252")) % 256
    out = []
    for place in range(3, len(data)):
        plain = data[place] ^ ((data[place - 2] + plain) % 256)
        out.append(plain)
    body = bytes(out[(seed & 6) // 2 :])
    assert int.from_bytes(body[:4], "little") == len(body) - 4
    return body[4:]


def properties(path):
    with opened(path) as file:
        lines = file.openstream("PROJECT").read().decode("cp1252").split("\r\n")
    return {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines) if value}


def test_olevba_reads_every_module_back():
    assert sources(ADDIN) == {module.name: module.source for module in make_addin.RIBBON.modules()}


def test_every_line_of_every_module_ends_as_office_wants_it():
    with opened(ADDIN) as file:
        for module in make_addin.RIBBON.modules():
            code = decompressed(file.openstream(f"VBA/{module.name}").read())
            assert code.count(b"\n") == code.count(b"\r\n") == code.count(b"\r") == module.source.count("\n")


def test_the_project_has_the_streams_that_excel_writes_and_no_compiled_code():
    with opened(ADDIN) as ours, opened(EXCELS_OWN[0]) as excels:
        streams = {tuple(path) for path in excels.listdir() if path[0] != "VBA" or path[1] in ("dir", "_VBA_PROJECT")}
        names = {module.name for module in make_addin.RIBBON.modules()}
        assert {tuple(path) for path in ours.listdir()} == streams | {("VBA", name) for name in names}
        assert ours.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("cc61ffff000000")


@pytest.mark.parametrize("excels", EXCELS_OWN, ids=lambda path: path.name)
def test_the_records_of_dir_come_in_the_order_of_excels_own_projects(excels):
    """A number may follow another only where it does in a project of Excel."""
    of_references = {0x16, 0x3E, 0x0D, 0x2F, 0x30, 0x33, 0x0E}
    optional = {0x4A, *of_references}

    def pairs(path):
        numbers = [number for number, _ in records(path) if number not in optional]
        return set(pairwise(numbers))

    assert pairs(ADDIN) - {(0x22, 0x2B), (0x21, 0x2B)} <= pairs(excels)


def test_what_dir_says_of_the_project_is_what_excel_says():
    ours, excels = (dict(records(path)[:8]) for path in (ADDIN, EXCELS_OWN[0]))
    varies = {0x04}  # the project's name
    assert {n: d for n, d in ours.items() if n not in varies} == {n: d for n, d in excels.items() if n not in varies}


def test_the_references_are_excels_own():
    def references(path):
        return [data for number, data in records(path) if number in (0x16, 0x3E, 0x0D)]

    assert references(ADDIN) == references(EXCELS_OWN[0])


def test_dir_lists_every_module_in_the_order_of_project():
    listed = [data.decode("utf-16-le") for number, data in records(ADDIN) if number == 0x47]
    assert listed == [module.name for module in make_addin.RIBBON.modules()]
    with opened(ADDIN) as file:
        lines = file.openstream("PROJECT").read().decode().split("\r\n")
    said = [line.partition("=")[2].split("/")[0] for line in lines if line.startswith(("Module=", "Document="))]
    assert said == listed


@pytest.mark.parametrize("path", [ADDIN, *EXCELS_OWN], ids=lambda path: path.name)
def test_dir_and_project_agree_on_what_kind_each_module_is(path):
    """0x21 is a module of procedures; 0x22 belongs to the workbook, to a sheet or to a class."""
    kinds, name = {}, ""
    for number, data in records(path):
        name = data.decode("utf-16-le") if number == 0x47 else name
        if number in (0x21, 0x22):
            kinds[name] = number
    with opened(path) as file:
        lines = file.openstream("PROJECT").read().decode("cp1252").split("\r\n")
    said = {line.partition("=")[2]: 0x21 for line in lines if line.startswith("Module=")}
    said |= {line.partition("=")[2].split("/")[0]: 0x22 for line in lines if line.startswith(("Document=", "Class="))}
    assert kinds == said


@pytest.mark.parametrize("path", [ADDIN, EXCELS_OWN[1]], ids=lambda path: path.name)
def test_the_project_is_open_visible_and_without_password(path):
    found = properties(path)
    hidden = [decrypted(found[name], found["ID"]) for name in ("CMG", "DPB", "GC")]
    assert hidden == [bytes(4), bytes(1), b"\xff"]


def test_a_seed_that_asks_for_bytes_to_ignore_is_refused():
    with pytest.raises(ValueError, match="seed"):
        encrypt(0x5D, b"", PROJECT_ID)


@pytest.mark.parametrize("path", EXCELS_OWN, ids=lambda path: path.name)
def test_every_attribute_of_a_document_module_is_excels_own(path):
    def head(file, name):
        return [line for line in sources(file)[name].splitlines() if line.startswith("Attribute")]

    assert head(ADDIN, "ThisWorkbook") == head(path, "ThisWorkbook")
    assert head(ADDIN, "Sheet1") == head(path, "Sheet1")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=9000)
    | st.text("ab \n", max_size=9000).map(str.encode)
    | st.binary(max_size=40).map(lambda b: b * 200)
)
def test_what_is_compressed_comes_back(data):
    assert decompressed(compress(data)).rstrip(b"\0") == data.rstrip(b"\0")


@pytest.mark.parametrize("size", [1, 4095, 4096, 4097, 8192])
def test_a_text_at_the_edge_of_a_chunk_comes_back(size):
    data = bytes(97 + i * i % 23 for i in range(size))
    assert decompressed(compress(data)) == data


def test_source_text_gets_at_least_as_small_as_excel_makes_it():
    with opened(EXCELS_OWN[1]) as file:
        stored = file.openstream("VBA/dir").read()
    assert len(compress(decompressed(stored))) <= len(stored)


SIZES = st.integers(0, 200) | st.sampled_from([63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000])


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.from_regex(r"\A[A-Z][A-Z0-9_]{0,30}\Z"), SIZES, max_size=12))
def test_every_stream_of_a_compound_file_comes_back(sizes):
    inside = {name: bytes(i % 251 for i in range(size)) for name, size in sizes.items()}
    with opened(compound_file({"PROJECT": b"p" * 700}, "VBA", inside)) as file:
        assert file.openstream("PROJECT").read() == b"p" * 700
        for name, data in inside.items():
            assert file.openstream(["VBA", name]).read() == data
        check_tree(file, file.root.sid_child)


def check_tree(file, top):
    """The rules of MS-CFB 2.6.4: black above red, as many black entries on every way, shorter names to the left."""

    file.directory_fp.seek(0)
    reds = [raw[67] == 0 for raw in iter(lambda: file.directory_fp.read(128), b"")]

    def walk(number, *, parent_is_red):
        if number == olefile.NOSTREAM:
            return 1, []
        entry = file.direntries[number]
        red = reds[number]
        assert not (red and parent_is_red)
        left, before = walk(entry.sid_left, parent_is_red=red)
        right, after = walk(entry.sid_right, parent_is_red=red)
        assert left == right
        if entry.entry_type == olefile.STGTY_STORAGE:
            check_tree(file, entry.sid_child)
        return left + (not red), [*before, (len(entry.name), entry.name.upper()), *after]

    _, order = walk(top, parent_is_red=True)
    assert order == sorted(order)


def test_a_project_of_many_megabytes_is_written_or_refused_not_damaged():
    data = bytes(3_000_000)
    with opened(compound_file({}, "VBA", {"dir": data})) as file:
        assert file.openstream("VBA/dir").read() == data
    with pytest.raises(ValueError, match="too large"):
        compound_file({}, "VBA", {"dir": bytes(8_000_000)})


@pytest.mark.parametrize(
    "source",
    ['Attribute VB_Name = "Other"\n', 'Attribute VB_Name = "Mine"', 'Attribute VB_Name = "Mine"\r\n', ""],
)
def test_a_module_that_office_could_not_read_is_refused(source):
    with pytest.raises(ValueError, match="Mine"):
        vba_project([Module("Mine", source)], "Ours")


@pytest.mark.parametrize("name", ["A" * 32, "1st", "a b", ""])
def test_a_module_with_no_possible_name_is_refused(name):
    with pytest.raises(ValueError, match="no name"):
        vba_project([Module(name, f'Attribute VB_Name = "{name}"\n')], "Ours")


def test_two_modules_of_one_name_are_refused():
    with pytest.raises(ValueError, match="one name"):
        vba_project(
            [Module("Mine", 'Attribute VB_Name = "Mine"\n'), Module("mine", 'Attribute VB_Name = "mine"\n')], "Ours"
        )
