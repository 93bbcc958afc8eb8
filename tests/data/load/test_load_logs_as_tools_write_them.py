"""Logs and workbooks as school tools and teachers make them, read as a careful person would read them."""

import pytest

from data.errors import Refusal
from tests.support.loading import preview, sheet, workbook


def _of_sheets(store, tabs: dict[str, list[list]], columns: str, name: str = "log.xlsx") -> tuple[list[tuple], str]:
    """The rows as they would be stored, and all that is said of the file."""
    planned = preview(store, workbook(*(sheet(rows, tab) for tab, rows in tabs.items()), name=name))
    found = planned.cursor.execute(f"SELECT {columns} FROM planned ORDER BY contact_date, source_row").fetchall()
    said = " ".join(one.sentence for one in (*planned.notices, *planned.questions, *planned.hold))
    planned.close()
    return found, said


_HEADERS = ["Student ID", "Date", "Result"]


def test_a_tab_for_calls_and_one_for_emails_say_the_way_of_contact(with_roster):
    tabs = {
        "Calls": [_HEADERS, ["00123", "9/15/2025", "LM"]],
        "Emails sent": [_HEADERS, ["00124", "9/16/2025", "Sent"]],
        "Others": [_HEADERS, ["00124", "9/17/2025", "Sent"]],
    }
    found, said = _of_sheets(with_roster, tabs, "channel")
    assert found == [("phone",), ("email",), ("other",)]
    assert "(Calls: phone, Emails sent: e-mail). “Others” says none." in said


def test_a_column_of_ways_of_contact_counts_and_not_the_tab(with_roster):
    headers = ["Student ID", "Date", "Method"]
    tabs = {
        "Calls": [headers, ["00123", "9/15/2025", "Text"]],
        "Emails": [headers, ["00124", "9/16/2025", "Phone"]],
    }
    assert _of_sheets(with_roster, tabs, "channel")[0] == [("text",), ("phone",)]


@pytest.mark.parametrize(
    ("tab", "channel"),
    [
        ("Home Visits 25-26", "home_visit"),
        ("Parent Calls", "phone"),
        ("Fall Conferences", "conference"),
        ("Sept calls home", "phone"),
        ("Call and text list", "other"),
        ("Visits to nurse", "other"),
    ],
)
def test_a_tab_tells_the_way_of_contact_with_a_term_or_year_beside_it(with_roster, tab, channel):
    found, _ = _of_sheets(with_roster, {tab: [_HEADERS, ["00123", "9/15/2025", "Reached"]]}, "channel")
    assert found == [(channel,)]


def _of(store, headers: list[str], rows: list[list], columns: str) -> tuple[list[tuple], str]:
    return _of_sheets(store, {"Log": [headers, *rows]}, columns)


def test_ticks_below_two_rows_of_headers_tell_the_way_of_contact_too(with_roster):
    headers = ["Date", "Student ID", "Method of contact / Phone", "Method of contact / Email", "Result / Reached"]
    rows = [["9/15/2025", "00123", "x", "", "x"], ["9/16/2025", "00124", "", "x", ""]]
    found, _ = _of(with_roster, headers, rows, "channel, outcome")
    assert found == [("phone", "reached"), ("email", "unknown")]


def test_a_tick_under_two_ways_of_contact_is_none_of_them(with_roster):
    headers = ["Date", "Student ID", "Phone / Email", "Visit home / Letter", "Outcome"]
    found, _ = _of(with_roster, headers, [["9/15/2025", "00123", "x", "", "reached"]], "channel")
    assert found == [("other",)]


def test_the_end_of_a_call_is_no_further_contact(with_roster):
    headers = ["Student ID", "Call Start", "Call End", "Direction"]
    rows = [["00123", "2025-09-15 10:00:00", "2025-09-15 10:05:00", "Outbound"]]
    found, said = _of(with_roster, headers, rows, "channel")
    assert found == [("phone",)] and "further contacts" not in said


@pytest.mark.parametrize("header", ["# of contacts", "Number of calls", "Times contacted"])
def test_a_row_that_stands_for_several_contacts_is_asked_about(with_roster, header):
    headers = ["Student ID", "Date", "Method", header]
    rows = [["00123", "9/15/2025", "Phone", "2"], ["00124", "9/16/2025", "Phone", "1"]]
    assert f"“{header}” holds numbers, as in a sheet that counts contacts." in _of(with_roster, headers, rows, "1")[1]
    once = [[*row[:3], "1"] for row in rows]
    assert "counts contacts" not in _of(with_roster, headers, once, "1")[1]


