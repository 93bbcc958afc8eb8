"""Spreadsheets: cells as they are, whatever the format, with the row numbers that people see."""

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.errors import Refusal
from data.readers import read, spreadsheet
from tests.support.files import (
    MAIN,
    inline,
    open_document,
    raw_workbook,
    workbook,
    zip_bytes,
)


def rows(sheet) -> list[list]:
    return [list(row.values()) for row in sheet.table.to_pylist()]


def test_cells_of_every_type(tmp_path):
    book = workbook(
        tmp_path / "log.xlsx",
        {
            "Log": [
                ["text", "00123", "  outer blanks\t", "two\nlines", ""],
                [12345, 12345.0, 1.5, 0.1 + 0.2, 123456789012345],
                [
                    date(2026, 9, 1),
                    datetime(2026, 9, 1, 13, 5, 9),
                    time(8, 30),
                    timedelta(hours=30),
                    datetime(2026, 9, 2),
                ],
                [True, False, None, "true", "1e5"],
            ]
        },
    )
    (sheet,) = read(book, "log.xlsx")[0].sheets
    assert rows(sheet) == [
        [1, "text", "00123", "outer blanks", "two\nlines", None],
        [2, "12345", "12345", "1.5", "0.3", "123456789012345"],
        [3, "2026-09-01", "2026-09-01 13:05:09", "08:30:00", "30:00:00", "2026-09-02"],
        [4, "TRUE", "FALSE", None, "true", "1e5"],
    ]


def test_row_and_column_places_are_those_on_the_screen(tmp_path):
    book = openpyxl.Workbook()
    book.active["C4"] = "Student"
    book.active["D6"] = datetime(2026, 1, 1)
    book.active.merge_cells("C4:D4")
    book.save(tmp_path / "log.xlsx")
    (sheet,) = read(tmp_path / "log.xlsx", "log.xlsx")[0].sheets
    assert rows(sheet)[3] == [4, None, None, "Student", None]
    assert rows(sheet)[5] == [6, None, None, None, "2026-01-01"]
    assert sheet.typed_dates == {"c3"}
    assert sheet.merged == [(4, 2, 4, 3)]


