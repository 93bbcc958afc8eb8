"""From cells to clean rows: dates and times, tabs, workbooks with more than one table, what people decided."""

from datetime import date

import pytest

from data.errors import Refusal
from data.load import Choices, commit, dates
from data.load.remembering import forget, remembered
from data.schoolyear import name_of
from data.store import open_store
from tests.support.loading import LOG_HEADERS, ROSTER, ROSTER_HEADERS, load, log, preview, sheet, workbook


@pytest.fixture
def store(with_roster):
    return with_roster


def planned_rows(store, book, columns: str, **asked) -> list[tuple]:
    planned = preview(store, book, **asked)
    rows = planned.cursor.execute(f"SELECT {columns} FROM planned ORDER BY sheet, source_row").fetchall()
    planned.close()
    return rows


WRITTEN = {
    "month first": ["9/3/2025 2:05 PM", "12/31/2024 11:59 PM", "10/13/2025 12:00 AM", "1/2/2025 7:00 AM"],
    "day first": ["13/9/2025 14:05", "3/9/2025 00:00", "31/12/2024 23:59"],
    "year first": ["2025-09-03 14:05:09", "2024-12-31 00:00:00", "2025-09-03"],
    "two digits": ["9/3/25", "12/31/24", "10/13/25"],
    "odd ones among them": ["9/3/2025", "13/45/2025", "9/3/0025", "soon", "9/14/2099", "10/25/2025"],
}


@pytest.mark.parametrize("name", list(WRITTEN))
def test_the_fast_way_to_read_dates_says_what_the_slow_way_says(store, monkeypatch, name):
    book = log([["00123", text, "Phone"] for text in WRITTEN[name]], headers=LOG_HEADERS[:3])
    slow = planned_rows(store, book, "source_row, contact_date, contact_second")
    monkeypatch.setattr(dates, "MANY", 0)
    assert planned_rows(store, book, "source_row, contact_date, contact_second") == slow
    assert slow


def test_date_and_time_in_two_columns(store):
    headers = ["Student ID", "Date", "Time", "Method"]
    rows = [
        ["00123", "9/3/2025", "2:05 PM", "Phone"],
        ["00123", "9/3/2025", "", "Phone"],
        ["00123", "9/4/2025", "late", "Phone"],
    ]
    assert planned_rows(store, log(rows, headers=headers), "contact_second") == [(50700,), (None,), (None,)]
    planned = preview(store, log(rows, headers=headers))
    assert [(problem["code"], problem["row"]) for problem in planned.problems()] == [("unreadable_time", 4)]
    assert planned.counts["rows_set_aside"] == 0
    planned.close()


def test_ids_stay_text(store):
    rows = planned_rows(store, log([["123", "9/3/2025", "Phone"], ["00123", "9/3/2025", "Phone"]],
                                   headers=LOG_HEADERS[:3]), "given_id, status")  # fmt: skip
    assert rows == [("123", "unmatched"), ("00123", "loaded")]


def test_a_name_merged_over_several_rows_is_in_each_of_them(store):
    calls = [
        ["Lopez, Ana", "9/3/2025", "Phone"], ["", "9/4/2025", ""], ["", "", "Text"], ["", "", ""],
        ["Smith, Ben", "9/8/2025", "Text"], ["", "9/9/2025", "Phone"],
    ]  # fmt: skip
    made = sheet(calls, "Calls", ["Student", "Date", "Method"])
    made.merged = [(2, 0, 5, 0), (3, 1, 4, 1), (3, 2, 3, 3), (6, 0, 6, 1)]  # the last row's name was not merged
    planned = preview(store, workbook(made), school="Lincoln ES")
    assert planned.cursor.execute(
        "SELECT source_row, given_name, strftime(contact_date, '%d'), channel FROM planned ORDER BY source_row"
    ).fetchall() == [
        (2, "Lopez, Ana", "03", "phone"), (3, "Lopez, Ana", "04", "other"), (4, "Lopez, Ana", "04", "text"),
        (6, "Smith, Ben", "08", "text"),
    ]  # fmt: skip
    assert [(problem["row"], problem["code"]) for problem in planned.problems()] == [(7, "no_student")]
    planned.close()


