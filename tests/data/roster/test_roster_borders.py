"""Rosters that meet on a day, a return or a year's border: one span where one was, none that ends before it begins."""

from datetime import date

from tests.support.rosters import ELM, NOVEMBER, OAK, OCTOBER, SEPTEMBER, cells, children, load, spans


def days_of(cursor, local_id: str) -> list[tuple]:
    return [span[3:] for span in spans(cursor) if span[0] == local_id]


def test_a_roster_without_dates_of_the_very_day_of_an_entry_speaks_of_that_entry(write):
    """Not of a second enrollment since August."""
    load(write, cells(*children("1"), entry_date=OCTOBER), 1, day=OCTOBER)
    load(write, cells(*children("1")), 2, day=OCTOBER)
    assert days_of(write, "1") == [("2025-10-03", None)]


def test_who_was_left_out_and_comes_back_keeps_the_gap_beside_dates_that_a_file_gave(write):
    """Entered on 20 August, left out on 3 October, named again on 4 November: away in between."""
    load(write, cells(*children("1", "2", "3"), entry_date=date(2025, 8, 20)), 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2")), 2, day=OCTOBER)
    load(write, cells(*children("1", "2", "3")), 3, day=NOVEMBER)
    assert days_of(write, "3") == [("2025-08-20", "2025-10-02"), ("2025-11-04", "2026-06-15")]


def test_rosters_of_a_past_year_that_are_loaded_later_cover_that_year(write):
    """Their own dates say nothing of days in it: no span begins, and ends, on the last day of the year."""
    for number, school in enumerate((OAK, ELM), start=1):
        load(write, cells(*children("1", school=school), school_year="2024-25"), number, day=date(2025, 9, number))
    assert days_of(write, "1") == [("2024-08-15", "2025-06-15")] * 2


def test_a_roster_that_leaves_out_a_student_between_two_stays_ends_neither(write):
    """To 10 September and from 10 November on, says the first; the second, of 3 October, lies between."""
    first = cells(*children("1", "2", "3", "3"))
    first["entry_date"] = [*[date(2025, 8, 20)] * 3, date(2025, 11, 10)]
    first["exit_date"] = [None, None, date(2025, 9, 10), None]
    load(write, first, 1, day=SEPTEMBER)
    load(write, cells(*children("1", "2")), 2, day=OCTOBER)
    assert days_of(write, "3") == [("2025-08-20", "2025-09-10"), ("2025-11-10", None)]


def test_a_move_that_a_roster_of_after_the_last_day_shows_begins_no_later_than_it_ends(write):
    """School ends on 15 June; the roster of 20 June has the student at the next school."""
    load(write, cells(*children("1", "2"), *children("8", school=ELM)), 1, day=SEPTEMBER)
    later = cells(*children("1"), *children("2", "8", school=ELM), school_year="2025-26")
    load(write, later, 2, day=date(2026, 6, 20))
    assert days_of(write, "2") == [("2025-08-15", "2026-06-15"), ("2026-06-15", "2026-06-15")]
