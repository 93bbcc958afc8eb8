"""Class lists below each other, whose titles say the grades: nobody is put into the grade of the list above."""

import pytest

from data.errors import Refusal
from tests.support.loading import load, preview, sheet, workbook

HEADERS = ["ID", "Last Name", "First Name"]
ANA, BEN, CY, DEE = (
    ["0101", "Lopez", "Ana"],
    ["0102", "Smith", "Ben"],
    ["0103", "Young", "Cy"],
    ["0104", "Zur", "Dee"],
)


def _grades(store, rows, name="Oak Elementary"):
    load(store, workbook(sheet(rows, name), name="classes.xlsx"))
    found = store.rows("SELECT local_id, grade FROM student JOIN enrollment USING (student_id) ORDER BY 1")
    return "".join(grade for _, grade in found) if len(found) == len({number for number, _ in found}) else found


def test_each_list_is_of_the_grade_in_its_title(store):
    rows = [
        ["Teacher: Ms. Alder", "", "Grade 1"], HEADERS, ANA, BEN, ["Total", "2"], [],
        ["Mr. Birch", "", "2nd Grade"], ["Room 4"], HEADERS, CY, DEE, ["Total", "2"],
    ]  # fmt: skip
    planned = preview(store, workbook(sheet(rows, "Oak Elementary"), name="classes.xlsx"))
    said = {one.code: one.sentence for one in planned.notices}
    planned.close()
    assert "(Oak Elementary)" in said["tab_schools"] and "(Oak Elementary: 1, 2)" in said["tab_grades"]
    assert _grades(store, rows) == "1122"


def test_lines_that_only_name_the_grade_stand_between_the_students(store):
    rows = [HEADERS, ["Kindergarten"], ANA, BEN, ["Grade 1 (2 students)"], CY, DEE]
    assert _grades(store, rows) == "KK11"


def test_a_school_and_a_grade_above_each_list(store):
    rows = [
        ["School: Oak ES"], ["Grade 3"], HEADERS, ANA,
        ["School: Elm ES"], ["Grade 4"], HEADERS, BEN,
        ["Grade 5"], HEADERS, CY,
    ]  # fmt: skip
    assert _grades(store, rows, "All") == "345"
    at = "SELECT local_id, school.name FROM student JOIN enrollment USING (student_id) JOIN school USING (school_id)"
    assert [name for _, name in store.rows(f"{at} ORDER BY 1")] == ["Oak ES", "Elm ES", "Elm ES"]


def test_column_names_said_again_on_the_next_page_end_no_grade(store):
    rows = [["Grade 2"], HEADERS, ANA, BEN, HEADERS, CY, ["(continued)"], HEADERS, DEE]
    assert _grades(store, rows) == "2222"


@pytest.mark.parametrize("title", ["Mr. Birch", "Grades 2-3", "School: Elm ES"])
def test_a_list_whose_title_says_no_grade_does_not_take_the_one_above(store, title):
    rows = [["Ms. Alder - Grade 1"], HEADERS, ANA, [title], HEADERS, BEN, ["Grade 3"], HEADERS, CY]
    with pytest.raises(Refusal) as refused:
        preview(store, workbook(sheet(rows, "Oak Elementary"), name="classes.xlsx"))
    assert refused.value.code == "no_grade_column" and "above each list" in refused.value.sentence


def test_a_column_of_grades_counts_and_titles_do_not(store):
    rows = [["Grade 1"], [*HEADERS, "Grade"], [*ANA, "1"], ["Grade 2"], [*HEADERS, "Grade"], [*BEN, "3"]]
    assert _grades(store, rows) == "13"


def test_in_a_log_a_grade_alone_in_a_row_is_no_title(with_roster):
    rows = [
        ["Date", "Student", "Type", "Notes"],
        ["9/8/2025", "Ana Lopez", "Phone", "Spoke with mom"],
        ["", "", "", "asked about 4th grade"],
        ["9/9/2025", "Ana Lopez", "Phone", "Spoke with mom"],
    ]
    planned = preview(with_roster, workbook(sheet(rows, "Log"), name="log.xlsx"))
    assert not [one for one in planned.notices if one.code == "stacked"]
    planned.close()