def test_the_calendar_of_1904(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([datetime(2026, 9, 1), datetime(2026, 9, 1, 8, 30)])
    book.save(tmp_path / "log.xlsx")
    assert rows(read(tmp_path / "log.xlsx", "x")[0].sheets[0]) == [[1, "2026-09-01", "2026-09-01 08:30:00"]]


def test_hidden_sheets_are_skipped_and_named(tmp_path):
    book = workbook(tmp_path / "x.xlsx", {"Sep": [["a"]], "Codes": [["b"]], "Oct": [["c"]]}, hidden=("Codes",))
    (found,) = read(book, "x.xlsx")
    assert [sheet.name for sheet in found.sheets] == ["Sep", "Oct"]
    assert [(notice.code, '"Codes"' in notice.sentence) for notice in found.notices] == [("hidden_sheets", True)]


def test_values_on_hidden_sheets_only(tmp_path):
    book = workbook(tmp_path / "x.xlsx", {"Log": [], "Codes": [["b"]]}, hidden=("Codes",))
    with pytest.raises(Refusal) as refused:
        read(book, "x.xlsx")
    assert refused.value.code == "only_hidden_values"


def test_error_cells_are_counted_and_said(tmp_path):
    book = workbook(tmp_path / "x.xlsx", {"Log": [["Student", "Date"], ["#N/A", "#REF!"], ["1", "x"]]})
    (found,) = read(book, "x.xlsx")
    assert rows(found.sheets[0])[1] == [2, None, None]
    (notice,) = found.notices
    assert notice.code == "error_cells"
    assert notice.sentence.startswith("2 cells show an Excel error")


def test_a_workbook_in_strict_form(tmp_path):
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    book = raw_workbook(
        tmp_path / "x.xlsx", f'<row r="1">{inline("A1", "Pat")}{inline("B1", "Lee")}</row>', namespace=strict
    )
    assert rows(read(book, "x.xlsx")[0].sheets[0]) == [[1, "Pat", "Lee"]]


def test_escaped_characters_of_excel(tmp_path):
    book = raw_workbook(tmp_path / "x.xlsx", f'<row r="1">{inline("A1", "Date_x000D_ of call")}</row>')
    assert rows(read(book, "x.xlsx")[0].sheets[0])[0][1] == "Date\r of call"


def test_open_document_times_are_not_lost(tmp_path):
    values = (
        'office:value-type="string"><text:p>00123',
        'office:value-type="date" office:date-value="2026-09-01"><text:p>x',
        'office:value-type="time" office:time-value="PT13H05M00S"><text:p>x',
        'office:value-type="float" office:value="12"><text:p>12',
    )
    cells = "".join(f"<table:table-cell {value}</text:p></table:table-cell>" for value in values)
    book = open_document(tmp_path / "x.ods", f"<table:table-row>{cells}</table:table-row>")
    (found,) = read(book, "x.ods")
    assert found.kind == "ods"
    assert rows(found.sheets[0]) == [[1, "00123", "2026-09-01", "13:05:00", "12"]]


def test_the_kind_is_that_of_the_content(tmp_path):
    book = workbook(tmp_path / "log.csv", {"Log": [["a", "b"]]})
    assert read(book, "log.csv")[0].kind == "xlsx"
    (tmp_path / "log.xls").write_text("a\tb\n1\t2\n")
    (found,) = read(tmp_path / "log.xls", "log.xls")
    assert (found.kind, rows(found.sheets[0])) == ("csv", [[1, "a", "b"], [2, "1", "2"]])


def test_a_tab_for_each_student(tmp_path):
    """More sheets than a process may hold files open."""
    book = workbook(tmp_path / "x.xlsx", {f"Student {i}": [["Date", "Call"], [i, "P"]] for i in range(300)})
    (found,) = read(book, "x.xlsx")
    assert [rows(sheet)[1][1] for sheet in found.sheets] == [str(i) for i in range(300)]


def test_the_fast_lane_gives_what_the_exact_lane_gives(tmp_path, monkeypatch):
    """Every type of cell, mixed within columns, below a title, beside a column without any value."""
    moment = datetime(2025, 8, 15, 7, 59, 59)
    values = [
        lambda i: f"{i:06d}",
        lambda i: i if i % 3 else f"N{i}",
        lambda i: moment + timedelta(hours=i) if i % 5 else "10/7/2025",
        lambda i: date(2025, 9, 1) + timedelta(days=i % 200),
        lambda i: time(i % 24, i % 60, 7) if i % 2 else None,
        lambda i: None,
        lambda i: i / 7,
        lambda i: bool(i % 2) if i % 11 else " padded ",
        lambda i: "#N/A" if i % 50 == 0 else timedelta(minutes=i),
        lambda i: "Zoë_x000D_" if i % 40 == 0 else "note",
    ]
    lines = [["Contact log"], [], [f"Column {i}" for i in range(len(values))]]
    lines += [[value(i) for value in values] for i in range(1, 400)]
    book = workbook(tmp_path / "x.xlsx", {"Log": lines})
    monkeypatch.setattr(spreadsheet, "FAST_LANE_BYTES", 10**9)
    exact = _in_this_process(book, tmp_path / "exact")
    monkeypatch.setattr(spreadsheet, "FAST_LANE_BYTES", 0)
    fast = _in_this_process(book, tmp_path / "fast")
    assert fast == exact
    assert len(exact[0]) == 402
    assert exact[2] == ["error_cells"]


def _in_this_process(book, folder):
    from data.readers.archive import read_any
    from data.readers.handover import open_sheet

    folder.mkdir()
    (entry,) = read_any(book, "x.xlsx", folder, lambda stage, fraction: None)
    (sheet,) = entry["sheets"]
    return open_sheet(folder, sheet).to_pylist(), sorted(sheet["typed_dates"]), [code for code, _ in entry["notices"]]


def test_a_large_sheet_takes_the_fast_lane_and_tells_its_progress(tmp_path):
    cells = "".join(
        f'<row r="{i}">{inline(f"A{i}", f"{i:05d}")}{inline(f"C{i}", "x" * 60)}</row>' for i in range(3, 60_000)
    )
    book = raw_workbook(tmp_path / "x.xlsx", cells)
    heard = []
    (found,) = read(book, "x.xlsx", lambda stage, fraction: heard.append((stage, fraction)))
    table = found.sheets[0].table
    assert table.num_rows == 59_999
    assert table.slice(2, 1).to_pylist() == [{"row": 3, "c0": "00003", "c1": None, "c2": "x" * 60}]
    assert [stage for stage, _ in heard] == ["Checking the file", "Reading"]
    assert all(0 <= fraction <= 1 for _, fraction in heard)


def test_a_value_far_below_the_list(tmp_path):
    """A stray value on the last row of the sheet: read, in so far as the box around it is no larger than a list."""
    cells = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDEFGHIJK")
    last = '<row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    (sheet,) = read(raw_workbook(tmp_path / "x.xlsx", f'<row r="1">{cells}</row>{last}'), "x.xlsx")[0].sheets
    assert sheet.table.num_rows == 1_048_576
    assert sheet.table.column("c0").null_count == 1_048_574


def test_a_value_too_far_away_in_a_format_that_is_not_searched_before(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    gap = '<table:table-row table:number-rows-repeated="900000"><table:table-cell/></table:table-row>'
    wide = f"<table:table-row>{cell * 20}</table:table-row>"
    with pytest.raises(Refusal) as refused:
        read(open_document(tmp_path / "x.ods", wide + gap + wide), "x.ods")
    assert refused.value.code == "too_many_cells"


def test_a_workbook_with_a_password(tmp_path):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "x.xlsx", "x.xlsx")
    assert refused.value.code == "password"


@pytest.mark.parametrize(
    "content, code, word",
    [
        (b"PK\x03\x04 cut short", "damaged", "Export it again"),
        (zip_bytes({"[Content_Types].xml": MAIN, "xl/workbook.xml": "<workbook"}), "damaged", "Export it again"),
        (zip_bytes({"[Content_Types].xml": "wordprocessingml", "word/document.xml": ""}), "not_spreadsheet", "Word"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\0" * 50, "old_excel", "1997"),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00" + b"\0" * 50, "old_excel", "1997"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml2003", ".xlsx"),
        (b"%PDF-1.7 ...", "not_spreadsheet", "a PDF"),
        (b"\x89PNG\r\n", "not_spreadsheet", "a picture"),
        (b"MZ\x90\0", "not_spreadsheet", "a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged", "Export it again"),
    ],
)
def test_each_reason_has_its_code_and_sentence(tmp_path, content, code, word):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "x.xlsx", "My log.xlsx")
    assert refused.value.code == code
    assert word in refused.value.sentence
    assert "My log.xlsx" in refused.value.sentence


def test_a_workbook_without_values(tmp_path):
    with pytest.raises(Refusal) as refused:
        read(workbook(tmp_path / "x.xlsx", {"Log": []}), "x.xlsx")
    assert refused.value.code == "no_values"


def test_formulas_without_saved_results_are_counted_and_said(tmp_path):
    book = workbook(tmp_path / "x.xlsx", {"Log": [["Student", "Date"], ["1", "=DATE(2025,9,1)"], ["2", "=B2"]]})
    (found,) = read(book, "x.xlsx")
    assert rows(found.sheets[0])[1] == [2, "1", None]
    (notice,) = found.notices
    assert notice.code == "unsaved_formulas"
    assert notice.sentence.startswith("2 cells hold formulas") and "Open the file in Excel, save it" in notice.sentence


def test_saved_results_of_formulas_are_values(tmp_path):
    """Also an empty text, as of =IF(A2="","",...), and a formula that cells below share."""
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1"><f t="shared" si="0"/><v>3</v></c><c r="D1"/>'
    )
    (found,) = read(raw_workbook(tmp_path / "x.xlsx", f'<row r="1">{cells}</row>'), "x.xlsx")
    assert rows(found.sheets[0]) == [[1, "2", None, "3"]]
    assert found.notices == []


