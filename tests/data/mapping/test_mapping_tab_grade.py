"""The grade that a tab or a title gives to a whole sheet; where it may mean another, none."""

import pytest

from data.mapping import codes, titled_grade


@pytest.mark.parametrize("texts, grade", [
    (["Kinder"], "K"), (["1st Grade"], "1"), (["Gr 2"], "2"), (["Third Grade"], "3"), (["Grade: 4"], "4"),
    (["5th gr"], "5"), (["Room 12 Grade 3"], "3"), (["4 grade"], "4"),
    (["Sheet1", "Oak School", "Mrs. Vega - Room 12 - Grade 3 - 2026-2027"], "3"),
    (["Pre-K AM"], "PK"), (["TK Rios"], "TK"),
    (["Grade K"], "K"), (["Freshmen"], "9"), (["Seniors"], "12"), (["Class list, grade 10"], "10"), (["6º grado"], "6"),
    (["Kindergarten", "Kindergarten roster"], "K"), (["2nd Graders"], "2"), (["Grade 3 – Room 4"], "3"),
])  # fmt: skip
def test_a_grade_is_read_out_of_names_and_titles(texts, grade):
    assert titled_grade(texts) == grade


@pytest.mark.parametrize("texts", [
    ["3"], ["Sheet1"], ["Grades 3-5"], ["K-5 students"], ["Grade 3-4 combo"], ["Grade 3", "Grade 4"], ["3rd/4th"],
    ["Room 12"], ["Senior Counselor: Ms. Vega"],
    ["Oak Junior High"], ["2026-27"], ["Period 3"], ["1st quarter"], ["Grade"], ["3rd and 4th grade"], ["13th grade"],
    [],
])  # fmt: skip
def test_what_may_mean_several_grades_or_none_gives_none(texts):
    assert titled_grade(texts) is None


@pytest.mark.parametrize("text, grade", [
    ("Kdg", "K"), ("KDG-FT", "K"), ("K-AM", "K"), ("HK", "K"), ("GR12", "12"), ("G05", "5"), ("Sophmore", "10"),
    ("Freshmen", "9"), ("EE", "PK"), ("GR", None), ("G", None), ("UE", None), ("UG", None), ("30", None),
    ("Kindergarten AM", "K"), ("AM Kindergarten", "K"), ("K (PM)", "K"), ("PK-PM", "PK"), ("3K", "PK"), ("4K", "PK"),
    ("Pre-School", "PK"), ("Head Start", "PK"), ("Young Fives", "TK"), ("18-21", "13"), ("Transition 18-22", "13"),
    ("Post Grad", "13"), ("5th Year Senior", "12"), ("8 AM", None), ("Adult", None), ("18", None),
])  # fmt: skip
def test_grades_as_systems_write_them(text, grade):
    assert codes.grade(text).value == grade
