"""Where the table is: titles, blank rows, two header rows, repeated headers, totals, tabs of months and students."""

from types import SimpleNamespace

import pyarrow as pa
import pytest

from data.errors import Refusal
from data.mapping import find_table, headers, profile, propose, titled_school

HEADERS = ["Student ID", "Student Name", "Date", "Method", "Result", "Notes"]


def row(number):
    return [f"00{number}", "Lopez, Maria", f"9/{number}/2025", "Phone", "Reached", "Talked about reading"]


def sheet(*rows, name="", merged=None):
    width = max((len(one) for one in rows), default=0)
    table = {"row": pa.array(range(1, len(rows) + 1), pa.int32())}
    for index in range(width):
        table[f"c{index}"] = pa.array([(one[index] if index < len(one) else None) or None for one in rows], pa.string())
    return SimpleNamespace(name=name, table=pa.table(table), merged=merged, typed_dates=set())


def test_the_header_is_the_first_row():
    shape = find_table(sheet(HEADERS, row(1), row(2)))
    assert (shape.header_row, shape.first_data_row, shape.headers) == (1, 2, HEADERS)
    assert shape.skip_rows == frozenset()


def test_titles_and_blank_rows_above():
    shape = find_table(
        sheet(["Parent Contact Log"], ["School: Lincoln Middle", "", "Year:", "2025-26"], [], HEADERS, row(1), row(2))
    )
    assert (shape.header_row, shape.first_data_row) == (4, 5)
    assert shape.above["school"] == "Lincoln Middle"


def test_blank_rows_repeated_headers_totals_and_footers_are_passed_over():
    rows = [
        HEADERS,
        row(1),
        [],
        HEADERS,
        row(2),
        ["Total", "2"],
        row(3),
        ["Page 1 of 2"],
        ["Report generated 10/1/2025"],
    ]
    shape = find_table(sheet(*rows))
    assert shape.skip_rows == {3, 4, 6, 8, 9}


def test_a_row_with_a_date_is_never_passed_over():
    rows = [HEADERS, row(1), ["", "Total, Maria", "9/2/2025"], ["", "", "9/3/2025"]]
    assert find_table(sheet(*rows)).skip_rows == frozenset()


def test_names_of_months_between_the_rows():
    assert find_table(sheet(HEADERS, ["September 2025"], row(1), ["October"], row(2))).skip_rows == {2, 4}


def test_two_header_rows_are_joined():
    rows = [["Student", "", "Contact", "", "Parent", ""], ["ID", "Name", "Date", "Method", "Name", "Phone"],
            ["001", "Lopez, Maria", "9/1/2025", "Phone", "Ana Lopez", "(555) 555-0100"]]  # fmt: skip
    shape = find_table(sheet(*rows, rows[-1]))
    assert shape.headers == [
        "Student / ID",
        "Student / Name",
        "Contact / Date",
        "Contact / Method",
        "Parent / Name",
        "Parent / Phone",
    ]
    assert (shape.header_row, shape.first_data_row) == (2, 3)


def test_merged_groups_reach_as_far_as_they_were_merged():
    rows = [["Log"], ["", "", "Parent", "", ""], ["Student ID", "Date", "Name", "Phone", "Method"],
            ["001", "9/1/2025", "Ana Lopez", "(555) 555-0100", "Phone"]]  # fmt: skip
    shape = find_table(sheet(*rows, rows[-1], merged=[(2, 2, 2, 3)]))
    assert shape.headers == ["Student ID", "Date", "Parent / Name", "Parent / Phone", "Method"]


def test_headers_merged_downwards():
    rows = [["Student ID", "Date", "Parent", "", "Method"], ["", "", "Name", "Phone", ""],
            ["001", "9/1/2025", "Ana Lopez", "(555) 555-0100", "Phone"]]  # fmt: skip
    shape = find_table(sheet(*rows, rows[-1], merged=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)]))
    assert shape.headers == ["Student ID", "Date", "Parent / Name", "Parent / Phone", "Method"]
    assert shape.first_data_row == 3


def test_blank_and_repeated_headers_get_names_of_their_own():
    shape = find_table(sheet(["Student ID", "", "Date", "Date"], ["001", "x", "9/1/2025", "9/2/2025"]))
    assert shape.headers == ["Student ID", "Column B", "Date", "Date (2)"]


