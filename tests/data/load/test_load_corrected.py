"""A log that was corrected and loaded again: both contacts count by the rule, so that it is told."""

import pytest

from tests.support.loading import load, log, preview

HEADERS = ["Date", "Time", "Student ID", "Method", "Result", "Teacher"]
ROWS = [
    ["9/15/2025", "3:15 PM", "00123", "Phone", "Left message", "Rivera"],
    ["9/16/2025", "", "00124", "Phone", "Spoke with parent", "Hill"],
    ["9/17/2025", "4:00 PM", "00125", "Email", "Sent", "Hill"],
]


def _told(store, rows, headers=HEADERS) -> list[str]:
    planned = preview(store, log(rows, "again.csv", headers))
    planned.close()
    return [notice.sentence for notice in planned.notices if notice.code == "corrected"]


@pytest.mark.parametrize(("place", "text"), [(1, "3:45 PM"), (4, "Spoke with parent"), (5, "Ms. Rivera")])
def test_a_row_that_was_corrected_is_told_with_the_earlier_upload(with_roster, place, text):
    upload = load(with_roster, log(ROWS, headers=HEADERS)).upload_id
    corrected = [*ROWS[0][:place], text, *ROWS[0][place + 1 :]]
    (told,) = _told(with_roster, [ROWS[1], corrected, ROWS[2]])
    assert told.startswith("1 new row reads like") and "row 3" in told and f"upload ({upload})" in told


def test_rows_that_were_added_and_second_calls_of_a_day_are_not(with_roster):
    load(with_roster, log(ROWS, headers=HEADERS))
    second = ["9/15/2025", "3:15 PM", "00123", "Phone", "Spoke with parent", "Rivera"]
    assert _told(with_roster, [*ROWS, ["9/18/2025", *ROWS[0][1:]], second]) == []
    others = [["9/19/2025", "", "00123", "Email", "Sent", "Hill"], ["9/19/2025", "", "00124", "Email", "Sent", "Hill"]]
    assert _told(with_roster, [second, *others]) == [], "a log of new contacts alone"


def test_staff_spelled_otherwise_in_all_rows_is_told(with_roster):
    load(with_roster, log(ROWS, headers=HEADERS))
    (told,) = _told(with_roster, [[*row[:5], row[5].upper()] for row in ROWS])
    assert told.startswith("3 new rows read like")


def test_a_record_id_with_another_day_or_student_is_told(with_roster):
    headers = ["Log ID", "Date", "Student ID", "Method"]
    rows = [["501", "9/15/2025", "00123", "Phone"], ["502", "9/16/2025", "00124", "Phone"]]
    rows.append(["503", "9/17/2025", "00125", "Phone"])
    load(with_roster, log(rows, headers=headers))
    (told,) = _told(
        with_roster, [["501", "9/15/2025", "00125", "Phone"], ["502", "9/18/2025", "00124", "Phone"], rows[2]], headers
    )
    assert told.startswith("2 new rows read like")
