"""Upload: what is asked before a load, answered on the page: who has left, which ids, which files belong together."""

from datetime import date

import pytest

from data.schoolyear import name_of, start_year
from data.store import open_store
from tests.pages.test_upload import button, chosen, drop, opened, said, sound, tiles
from tests.support import screens

YEAR = start_year(name_of(date.today()))
HEADERS = "Student ID,First Name,Last Name,School,Grade,Entry Date\n"
ROSTER = [f"{n:05d},First{n},Last{n},Lincoln ES,{1 + n % 5},7/15/{YEAR}\n" for n in range(100, 150)]
ONEROSTER = {
    "orgs.csv": "sourcedId,name,type,identifier\ns1,Oak Elementary,school,101\n",
    "users (1).csv": "sourcedId,orgSourcedIds,role,givenName,familyName,identifier,grades\n"
    "u1,s1,student,Ana,Bo,00123,03\nu2,s1,student,Cy,Lee,00124,04\nu3,s1,teacher,Tea,Cher,,\n",
    "enrollments.csv": "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
    f"e1,c1,s1,u1,student,{YEAR}-08-15,{YEAR + 1}-06-15\n",
    "classes.csv": "sourcedId,title,grades,courseSourcedId,schoolSourcedId,termSourcedIds\nc1,Math,03,o1,s1,t1\n",
}


@pytest.fixture
def at_home(own_home):
    screens.sample(own_home).close()
    return own_home


def with_roster():
    test = drop(opened(), ("roster.csv", HEADERS + "".join(ROSTER)))
    return sound(button(test, "Load 50 roster rows").click().run())


def value(home, sql: str):
    return open_store(home / "district.duckdb").value(sql)


def test_a_grades_list_is_held_and_can_be_told_to_add_only(at_home):
    test = with_roster()
    drop(test, ("grade.csv", HEADERS + "".join(ROSTER[:30]) + "00999,New,One,Lincoln ES,3,\n"))
    load = button(test, "Load 1 roster row")
    assert load.disabled
    assert any("does not name 20 of the 50 students of Lincoln ES (40%)" in one.label for one in test.checkbox)
    sound(button(test, "It names only some students").click().run())
    assert not test.checkbox and chosen(test, "Does it name every student").value is False
    sound(button(test, "Load 1 roster row").click().run())
    assert value(at_home, "SELECT count(DISTINCT exit_day) FROM enrollment WHERE exit_date IS NOT NULL") == 0
    assert value(at_home, "SELECT count(*) FROM student") == 51


def test_ids_that_lost_their_zeros_are_matched_with_one_click_remembered_and_forgotten(at_home):
    test = with_roster()
    rows = [f"{n},9/{1 + n % 28}/{YEAR},phone\n" for n in range(100, 150)]
    drop(test, ("calls.csv", "Student ID,Date,Channel\n" + "".join(rows)))
    assert tiles(test)["Waiting"] == "50"
    assert "with 5 digits each (149 as 00149), 50 of the 50 rows" in said(test)
    sound(button(test, "Read the ids with 5 digits").click().run())
    assert tiles(test)["New"] == "50"
    sound(button(test, "Take them as they are written").click().run())
    assert tiles(test)["New"] == "0"
    sound(button(test, "Read the ids with 5 digits").click().run())
    sound(button(test, "Load 50 contacts").click().run())
    assert value(at_home, "SELECT count(*) FROM contact") == 50
    drop(test, ("later.csv", "Student ID,Date,Channel\n" + "".join(rows).replace(",9/", ",10/")))
    assert tiles(test)["New"] == "50"
    assert "From an earlier file with these headers: ids are read with 5 digits" in said(test)
    sound(button(test, "Forget this").click().run())
    assert tiles(test)["New"] == "0"
    assert value(at_home, "SELECT count(*) FROM remembered_mapping") == 0