def test_people_may_be_called_null_na_or_none(tmp_path):
    store = open_store(tmp_path / "names.duckdb")
    people = [["1", "Null", "Anna"], ["2", "Na", "Min-jun"], ["3", "Minh", "None"], ["4", "NULL", "NULL"]]
    students = [[*one, "Lincoln ES", "3"] for one in people]
    load(store, workbook(sheet(students, "Students", ["Student ID", "Last Name", "First Name", "School", "Grade"])))
    assert store.rows("SELECT local_id, last_name, first_name FROM student ORDER BY local_id") == [
        ("1", "Null", "Anna"), ("2", "Na", "Min-jun"), ("3", "Minh", "None"), ("4", None, None),
    ]  # fmt: skip
    calls = [
        ["Null", "Anna", "9/3/2025", "Phone"],
        ["Na", "Min-jun", "9/4/2025", "Phone"],
        ["Minh", "None", "9/5/2025", "Phone"],
    ]
    rows = planned_rows(store, log(calls, headers=["Last Name", "First Name", "Date", "Method"]), "status")
    assert rows == [("loaded",)] * 3
    store.close()


def test_a_tab_for_each_student(store):
    headers = ["Date", "Method", "Result"]
    tabs = [
        sheet([["9/3/2025", "Phone", "Reached"], ["9/5/2025", "Text", "Sent"]], "Ana Lopez", headers),
        sheet([["9/4/2025", "Phone", "Reached"], ["9/9/2025", "Email", "Sent"]], "Ben Smith", headers),
    ]
    rows = planned_rows(store, workbook(*tabs), "sheet, given_name, status", school="Lincoln ES", kind="contacts")
    assert rows == [("Ana Lopez", "Ana Lopez", "loaded")] * 2 + [("Ben Smith", "Ben Smith", "loaded")] * 2


SCHOOLLESS = ["Student ID", "Last Name", "First Name", "Grade"]


def school_tabs(*names: str):
    rows = [[f"00{place}", "Lee", f"Ana {place}", "3"] for place in range(len(names))]
    return workbook(*(sheet([row], name, SCHOOLLESS) for row, name in zip(rows, names, strict=True)))


def roster_schools(store, book, **asked) -> tuple[list, str]:
    planned = preview(store, book, kind="roster", **asked)
    found = planned.cursor.execute("SELECT school FROM planned_roster ORDER BY sheet").fetchall()
    said = " ".join(notice.sentence for notice in planned.notices)
    planned.close()
    return [name for (name,) in found], said


def test_a_roster_with_a_tab_for_each_school(store):
    names, said = roster_schools(store, school_tabs("Adams Elementary", "Roosevelt High"))
    assert names == ["Adams Elementary", "Roosevelt High"]
    assert "each sheet is the school that it is named after (Adams Elementary, Roosevelt High)" in said


def test_a_school_named_for_the_whole_roster_counts_before_its_tabs_and_says_so(store):
    names, said = roster_schools(store, school_tabs("Adams Elementary", "Roosevelt High"), school="Lincoln ES")
    assert names == ["Lincoln ES", "Lincoln ES"]
    assert "all rows that name no school go to Lincoln ES" in said


@pytest.mark.parametrize("tabs", [("Middle School", "High School"), ("Adams Elementary", "Grade 5"), ("Sheet1",)])
def test_tabs_that_name_no_school_are_not_taken_for_one(store, tabs):
    with pytest.raises(Refusal, match="No column holds the school"):
        preview(store, school_tabs(*tabs), kind="roster")


