"""Rosters whose columns say more than the fields: who left, calendars, dates of programs, codes, blanks."""

from datetime import date

import pytest

from tests.support.loading import load, preview, sheet, workbook

NOW = date.today().year - (date.today().month < 7)  # the school year of today begins in it
BASE = ["Student ID", "Last Name", "First Name", "School", "Grade"]


def book(headers: list[str], rows: list[list], base=BASE):
    """A roster of one student a row, with further columns."""
    students = [[f"A{n}12", f"Lopez{'abcdefghij'[n]}", "Ana", "Oak School", "5"] for n in range(len(rows))]
    told = [[*student[: len(base)], *row] for student, row in zip(students, rows, strict=True)]
    return workbook(sheet(told, headers=[*base, *headers]), name="students.csv")


def notices(store, roster) -> dict[str, str]:
    planned = preview(store, roster)
    planned.close()
    return {notice.code: notice.sentence for notice in planned.notices}


def stored(store, column: str) -> list:
    said = f"SELECT {column} FROM enrollment JOIN student USING (student_id) ORDER BY local_id"
    return [value for (value,) in store.rows(said)]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Exit Code", ["", "W1", "", "T12", "", ""]),
        ("Withdrawal Reason", ["", "Moved", "", "Home school", "", ""]),
        ("Notes", ["new in 10/5", "Withdrawn 10/3", "retained", "moved to Elm", "moved from Elm", ""]),
    ],
)
def test_who_left_in_a_column_that_is_no_field_is_told(store, header, said):
    """Nothing says when, so they count as enrolled; a person must know. No text of a note is quoted."""
    told = notices(store, book([header], [[text] for text in said]))["says_left"]
    assert told.startswith(f"2 rows (rows 3, 5) say in “{header}” that the student left, but not when")
    assert "Elm" not in told


def test_who_has_a_last_day_is_not_told_again(store):
    roster = book(["Exit Date", "Exit Code"], [["", ""], [f"9/30/{NOW}", "W1"], ["", ""], ["", ""]])
    assert "says_left" not in notices(store, roster)


@pytest.mark.parametrize(
    "header", ["IEP Exit Date", "EL Exit Date", "504 End Date", "Gifted Exit Date", "Lunch End Date"]
)
def test_the_end_of_a_program_is_no_exit_from_the_school(store, header):
    load(store, book([header], [[f"9/30/{NOW}"], [""], [f"10/2/{NOW}"], [""]]))
    assert {day.month for day in stored(store, "exit_date")} == {6}


@pytest.mark.parametrize("header", ["Ever EL", "Former EL", "Previously IEP", "Ever SPED"])
def test_who_once_was_in_a_program_is_not_in_it_by_that(store, header):
    load(store, book([header], [["Y"], ["N"], ["Y"], ["N"]]))
    assert set(stored(store, "english_learner")) | set(stored(store, "iep")) == {None}


@pytest.mark.parametrize("name", ["{} Oak School", "{} Roosevelt", "Oak School {}", "Oak School ({})"])
def test_a_calendar_is_a_school_in_a_year(store, name):
    """Infinite Campus names calendars so; the calendars of two years are one school."""
    base = [header for header in BASE if header not in ("School", "Grade")]
    for year in (NOW - 1, NOW):
        calendar = name.format(f"{year % 100}-{(year + 1) % 100:02d}")
        load(store, book(["calendarName", "Grade"], [[calendar, "5"]] * 3, base))
    assert store.rows("SELECT name FROM school") == [(name.format("").replace("()", "").strip(),)]
    years = {f"{year}-{(year + 1) % 100:02d}" for year in (NOW - 1, NOW)}
    assert set(stored(store, "school_year")) == years


