"""Dates that a person would hesitate over: tabs of two orders, swapped days, spans of days; two children in a row."""

import pytest

from tests.support.loading import load, log, preview, sheet, workbook

HEADERS = ["Date", "Student ID", "Method"]


def _rows(*dates: str) -> list[list[str]]:
    return [[day, "00123", "Phone"] for day in dates]


def _asked(store, book) -> dict[str, str]:
    planned = preview(store, book)
    planned.close()
    return {question.code: question.sentence for question in planned.questions}


def test_tabs_of_two_orders_are_asked_about(with_roster):
    tabs = [
        sheet(_rows("9/14/2025", "9/15/2025", "9/28/2025"), "Sept", HEADERS),
        sheet(_rows("14/10/2025", "15/10/2025", "03/10/2025"), "Oct", HEADERS),
    ]
    asked = _asked(with_roster, workbook(*tabs))["ask_date_order"]
    assert "Both orders are used" in asked and "2 do not fit that order and will be set aside" in asked


def test_one_slip_is_no_second_order(with_roster):
    assert _asked(with_roster, log(_rows("9/14/2025", "9/15/2025", "15/9/2025"), headers=HEADERS)) == {}


@pytest.mark.parametrize(
    ("dates", "asked"),
    [(("2025-03-09", "2025-05-09", "14/9/2025", "15/9/2025"), True),  # of a US Excel that opened 3/9 and 14/9
     (("2025-09-03", "2025-09-14", "14/9/2025", "15/9/2025"), False),  # a date of a later day was understood
     (("2025-09-03", "2025-09-05", "9/4/2025", "9/15/2025"), False),  # a text of an early day was not
     (("2025-09-03", "2025-09-05", "2025-09-10"), False)],
)  # fmt: skip
def test_days_and_months_that_a_program_swapped_are_asked_about(with_roster, dates, asked):
    assert ("swapped_dates" in _asked(with_roster, log(_rows(*dates), headers=HEADERS))) is asked


@pytest.mark.parametrize("span", ["Sept 14-18", "September 14-26", "Sep. 14/15"])
def test_a_span_of_days_is_no_day_of_another_year(with_roster, span):
    planned = preview(with_roster, log(_rows("Sept 14, 2025", "Sep 15 25", "Sep-16-25", span), headers=HEADERS))
    told = [(problem["row"], problem["code"]) for problem in planned.problems()]
    planned.close()
    assert told == [(5, "unreadable_date")]
    load(with_roster, log(_rows("Sept 14, 2025", "Sep 15 25", "Sep-16-25", "9/17/2025"), headers=HEADERS))
    days = with_roster.rows("SELECT contact_date::VARCHAR FROM contact ORDER BY source_row")
    assert [day for (day,) in days] == ["2025-09-14", "2025-09-15", "2025-09-16", "2025-09-17"]


@pytest.mark.parametrize(
    ("one", "other", "cells"),
    [("Student 1", "Student 2", ("Ana Lopez", "Ben Smith")), ("Student ID 1", "Student ID 2", ("00123", "00124"))],
)
def test_a_second_column_of_students_is_asked_about(with_roster, one, other, cells):
    book = log([["9/15/2025", *cells, "Phone"]], headers=["Date", one, other, "Method"])
    assert f"“{other}” holds" in _asked(with_roster, book)["side_by_side"]
