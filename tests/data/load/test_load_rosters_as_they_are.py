"""Rosters that nobody prepared: what their spans say against what a person would say they mean."""

from datetime import date

import pytest

from data.store import open_store
from tests.support.loading import load, preview, sheet, workbook

NOW = date.today().year - (date.today().month < 7)  # the school year of today begins in it
YEAR = f"{NOW}-{(NOW + 1) % 100:02d}"
NAMES = [("Alvarez", "Ana"), ("Baker", "Ben"), ("Cole", "Cy"), ("Dorn", "Di"), ("Egan", "Eve"), ("Fox", "Flo")]


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def book(headers: list[str], rows: list[list], name: str = "students.csv"):
    """A roster of those headers; numbers are written as text."""
    return workbook(
        sheet([[None if cell is None else str(cell) for cell in row] for row in rows], headers=headers), name=name
    )


def spans(store) -> list[tuple]:
    """(id, school, grade, school year, entry, exit) of every span."""
    return store.rows(
        "SELECT s.local_id, k.name, e.grade, e.school_year, e.entry_date::VARCHAR, e.exit_date::VARCHAR "
        "FROM enrollment AS e JOIN student AS s USING (student_id) JOIN school AS k USING (school_id) ORDER BY ALL"
    )


def notices(store, roster) -> dict[str, str]:
    planned = preview(store, roster)
    planned.close()
    return {notice.code: notice.sentence for notice in planned.notices}


@pytest.mark.parametrize("header", ["Gr Yr", "Year", "Cohort"])
def test_the_year_in_which_students_graduate_is_no_school_year(store, header):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", header, "Entry Date"]
    rows = [[f"A{n}12", last, first, "Oak School", n + 3, NOW + 10 - n, f"8/17/{NOW}"]
            for n, (last, first) in enumerate(NAMES)]  # fmt: skip
    load(store, book(headers, rows))
    assert {(year, entry) for *_, year, entry, _ in spans(store)} == {(YEAR, f"{NOW}-08-17")}


def test_a_single_school_year_far_ahead_is_told(store):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "School Year"]
    rows = [
        [f"A{n}12", last, first, "Oak School", 3, f"{NOW - n}-{(NOW - n + 1) % 100:02d}"]
        for n, (last, first) in enumerate(NAMES)
    ]
    rows[2][5] = "2062-63"
    planned = preview(store, book(headers, rows))
    told = [(problem["code"], problem["row"]) for problem in planned.problems()]
    planned.close()
    assert told == [("year_ahead", 4)]


@pytest.mark.parametrize("header, usual, other", [
    ("Residency Status", "1", "3"), ("ResidStat", "1", "3"), ("504 Status", "N", "I"), ("Military Status", "2", "1"),
    ("Immunization Status", "C", "I"), ("Start Status", "01", "02"), ("End Status", "01", "02"),
    ("Custody Status", "0", "W"),
])  # fmt: skip
def test_a_status_of_something_else_leaves_nobody_out(store, header, usual, other):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", header]
    rows = [[f"A{n}12", last, first, "Oak School", 3, usual] for n, (last, first) in enumerate(NAMES)]
    rows[2][5] = rows[4][5] = other
    assert load(store, book(headers, rows)).counts["rows_left_out"] == 0
    assert len(spans(store)) == len(NAMES)


@pytest.mark.parametrize("header, usual, other", [
    ("Status", "Active", "Inactive"), ("Enroll_Status", "0", "2"), ("Student Status", "A", "W"),
    ("Registration Status", "Active", "Inactive"), ("Roll Status", "Enrolled", "Withdrawn"),
])  # fmt: skip
def test_a_status_of_enrollment_leaves_out_who_is_gone(store, header, usual, other):
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", header]
    rows = [[f"A{n}12", last, first, "Oak School", 3, usual] for n, (last, first) in enumerate(NAMES)]
    rows[2][5] = rows[4][5] = other
    assert load(store, book(headers, rows)).counts["rows_left_out"] == 2


def test_headers_of_systems_are_read(store):
    headers = ["SASID", "LASID", "Last Name", "First Name", "School", "Grd", "HmLng", "CorrLng", "EcoDis"]
    rows = [[f"10000000{n}1", f"00{n}12", last, first, "Oak School", 3, "01", "00", "Y"]
            for n, (last, first) in enumerate(NAMES)]  # fmt: skip
    planned = preview(store, book(headers, rows))
    told = planned.sheets[0].headers
    planned.close()
    assert (told["student_id"], told["low_income"]) == ("LASID", "EcoDis")