def test_a_workbook_of_formulas_without_saved_results(tmp_path):
    with pytest.raises(Refusal) as refused:
        read(workbook(tmp_path / "x.xlsx", {"Log": [["=1+1"]]}), "x.xlsx")
    assert refused.value.code == "unsaved_formulas"


def test_hidden_rows_and_columns_are_read_and_told(tmp_path):
    book = openpyxl.Workbook()
    seen, other = book.active, book.create_sheet("Codes")
    for one in (seen, other):
        for number in range(5):
            one.append([number, "b", "c"])
        one.row_dimensions[3].hidden = one.row_dimensions[4].hidden = one.row_dimensions[9].hidden = True
        one.column_dimensions["B"].hidden = one.column_dimensions["F"].hidden = True
    seen.title, other.sheet_state = "A & B", "hidden"
    book.save(tmp_path / "x.xlsx")
    (found,) = read(tmp_path / "x.xlsx", "x.xlsx")
    assert len(rows(found.sheets[0])) == 5
    assert [notice.sentence for notice in found.notices if notice.code == "hidden_cells"] == [
        '2 hidden rows (a filter hides rows, too) and the hidden column B were read like all others, on "A & B". '
        "Delete what should not count, and load again."
    ]


def test_rows_that_are_struck_through_are_read_and_told(tmp_path):
    book = openpyxl.Workbook()
    for number in range(5):
        book.active.append([number, "b", "c"])
    struck = openpyxl.styles.Font(strike=True)
    for cell in (*book.active[3], book.active["A4"]):  # of the fourth row, one cell in three
        cell.font = struck
    for cell in book.active[5]:
        cell.font = openpyxl.styles.Font(strike=False, bold=True)
    book.active.title = "Log"
    book.save(tmp_path / "x.xlsx")
    (found,) = read(tmp_path / "x.xlsx", "x.xlsx")
    assert len(rows(found.sheets[0])) == 5
    assert [notice.sentence for notice in found.notices] == [
        '1 row is struck through ("Log" row 3). It was read like all others. Delete what should not count, and load '
        "again."
    ]
