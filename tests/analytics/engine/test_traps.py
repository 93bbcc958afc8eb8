"""Where a measure goes wrong without an error: replies, first contacts, spans, mass rows, as-of dates.

One student `s`, enrolled from 1 September 2025 in grade 5; a district's as-of date is set by a mass message on
30 November, so that asks of September are closed.
"""

from datetime import date, timedelta

import pytest

from access.viewer import LOCAL, Viewer
from analytics.answer import ask
from analytics.measures import MEASURES
from analytics.question import Question
from data.errors import Refusal
from data.store import open_store
from tests.support.oracle_words import Contact, Span, World

START = date(2025, 9, 1)


def span(student=1, school="Alder", grade="5", entry=START, exit=None, **more) -> Span:
    return Span(student, more.pop("district", "North"), school, grade, "2025-26", entry, exit, **more)


def contact(days, direction="outbound", hour=None, row=0, student=1, **known) -> Contact:
    """A contact `days` after 1 September, at an hour or without a time of day."""
    known = {"channel": "email", "outcome": "sent", **known}
    second = None if hour is None else int(hour * 3600)
    district = known.pop("district", "North")
    return Contact((0, row), student, district, START + timedelta(days), second, direction=direction, **known)


LAST = contact(90, audience="mass")


def counts(row: dict) -> tuple[int, int]:
    return row["numerator"], row["denominator"]


ANSWERED = {
    "the same day, without times": ([contact(1), contact(1, "inbound")], True),
    "the same day, later": ([contact(1, hour=9), contact(1, "inbound", 10)], True),
    "the same minute": ([contact(1, hour=9), contact(1, "inbound", 9)], True),
    "earlier the same day": ([contact(1, hour=9), contact(1, "inbound", 8)], False),
    "earlier by time, but the ask has none": ([contact(1), contact(1, "inbound", 8)], True),
    "the same day, the answer has no time": ([contact(1, hour=9), contact(1, "inbound")], True),
    "the 7th day": ([contact(1), contact(8, "inbound")], True),
    "the 7th day, earlier by the clock": ([contact(1, hour=9), contact(8, "inbound", 8)], True),
    "the 8th day": ([contact(1), contact(9, "inbound")], False),
    "the day before": ([contact(2), contact(1, "inbound")], False),
    "a conversation": ([contact(1), contact(3, "outbound", outcome="reached")], True),
    "a conference": ([contact(1), contact(3, "unknown", channel="conference")], True),
    "another message of the school": ([contact(1), contact(3)], False),
    "an unknown direction": ([contact(1), contact(3, "unknown")], False),
    "a mass row": ([contact(1), contact(3, "inbound", audience="mass")], False),
    "one that was not delivered": ([contact(1), contact(3, "inbound", outcome="not_delivered")], False),
    "of another student": ([contact(1), contact(3, "inbound", student=2)], False),
}


@pytest.mark.parametrize("case", ANSWERED)
def test_what_answers_an_ask(loaded, row_of, case):
    rows, answered = ANSWERED[case]
    store = loaded(World([span(), span(2)], [*rows, LAST]))
    ask_of_day_1 = row_of(store, "family_reply_rate", start=rows[0].day, end=rows[0].day)
    assert counts(ask_of_day_1) == (int(answered), 1)


def test_an_answer_counts_from_outside_the_enrolment_and_the_period(loaded, row_of):
    left = World([span(exit=START + timedelta(5)), span(2)], [contact(4), contact(10, "inbound"), LAST])
    assert counts(row_of(loaded(left), "family_reply_rate")) == (1, 1)
    inside = row_of(loaded(left), "two_way_share", start=START, end=START + timedelta(5))
    assert counts(inside) == (1, 1)


@pytest.mark.parametrize(("day", "counted"), [(83, 1), (84, 0)])
def test_an_open_ask_is_left_out_answered_or_not(loaded, row_of, day, counted):
    store = loaded(World([span()], [contact(day), contact(day + 1, "inbound"), LAST]))
    assert counts(row_of(store, "family_reply_rate")) == (counted, counted)
    assert counts(row_of(store, "two_way_share")) == (2, 2)


def test_each_district_closes_its_asks_by_its_own_as_of_date(loaded, row_of):
    """North's of day 90 closes days up to 83, South's of day 75 those up to 68."""
    north = [contact(day) for day in (70, 83, 84)]
    south = [contact(day, student=2, district="South") for day in (68, 69)]
    world = World(
        [span(), span(2, "Elm", district="South")],
        [*north, *south, LAST, contact(75, student=2, district="South", audience="mass")],
    )
    store = loaded(world)
    assert counts(row_of(store, "family_reply_rate")) == (0, 3)
    days = ask(store, LOCAL, Question("contact_rate", by=("district",))).table
    assert list(days["denominator"]) == [91, 76]


def test_a_reply_after_the_window_counts_for_the_days_to_reply_only(loaded, row_of):
    store = loaded(World([span()], [contact(1), contact(31, "inbound"), LAST]))
    assert row_of(store, "family_reply_rate")["numerator"] == 0
    assert row_of(store, "days_to_reply")["value"] == 30


def test_days_to_reply_is_not_reached_when_half_wait_longer(loaded, row_of):
    store = loaded(World([span()], [contact(1), contact(40), contact(42, "inbound"), contact(80), LAST]))
    row = row_of(store, "days_to_reply")  # 2 of 3, the third watched for 10 days: S = 2/3
    assert (row["value"], counts(row)) == (pytest.approx(float("nan"), nan_ok=True), (1, 3))


