"""Student files of Clever, ParentSquare, School Data Sync and Illuminate, from file to roster rows. Invented names."""

import zipfile

import pandas as pd
import pytest

from data import readers
from data.load.plan import plan
from data.roster.formats import take_school_lists
from data.roster.status import gone
from tests.support.rosters import fresh_store

CLEVER = (
    "last_name,middle_name,first_name,gender,race,state_id,contact_name,contact_type,contact_phone_type,hispanic_latino,"
    "home_language,frl_status,school_id,student_id,student_number,contact_phone,ell_status,iep_status,grade\n"
    "Bo,,Ana,F,W,9001,Pa Bo,primary,Home,N,Spanish,Free,101,5001,00123,555-1000,Y,N,Kindergarten\n"
    "Bo,,Ana,F,W,9001,Pa Bo,primary,Cell,N,Spanish,Free,101,5001,00123,555-1001,Y,N,Kindergarten\n"
    "Lee,M,Cy,M,B,9002,Ma Lee,primary,Home,Y,English,Paid,102,5002,00124,555-1002,N,Y,12\n"
)
PARENTSQUARE = {
    "schools.csv": (
        "school_id,school_name,school_zip,principal_first_name,principal_last_name,principal_email,school_phone\n"
        "101,Oak Elementary,07001,P,Q,p@q.example,555\n102,Elm Middle,07001,R,S,r@s.example,556\n"
    ),
    "students.csv": (
        "school_id,student_id,first_name,last_name,grade_level,state_student_id,status,student_email,cellphone\n"
        "101,00123,Ana,Bo,-1,9001,1,,\n101,00124,Cy,Lee,-3,9002,1,,\n102,00125,Di,Ray,7,9003,1,,\n"
        "102,00126,Ed,Poe,8,9004,0,,\n"
    ),
    "parents.csv": (
        "school_id,student_id,first_name,last_name,parent_id,relationship,language,email,mobile,secondary_phone\n"
        "101,00123,Pa,Bo,1,Father,Spanish,p@b.example,555,\n"
    ),
}
SDS = {
    "school.csv": "SIS ID,Name\n101,Oak High\n",
    "student.csv": (
        "SIS ID,School SIS ID,Username,First Name,Last Name,Secondary Email,Grade\n"
        "00123,101,ana,Ana,Bo,,10\n00124,101,cy,Cy,Lee,,11\n"
    ),
    "section.csv": "SIS ID,School SIS ID,Section Name\n1,101,Art\n",
}
ILLUMINATE = (
    "01 Student ID,02 Last Name,03 First Name,08 Site ID,11 Entry Date,12 Leave Date,13 Grade Level ID,"
    "14 Academic Year\n"
    "00123,Bo,Ana,101,2025-08-20,2026-06-15,1,2025-2026\n00124,Lee,Cy,101,2025-08-20,2026-06-15,13,2025-2026\n"
    "00125,Ray,Di,101,2025-08-20,2026-06-15,15,2025-2026\n"
)


@pytest.fixture
def roster_rows(tmp_path):
    """Plan a file (text) or a zip (dict) and give back its one roster: (rows by local id, preview)."""
    with fresh_store(tmp_path / "store") as store:
        opened = []

        def run(name, content):
            path = tmp_path / name
            if isinstance(content, dict):
                with zipfile.ZipFile(path, "w") as packed:
                    for member, text in content.items():
                        packed.writestr(member, text)
            else:
                path.write_text(content, encoding="utf-8")
            (preview,) = plan(store, path, name, "test")
            opened.append(preview)
            assert preview.kind == "roster"
            return preview.first_rows.set_index("local_id"), preview

        yield run
        for preview in opened:
            preview.close()


def test_clever_rows_that_repeat_for_each_phone_are_one_student(roster_rows):
    rows, preview = roster_rows("students.csv", CLEVER)
    assert rows["grade"].to_dict() == {"00123": "K", "00124": "12"}
    assert preview.counts["rows_read"] == 3 and preview.counts["rows_duplicate"] == 1
    ana = rows.loc["00123"]
    flags = ["home_language", "english_learner", "iep", "low_income"]
    assert ana[flags].tolist() == ["spanish", True, False, True]
    assert rows.loc["00124", "race_ethnicity"] == "hispanic" and rows.loc["00124", "school_code"] == "102"


