"""Files that mean harm are refused with a sentence, and the process that asked goes on."""

import resource
import time

import pytest

from data.errors import Refusal
from data.readers import limits, packed, read
from tests.support.files import BOMBS, inline, raw_workbook, workbook


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_and_harms_nobody(tmp_path, name):
    make, codes = BOMBS[name]
    bomb = make(tmp_path / "log.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refusal) as refused:
        read(bomb, "log.xlsx")
    assert refused.value.code in codes
    assert "log.xlsx" in refused.value.sentence
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50 * 1024  # kilobytes: this process took in none of it


def test_blank_formatted_cells_far_away_are_no_bomb(tmp_path):
    """Formatting a whole sheet is common: its blank cells have a style and no value."""
    styled = '<c r="XFD2" s="1"/><c r="XFC2" s="1"></c>'
    rows = f'<row r="1">{inline("A1", "Student")}{inline("B1", "Date")}</row><row r="2">{styled}</row>'
    book = raw_workbook(tmp_path / "log.xlsx", rows + '<row r="1048576"><c r="A1048576" s="1"/></row>')
    (sheet,) = read(book, "log.xlsx")[0].sheets
    assert sheet.table.to_pylist() == [{"row": 1, "c0": "Student", "c1": "Date"}]


def test_a_reader_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    book = workbook(tmp_path / "log.xlsx", {"Log": [["Student", "Date"], ["1", "2"]]})
    monkeypatch.setattr("data.readers.limits.seconds_allowed", lambda size: 0.01)
    start = time.monotonic()
    with pytest.raises(Refusal) as refused:
        read(book, "log.xlsx")
    assert refused.value.code == "too_slow"
    assert time.monotonic() - start < 30


def test_cells_of_a_sheet_too_large_to_search_are_counted(tmp_path, monkeypatch):
    row = "<row>" + "<c><v>1</v></c>" * 100 + "</row>"
    monkeypatch.setattr(packed, "SEARCHED_BYTES", 0)
    monkeypatch.setattr(packed, "CHUNK", 1001)  # so that cells lie across the pieces
    monkeypatch.setattr(limits, "MAX_SPREADSHEET_CELLS", 5000)
    assert packed.check_workbook(raw_workbook(tmp_path / "fits.xlsx", row * 50), "log.xlsx", "xlsx") > 5000
    with pytest.raises(Refusal) as refused:
        packed.check_workbook(raw_workbook(tmp_path / "more.xlsx", row * 51), "log.xlsx", "xlsx")
    assert refused.value.code == "too_many_cells"
    assert "5,100 cells" in refused.value.sentence
