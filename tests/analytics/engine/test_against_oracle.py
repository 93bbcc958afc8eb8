"""Every measure with every cut, and with pairs of cuts, against the brute-force oracle on a random district.

All single cuts of all measures are compared; of the pairs and of what filters leave a sample, drawn with a fixed seed.
"""

import itertools
import random
from datetime import date, timedelta

import pytest

from access.viewer import LOCAL
from analytics.answer import ask
from analytics.disclosure import cube
from analytics.measures import CUTS, MEASURES
from analytics.question import Question
from analytics.school_sums import school_sums
from data.schoolyear import bounds
from tests.support import districts, oracle, oracle_drop_off
from tests.support.compare import differences
from tests.support.oracle_words import Contact, Span, World

PAIRS = list(itertools.permutations(CUTS, 2))
PERIODS = [
    (date(2025, 1, 1), date(2025, 12, 31)),
    (date(2025, 9, 10), date(2025, 9, 20)),
    (None, date(2026, 2, 14)),
    (date(2025, 11, 30), None),
]
FILTERS = [
    (("channel", "phone"),),
    (("topic", "academics"), ("band", "middle")),
    (("iep", "unknown"),),
    (("month", "2025-10"),),
    (("week", "2025-10-27"),),
    (("school_year", "2025-26"), ("home_language", "spanish")),
    (("grade", "5"), ("gender", "female")),
    (("district", "South"),),
    (("school", "Birch K-8"),),
]


def unlike(store, world, by=(), measures=tuple(MEASURES), **asked) -> list[str]:
    """What differs between the engine and the oracle, for each measure."""
    parts = oracle.parts(world, by, **asked)
    found = []
    for measure in measures:
        answer = ask(store, LOCAL, Question(measure, by, **asked))
        cells = {key: oracle.MEASURES[measure](part) for key, part in parts.items()}
        found += [f"{measure} {words}" for words in differences(answer.table, cells, by)]
    return found


@pytest.mark.parametrize("by", [(), *((cut,) for cut in CUTS)], ids="+".join)
def test_every_measure_by_each_cut(small_store, small_world, by):
    assert not unlike(small_store, small_world, by)


@pytest.mark.parametrize("by", random.Random(1).sample(PAIRS, 24), ids="+".join)
def test_pairs_of_cuts(small_store, small_world, by):
    some = random.Random("+".join(by)).sample(list(MEASURES), 6)
    assert not unlike(small_store, small_world, by, some)


@pytest.mark.parametrize("where", FILTERS, ids=str)
def test_filters_and_periods(small_store, small_world, where):
    dice = random.Random(str(where))
    for by in [(), dice.choice([("month",), ("band",), ("channel",), ("week", "band")])]:
        start, end = dice.choice(PERIODS)
        assert not unlike(small_store, small_world, by, start=start, end=end, where=where), (by, start, end)


@pytest.mark.parametrize("start, end", PERIODS)
def test_periods(small_store, small_world, start, end):
    for by in ((), ("month",)):
        assert not unlike(small_store, small_world, by, start=start, end=end), by


def test_chosen_schools(small_store, small_world):
    schools = ("Alder Elementary", "Ivy High")
    for by in ((), ("school",), ("month",)):
        assert not unlike(small_store, small_world, by, schools=schools), by


@pytest.mark.parametrize("measure", [name for name, measure in MEASURES.items() if measure.ratio])
def test_sums_by_school(small_store, small_world, measure):
    sums = school_sums(small_store, LOCAL, Question(measure, ("band",)))
    for band in ("elementary", "middle", "high"):
        here = sums[(sums["band"] == band) & (sums["enrolled_days"] > 0)].set_index("school")
        theirs = oracle_drop_off.school_sums(small_world, measure, band)
        assert set(here.index) == set(theirs)
        for school, (above, below) in theirs.items():
            assert (here.loc[school, "numerator"], here.loc[school, "denominator"]) == (above, below), (band, school)


@pytest.mark.parametrize(
    ("cut", "values"),
    [
        ("channel", ("email", "text")),
        ("grade", ("5", "6")),
        ("month", ("2024-11", "2025-10", "2025-11")),
        ("week", ("2025-09-08", "2025-10-06")),
        ("school_year", ("2024-25", "2025-26")),
    ],
)
def test_several_values_of_one_cut_mean_any_of_them(small_store, row_of, cut, values):
    for measure in ("attempt_success", "two_way_share", "family_reply_rate", "positive_first", "days_to_reply"):
        apart = [row_of(small_store, measure, where=((cut, value),)) for value in values]
        together = row_of(small_store, measure, where=tuple((cut, value) for value in values))
        for count in ("numerator", "denominator"):
            assert together[count] == sum(row[count] for row in apart)


def last_span(part, student):
    """Of a cell's enrolled days: in which span a student was on the last of them."""
    return max((day, span.load_order, span) for who, day, span in part.days if who == student)[2]


@pytest.mark.parametrize("school_year", districts.YEARS)
def test_a_release_counts_what_the_measures_count(small_store, small_world, school_year):
    hold_release(small_store, small_world, school_year)


