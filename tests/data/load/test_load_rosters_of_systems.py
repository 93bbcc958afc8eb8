"""Exports of student systems as they come: what is in them besides students, and their own names of columns."""

import pytest

from data.errors import Refusal
from tests.support.loading import load, preview, sheet, workbook

SECTIONS = ["School_id", "Section_id", "Teacher_id", "Name", "Grade", "Course_name", "Term_start", "Term_end"]
STAFF = ["School_id", "Teacher_id", "First_name", "Last_name", "Grade"]


@pytest.mark.parametrize(
    ("headers", "rows", "what"),
    [
        (SECTIONS, [["9001", f"c{n}", "t1", "Art", "5", "Art", "8/17/2026", "6/11/2027"] for n in range(3)], "classes"),
        (STAFF, [["9001", f"t{n}", "Ana", f"Vega{'abc'[n]}", "5"] for n in range(3)], "staff members"),
    ],
)
def test_a_list_of_classes_or_staff_is_no_roster(store, headers, rows, what):
    with pytest.raises(Refusal) as refused:
        preview(store, workbook(sheet(rows, headers=headers), name="sections.csv"))
    assert refused.value.code == "not_students" and what in refused.value.sentence


def test_a_class_list_that_repeats_its_section_is_a_roster(store):
    rows = [["Oak School", "c1", f"Lopez, An{'abc'[n]}", "5"] for n in range(3)]
    load(store, workbook(sheet(rows, headers=["School", "Section ID", "Name", "Grade"]), name="class.csv"))
    assert store.rows("SELECT count(*) FROM student") == [(3,)]


def aeries(prefix: str = "", change=("8/17/2026", "10/1/2026")):
    headers = [f"{prefix}{name}" for name in ("SC", "ID", "SN", "LN", "FN", "GR", "BD", "ED", "LD", "LF", "TG")]
    entry, leave = change
    rows = [
        ["994", f"9900{n}", str(n + 1), f"Fox{'abcdef'[n]}", "Flo", str(n), "1/2/2015", entry,
         leave if n == 2 else None, "ELR"[n % 3], "I" if n == 2 else None]
        for n in range(6)
    ]  # fmt: skip
    return workbook(sheet(rows, headers=headers), name="query.csv")


@pytest.mark.parametrize("prefix", ["", "STU."])
def test_the_field_names_of_aeries_are_known(store, prefix):
    load(store, aeries(prefix))
    found = store.rows(
        "SELECT local_id, name, grade, entry_date::VARCHAR, exit_date::VARCHAR, english_learner FROM enrollment "
        "JOIN student USING (student_id) JOIN school USING (school_id) ORDER BY 1"
    )
    assert found[:3] == [
        ("99000", "994", "K", "2026-08-17", None, False),
        ("99001", "994", "1", "2026-08-17", None, True),
        ("99002", "994", "2", "2026-08-17", "2026-10-01", False),
    ]


def test_flags_under_two_letters_are_no_dates(store):
    rows = [[f"9900{n}", f"Fox{'abcdef'[n]}", "Flo", "Oak", "3", "Y" if n % 2 else "N", "N"] for n in range(6)]
    headers = ["Student ID", "Last Name", "First Name", "School", "Grade", "ED", "LD"]
    planned = preview(store, workbook(sheet(rows, headers=headers), name="students.csv"))
    planned.close()
    assert not {"entry_date", "exit_date"} & set(planned.sheets[0].mapping.fields)


def test_a_list_of_who_is_in_which_class_names_the_file_to_load_instead(store):
    rows = [["12", f"s{n % 2}", f"9900{n}"] for n in range(4)]
    with pytest.raises(Refusal, match="who is in which class.*students.csv"):
        preview(store, workbook(sheet(rows, headers=["School_id", "Section_id", "Student_id"]), name="enrollments.csv"))
