"""Every file of a corpus of odd spreadsheets is read, or refused with a sentence; nothing else happens.

The corpus (spreadsheets and text files from the test suites of public projects) is no part of this
project. `BOTHWAYS_CORPUS` names its folder; without that it is looked for beside the project.
"""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.errors import Refusal
from data.home import PROJECT
from data.readers import read
from data.readers.refusals import SENTENCES

CORPUS = Path(os.environ.get("BOTHWAYS_CORPUS") or PROJECT.parent / "shared" / "corpus")
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.name != "manifest.csv")
SECONDS = 10

needs_corpus = pytest.mark.skipif(not FILES, reason="no corpus: set BOTHWAYS_CORPUS to a folder of odd spreadsheets")

# The reading process without its start: what it does for one file, for many files in turn.
IN_TURN = """
import json, sys, tempfile, time
from data.readers import child, limits
sys.meta_path.insert(0, child._WithoutPandas)
limits.hold_this_process(600)
for line in sys.stdin:
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        said = child.answer({"path": line.strip(), "name": "it", "folder": folder}, lambda stage, fraction: None)
    print(json.dumps([said, time.monotonic() - start]), flush=True)
"""


def in_turn(files: list[Path]) -> tuple[dict[Path, tuple[dict, float]], set[Path], str]:
    """Answers and seconds of the reading process for each file; files that ended it; its last words."""
    answers, ended, words = {}, set(), ""
    while waiting := [path for path in files if path not in answers and path not in ended]:
        command = [sys.executable, "-c", IN_TURN]
        paths = "\n".join(map(str, waiting))
        done = subprocess.run(command, cwd=PROJECT, input=paths, capture_output=True, text=True, timeout=600)
        for path, line in zip(waiting, done.stdout.splitlines(), strict=False):
            answers[path] = tuple(json.loads(line))
        ended |= set([path for path in waiting if path not in answers][:1])
        words += done.stderr
    return answers, ended, words


@pytest.fixture(scope="module")
def corpus_answers():
    halves = [FILES[0::2], FILES[1::2]]
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(in_turn, halves))
    answers = {path: answer for part in parts for path, answer in part[0].items()}
    return answers, set().union(*(part[1] for part in parts)), "".join(part[2] for part in parts)


@needs_corpus
def test_every_file_is_read_or_refused_with_a_sentence(corpus_answers):
    answers, ended, words = corpus_answers
    assert "Traceback" not in words
    assert len(answers) + len(ended) == len(FILES)
    codes = [said["refusal"][0] if "refusal" in said else "read" for said, _ in answers.values()]
    assert set(codes) <= {"read", *SENTENCES}
    assert all(seconds < SECONDS for _, seconds in answers.values())
    # Most of them can be opened by a person; a reader that refuses them all would pass the rest.
    assert codes.count("read") > 0.8 * len(FILES)


@needs_corpus
def test_the_parent_goes_on_and_tells_the_same(corpus_answers):
    """Files that ended a reading process, and every twelfth other, on the whole way."""
    answers, ended, _ = corpus_answers
    chosen = [*ended, *list(answers)[::12]]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(outcome, chosen))
    for path, code, words, seconds in outcomes:
        said = answers.get(path, ({"refusal": ["reader_failed", ""]}, 0))[0]
        assert code == (said["refusal"][0] if "refusal" in said else "read"), path
        assert words.endswith(".") if "refusal" in said else words == "", path
        assert seconds < SECONDS, path


def outcome(path: Path) -> tuple[Path, str, str, float]:
    """How the reading of one file ended: "read" or a refusal's code, its words, and the seconds it took."""
    start = time.monotonic()
    try:
        words, code = _faults(read(path, path.name)), "read"
    except Refusal as refused:
        words, code = refused.sentence, refused.code
    return path, code, words, time.monotonic() - start


def _faults(workbooks) -> str:
    """What is wrong with what was read, in words, or nothing."""
    if not workbooks or not all(book.sheets for book in workbooks):
        return "read, but without a sheet"
    for sheet in (sheet for book in workbooks for sheet in book.sheets):
        numbers = sheet.table.column("row").to_pylist()
        texts = [text for name in sheet.table.column_names[1:] for text in sheet.table.column(name).to_pylist() if text]
        if numbers != list(range(1, len(numbers) + 1)) or not texts:
            return "rows are not numbered as they stand, or nothing is in them"
        if any("\0" in text or text != text.strip() for text in texts):
            return "a cell has outer blanks or NUL characters"
    return ""


@needs_corpus
@pytest.mark.parametrize(
    "name, code",
    [
        ("calamine/issue_594_dos.ods", "too_many_cells"),
        ("poi/spreadsheet/poc-xmlbomb.xlsx", "unsafe_xml"),
        ("poi/spreadsheet/poc-shared-strings.xlsx", "damaged"),
        ("poi/poifs/protected_sha512.xlsx", "password"),
        ("test_files/password_2002_40_972000.xls", "password"),
        ("poi/spreadsheet/testEXCEL_3.xls", "old_excel"),
        ("PhpSpreadsheet/Xml/issue.850.xml", "xml2003"),
        ("messytables/complex.html", "web_page"),
    ],
)
def test_known_files_have_known_ends(name, code):
    if not (CORPUS / name).exists():
        pytest.skip(f"the corpus has no {name}")
    assert outcome(CORPUS / name)[1] == code


@needs_corpus
@pytest.mark.parametrize(
    "name, first_row",
    [
        ("calamine/date.xls", ["2021-01-01", "15"]),
        ("calamine/issue_419.xlsb", None),
        ("PhpSpreadsheet/Ods/issue.3721.ods", ["First sheet"]),
    ],
)
def test_formats_that_no_test_can_write(name, first_row):
    """xls and xlsb files come from the corpus, as nothing here writes them."""
    if not (CORPUS / name).exists():
        pytest.skip(f"the corpus has no {name}")
    (book,) = read(CORPUS / name, name)
    assert book.kind == Path(name).suffix[1:]
    values = list(book.sheets[0].table.slice(0, 1).to_pylist()[0].values())[1:]
    assert first_row is None or values == first_row
