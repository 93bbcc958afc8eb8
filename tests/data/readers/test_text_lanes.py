"""The fast lane for text gives, cell by cell, what the exact lane gives."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.readers import archive, delimited
from data.readers.delimited import exact_columns, fast_columns, in_place, records_end
from data.readers.handover import open_sheet
from data.readers.records import RecordReader

# What real files are made of, in unreal density.
PIECES = st.sampled_from(
    ['"', '""', ",", "\n", "\r\n", "\r", " ", "a", "Lee, Pat", "é", "\u00a0", '5"', "1", '"x"', "\t"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def exactly(text: str) -> list[list]:
    records, left = RecordReader(",").records(text, final=True)
    assert left == ""
    # Blank lines alone have no cell in the one lane and a blank one in the other.
    return [column.to_pylist() for column in exact_columns(records, "log.csv")] or [[None] * len(records)]


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
@example('a,b\n"x\ny",2\n')
@example('"""",\n')
@example('"a""b","c"\r\n1,2')
def test_a_window_that_the_fast_lane_takes_reads_the_same(text):
    window = text.encode()
    assert records_end(window, final=True) == len(window)
    columns = fast_columns(window, ",")
    if columns is not None:
        assert [column.to_pylist() for column in columns] == exactly(text)


@settings(max_examples=500, deadline=None)
@given(TEXTS, TEXTS)
def test_a_window_ends_where_a_record_ends(text, more):
    window = text.encode()
    end = records_end(window, final=False)
    if end and in_place(window[:end], ","):
        reader = RecordReader(",")
        before, _ = reader.records(text[: len(window[:end].decode())], final=True)
        together, _ = RecordReader(",").records(text + more, final=True)
        assert together[: len(before)] == before


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.integers(0, 60))
def test_records_do_not_depend_on_where_the_text_is_cut(text, place):
    """What is left of one piece goes before the next, as the reading of a long file does."""
    whole, _ = RecordReader(",").records(text, final=True)
    reader = RecordReader(",")
    first, left = reader.records(text[:place], final=False)
    second, _ = reader.records(left + text[place:], final=True)
    assert first + second == whole


ODDITIES = {
    "plain": "",
    "ragged": "1,2\n",
    "wide": "1,2,3,4,5,6\n",
    "blank": "\n\n",
    "stray": 'x,"y,z,w\n',
    "long": 'x,"several\nlines\r\nof ""text""",z,w\n',
    "letters": "é, \u00a0ü ,z,w\n",
}


@pytest.mark.parametrize("ahead", [False, True], ids=["growing windows", "windows parsed ahead"])
@pytest.mark.parametrize("oddity", ODDITIES)
def test_a_whole_file_reads_the_same_in_both_lanes(tmp_path, monkeypatch, oddity, ahead):
    line = 'R{i},"Stu {i}, Pat",Phone,note {i}\n'
    text = "".join(line.format(i=i) + (ODDITIES[oddity] if i % 700 == 699 else "") for i in range(9000))
    (tmp_path / "log.csv").write_text(text, newline="")
    if ahead:
        monkeypatch.setattr(delimited, "SMALLEST", 4096)
        monkeypatch.setattr(delimited, "LARGEST", 8192)

    def rows(name: str) -> list[dict]:
        folder = tmp_path / name
        folder.mkdir()
        (entry,) = archive.read_any(tmp_path / "log.csv", "log.csv", folder, lambda stage, fraction: None)
        return open_sheet(folder, entry["sheets"][0]).to_pylist()

    taken = []
    fast = delimited.fast_columns
    monkeypatch.setattr(delimited, "fast_columns", lambda *a: taken.append(fast(*a)) or taken[-1])
    both = rows("both")
    assert any(columns is not None for columns in taken)
    monkeypatch.setattr(delimited, "fast_columns", lambda *a: None)
    assert rows("exact") == both
    assert len(both) > 9000 - 1