FIRST = {
    "timed ones come first": ([contact(1, row=1, tone="concern"), contact(1, hour=15, row=2, tone="positive")], 1),
    "then the earlier": ([contact(1, hour=15, row=1, tone="positive"), contact(1, hour=9, row=2, tone="concern")], 0),
    "then by row": ([contact(1, row=2, tone="positive"), contact(1, row=1, tone="concern")], 0),
    "not while not enrolled": ([contact(-3, tone="concern"), contact(1, tone="neutral")], 1),
    "not an attempt": ([contact(1, tone="concern", outcome="no_answer"), contact(2, tone="neutral")], 1),
}


@pytest.mark.parametrize("case", FIRST)
def test_the_first_contact_of_the_school_year(loaded, row_of, case):
    rows, good = FIRST[case]
    assert counts(row_of(loaded(World([span()], [*rows, LAST])), "positive_first")) == (good, 1)


def test_only_the_first_contact_of_the_year_counts_wherever_the_period_begins(loaded, row_of):
    store = loaded(World([span()], [contact(1, tone="concern"), contact(40, tone="positive"), LAST]))
    assert counts(row_of(store, "positive_first", start=date(2025, 10, 1))) == (0, 0)


@pytest.mark.parametrize(("day", "silent"), [(30, 1), (31, 0)])
def test_the_sixty_days_of_silence_end_on_the_as_of_date(loaded, row_of, day, silent):
    """30 November is one of them, and so 2 October the first: day 31 from 1 September."""
    store = loaded(World([span()], [contact(day), LAST]))
    assert counts(row_of(store, "silent")) == (silent, 1)


def test_who_enters_on_the_as_of_date_is_enrolled_on_that_day(loaded, row_of):
    store = loaded(World([span(), span(2, entry=START + timedelta(90))], [contact(1), LAST]))
    assert counts(row_of(store, "reach")) == (1, 2)
    assert counts(row_of(store, "contact_rate")) == (1, 91 + 1)
    assert counts(row_of(store, "silent")) == (1 + 1, 2)  # day 1 is longer ago than 60 days


def test_a_move_in_winter_splits_days_and_contacts(loaded):
    moved = [span(exit=None, load_order=0), span(1, "Birch", "6", START + timedelta(30), load_order=1)]
    store = loaded(World(moved, [contact(29), contact(30), contact(31), LAST]))
    table = ask(store, LOCAL, Question("contact_rate", by=("band",))).table
    assert list(table["numerator"]) == [1, 2, 0]
    assert list(table["denominator"]) == [30, 61, 0]
    reached = ask(store, LOCAL, Question("reach", by=("school",))).table
    assert list(reached["denominator"]) == [1, 1]


def test_an_undelivered_mass_row_counts_as_mass(loaded, row_of):
    store = loaded(World([span()], [contact(1, audience="mass", outcome="not_delivered"), LAST]))
    assert row_of(store, "mass_messages")["numerator"] == 2
    assert counts(row_of(store, "attempt_success")) == (0, 0)


@pytest.mark.parametrize(
    ("known", "family"),
    [
        ({"direction": "inbound"}, (1, 1)),
        ({"direction": "inbound", "outcome": "reached"}, (1, 1)),
        ({"direction": "outbound", "channel": "in_person"}, (0, 1)),
        ({"direction": "two_way"}, (0, 0)),
        ({"direction": "outbound", "initiated_by": "student"}, (1, 1)),
        ({"direction": "inbound", "initiated_by": "school"}, (0, 1)),
    ],
)
def test_who_began(loaded, row_of, known, family):
    store = loaded(World([span()], [contact(1, **known), LAST]))
    assert counts(row_of(store, "family_initiated")) == family


def test_weeks_are_those_with_a_weekday_of_lessons(loaded, row_of):
    """1 September is a Monday; 11 to 15 June is Thursday to Monday, and lessons end on Monday 15 June."""
    store = loaded(World([span()], [contact(0), contact(8, school="Birch"), contact(300, audience="mass")]))
    assert counts(row_of(store, "weeks_logged", end=START + timedelta(13))) == (1, 2)
    assert counts(row_of(store, "weeks_logged", start=date(2026, 6, 13), end=date(2026, 6, 14))) == (0, 0)
    assert counts(row_of(store, "weeks_logged", start=date(2026, 6, 11), end=date(2026, 6, 30))) == (0, 2)


def test_nothing_loaded_is_an_answer_with_a_note(loaded, tmp_path):
    store = open_store(tmp_path / "empty.duckdb")
    for measure in MEASURES:
        empty = ask(store, LOCAL, Question(measure, by=("band", "month")))
        assert empty.empty and "roster" in empty.notes[0]
    store.close()
    roster_only = ask(loaded(World([span()], [])), LOCAL, Question("contact_rate", by=("school",)))
    assert roster_only.empty and "contact" in roster_only.notes[0]
    assert list(roster_only.table["school"]) == ["Alder"]


def test_a_period_after_the_last_contact_is_empty_and_says_so(loaded):
    late = ask(loaded(World([span()], [contact(1)])), LOCAL, Question("reach", start=date(2026, 1, 1)))
    assert late.empty and late.start is None and "no day" in late.notes[0]


def test_a_panel_is_refused(loaded):
    with pytest.raises(Refusal, match="released"):
        ask(loaded(World([span()], [LAST])), Viewer("panel"), Question("reach"))
