"""Logs and workbooks as school tools and teachers make them, read as a careful person would read them."""

import pytest

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