def test_a_log_with_a_tab_for_each_school_of_the_roster_looks_for_names_there(tmp_path):
    store = open_store(tmp_path / "twins.duckdb")
    twins = [["1", "Lee", "Ana", "Adams Elementary", "3"], ["2", "Lee", "Ana", "Roosevelt High", "10"]]
    load(store, workbook(sheet(twins, "Students", [*SCHOOLLESS[:3], "School", "Grade"])))
    rows = [["Ana Lee", "9/3/2025", "Phone"]]
    tabs = [sheet(rows, name, ["Student", "Date", "Method"]) for name in ("Roosevelt High", "Adams Elementary")]
    found = planned_rows(store, workbook(*tabs), "sheet, status, student_id", kind="contacts")
    ids = dict(store.query("SELECT local_id, student_id FROM student").values)
    assert found == [("Adams Elementary", "loaded", ids["1"]), ("Roosevelt High", "loaded", ids["2"])]
    store.close()


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Student Roster 2024-25", "2024-25"),
        ("School Year 2024-2025", "2024-25"),
        ("Enrollment as of 10/3/2024", "2024-25"),
        ("Form revised 5/2/2019", None),
    ],
)
def test_the_title_of_a_roster_says_its_school_year(store, title, year):
    book = workbook(sheet([[title, "", "", ""], SCHOOLLESS, ["001", "Lee", "Ana", "3"]], "Students"))
    planned = preview(store, book, kind="roster", school="Lincoln ES")
    found = planned.cursor.execute("SELECT school_year FROM planned_roster").fetchall()
    assert found == [(year or name_of(date.today()),)]
    planned.close()


def test_a_workbook_with_a_roster_and_a_log_is_loaded_once_as_each(tmp_path):
    store = open_store(tmp_path / "both.duckdb")
    calls = [["00123", f"9/{day}/2025", "Phone", "Outbound", "Reached", "Ms. Lee", ""] for day in range(1, 9)]
    book = workbook(sheet(ROSTER, "Students", ROSTER_HEADERS), sheet(calls, "Calls", LOG_HEADERS))
    planned = preview(store, book)
    assert planned.kind == "contacts"
    assert any("“Students” looks like a roster" in notice.sentence for notice in planned.notices)
    commit(store, planned, "someone", accept_hold=True)
    planned.close()
    assert load(store, book, kind="roster").counts["rows_loaded"] == 3
    assert store.value("SELECT count(*) FROM contact") == 8
    assert load(store, book).already
    store.close()


def test_a_sheet_without_a_table_is_named_and_the_rest_is_read(store):
    calls = sheet([["00123", "9/3/2025", "Phone"]], "Calls", LOG_HEADERS[:3])
    words = sheet([["Please fill in one row for each call."]], "Read me")
    planned = preview(store, workbook(words, calls))
    assert planned.counts["rows_new"] == 1
    assert any("“Read me” was not read" in notice.sentence for notice in planned.notices)
    planned.close()


def test_a_person_can_say_which_row_holds_the_headers(store):
    rows = [["Student ID", "Date", "Method"], ["old", "old", "old"], LOG_HEADERS[:3], ["00123", "9/3/2025", "Phone"]]
    planned = preview(store, log(rows, headers=None), choices=Choices(header_rows={"": 3}))
    assert planned.sheets[0].header_row == 3
    assert planned.counts["rows_read"] == 1
    planned.close()


def test_what_is_remembered_is_shown_and_can_be_forgotten(store):
    choices = Choices(values={"channel": {"Phne": "phone"}}, date_order="dmy")
    row = [["00123", "3/9/2025", "Phne"]]
    load(store, log(row, headers=LOG_HEADERS[:3], name="a.csv"), choices=choices)
    later = log([["00124", "4/9/2025", "Phne"]], headers=LOG_HEADERS[:3], name="b.csv")
    assert planned_rows(store, later, "channel, contact_date::VARCHAR") == [("phone", "2025-09-04")]
    for kept in remembered(store).to_dict("records"):
        forget(store, kept["header_signature"], kept["kind"], kept["district"])
    assert planned_rows(store, later, "channel, contact_date::VARCHAR") == [("other", "2025-04-09")]


def test_names_of_columns_and_constants_are_never_sql(store):
    headers = ["Student ID", "Date", 'Method"; DROP TABLE upload; --', "It's {odd}"]
    book = log([["00123", "9/3/2025", "Phone", "x"], ["", "9/3/2025", "Phone", "x"]], headers=headers)
    choices = Choices(constants={"staff": "O'Brien'; DROP TABLE upload; --"}, fields={"channel": headers[2]})
    load(store, book, choices=choices)
    assert store.rows("SELECT channel, staff FROM contact") == [("phone", "O'Brien'; DROP TABLE upload; --")]
    assert store.value("SELECT count(*) FROM upload") == 2
