"""Students who change the band within the days of `silent`: bands are proved together where they tell of each other."""

from datetime import date, timedelta
from itertools import product

import numpy as np
import pandas as pd
import pytest

from access.viewer import LOCAL
from analytics.disclosure import as_published, cube, suppress, ties
from analytics.disclosure.draft import draft
from data.derive import derive
from data.errors import Refusal
from data.schoolyear import bounds
from data.store import open_store
from tests.analytics.disclosure.test_leaks import people
from tests.support import districts
from tests.support.oracle_words import Contact, Span, World
from tests.support.second_reader import SecondReader

START, MOVED, END = date(2025, 8, 18), date(2026, 5, 20), date(2026, 6, 12)


def newcomers() -> World:
    """40 Somali families come on 1 May and move to grade 6 on the 20th; 4 are reached, before. 12 of grade 4 were there
    all the year and all reached. Elementary is 16 of 52, so 30 to 40 %; in middle 36 of 40 are silent, 90 to 100 %.
    Who is silent was not reached in May: 4 movers at most, so it is all 12 others, or it were under 30 %."""
    spans, contacts = [], []

    def student(number, *stays, day=None, language="somali"):
        for grade, entry, exit in stays:
            spans.append(
                Span(number, "North", f"School {grade}", grade, "2025-26", entry, exit, home_language=language)
            )
        if day:
            row = (0, len(contacts))
            contacts.append(Contact(row, number, "North", day, direction="outbound", outcome="sent"))

    for number in range(100):
        student(number, ("37"[number % 2], START, None), day=END if number < 50 else None, language="english")
    for number in range(100, 140):
        stays = ("5", date(2026, 5, 1), MOVED - timedelta(1)), ("6", MOVED, None)
        student(number, *stays, day=date(2026, 5, 5) if number < 104 else None)
    for number in range(140, 152):
        student(number, ("4", START, None), day=date(2026, 6, 2))
    return World(spans, contacts)


def test_who_moved_to_another_band_gives_nobody_away(tmp_path):
    store = in_store(tmp_path / "s.duckdb", newcomers())
    made = draft(store, LOCAL, ["2025-26"], measures=("reach", "silent"), groups=("home_language",))
    names = ("student", "district", "band", "first", "last", "home_language")
    spans = [dict(zip(names, row, strict=True)) for row in store.rows(
        "SELECT student_id, district, band, start_day, end_day - 1, home_language FROM span")]  # fmt: skip
    store.close()
    first, last, as_of = ((day - date(1970, 1, 1)).days for day in (date(2025, 7, 1), date(2026, 6, 30), END))

    def known_exactly(texts) -> set:
        reader = SecondReader(spans, {"2025-26": (first, last, {"North": as_of}, texts)}, ("home_language",))
        ends = {cell: reader.ends(cell) for cell in reader.shown if cell[5] == "somali" and reader.students(cell)}
        return {(cell[1], cell[2], low) for cell, (low, high) in ends.items() if low == high}

    (year,) = made.years
    bare = as_published.tables({year.name: (year.cells, set())})
    assert known_exactly(bare) == {("reach", "elementary", 16), ("silent", "middle", 36)}
    assert known_exactly(made.tables()) == set()


def first_weeks(last: date) -> World:
    """12 families: 8 were reached on 29 June and 2 others on 10 July, each time for the first time in that school year.
    Where 60 days reach back to June, 2 are silent. At most 2 silent (under 25 %) and at most 2 reached in the new year:
    so at least 8 were reached in June, and 50 to 75 % of 12 in the old year are at most 8."""
    spans, contacts = [], []
    for number in range(12):
        for grade, year, entry in (("3", "2024-25", date(2024, 8, 15)), ("4", "2025-26", date(2025, 7, 1))):
            spans.append(Span(number, "North", "School", grade, year, entry, None))
    for number, day in [*((n, date(2025, 6, 29)) for n in range(8)), *((n, date(2025, 7, 10)) for n in (8, 9))]:
        contacts.append(Contact((0, number), number, "North", day, direction="outbound", outcome="sent"))
    contacts.append(Contact((0, 99), 0, "North", last, direction="outbound", outcome="no_answer"))
    return World(spans, contacts)