@pytest.mark.parametrize("yes", ["Y", "Yes", "x", "TRUE"])
def test_a_blank_beside_nothing_but_yes_is_no(store, yes):
    roster = book(["SPED", "EL"], [[yes, ""], ["", ""], ["", yes]])
    assert notices(store, roster)["blanks"].startswith("A blank in “SPED” and “EL” is read as no")
    load(store, roster)
    assert (stored(store, "iep"), stored(store, "english_learner")) == ([True, False, False], [False, False, True])


def test_a_blank_beside_yes_and_no_says_nothing(store):
    load(store, book(["SPED"], [["Y"], [""], ["N"]]))
    assert stored(store, "iep") == [True, None, False]


def test_lunch_numbers_of_a_scale_are_asked_about(store):
    """Florida counts 0 and 1 as not eligible, 2 and 3 as free and reduced: a 1 is no yes there."""
    load(store, book(["Lunch Status"], [["0"], ["1"], ["2"], ["3"]]))
    assert stored(store, "low_income") == [None] * 4


def test_numbers_of_texas_and_a_plain_yes_and_no_are_read(store):
    load(store, book(["Economic Disadvantage Code"], [["00"], ["01"], ["02"], ["99"]]))
    assert stored(store, "low_income") == [False, True, True, True]


def test_a_language_fluency_of_t_is_to_be_determined(store):
    load(store, book(["ELL"], [["E"], ["L"], ["R"], ["T"]]))
    assert stored(store, "english_learner") == [False, True, False, None]


@pytest.mark.parametrize("said", [("H", "N"), ("Hispanic", "Not Hispanic"), ("Hispanic", "")])
def test_ethnicity_beside_a_column_for_each_race(store, said):
    rows = [["Y", "N", said[0]], ["Y", "N", said[1]], ["N", "Y", said[0]], ["Y", "Y", said[1]]]
    load(store, book(["Race: White", "Race: Black or African American", "Ethnicity"], rows))
    assert stored(store, "race_ethnicity") == ["hispanic", "white", "hispanic", "two_or_more"]


def test_federal_ethnicity_of_0_and_1_beside_a_race(store):
    load(store, book(["Ethnicity", "FedEthnicity"], [["White", "1"], ["White", "0"], ["Black", "0"], ["Asian", "1"]]))
    assert stored(store, "race_ethnicity") == ["hispanic", "white", "black", "hispanic"]


def test_a_concurrent_enrollment_is_a_second_school(store):
    rows = [
        ["1", "Lopez", "Ana", school, "5", kind] for school, kind in (("Oak School", "Primary"), ("Elm", "Concurrent"))
    ]
    load(store, workbook(sheet(rows, headers=[*BASE, "Enrollment"]), name="skyward.csv"))
    assert store.rows("SELECT DISTINCT k.name FROM enrollment JOIN school AS k USING (school_id)") == [("Oak School",)]


def test_a_code_that_means_two_languages_is_asked_about(store):
    """HA is Hausa by ISO and Haitian Creole in Florida."""
    load(store, book(["Home Language"], [["EN"], ["SP"], ["HA"], ["EN"]]))
    assert stored(store, "home_language") == ["english", "spanish", None, "english"]


def tabs(told: dict[str, list[list]]):
    """A roster with a tab for each name, of rows [id, grade]."""
    rows = {
        name: [[i, "Lopez" + i[-1], "Ana", "Oak School", grade] for i, grade in some] for name, some in told.items()
    }
    return workbook(*(sheet(some, headers=BASE, name=name) for name, some in rows.items()), name="students.xlsx")


