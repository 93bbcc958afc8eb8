"""Cleaned cells -> roster rows: school years, dates, ids, schools, repetitions, and every problem at once."""

from datetime import date

import pandas as pd
import pytest

from data.roster import prepare, years
from tests.support.rosters import about, cells

OAK = "Oak Elementary"
ONE = ("1", "Ana", "Bo", OAK, "5")


def only(prepared) -> dict:
    """The single row that was kept, dates as texts."""
    assert len(prepared.rows) == 1
    row = prepared.rows.iloc[0].to_dict()
    for name in ("entry_date", "exit_date"):
        row[name] = None if pd.isna(row[name]) else str(row[name])[:10]
    return row


def codes(prepared) -> list[str]:
    return list(prepared.problems["code"])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025-26", "2025-26"), ("2025-2026", "2025-26"), ("SY25-26", "2025-26"), ("SY 2025/26", "2025-26"),
        ("25-26", "2025-26"), ("2026", "2025-26"), ("2026.0", "2025-26"), ("SY2026", "2025-26"),
        ("School Year 2025–26", "2025-26"), ("1999-2000", None), ("soon", None), ("2025-28", None),
    ],
)  # fmt: skip
def test_school_years_as_people_write_them(text, year):
    assert years.year_of_text(text) == year


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Roster as of 10/3/2025", date(2025, 10, 3)), ("roster_2025-10-03.csv", date(2025, 10, 3)),
        ("roster20251003.xlsx", date(2025, 10, 3)), ("Enrollment 10-3-25.csv", date(2025, 10, 3)),
        ("Students (Oct 3, 2025)", date(2025, 10, 3)), ("31.10.2025", date(2025, 10, 31)),
        ("Roster 2025-26.csv", None), ("roster (2).csv", None), ("13/13/2025", None),
    ],
)  # fmt: skip
def test_dates_in_titles_and_file_names(name, day):
    assert years.date_in_name(name) == day


def test_a_date_in_a_name_is_no_school_year():
    assert years.year_in_name("roster 2025-10-26.csv") is None
    assert years.year_in_name("roster 10-25-26.csv") is None
    assert years.year_in_name("SY2024-25 roster 2025-10-03.csv") == "2024-25"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Calls 2025-26", "2025-26"), ("Sept 2025", "2025-26"), ("July 2026", "2026-27"),
        ("log_Nov2025.csv", "2025-26"), ("Contacts 10/2025", "2025-26"), ("Spring 2026", "2025-26"),
        ("Week of 9/8/2025", "2025-26"), ("Fall 2025", "2025-26"), ("June 2026", "2025-26"),
        ("Dec 2025 - Jan 2026", "2025-26"), ("May 2025 and Oct 2025", None), ("Printed 7/2/2026", None),
        ("Calls 2025", None), ("Room 2025", None),
    ],
)  # fmt: skip
def test_the_school_year_of_a_log_by_what_its_title_says(title, year):
    assert years.year_of_log(title) == year


def test_without_any_date_the_lessons_of_the_school_year_are_the_span():
    row = only(prepare(cells(ONE), about(date(2025, 10, 1))))
    assert (row["school_year"], row["entry_date"], row["exit_date"]) == ("2025-26", "2025-08-15", "2026-06-15")
    assert not row["dated"]


def test_the_school_year_comes_from_the_column_then_the_dates_then_the_name_then_today():
    both = {"school_year": "2023-24", "entry_date": date(2023, 9, 5)}
    assert only(prepare(cells(ONE, **both), about()))["school_year"] == "2023-24"
    assert only(prepare(cells(ONE, entry_date=date(2022, 9, 5)), about()))["school_year"] == "2022-23"
    named = about(hints=("Roster 2021-22.xlsx",))
    assert only(prepare(cells(ONE), named))["school_year"] == "2021-22"
    assert only(prepare(cells(ONE, entry_date=date(2022, 9, 5)), named))["school_year"] == "2022-23"
    assert only(prepare(cells(ONE), about(date(2026, 7, 1))))["school_year"] == "2026-27"
    said = about(school_year="2020-21")
    assert only(prepare(cells(ONE), said))["school_year"] == "2020-21"


