"""An erasure takes what it names and no more: days at the border of a year, other files' problems, other districts."""

import pytest

from data import erase
from data.load import matches
from data.store import open_store
from tests.support import loading

CALL = ["Phone", "Outbound", "Reached", "Ms. Lee", "Academics"]


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster())
    yield store
    open_store(store.path).close()


def test_a_school_year_goes_from_its_first_day_to_its_last(store):
    days = ["7/1/2025", "6/30/2026", "7/1/2026"]
    loading.load(store, loading.log([["00123", day, *CALL] for day in days]))
    erase.school_year(store, "2025-26")
    assert open_store(store.path).rows("SELECT contact_date::VARCHAR FROM contact_row") == [("2026-07-01",)]


def test_what_was_wrong_with_other_files_and_rows_that_wait_stays_known(store):
    """Row 2 of both tabs waits, the one of Ana and that of Ben; the other file has a word that nobody explained."""
    tabs = [
        loading.sheet([[student, "13/45/2025", *CALL], ["00125", "9/4/2025", *CALL]], tab, loading.LOG_HEADERS)
        for tab, student in (("One", "00123"), ("Two", "00124"))
    ]
    loading.load(store, loading.workbook(*tabs, name="tabs.xlsx"))
    loading.load(store, loading.log([["00125", "9/5/2025", "Phne", *CALL[1:]]], name="other.csv"))
    known = "SELECT DISTINCT upload_id, sheet, \"row\", field FROM problem WHERE field <> 'student' ORDER BY ALL"
    before = store.rows(known)
    assert {one[:2] for one in before} == {(2, "One"), (2, "Two"), (3, "")}
    erase.student(store, "00123")
    assert open_store(store.path).rows(known) == [one for one in before if one[1] != "One"]


def test_what_was_matched_to_the_student_of_that_number_in_another_district_stays(tmp_path):
    store = open_store(tmp_path / "two.duckdb")
    headers = ["Student", *loading.LOG_HEADERS[1:]]
    for number, district in enumerate(("North", "South"), start=1):
        roster = [["00125", "Cy", "Young", "Roosevelt MS", f"{6 + number}", "8/15/2025"]]
        loading.load(store, loading.roster(roster), district=district)
        loading.load(store, loading.log([["Yung, Cy", f"9/{number}/2025", *CALL]], headers=headers), district=district)
    assert matches.accept(store, matches.waiting(store).to_dict("records"), "Ms. Rivera") == 2
    erase.student(store, "00125", "North")
    store = open_store(store.path)
    assert store.rows("SELECT district FROM remembered_match") == [("South",)]
    assert store.rows("SELECT district, status FROM contact_row") == [("South", "loaded")]
    store.close()
