"""The exports of known systems, written as the files that they are and read from disk to a plan."""

import csv

import openpyxl
import pytest

from data.errors import Refusal
from data.load.plan import plan
from tests.data.mapping.header_sets import KNOWN, rows_of
from tests.support.rosters import fresh_store

# What names no student, or no day, is refused, and these are the sentences' codes.
REFUSED = {"mass message list": "no_student_column", "DeansList family contacts": "no_date_column"}


def written(folder, number: int, pairs):
    """The set as a text file or, every second one, as a workbook."""
    headers, rows = [header for header, _ in pairs], rows_of(pairs)
    if number % 2:
        path = folder / "export.xlsx"
        book = openpyxl.Workbook()
        for row in (headers, *rows):
            book.active.append(row)
        book.save(path)
        return path
    path = folder / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headers, *rows])
    return path


@pytest.mark.parametrize(
    ("number", "name", "kind", "pairs", "wanted"),
    [pytest.param(number, *one, id=one[0]) for number, one in enumerate(KNOWN)],
)
def test_a_systems_export_is_read_from_its_file(number, name, kind, pairs, wanted, tmp_path):
    path = written(tmp_path, number, pairs)
    with fresh_store(tmp_path / "store") as store:
        try:
            preview = plan(store, path, path.name, "Ms. Rivera")[0]
        except Refusal as refusal:
            assert (name, refusal.code) == (name, REFUSED.get(name))
            return
        found = preview.sheets[0].mapping.fields
        read = preview.kind, {field: one.header for field, one in found.items() if one.column is not None}
        preview.close()
    assert name not in REFUSED
    assert read == (kind, wanted)
