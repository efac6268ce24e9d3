"""Bad files are refused in one sentence before a parser sees them; good ones pass."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import bad_files, labels
from xl_dipsample.domain.shared.errors import FileProblem
from xl_dipsample.exports.export_reader import read_export
from xl_dipsample.exports.preflight import preflight

LOCKS = ("password", "labelled")
REAL = Path(__file__).parents[1] / "data" / "annex_a_sample.xlsx"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("bad")
    made = {}
    for name, data, code in bad_files.corpus(folder):
        assert name not in made
        (folder / name).write_bytes(data)
        made[name] = (folder / name, code)
    return made


def refusal(path: Path) -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        read_export(path)
    return caught.value


def test_every_bad_file_is_refused_for_its_own_reason(corpus: dict[str, tuple[Path, str]]) -> None:
    wrong = {}
    for name, (path, code) in corpus.items():
        try:
            read_export(path)
            wrong[name] = f"{code}: taken"
        except FileProblem as problem:
            if problem.code != code:
                wrong[name] = f"{code}: refused as {problem.code}"
    assert not wrong


def test_a_refusal_is_one_sentence_that_names_the_file_and_says_what_to_do(corpus: dict[str, tuple[Path, str]]) -> None:
    for path, _ in corpus.values():
        sentence = refusal(path).sentence
        assert path.name in sentence
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert not re.search(r"\. [A-Z]", sentence), sentence
        assert re.search(r"[:;,] (open|export|save|choose|copy|delete|shorten|in Excel|close|check|name)", sentence), (
            sentence
        )


def test_no_sentence_about_a_lock_asks_to_take_it_off(corpus: dict[str, tuple[Path, str]]) -> None:
    said = {code: {refusal(path).sentence for path, known in corpus.values() if known == code} for code in LOCKS}
    assert all(said.values())
    for sentence in set.union(*said.values()):
        assert "stays so" in sentence
        assert not re.search(r"\b(remove|take|unprotect|without|off|decrypt)\b", sentence), sentence


def test_an_export_with_a_label_that_does_not_encrypt_is_read(tmp_path: Path) -> None:
    path = tmp_path / "labelled.xlsx"
    for label in (labels.with_label, labels.with_older_label):
        path.write_bytes(label(bad_files.good_xlsx()))
        assert len(read_export(path).sheets) == 1


def test_no_refusal_takes_more_than_two_seconds(corpus: dict[str, tuple[Path, str]]) -> None:
    for path, _ in corpus.values():
        begin = time.process_time()
        refusal(path)
        assert time.process_time() - begin < 2, path.name


@pytest.mark.posix("reads how much memory was used from /proc")
def test_no_refusal_needs_more_than_200_mb(corpus: dict[str, tuple[Path, str]]) -> None:
    program = (
        "import sys, pathlib, re\n"
        "from xl_dipsample.exports.export_reader import read_export\n"
        "from xl_dipsample.domain.shared.errors import FileProblem\n"
        "for name in sys.argv[1:]:\n"
        "    try: read_export(pathlib.Path(name))\n"
        "    except FileProblem: pass\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])\n"
    )
    paths = [str(path) for path, _ in corpus.values()]
    done = subprocess.run([sys.executable, "-c", program, *paths], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200 * 1024  # kilobytes at the highest


@pytest.mark.posix("makes a named pipe and looks at a device")
def test_a_missing_file_a_folder_a_pipe_and_a_device_are_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "device.csv").symlink_to("/dev/zero")
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    assert refusal(tmp_path / "no.csv").code == "no-such-file"
    assert refusal(tmp_path / "nowhere.csv").code == "no-such-file"
    assert refusal(tmp_path / "folder.csv").code == "folder"
    assert refusal(pipe).code == "not-a-file"
    assert refusal(tmp_path / "device.csv").code == "not-a-file"


def test_the_extension_counts_without_case(tmp_path: Path) -> None:
    path = tmp_path / "EXPORT.XLSX"
    path.write_bytes(bad_files.good_xlsx())
    assert len(read_export(path).sheets) == 1


def test_good_files_of_every_kind_pass(tmp_path: Path) -> None:
    good = {
        "a.xlsx": bad_files.good_xlsx(),
        "b.xlsm": bad_files.with_main_type(bad_files.XLSM_MAIN),
        "c.ods": bad_files.good_ods(tmp_path),
        "d.csv": bad_files.good_csv(),
        "e.xls": bad_files.xls(bad_files.bound_sheet(0)),
    }
    for name, data in good.items():
        (tmp_path / name).write_bytes(data)
        preflight(tmp_path / name)
    preflight(REAL)


def test_hyperlinks_to_the_web_are_no_external_links(tmp_path: Path) -> None:
    link = (
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        b'Target="https://example.org" TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        bad_files.changed("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"</Relationships>", link))
    )
    preflight(path)


def test_a_bar_inside_a_text_of_a_formula_is_no_dde(tmp_path: Path) -> None:
    cell = '<row r="9"><c r="A9"><f>\'a|b\'!A1&amp;"x|y!"&amp;&quot;p|q!&quot;</f><v>1</v></c></row>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(bad_files.with_cell(cell))
    preflight(path)


def test_text_that_looks_like_a_document_type_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bad_files.good_xlsx([bad_files.HEADINGS, ["1", "<!DOCTYPE x>", None, None, "<!ENTITY>"]]))
    assert read_export(path).sheets[0].rows[1][1] == "<!DOCTYPE x>"


def test_a_repetitive_list_is_no_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bad_files.good_xlsx([bad_files.HEADINGS, *[["1", "2", "3", "4", "5"]] * 60_000]))
    preflight(path)


def test_formatted_cells_without_content_may_stand_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bad_files.with_cell('<row r="1048576"><c r="XFD1048576" s="1"/></row>'))
    assert len(read_export(path).sheets[0].rows) == 3


def test_an_old_workbook_with_something_behind_its_padding_is_refused(tmp_path: Path) -> None:
    """A parser goes on behind the padding, takes what stands there for a size, and asks for that much memory."""
    good = bad_files.xls()
    stream = good.index(b"\x09\x08\x10\x00")  # the first record of the workbook, in a sector of its own
    spoilt = good[: stream + 200] + b"\x04\x02\xff\x7f" + good[stream + 204 :]
    path = tmp_path / "export.xls"
    path.write_bytes(spoilt)
    with pytest.raises(FileProblem, match="damaged"):
        preflight(path)
    path.write_bytes(good)
    preflight(path)