def test_parentsquare_students_get_grades_of_its_scale_and_names_of_their_schools(roster_rows):
    rows, preview = roster_rows("parentsquare.zip", PARENTSQUARE)
    assert rows["grade"].to_dict() == {"00123": "TK", "00124": "PK", "00125": "7"}
    assert rows["school"].tolist() == ["Oak Elementary", "Oak Elementary", "Elm Middle"]
    assert preview.counts["rows_left_out"] == 1
    assert {"left_out", "school_names"} <= {notice.code for notice in preview.notices}


def test_school_data_sync_students_find_their_school_in_the_other_file(roster_rows):
    rows, _ = roster_rows("sds.zip", SDS)
    assert rows["school"].unique().tolist() == ["Oak High"]
    assert rows["grade"].to_dict() == {"00123": "10", "00124": "11"}


def test_illuminate_counts_grades_from_one(roster_rows):
    rows, _ = roster_rows("illuminate.csv", ILLUMINATE)
    assert rows["grade"].to_dict() == {"00123": "K", "00124": "12", "00125": "PK"}
    assert rows["school_year"].unique().tolist() == ["2025-26"]


def test_only_a_list_of_schools_is_taken_for_one(tmp_path):
    log = "Name,ID,School Name,Date,Type\nBo Ana,1,Oak,2025-10-01,phone\n"
    with zipfile.ZipFile(tmp_path / "school files.zip", "w") as packed:
        packed.writestr("log.csv", log)
        packed.writestr("school staff.csv", "ID,Name,Email\n1,Tea Cher,t@x.example\n")
        packed.writestr("schools.csv", PARENTSQUARE["schools.csv"])
    workbooks = readers.read(tmp_path / "school files.zip", "school files.zip")
    names, rest = take_school_lists(workbooks)
    assert names == {"101": "Oak Elementary", "102": "Elm Middle"}
    assert [workbook.file_name.split()[0] for workbook in rest] == ["log.csv", "school"]
    assert take_school_lists([workbook for workbook in workbooks if workbook not in rest])[0] == {}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (["Active", "Withdrawn", None, "To Be Deleted", "Enrolled"], [False, True, False, True, False]),
        (["0", "0", "0", "2", "-1"], [False, False, False, True, True]),
        (["1", "1", "0"], [False, False, True]),
        (["1", "0"], [False, False]),
        ([None, None], [False, False]),
        (["Active", "Withdrawn 10/3", "W/D", "Moved to Elm", "Left 9/12"], [False, True, True, True, True]),
        (["No longer here", "Dis-enrolled", "Graduate", "Out of district"], [True, True, True, False]),
        (["Moved in 9/12", "Transferred from Elm", "Home school", "Left hand seat"], [False, False, False, False]),
    ],
)
def test_a_status_says_who_is_not_here(status, expected):
    assert gone(pd.Series(status, dtype=object)).tolist() == expected


def test_a_tag_tells_who_left_and_yes_or_no_under_ethnicity_who_is_hispanic(roster_rows):
    rows, preview = roster_rows(
        "aeries.csv",
        "Student ID,Last Name,First Name,Sch Name,Grade,Tag,Ethnicity,Race\n00123,Bo,Ana,Oak ES,4,,Y,White\n"
        "00124,Lee,Cy,Oak ES,4,I,N,Asian\n00125,Ray,Di,Oak ES,5,,N,Black\n00126,Fox,Flo,Oak ES,K,*,Y,White\n",
    )
    assert rows["race_ethnicity"].to_dict() == {"00123": "hispanic", "00125": "black"}
    assert preview.counts["rows_left_out"] == 2


def test_tags_of_other_kinds_are_no_status(roster_rows):
    rows, _ = roster_rows(
        "tags.csv", "Student ID,Name,School,Grade,Tag\n1,Ana Bo,Oak ES,4,AVID\n2,Cy Lee,Oak ES,4,Band\n"
    )
    assert len(rows) == 2
