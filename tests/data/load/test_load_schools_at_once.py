"""Students of one roster who are at two schools at once: concurrent enrollment, a program, or a move."""

import pytest

from tests.support.loading import preview, sheet, workbook

HEADERS = ["Student ID", "Last Name", "First Name", "School", "Grade", "Entry Date", "Exit Date"]
FIRST = ["A1", "Lee", "Bo", "Kennedy HS", "11", "8/17/2025", None]


def _told(store, *rows):
    book = workbook(sheet([list(row) for row in rows], headers=HEADERS), name="roster.csv")
    planned = preview(store, book)
    planned.close()
    return {notice.code: notice.sentence for notice in planned.notices}


def test_a_second_school_without_an_exit_from_the_first_is_told(store):
    told = _told(store, FIRST, ["A1", "Lee", "Bo", "City College", "11", "9/2/2025", None])
    assert told["schools_at_once"].startswith("1 student stands (rows 2, 3) at two schools at once")


@pytest.mark.parametrize("exit_date", ["9/1/2025", "9/2/2025"])
def test_a_move_with_its_exit_is_not(store, exit_date):
    told = _told(store, [*FIRST[:6], exit_date], ["A1", "Lee", "Bo", "City College", "11", "9/2/2025", None])
    assert "schools_at_once" not in told


def test_the_next_year_at_another_school_and_a_second_stay_at_the_same_are_not(store):
    next_year = ["A1", "Lee", "Bo", "City College", "12", "8/17/2026", None]
    again = [*FIRST[:5], "1/12/2026", None]
    assert "schools_at_once" not in _told(store, FIRST, again, next_year)
