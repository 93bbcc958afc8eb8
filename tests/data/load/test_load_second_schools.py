"""A file that says at which of two schools a student counts is believed, instead of the school entered last."""

import pytest

from data.store import open_store
from tests.support.loading import load, preview, sheet, workbook


@pytest.fixture
def empty(tmp_path):
    opened = open_store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


HEADERS = ["studentNumber", "lastName", "firstName", "grade", "schoolName", "startDate", "endDate"]


def given(rows, header):
    return workbook(sheet(rows, headers=[*HEADERS, header]), name="enrollments.csv")


def rows(first="P", second="S"):
    found = [[f"A{n}12", f"Fox{n}", "Flo", "9", "Oak High", "8/17/2025", None, first] for n in range(6)]
    career = ["A112", "Fox1", "Flo", "9", "Career Center", "8/24/2025", None, second]
    alone = ["A712", "Fox7", "Flo", "9", "Career Center", "8/17/2025", None, second]
    moved = ["A212", "Fox2", "Flo", "9", "Career Center", "10/13/2025", None, second]
    found[2][6] = "10/10/2025"
    return [*found, career, alone, moved]


@pytest.mark.parametrize(
    "header, first, second",
    [
        ("serviceType", "P", "S"),
        ("Service Type", "P: Primary", "S: Secondary"),
        ("Enrollment Type", "Primary", "Secondary"),
    ],
)
def test_a_student_counts_at_the_primary_school_where_the_file_says_so(empty, header, first, second):
    planned = preview(empty, given(rows(first, second), header))
    planned.close()
    told = [notice.sentence for notice in planned.notices if notice.code == "second_school"]
    assert told == ["1 row is (row 8) left out: the student counts at the primary school."]
    assert not {"schools_at_once", "two_schools"} & {notice.code for notice in planned.notices}
    load(empty, given(rows(first, second), header))
    at_career = empty.rows(
        "SELECT s.local_id FROM enrollment JOIN student AS s USING (student_id) JOIN school AS c USING (school_id) "
        "WHERE c.name = 'Career Center' ORDER BY 1"
    )
    assert at_career == [("A212",), ("A712",)]  # who came there later, and who is only there


def test_types_of_something_else_leave_nobody_out(empty):
    planned = preview(empty, given(rows("P", "Z"), "Type"))
    planned.close()
    assert planned.counts["rows_left_out"] == 0


def test_the_second_school_of_another_year_is_a_stay_of_its_own(empty):
    headers = ["Student ID", "Last Name", "First Name", "Grade", "School", "School Year", "Service Type"]
    years = [["A112", "Fox", "Flo", "9", "Oak High", "2024-25", "P"],
             ["A112", "Fox", "Flo", "10", "Career Center", "2025-26", "S"],
             ["A113", "Ray", "Ann", "10", "Oak High", "2025-26", "P"]]  # fmt: skip
    planned = preview(empty, workbook(sheet(years, headers=headers), name="years.csv"))
    planned.close()
    assert (planned.counts["rows_left_out"], planned.counts["rows_new"]) == (0, 3)
