"""The sums that pages need for the days they show first: the SELECTs of their tallies, to be made ahead.

Owns which questions a page asks of the latest school year, and of the same days a year before, while nobody has
chosen a filter. A filter on schools or students needs no further sums, so these serve most of what is asked after it.
No answer is made here: tallies are read from facts alone, before any viewer's scope (`analytics.scoped.tallies`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from access.viewer import LOCAL
from analytics import choices, families, left_out, partnership, quality, scoped
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.scope import scope_of
from analytics.trends import year_before
from data.schoolyear import bounds, name_of
from data.store import Store

# What pages ask of a period (measure, cuts that matter to a tally), the first page first.
BOTH_YEARS = (
    ("contact_rate", ()), ("family_reply_rate", ()), ("silent", ()), ("contact_rate", ("month",)),
    ("positive_first", ()), ("weeks_logged", ()),
)  # fmt: skip
THIS_YEAR = (
    ("family_reply_rate", ("month",)), ("silent", ("month",)), ("contact_rate", ("channel",)), ("days_to_reply", ()),
    ("days_to_reply", ("month",)),
)  # fmt: skip


def selects(store: Store) -> Iterator[str]:
    """The SELECTs, in the order in which pages are likely to need them; none without a roster and contacts."""
    offered = choices.offered(store, LOCAL)
    if not offered.years or not offered.has_contacts:
        return
    found: dict[str, None] = {}
    for question, sql in _asked(store, offered):
        found |= dict.fromkeys(scoped.tallies(scope_of(store, LOCAL, question), sql))
    yield from found
    yield families.LATEST


def _asked(store: Store, offered: choices.Choices) -> Iterator[tuple[Question, str]]:
    """(question, its SELECT over scoped tables) of all that pages ask without a filter."""
    start, end = next(iter(offered.years.values()))
    for measure, by in BOTH_YEARS:
        yield _of(measure, by, start, end)
        yield _of(measure, by, year_before(start), year_before(end))
    for measure, by in THIS_YEAR:
        yield _of(measure, by, start, end)
    now = Question("contact_rate", (), start, end)
    first_days = partnership.first_days_of_lessons(store, now)
    a_year_ago = replace(first_days, start=year_before(first_days.start), end=year_before(first_days.end))
    for period in (first_days, a_year_ago):
        yield period, MEASURES["reach"].sql
    whole = Question("contact_rate", ("grade", "school_year"), offered.first_day, offered.last_day)
    for period in (now, first_days, replace(whole, by=())):
        yield period, left_out.COUNTS
    yield left_out.asked_of(replace(now, measure="silent"), end, store.settings()["silence_days"]), left_out.COUNTS
    yield families.own_log(end), MEASURES["weeks_logged"].sql
    for sql in (quality.ROWS, quality.LAG, partnership.STAFF):
        yield now, sql
    latest = replace(now, start=bounds(name_of(end))[0])
    for question in (whole, replace(whole, by=()), latest):
        yield question, MEASURES["contact_rate"].sql


def _of(measure: str, by: tuple[str, ...], start: date, end: date) -> tuple[Question, str]:
    return Question(measure, by, start, end), MEASURES[measure].sql