def test_files_of_one_export_dropped_one_by_one_are_one_roster(at_home):
    test = drop(opened(), *ONEROSTER.items())
    assert tiles(test) == {"Rows read": "2", "New": "2"}
    sound(button(test, "Load 2 roster rows").click().run())
    assert value(at_home, "SELECT count(*) FROM student") == 2


def test_one_file_of_an_export_says_which_files_belong_to_it(at_home):
    test = drop(opened(), ("classes.csv", ONEROSTER["classes.csv"]))
    assert "classes.csv is one file of a OneRoster export" in said(test)
    assert "Load orgs.csv, users.csv and enrollments.csv together" in said(test)


NAMED = (
    "Lincoln ES - Family contacts,,\n\nStudent,Date,Method\n"
    f'"Twin, Pat",9/3/{YEAR},Phone\n"Twin, Pat",9/4/{YEAR},Text\n"Last101, First101",9/4/{YEAR},Text\n'
)
TWINS = "00777,Pat,Twin,Lincoln ES,3,\n00778,Pat,Twin,Lincoln ES,4,\n00779,Pat,Twin,Grant MS,7,\n"


def test_one_name_of_several_students_is_settled_by_choosing_which(at_home):
    drop(test := opened(), ("roster.csv", HEADERS + "".join(ROSTER) + TWINS))
    sound(button(test, "Load 53 roster rows").click().run())
    drop(test, ("log.csv", NAMED))
    assert "2 of them to wait for their student" in said(test) and not test.checkbox
    which = chosen(test, "“Twin, Pat” may be one of 3 students (2 rows)")
    assert which.value is None and not test.slider, "each is to be chosen: nothing can be accepted all at once"
    sound(button(test, "The file says Lincoln ES: use it").click().run())
    assert chosen(test, "School, where a row names none").value == "Lincoln ES"
    which = chosen(test, "“Twin, Pat” may be one of 2 students (2 rows)")
    sound(which.set_value(1).run())
    sound(button(test, "Load 3 contacts").click().run())
    assert value(at_home, "SELECT count(*) FROM contact JOIN student USING (student_id) WHERE local_id = '00778'") == 2
    assert value(at_home, "SELECT count(*) FROM contact") == 3


def test_rows_of_namesakes_are_not_said_to_fit_no_student(at_home):
    """They wait until somebody says who is meant: no roster that comes later would settle them."""
    drop(test := opened(), ("roster.csv", HEADERS + "".join(ROSTER) + TWINS))
    sound(button(test, "Load 53 roster rows").click().run())
    drop(test, ("log.csv", NAMED))
    sound(button(test, "Load 3 contacts").click().run())
    assert "2 rows wait." in said(test) and "several students have the name" in said(test)
    assert "no student of the roster fits" not in said(test)
    page = sound(test.switch_page("pages/data_quality.py").run())
    lines = page.table[0].value
    number = lines[lines.iloc[:, 1].str.contains("Contacts that wait for their student")]["Number"].item()
    assert number == "2 (67\N{NO-BREAK SPACE}%)", "2 of 3 contacts: 1 came in, and 2 wait"


def test_codes_of_a_roster_are_explained_on_the_page(at_home):
    rows = [f"{n:05d},First{n},Last{n},Lincoln ES,3,7/15/{YEAR},{1 + n % 2}\n" for n in range(100, 120)]
    test = drop(opened(), ("roster.csv", HEADERS[:-1] + ",Race Code\n" + "".join(rows)))
    sound(chosen(test, "Race or ethnicity: “1” (10 rows)").select("hispanic").run())
    assert chosen(test, "Race or ethnicity: “2” (10 rows)").value is None
    sound(button(test, "Load 20 roster rows").click().run())
    assert value(at_home, "SELECT count(*) FROM enrollment WHERE race_ethnicity = 'hispanic'") == 10
    assert value(at_home, "SELECT count(*) FROM enrollment WHERE race_ethnicity IS NULL") == 10