def hold_release(small_store, small_world, school_year):
    """Of each student and band the sums of a release, and the school and groups of the last enrolled day there."""
    first, last = bounds(school_year)
    frame = cube.students(small_store, school_year)
    schools = dict(small_store.rows("SELECT school_id, name FROM school"))
    parts = oracle.parts(small_world, ("band",), start=first, end=last)
    assert {(band,) for band in frame["band"]} == {key for key, part in parts.items() if part.days}
    for (band,), part in parts.items():
        here = frame[frame["band"] == band]
        for measure in cube.MEASURES:
            cell, counts = oracle.MEASURES[measure.name](part), here[here[measure.denominator] > 0]
            sums = (counts[measure.numerator].sum(), here[measure.denominator].sum(), len(counts))
            assert sums == (cell.numerator, cell.denominator, cell.students), (band, measure.name)
        for row in here.to_dict("records"):
            span = last_span(part, row["student_id"])
            assert (schools[row["school_id"]], row["district"]) == (span.school, span.district)
            for group in cube.GROUPS:
                assert row[group] == oracle.label_of_day(small_world, group, span, last), (row["student_id"], group)
            assert row["elsewhere"] == was_elsewhere(small_world, row["student_id"], span.district, band, first, last)
            days = [day for who, day, _ in part.days if who == row["student_id"]]
            latest = min(last, small_world.as_of[span.district])
            then = (latest - max(days)).days == 0 and (latest - min(days)).days < small_world.silence_days
            assert row["only_then"] == then, row
            hold_asks(row, days, small_world.as_of[span.district])
    hold_ties(frame, small_world, first, last)


def hold_asks(row, days, as_of):
    """What is known of a student's asks, from the enrolled days in the band; and that it is true."""
    closed = as_of - timedelta(7)
    assert row["askable"] == (min(days) <= closed) and row["open_asks"] == (max(days) > closed), row
    whole = max(days) == as_of and len(set(days)) == (as_of - min(days)).days + 1
    assert row["answered_outside"] == (not whole), row
    asks = row["school_asks"] + row["family_asks"]
    assert row["askable"] or not asks, row
    for answered in (row["school_asks_answered"], row["family_asks_answered"]):
        assert row["answered_outside"] or not answered or answered < row["two_way"], row
        asks -= answered
    assert row["open_asks"] or row["known"] - row["two_way"] <= asks, row


def hold_ties(frame, world, first, last):
    """Which students stand in several bands in the days that `silent` looks at, and are enrolled on the last."""
    for (student, district), units in frame.groupby(["student_id", "district"]):
        end = min(last, world.as_of[district])
        start = end - timedelta(world.silence_days - 1)
        days = {day: world.band(span.grade) for (who, day), span in world.enrolled.items() if who == student}
        around = {band for day, band in days.items() if max(first, start) <= day <= end}
        before = any(start <= day < first for day in days)
        for row in units.to_dict("records"):
            mine = [day for day, band in days.items() if band == row["band"] and first <= day <= end]
            tied = len(around) > 1 and end in days and row["band"] in around
            assert (row["tied"], row["before"]) == (student if tied else 0, before), row
            assert row["within"] == (min(mine) >= start), row


def was_elsewhere(world, student, district, band, first, last) -> bool:
    """Enrolled in another band, or before the year, in the days that `silent` looks back on?"""
    latest = min(last, world.as_of[district])
    days = [latest - timedelta(back) for back in range(world.silence_days)]
    spans = [(day, world.enrolled[student, day]) for day in days if (student, day) in world.enrolled]
    return any(day < first or world.band(span.grade) != band for day, span in spans)


def edges() -> World:
    """The as-of date is 20 August 2025: 60 days end on it that begin on 22 June, in the school year before.

    Stays end and begin, and contacts happen, on the first and last of those days and of the year, and beside them.
    """
    spans, contacts = [], []
    year, end, last = date(2024, 8, 15), date(2025, 12, 31), date(2025, 8, 20)

    def student(*stays, days=()):
        number = len({span.student for span in spans}) + 1
        for grade, entry, exit in stays:
            name = f"{entry.year}-{entry.year % 100 + 1}" if entry.month > 6 else "2024-25"
            spans.append(Span(number, "North", f"School {grade}", grade, name, entry, exit))
        for day, direction in days:
            row = (0, len(contacts))
            contacts.append(Contact(row, number, "North", day, direction=direction, outcome="sent"))

    for day in (date(2025, 6, 21), date(2025, 6, 22), date(2025, 6, 30), date(2025, 7, 1)):
        student(("3", year, end), days=[(day, "outbound")])
        student(("5", year, day), ("6", date(2025, 7, 10), end))
        student(("3", year, date(2025, 5, 1)), ("3", day, end), days=[(date(2025, 6, 25), "outbound")])
    for entry in (year, date(2025, 7, 5)):
        student(("5", entry, date(2025, 8, 19)), ("6", last, end))
    student(("3", year, date(2025, 6, 1)), ("3", date(2025, 8, 1), end), days=[(date(2025, 7, 5), "outbound")])
    for back in (6, 7, 8):
        asked = last - timedelta(back)
        for side, other in (("outbound", "inbound"), ("inbound", "outbound")):
            student(("3", year, end), days=[(asked, side), (asked + timedelta(3), other)])
            # Beside an ask that is long over.
            before = [(asked - timedelta(40), side), (asked, side), (asked + timedelta(3), other)]
            student(("3", year, end), days=before)
    student(("3", year, end), days=[(last, "outbound")])
    return World(spans, contacts)


def test_a_release_counts_what_the_measures_count_at_its_edges(loaded):
    world = edges()
    store = loaded(world)
    for school_year in ("2024-25", "2025-26"):
        hold_release(store, world, school_year)
    found = cube.students(store, "2025-26")
    assert 0 < found["elsewhere"].sum() < len(world.spans) and 0 < found["only_then"].sum() < len(found)
    assert (found["tied"] > 0).any() and set(found["before"]) == {0, 1}
    assert {0, 1} == set(found["within"]) | set(cube.students(store, "2024-25")["within"])