@pytest.mark.parametrize("tab", ["Lopez, Maria", "Maria Lopez", "Alejandro"])
def test_a_tab_for_each_student(tab):
    shape = find_table(
        sheet(
            ["Date", "Method", "What was said"],
            ["9/1/2025", "Phone", "Reading"],
            ["9/2/2025", "Email", "Trip"],
            name=tab,
        )
    )
    assert shape.student_from_tab == tab
    mapping = propose([], "contacts", {"student_from_tab": shape.student_from_tab})
    assert mapping.fields["student_name"].source == "tab"
    assert tab not in str(mapping.to_json())


@pytest.mark.parametrize(
    "tab",
    ["September", "Sheet1", "Sep 2025", "5th Grade", "Period 2", "Contact Log", "2025-26", "Form Responses 1", ""],
)
def test_tabs_that_are_no_students(tab):
    assert (
        find_table(sheet(["Date", "Method"], ["9/1/2025", "Phone"], ["9/2/2025", "Email"], name=tab)).student_from_tab
        is None
    )


def test_a_tab_is_no_student_where_a_column_names_them():
    assert find_table(sheet(HEADERS, row(1), name="Maria Lopez")).student_from_tab is None


def test_the_student_in_the_titles():
    rows = [["Student: Maria Lopez"], ["Date", "Method"], ["9/1/2025", "Phone"], ["9/2/2025", "Email"]]
    assert find_table(sheet(*rows, name="Sheet1")).student_from_tab == "Maria Lopez"


def test_a_person_names_the_header_row():
    rows = [["Student ID", "Date"], ["ID number", "When it was"], ["001", "9/1/2025"]]
    assert find_table(sheet(*rows), header_row=2).headers == ["ID number", "When it was"]
    with pytest.raises(Refusal) as refused:
        find_table(sheet(*rows), header_row=9)
    assert refused.value.code == "no_header"


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "empty_sheet"), ([[], [None]], "empty_sheet"), ([["just a sentence"], ["and another"]], "no_header"),
     ([["1", "2"], ["3", "4"]], "no_header"), ([HEADERS], "no_rows")],
)  # fmt: skip
def test_refusals_say_what_to_do(rows, code):
    with pytest.raises(Refusal) as refused:
        find_table(sheet(*rows, name="Tab"))
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_profile_reads_only_the_rows_of_the_table():
    given = sheet(["Title"], HEADERS, row(1), [], HEADERS, row(2), ["Total", "2"])
    columns = profile(given, find_table(given))
    assert [column.header for column in columns] == HEADERS
    assert columns[0].sample == ["001", "002"]
    assert columns[2].date_texts == [("9/1/2025", 1), ("9/2/2025", 1)]
    assert (columns[3].filled, columns[3].total, columns[3].top) == (2, 2, [("Phone", 2)])


@pytest.mark.parametrize(
    ("titles", "school"),
    [
        (["Jefferson Middle School"], "Jefferson Middle School"),
        (["Springfield Public Schools", "Oak Elementary – Roster 2025-26"], "Oak Elementary"),
        (["Roster of Oak Elementary (K-5)", "OAK ELEMENTARY"], "Oak Elementary"),
        (["P.S. 118 Lorraine Hansberry School"], "P.S. 118 Lorraine Hansberry School"),
        (["Lincoln Élémentaire – Student list"], "Lincoln Élémentaire"),
        (["École Jeanne d'Arc – Roster 2025-26"], "École Jeanne d'Arc"),
        (["Colegio San Martín (K-8)"], "Colegio San Martín"),
        (["École élémentaire – Student list"], None),
        (["Oak Elementary", "Jefferson Middle School"], None),
        (["Springfield School District"], None),
        (["Middle School", "High School Students", "Student roster", "Enrollment as of 10/3/2025"], None),
    ],
)
def test_a_school_that_titles_name(titles, school):
    assert titled_school(titles) == school


def test_a_very_wide_log_has_its_header_and_one_without_is_told_that_it_is_wide():
    more = [f"Q{number}" for number in range(300)]
    shape = find_table(sheet([*HEADERS, *more], *([*row(number), *map(str, range(300))] for number in (1, 2))))
    assert shape.header_row == 1 and shape.headers[:6] == HEADERS
    with pytest.raises(Refusal, match="It has 300 columns: keep those of the contact"):
        find_table(sheet(["1"] * 300, ["2"] * 300))


def test_the_letter_of_a_column_without_a_name_is_no_name():
    shape = find_table(sheet(["Student Name", "Date", *[""] * 235, "", "Method"], *(
        ["Ana Bo", f"9/{day}/2025", *[""] * 235, f"A77{day}", "Phone"] for day in (1, 2)
    )))  # fmt: skip
    assert shape.headers[237] == "Column ID"
    assert headers.scores("Column ID", "contacts") == headers.scores("Column TM", "contacts") == {}
