"""Days, months, weeks and school years: how a period is split, and how it is read from whole months."""

from datetime import date

import pytest

from analytics import periods
from data.schoolyear import day_number


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def stretch(first: str, last: str) -> tuple[int, int]:
    """Both days included."""
    return day(first), day(last) + 1


def test_parts_split_at_every_border_and_cover_the_period():
    whole = stretch("2025-06-20", "2025-09-03")
    parts = periods.parts([whole], ("school_year", "month", "week"))
    assert [part.first for part in parts[1:]] == [part.stop for part in parts[:-1]]
    assert (parts[0].first, parts[-1].stop) == whole
    assert {part.keys[0] for part in parts} == {"2024-25", "2025-26"}
    for part in parts:
        for at in (part.first, part.stop - 1):
            assert (periods.month_of(at), periods.week_of(at)) == part.keys[1:]


def test_a_week_is_named_by_any_of_its_days():
    assert periods.key("week", "2025-09-07") == periods.key("week", "2025-09-01") == day("2025-09-01")


def test_a_week_begins_on_monday():
    assert periods.label("week", periods.week_of(day("2025-09-07"))) == "2025-09-01"
    assert periods.label("week", periods.week_of(day("2025-09-08"))) == "2025-09-08"


@pytest.mark.parametrize(
    ("cut", "text"),
    [("month", "2025-02"), ("week", "2025-09-01"), ("school_year", "2025-26"), ("school_year", "1999-00")],
)
def test_labels_are_read_back(cut, text):
    assert periods.label(cut, periods.key(cut, text)) == text


@pytest.mark.parametrize(
    ("cut", "text"), [("month", "2025-13"), ("month", "Sept"), ("week", "2025"), ("school_year", "2025-27")]
)
def test_other_forms_are_refused(cut, text):
    with pytest.raises(ValueError):
        periods.key(cut, text)


def test_narrowing_joins_neighbours_and_keeps_gaps():
    wanted = {"month": {periods.key("month", text) for text in ("2025-09", "2025-10", "2025-12")}}
    assert periods.narrowed(*stretch("2025-09-15", "2025-12-05"), wanted) == [
        stretch("2025-09-15", "2025-10-31"),
        stretch("2025-12-01", "2025-12-05"),
    ]


@pytest.mark.parametrize(
    ("asked", "months", "days"),
    [
        (("2025-09-01", "2025-11-30"), [("2025-09-01", "2025-11-30")], []),
        (("2025-09-02", "2025-11-29"), [("2025-10-01", "2025-10-31")],
         [("2025-09-02", "2025-09-30"), ("2025-11-01", "2025-11-29")]),
        (("2025-09-05", "2025-09-20"), [], [("2025-09-05", "2025-09-20")]),
        (("2025-09-20", "2025-10-10"), [], [("2025-09-20", "2025-10-10")]),
        (("2024-02-01", "2024-02-29"), [("2024-02-01", "2024-02-29")], []),
        (("2025-12-31", "2026-02-01"), [("2026-01-01", "2026-01-31")],
         [("2025-12-31", "2025-12-31"), ("2026-02-01", "2026-02-01")]),
    ],
)  # fmt: skip
def test_whole_months_and_the_days_at_their_ends(asked, months, days):
    found = periods.whole_months([stretch(*asked)])
    assert found == ([stretch(*one) for one in months], [stretch(*one) for one in days])


def test_lessons_of_two_school_years():
    found = periods.lessons(*stretch("2025-06-01", "2025-09-30"), [8, 15], [6, 15])
    assert found == [stretch("2024-08-15", "2025-06-15"), stretch("2025-08-15", "2026-06-15")]
    assert periods.lessons(*stretch("2025-06-20", "2025-08-10"), [8, 15], [6, 15]) == []


def test_lessons_that_a_period_touches_by_one_day_only():
    """Both the last and the first day of lessons are days of lessons, whatever the period holds beside them."""
    assert periods.lessons(*stretch("2025-06-15", "2025-06-30"), [8, 15], [6, 15]) == [
        stretch("2024-08-15", "2025-06-15")
    ]
    assert periods.lessons(*stretch("2025-07-01", "2025-08-15"), [8, 15], [6, 15]) == [
        stretch("2025-08-15", "2026-06-15")
    ]
    assert periods.lessons(*stretch("2025-07-01", "2025-08-14"), [8, 15], [6, 15]) == []


def test_lessons_may_begin_in_july():
    """Schools that teach all year begin in the July in which the school year does."""
    assert periods.lessons(*stretch("2025-07-01", "2025-09-30"), [7, 21], [6, 30]) == [
        stretch("2025-07-21", "2026-06-30")
    ]


def test_lessons_may_end_on_a_29_february_that_is_not_there():
    assert periods.lessons(*stretch("2025-01-01", "2025-03-31"), [8, 1], [2, 29]) == [
        stretch("2024-08-01", "2025-02-28")
    ]
