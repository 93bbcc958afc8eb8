"""Columns as codes: the texts come back, and a log loads to the same rows whether its columns are coded or not."""

import pyarrow as pa
import pytest

from data.load import coded
from data.readers import texts
from data.store import open_store
from tests.support.loading import LOG_HEADERS, load, log, roster

ROWS = [
    ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance", "5"],
    ["00123", "9/4/2025 2:30 PM", "Email", "Out", "Sent", "", "Academics", ""],
    ["00124", "9/14/2025", "Phne", "In", "Left message", "  Ms.  Lee ", "Academics", "7"],
    ["00124", "13/45/2025", "Phone", "In", "Left message", "n/a", "", ""],
    ["00999", "9/14/2025", "", "In", "Left message", "Ms. Lee", "Academics", "x"],
    ["00125", "9/15/2025", "Text", "In", "Replied", "Ms. Lee", "Academics", ""],
    ["00125", "9/15/2025", "Text", "In", "Replied", "Ms. Lee", "Academics", ""],
]


@pytest.mark.parametrize("different", [0, 1, 127, 128, 1_000])
def test_each_code_stands_for_its_text_and_blanks_have_their_own(different):
    texts = [None, *(f"text {number}" for number in range(different))]
    column = pa.chunked_array([pa.array(texts, pa.string()), pa.array(texts[::-1], pa.string())])
    found = coded.Coded.of(coded.encoded(column))
    words = found.texts.to_pylist()
    assert found.codes.null_count == 0 and len(words) == different + 1 and found.there.all()
    assert [words[code] for code in found.codes.to_pylist()] == texts + texts[::-1]
    assert found.spread(found.texts).to_pylist() == texts + texts[::-1]


def test_a_column_that_says_something_else_in_every_row_is_not_coded():
    notes = [f"note {number}" for number in range(2 * texts.MANY + 1)]
    for column in (pa.chunked_array([pa.array(notes)]), pa.chunked_array([pa.array(notes[:1]), pa.array(notes)])):
        assert coded.encoded(column) is column


def test_a_log_loads_to_the_same_rows_coded_or_not(tmp_path, monkeypatch):
    stored = []
    for name in ("coded", "plain"):
        store = open_store(tmp_path / f"{name}.duckdb")
        load(store, roster())
        load(store, log(ROWS, headers=[*LOG_HEADERS, "Minutes"]))
        rows = store.rows("SELECT * FROM contact_row ORDER BY source_row")
        problems = store.rows('SELECT * EXCLUDE (upload_id) FROM problem ORDER BY "row", field')
        stored.append((rows, problems, store.rows("SELECT * FROM student_day ORDER BY ALL")))
        monkeypatch.setattr(coded, "encoded", lambda column: column)
    assert len(stored[0][0]) == 6 and stored[0][1] and stored[0][2]
    assert stored[0] == stored[1]