def in_store(path, world: World):
    store = open_store(path)
    districts.write(store, world)
    with store.writing() as cursor:
        derive(cursor)
    return store


@pytest.mark.parametrize(("last", "refused"), [(date(2025, 8, 28), True), (date(2025, 8, 29), False)])
def test_a_year_in_whose_first_weeks_silent_looks_at_the_year_before_is_refused(tmp_path, last, refused):
    store = in_store(tmp_path / "s.duckdb", first_weeks(last))

    def places(year, *measures):
        return draft(store, LOCAL, [year], measures=measures, groups=(), early=True).places()

    assert places("2024-25", "reach", "silent") == places("2025-26", "reach") == 1
    if refused:
        with pytest.raises(Refusal, match="before 1 July here.* up to 29 August first") as caught:
            places("2025-26", "reach", "silent")
        assert caught.value.code == "days_of_another_year"
    else:
        assert places("2025-26", "reach", "silent") == 1
    store.close()


def test_because_two_years_that_are_safe_alone_would_tell_of_each_other(tmp_path):
    end = date(2025, 8, 20)
    store = in_store(tmp_path / "s.duckdb", first_weeks(end))
    names = ("student", "district", "band", "first", "last")
    spans = [dict(zip(names, row, strict=True)) for row in
             store.rows("SELECT student_id, district, band, start_day, end_day - 1 FROM span")]  # fmt: skip
    years = {}
    for year in ("2024-25", "2025-26"):
        table = cube.cells(frame := cube.students(store, year), ("reach", "silent"), ())
        hidden, _ = suppress.protect(cube.linked_sets(frame, table))
        assert not hidden
        first, last, as_of = ((day - date(1970, 1, 1)).days for day in (*bounds(year), end))
        years[year] = (first, last, {"North": as_of}, as_published.tables({year: (table, hidden)}))
    store.close()
    cell = ("2024-25", "reach", "elementary", None, None, None)
    assert SecondReader(spans, {"2024-25": years["2024-25"]}, ()).ends(cell) == (7, 8)
    assert SecondReader(spans, years, ()).ends(cell) == (8, 8)


@pytest.mark.parametrize("within", [0, 1])
@pytest.mark.parametrize("before", [0, 1])
def test_what_is_true_of_a_student_in_two_bands(within, before):
    """(silent in the second, reached in the first, reached in the second), listed by hand."""
    can_be = {(0, 1, 0), (0, 0, 1), (0, 1, 1), (1, 0, 0), (1, 0, 1)}
    can_be |= set() if within else {(1, 1, 0), (1, 1, 1)}  # reached there before those days
    can_be |= {(0, 0, 0)} if before else set()  # reached in those days, before the year began
    one = {"tied": 7, "elsewhere": 1, "before": before}
    rows = people(1, **one, band="elementary", at_end=0, within=within) + people(1, **one, band="middle")
    kinds = pd.DataFrame(rows)
    allowed = {
        table for table in product((0, 1), repeat=3)
        if all(row.low <= np.dot(row.factors, np.array([0, table[0], *table[1:]])[row.at]) <= row.high
               for row in ties.rows(kinds, range(2), range(2, 4)))
    }  # fmt: skip
    assert allowed == can_be


def test_bands_that_share_nobody_are_proved_apart():
    pair = [*people(1, band="elementary", tied=7), *people(1, band="middle", tied=7)]
    rows = [*people(12, band="elementary"), *people(12, band="middle"), *people(12), *pair]
    frame = pd.DataFrame(rows).assign(enrolled=1, delivered_any=1, two_way_any=0)
    assert ties.bands_together(frame) == [["elementary", "middle"], ["high"]]
    assert ties.bands_together(frame.assign(tied=0)) == [["elementary"], ["high"], ["middle"]]
    more = [*people(1, band="middle", tied=8), *people(1, band="high", tied=8)]
    assert ties.bands_together(pd.DataFrame([*rows, *more])) == [["elementary", "high", "middle"]]
    tied = cube.linked_sets(frame, cube.cells(frame, ("reach", "silent"), ()))
    assert set(tied) == {"elementary + middle", "high"}
    assert set(cube.linked_sets(frame, cube.cells(frame, ("reach",), ()))) == {"elementary", "high", "middle"}