def test_the_roster_speaks_for_the_date_in_its_name_unless_that_is_to_come():
    assert prepare(cells(ONE), about(hints=("as of 9/12/2025",))).roster_date == date(2025, 9, 12)
    assert prepare(cells(ONE), about(hints=("as of 9/12/2027",))).roster_date == date(2025, 10, 1)


def test_a_single_year_is_the_ending_one_unless_the_dates_say_otherwise():
    assert only(prepare(cells(ONE, school_year="2026"), about()))["school_year"] == "2025-26"
    begun = {"school_year": "2025", "entry_date": date(2025, 8, 20)}
    assert only(prepare(cells(ONE, **begun), about()))["school_year"] == "2025-26"


def test_an_entry_without_an_exit_stays_open_and_an_exit_alone_begins_with_lessons():
    open_end = only(prepare(cells(ONE, entry_date=date(2025, 9, 8)), about()))
    assert (open_end["entry_date"], open_end["exit_date"], open_end["dated"]) == ("2025-09-08", None, True)
    left = only(prepare(cells(ONE, exit_date=date(2025, 9, 30)), about()))
    assert (left["entry_date"], left["exit_date"]) == ("2025-08-15", "2025-09-30")


def test_a_first_enrollment_date_of_long_ago_begins_with_the_stated_year():
    row = only(prepare(cells(ONE, school_year="2025-26", entry_date=date(2019, 8, 20)), about()))
    assert (row["school_year"], row["entry_date"], row["exit_date"]) == ("2025-26", "2025-08-15", None)
    entered = [date(2019, 8, 20), date(2025, 8, 20)]
    prepared = prepare(cells(ONE, ("2", "Al", "Bo", OAK, "5"), entry_date=entered), about())
    assert list(prepared.rows["school_year"]) == ["2019-20", "2025-26"]
    assert [code for code, _ in prepared.notices] == ["old_entry_dates"]


def test_a_date_far_ahead_stands_for_no_exit():
    assert (
        only(prepare(cells(ONE, entry_date=date(2025, 8, 20), exit_date=date(2099, 12, 31)), about()))["exit_date"]
        is None
    )


def test_every_problem_is_found_in_one_pass_with_its_row():
    frame = cells(
        ONE,
        (None, "No", "Number", OAK, "5"),
        ("3", "No", "Grade", OAK, None),
        ("4", "No", "School", None, "5"),
        ("5", "Turned", "Round", OAK, "5"),
        ("6", "Odd", "Year", OAK, "5"),
        ("7", "Wrong", "Year", OAK, "5"),
        ("8", "Far", "Off", OAK, "5"),
        entry_date=date(2025, 9, 1),
    )
    frame.loc[4, "exit_date"] = pd.Timestamp(2025, 8, 20)
    frame["school_year"] = [None, None, None, None, None, "soon", "2023-24", None]
    frame.loc[7, "entry_date"] = date(2099, 1, 1)
    prepared = prepare(frame, about())
    assert list(prepared.rows["local_id"]) == ["1"]
    found = sorted(zip(prepared.problems["row"], prepared.problems["code"], strict=True))
    assert found == [
        (3, "no_student_id"), (4, "no_grade"), (5, "no_school"), (6, "exit_before_entry"), (7, "unknown_year"),
        (8, "outside_year"), (9, "date_too_far"),
    ]  # fmt: skip
    assert all(message.endswith(".") for message in prepared.problems["message"])
    assert prepared.set_aside == {("", row) for row in range(3, 10)}


def test_what_could_not_be_read_is_set_aside_without_a_second_problem():
    frame = cells(("1", "Ana", "Bo", OAK, None), ("2", "Al", "Bo", OAK, "5"), bad=["grade", "home_language"])
    prepared = prepare(frame, about())
    assert codes(prepared) == []
    assert prepared.set_aside == {("", 2)}
    assert list(prepared.rows["local_id"]) == ["2"]