def test_dates_below_a_positive_and_a_concern_call_are_two_contacts_and_no_topic(with_roster):
    headers = ["Student ID", "Positive call", "Concern call", "Outcome"]
    rows = [["00123", "9/15/2025", "9/18/2025", "LM"], ["00124", "9/16/2025", "9/19/2025", "LM"]]
    found, said = _of(with_roster, headers, rows, "topic")
    assert "“Concern call” holds dates of further contacts beside “Positive call”" in said and found[0] == ("other",)


def test_who_got_a_copy_is_no_student(with_roster):
    headers = ["Subject", "From: (Name)", "To: (Name)", "CC: (Name)", "Sent On"]
    row = ["Homework", "Rivera, Carla", "Maria Lopez", "Cole, Sam", "9/15/2025"]
    with pytest.raises(Refusal, match="No column holds the student's id or name"):
        _of(with_roster, headers, [row], "1")


def test_a_slip_in_a_year_does_not_move_dates_without_one_to_another_school_year(with_roster):
    days = ["9/15/2025", "9/16/2025", "9/26/2052", "9/22/0025", "Sept 25"]
    found, said = _of(with_roster, ["Student ID", "Date"], [["00123", day] for day in days], "contact_date::VARCHAR")
    assert found[-1] == ("2025-09-25",) and "in the school year 2025-26" in said


def test_a_column_of_yes_and_no_is_no_staff_and_its_no_is_asked_about(with_roster):
    headers = ["Student ID", "Date", "Teacher contacted home?", "Method", "Parent called back?"]
    rows = [["00123", "9/15/2025", "Yes", "Phone", "No"], ["00124", "9/16/2025", "No", "", ""]]
    found, said = _of(with_roster, headers, rows, "staff")
    assert found == [(None,), (None,)]
    assert "“Teacher contacted home?” says no in some rows" in said and "“Parent called back?” says" not in said


@pytest.mark.parametrize("header", ["Student (ID)", "Student", "Student Name (ID)"])
def test_a_name_with_the_number_beside_it_is_a_name(with_roster, header):
    rows = [["Lopez, Ana (00123)", "9/15/2025"], ["00123 - Lopez, Ana", "9/16/2025"]]
    found, _ = _of(with_roster, [header, "Date"], rows, "status")
    assert found == [("loaded",), ("loaded",)]


def test_a_follow_up_with_a_way_of_its_own_is_a_further_contact(with_roster):
    headers = ["Student ID", "Date", "Method", "Follow up date", "Follow-up method"]
    row = ["00123", "9/15/2025", "Phone", "9/18/2025", "Email"]
    assert "“Follow-up method” holds further contacts beside “Method”" in _of(with_roster, headers, [row], "1")[1]
    assert "further contacts" not in _of(with_roster, headers[:4], [row[:4]], "1")[1]


def test_who_did_not_sign_up_is_asked_about(with_roster):
    headers = ["Student ID", "Date", "Signed up", "Attended"]
    rows = [["00123", "9/15/2025", "Y", "Y"], ["00124", "9/15/2025", "N", ""]]
    assert "“Signed up” says no in some rows" in _of(with_roster, headers, rows, "1")[1]


def test_codes_below_a_log_are_no_row_of_it(with_roster):
    rows = [["00123", "9/15/2025", "LM"], ["Codes: LM = left message, NA = no answer", "", ""]]
    found, _ = _of(with_roster, ["Student ID", "Date", "Result"], rows, "outcome")
    assert found == [("left_message",)]


def test_a_voicemail_beside_a_call_that_a_system_calls_completed_is_asked_about(with_roster):
    headers = ["Student ID", "Date", "Call Status", "Voicemail"]
    rows = [["00123", "9/15/2025", "completed", "No"], ["00124", "9/16/2025", "completed", "Yes"]]
    assert "“Voicemail” says yes in some rows" in _of(with_roster, headers, rows, "1")[1]
    assert "“Voicemail” says yes" not in _of(with_roster, headers, [[*rows[0]]], "1")[1]


def test_numbers_with_zeros_in_front_beside_names_are_the_students(with_roster):
    rows = [["00123", "Ana Lopez", "9/15/2025"], ["00124", "Somebody Else", "9/16/2025"]]
    found, _ = _of(with_roster, ["ID", "Name", "Date"], rows, "given_id, record_id, status")
    assert found == [("00123", None, "loaded"), ("00124", None, "loaded")]


def test_what_holds_for_several_sheets_is_said_once(with_roster):
    tabs = {"Period 1": [["Student ID", "Date"], ["00123", "9/15/2025"]],
            "Period 2": [["Date", "Student ID"], ["9/16/2025", "00124"]]}  # fmt: skip
    found, said = _of_sheets(with_roster, tabs, "status")
    assert len(found) == 2 and said.count("Dates are read month first") == 1