def test_a_tab_for_each_school_year(store):
    """All had been of the first tab's year, in the last tab's grade."""
    years = [f"{year}-{(year + 1) % 100:02d}" for year in (NOW - 1, NOW)]
    load(store, tabs({years[0]: [["A1", "3"], ["A2", "4"]], years[1]: [["A1", "4"], ["A3", "3"]]}))
    said = "SELECT local_id, school_year, grade FROM enrollment JOIN student USING (student_id) ORDER BY ALL"
    assert store.rows(said) == [
        ("A1", years[0], "3"), ("A1", years[1], "4"), ("A2", years[0], "4"), ("A3", years[1], "3"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Withdrawals", "Withdrawn 26-27", "Inactive students", "Exited", "W/D"])
def test_a_tab_of_those_who_left(store, name):
    roster = tabs({"Current": [["A1", "3"], ["A2", "4"]], name: [["A2", "4"], ["A3", "3"]]})
    told = notices(store, roster)["left_sheet"]
    assert told.startswith(f"2 rows are left out: by the name of the sheet (“{name}”)")
    assert told.endswith("1 of them stands on another sheet, too, and counts as enrolled by that.")
    load(store, roster)
    assert stored(store, "local_id") == ["A1", "A2"]


@pytest.mark.parametrize("name", ["Transfers in", "New students", "Exit tickets", "Left wing"])
def test_a_tab_of_another_name_is_of_students_who_are_here(store, name):
    load(store, tabs({"Current": [["A1", "3"]], name: [["A2", "4"]]}))
    assert stored(store, "local_id") == ["A1", "A2"]


def test_a_number_that_is_to_come_is_no_number(store):
    rows = [
        [number, "Lopez", "Ana", "Oak School", "5"]
        for number in (*(f"A11{n}" for n in range(6)), "TBD", "pending", "1.00213E+5")
    ]
    load(store, workbook(sheet(rows, headers=BASE), name="students.csv"))
    assert stored(store, "local_id") == [f"A11{n}" for n in range(6)]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Active", ["Y", "N", "Y", "Y"]),
        ("Currently Enrolled?", ["Yes", "No", "", "Yes"]),
        ("Inactive", ["", "X", "", ""]),
        ("Withdrawn", ["N", "Y", "N", "N"]),
    ],
)
def test_a_flag_says_who_is_not_here(store, header, said):
    roster = book([header], [[text] for text in said])
    assert notices(store, roster)["left_out"].startswith("1 row is left out: by the status (“Inactive”)")
    load(store, roster)
    assert stored(store, "local_id") == ["A012", "A212", "A312"]


def test_a_last_day_is_no_last_name(store):
    rows = [[f"A{n}12", "Lopez, Ana", "Oak School", "5", ""] for n in range(4)]
    rows[1][-1] = f"9/30/{NOW}"
    load(
        store, workbook(sheet(rows, headers=["Student ID", "Name", "School", "Grade", "Last Day"]), name="students.csv")
    )
    assert store.rows("SELECT DISTINCT first_name, last_name FROM student") == [("Ana", "Lopez")]


def test_asian_or_pacific_islander_is_one_group(store):
    load(store, book(["Race/Ethnicity"], [["Asian/Pacific Islander"], ["White"], ["Asian, White"]]))
    assert stored(store, "race_ethnicity") == ["asian", "white", "two_or_more"]


@pytest.mark.parametrize("other", ["Native Language", "First Language", "Correspondence Language", "Primary Language"])
def test_the_home_language_is_the_one_that_says_so(store, other):
    load(store, book([other, "Home Language"], [["Spanish", "English"], ["English", "Somali"], ["Spanish", "English"]]))
    assert stored(store, "home_language") == ["english", "somali", "english"]


@pytest.mark.parametrize(("beside", "told"), [("Program", True), ("Course Name", True), ("Homeroom", False)])
def test_dates_that_may_be_of_a_program_are_told(store, beside, told):
    rows = [["ESL", f"9/1/{NOW}", ""], ["SPED", f"9/1/{NOW}", f"10/15/{NOW}"]]
    assert ("dates_of_programs" in notices(store, book([beside, "Start Date", "End Date"], rows))) == told


def test_who_is_not_enrolled_in_a_program_has_not_left_the_school(store):
    assert "says_left" not in notices(store, book(["EL Program"], [["ESL"], ["Not enrolled"], ["ESL"], ["ESL"]]))