def test_repeated_rows_are_one_and_no_row_vanishes():
    frame = cells(ONE, ONE, ONE, ("2", "Al", "Bo", OAK, "6"), ("3", "Cy", "Bo", OAK, None))
    prepared = prepare(frame, about())
    assert len(prepared.rows) == 2 and prepared.repeated == 2
    assert len(frame) == len(prepared.rows) + prepared.repeated + prepared.left_out + len(prepared.set_aside)


def test_students_who_are_gone_are_left_out_unless_the_roster_says_when_they_left():
    frame = cells(
        ONE, ("2", "Al", "Bo", OAK, "6"), ("3", "Cy", "Bo", OAK, "6"), status=["Active", "Withdrawn", "inactive"]
    )
    frame.loc[2, "exit_date"] = pd.Timestamp(2025, 9, 12)
    prepared = prepare(frame, about())
    assert (list(prepared.rows["local_id"]), prepared.left_out) == (["1", "3"], 1)


def test_who_is_said_to_be_gone_does_not_stay_to_the_end_of_the_year():
    """The last day of the year is everybody's, and no day on which somebody left."""
    frame = cells(
        ONE, ("2", "Al", "Bo", OAK, "6"), ("3", "Cy", "Bo", OAK, "6"), status=["Active", "Withdrawn", "Withdrawn"]
    )
    frame["exit_date"] = pd.to_datetime(["2026-06-10", "2026-06-10", "2025-09-12"])
    prepared = prepare(frame, about(today=date(2025, 10, 1)))
    assert (list(prepared.rows["local_id"]), prepared.left_out) == (["1", "3"], 1)


def test_a_status_that_is_not_known_is_told():
    said = ["Active", "Accepted", "Accepted", "W", "Returning"]
    frame = cells(*((str(n), "Al", "Bo", OAK, "6") for n in range(5)), status=said)
    told = dict(prepare(frame, about()).notices)
    assert told["unknown_status"].startswith("2 rows have the status “Accepted”, which is not known")
    frame["status"] = ["Active", "A", "Enrolled", "2", None]
    assert "unknown_status" not in dict(prepare(frame, about()).notices)


def test_the_school_of_the_upload_fills_only_what_the_file_lacks():
    frame = cells(ONE, ("2", "Al", "Bo", None, "6"))
    prepared = prepare(frame, about(school="Elm Middle"))
    assert list(prepared.rows["school"]) == [OAK, "Elm Middle"]
    coded = cells(("1", "Ana", "Bo", None, "5"), ("2", "Al", "Bo", None, "5"), school_code=["7", "8"])
    assert prepare(coded, about(school="Elm Middle")).rows["school"].isna().all()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Núñez, José", "José", "Núñez"), ("José Núñez", "José", "Núñez"), ("Cher", None, "Cher"),
        ("María J. de la Cruz", "María J.", "de la Cruz"), ("Robert Smith Jr.", "Robert", "Smith Jr."),
        ("Smith, Robert, Jr", "Robert, Jr", "Smith"),
    ],
)  # fmt: skip
def test_whole_names_are_split_and_kept_as_written(text, first, last):
    prepared = prepare(cells(("1", text, OAK, "5"), headers=("student_id", "student_name", "school", "grade")), about())
    row = prepared.rows.iloc[0]
    assert (None if pd.isna(row["first_name"]) else row["first_name"], row["last_name"]) == (first, last)


def test_a_roster_without_numbers_knows_students_by_school_and_name():
    frame = cells(("Núñez, José", OAK, "5"), ("JOSE NUNEZ", "Oak ES", "5"), headers=("student_name", "school", "grade"))
    prepared = prepare(frame, about())
    assert prepared.rows["local_id"].nunique() == 1
    assert [code for code, _ in prepared.notices][0] == "names_for_ids"


def test_an_empty_roster_gives_no_rows_and_no_error():
    prepared = prepare(cells(), about())
    assert len(prepared.rows) == 0 and codes(prepared) == []
