"""Class lists: a tab for each grade, with the teacher beside the students and no column of a contact."""

import pytest

from data.errors import Refusal
from tests.support.loading import load, preview, sheet, workbook

HEADERS = ["ID", "Student", "Teacher", "DOB"]


def _book(*tabs: str, headers=HEADERS, name="Lincoln.xlsx", last="1/2/2018"):
    rows = [[f"00{place}", f"Ana Lopez{'abcdef'[place]}", "Ms. Vega", last] for place in range(len(tabs))]
    return workbook(
        *(sheet([row], name=tab, headers=headers) for tab, row in zip(tabs, rows, strict=True)), name=name
    )  # fmt: skip


def _grades(store):
    return store.rows("SELECT local_id, grade FROM student JOIN enrollment USING (student_id) ORDER BY 1")


def test_a_class_list_with_a_teacher_column_is_a_roster(store):
    load(store, _book("TK", "Kinder", "Grade 1"), school="Lincoln Elementary")
    assert _grades(store) == [("000", "TK"), ("001", "K"), ("002", "1")]


def test_a_log_without_dates_is_still_a_log(store):
    for header, last in (("Notes", "Spoke with his mother about the trip"), ("Outcome", "Reached")):
        with pytest.raises(Refusal) as refusal:
            book = _book("Grade 1", headers=[*HEADERS[:3], header], last=last)
            preview(store, book, school="Lincoln Elementary")
        assert refusal.value.code == "no_date_column"


def test_an_ordinal_alone_is_a_grade_beside_a_tab_that_says_so(store):
    load(store, _book("Kinder", "1st", "2nd"), school="Lincoln Elementary")
    assert _grades(store) == [("000", "K"), ("001", "1"), ("002", "2")]


def test_ordinals_alone_may_be_periods(store):
    with pytest.raises(Refusal) as refusal:
        preview(store, _book("1st", "2nd", name="Class roster.xlsx"), school="Lincoln Elementary")
    assert refusal.value.code == "no_grade_column"


def test_the_tab_that_says_no_grade_is_named(store):
    with pytest.raises(Refusal) as refusal:
        preview(store, _book("Kinder", "1st", "2-3 combo"), school="Lincoln Elementary")
    assert "“2-3 combo”" in refusal.value.sentence and "“1st”" not in refusal.value.sentence
