"""One roster of several districts: its students and schools are not mixed without a question."""

from data.load.hold import at_command_line
from tests.support.loading import preview, sheet, workbook

HEADERS = ["District Code", "District Name", "Student ID", "Last Name", "First Name", "School", "Grade"]
ALPHA = ["0101", "Alpha ISD", "0001", "Lopez", "Ana", "Lincoln Elementary", "5"]
BETA = ["0202", "Beta ISD", "0001", "Ray", "Cy", "Washington Elementary", "2"]


def _held(store, *rows):
    planned = preview(store, workbook(sheet([list(row) for row in rows], headers=HEADERS), name="state.csv"))
    planned.close()
    return {asked.code: asked.sentence for asked in at_command_line(planned)}


def test_a_number_that_two_districts_gave_is_asked_about(store):
    sentence = _held(store, ALPHA, BETA)["districts"]
    assert "2 districts (Alpha ISD, Beta ISD), and 1 student number can be found" in sentence


def test_a_school_name_in_two_districts_is_asked_about(store):
    other = [*BETA[:2], "0002", *BETA[3:5], "Lincoln Elementary", "2"]
    assert "1 school can be found" in _held(store, ALPHA, other)["districts"]


def test_a_student_who_moved_and_districts_that_share_nothing_are_not(store):
    moved = [*BETA[:2], *ALPHA[2:5], "Washington Elementary", "5"]
    other = [*BETA[:2], "0002", *BETA[3:]]
    assert "districts" not in _held(store, ALPHA, moved, other)


def test_a_roster_of_one_district_is_not(store):
    assert "districts" not in _held(store, ALPHA, [*ALPHA[:2], "0002", *ALPHA[3:]])
