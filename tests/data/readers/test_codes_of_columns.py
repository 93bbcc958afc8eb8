"""Columns that repeat few texts cross as codes; those that turn out to say something else in every row as texts."""

import pyarrow as pa
import pytest

from data.readers import handover, texts
from data.readers.handover import SheetWriter, open_sheet, strings


def written(folder, batches: list[list[list]]) -> pa.Table:
    """The table of a sheet that is written in these batches of columns."""
    writer = SheetWriter(folder / "sheet.arrow", "log.csv")
    for columns in batches:
        writer.add([strings(column) for column in columns], len(columns[0]))
    return open_sheet(folder, writer.close())


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(handover, "BATCH_ROWS", 4)
    monkeypatch.setattr(texts, "MANY", 3)


def test_texts_come_back_from_codes_that_all_batches_share(tmp_path, small_batches):
    first, second = ["a", None, "b", "a"], ["c", "b", None, "a"]
    table = written(tmp_path, [[first], [second], [first]])
    assert table["c0"].to_pylist() == first + second + first
    assert pa.types.is_dictionary(table["c0"].type)
    assert [chunk.dictionary.to_pylist() for chunk in table["c0"].chunks] == [["a", "b", "c"]] * 3


def test_a_column_that_is_not_worth_codes_after_all_comes_as_texts(tmp_path, small_batches):
    few, notes = ["x", "y", "x", None], [f"note {number}" for number in range(12)]
    batches = [[few, ["same"] * 4], [few, notes[:4]], [few, notes[4:8]], [few, notes[8:]]]
    table = written(tmp_path, batches)
    assert table["c0"].to_pylist() == few * 4 and table["c1"].to_pylist() == ["same"] * 4 + notes
    assert pa.types.is_dictionary(table["c0"].type) and table["c1"].type == pa.string()
    assert not list(tmp_path.glob("*.part*"))


def test_a_column_that_begins_late_is_blank_before(tmp_path, small_batches):
    table = written(tmp_path, [[["a"] * 4], [["a"] * 4, ["late", None, "late", None], [str(i) for i in range(4)]]])
    assert table["c1"].to_pylist() == [None] * 4 + ["late", None, "late", None]
    assert table["c2"].to_pylist() == [None] * 4 + ["0", "1", "2", "3"]


def test_dictionaries_are_taken_in_with_repeated_and_blank_texts():
    known = texts.Texts()
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 3, None], pa.int32()), pa.array(["a", None, "a", "b"]))
    assert known.codes(column).to_pylist() == [0, None, 0, 1, None]
    assert known.known.to_pylist() == ["a", "b"]
