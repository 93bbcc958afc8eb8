"""Student numbers that a program took for quantities: 1234.0, and 1.23E+05, in which digits are lost."""

from data import check, erase
from data.load.set_aside import set_aside_rows
from data.store import open_store
from tests.support.loading import load, log, preview, roster

SPOILT = [
    ["1234.0", "Ana", "Lopez", "Lincoln ES", "3", "8/15/2025"],
    ["1235.0", "Ben", "Smith", "Lincoln ES", "5", "8/15/2025"],
]
GOOD = [[number.removesuffix(".0"), *rest] for number, *rest in SPOILT]


def _row(number, day="9/3/2025"):
    return [number, day, "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"]


def test_a_roster_and_a_log_with_such_numbers_are_of_the_students_of_the_good_ones(store):
    load(store, roster(GOOD))
    upload = load(store, roster(SPOILT, name="again.csv"))
    assert (upload.counts["rows_loaded"], upload.counts["rows_duplicate"]) == (0, 2)
    assert store.rows("SELECT local_id FROM student ORDER BY 1") == [("1234",), ("1235",)]
    upload = load(store, log([_row("1234.0"), _row("1235.0")]))
    assert (upload.counts["rows_loaded"], upload.counts["rows_unmatched"]) == (2, 0)
    assert load(store, log([_row("1234"), _row("1235")], name="b.csv")).counts["rows_duplicate"] == 2


def test_a_shortened_number_of_a_roster_is_set_aside_with_what_to_do(store):
    rows = [["1.23457E+11", *SPOILT[0][1:]], *SPOILT[1:]]
    planned = preview(store, roster(rows))
    assert planned.counts["rows_set_aside"] == 1
    assert [group.code for group in planned.problem_groups] == ["short_id"]
    planned.close()


def test_a_shortened_number_of_a_log_waits_and_says_why(store):
    load(store, roster(GOOD))
    planned = preview(store, log([_row("1234.0"), _row("1.23E+05")]))
    assert planned.counts["rows_unmatched"] == 1
    assert [group.code for group in planned.problem_groups] == ["shortened_id"]
    planned.close()


def test_erasing_finds_rows_to_mend_with_such_a_number(store):
    load(store, roster(GOOD))
    upload = load(store, log([_row("1234.0", "13/45/2025"), _row("1235.0", "13/45/2025")]))
    path = store.path
    erase.student(store, "1234")
    store = open_store(path)
    assert [row for _, row, _, _ in set_aside_rows(store, upload.upload_id)] == [3]
    assert check.findings(store) == []
    store.close()
