"""This year against last year, on the same days: what changed, and whether it is a change.

Owns the change of a measure between two periods with an interval clustered by school, and the rule by
which a page calls something a change: its interval leaves zero out, and it holds among all the comparisons
on the page at a false discovery rate of 5 % (Benjamini and Hochberg).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from access.viewer import Viewer
from analytics import clustered, together
from analytics.answer import days
from analytics.clustered import (
    CAUTION,
    CAUTION_SCHOOLS,
    FEWEST_SCHOOLS,
    NO_SPREAD,
    NOTHING_COUNTED,
    TOO_FEW,
    Sums,
    cluster_variance,
    differences,
    quantile,
    sums_of,
    two_sided,
)
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.school_sums import NO_SCHOOL, each, of_schools, school_sums
from analytics.scope import scope_of
from data.errors import Refusal
from data.schoolyear import bounds, name_of
from data.store import Store

ALIKE = "every school changed alike: no interval"
TOO_LONG = "the period is longer than a year: no comparison"
COLUMNS = ["measure", "cut", "before", "now", "change", "low", "high", "p", "schools", "note", "called"]


@dataclass(frozen=True)
class Change:
    """`before` and `now` in the measure's unit; `change` = now - before with its interval and p-value."""

    before: float
    now: float
    change: float
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    schools: int = 0
    note: str = ""

    @property
    def leaves_zero_out(self) -> bool:
        """Is zero outside the interval? False where there is none."""
        return bool(self.low > 0 or self.high < 0)


def answer(store: Store, viewer: Viewer, questions: tuple[Question, ...]) -> pd.DataFrame:
    """The changes of a whole page: a row for each question and value of its cut, columns `COLUMNS`.

    Pass all questions of a page together: `called` ("rose", "fell", "no clear change", "no comparison") holds the
    false discovery rate over all rows. A question may have one cut that is not of time; its value stands in `cut`
    ("" without). Without a start the period begins with the school year of its end.
    Raises Refusal `not_a_ratio` for a measure that is no ratio of sums.
    """
    rows, changes = [], []
    _read_together(store, viewer, questions)
    for question in questions:
        for value, change in _changes(store, viewer, question):
            rows.append({"measure": question.measure, "cut": value, **vars(change)})
            changes.append(change)
    for row, change, held in zip(rows, changes, hold(changes), strict=True):
        row["called"] = words(change, held)
    return pd.DataFrame(rows, columns=COLUMNS)


def periods(store: Store, viewer: Viewer, question: Question) -> tuple[Question, Question] | None:
    """The question over its counted days, and over the same days a year before; None without any day to count."""
    first, end = days(scope_of(store, viewer, replace(question, measure="contact_rate", by=())))
    if end is None:
        return None
    start = question.start or max(first, bounds(name_of(end))[0])
    return replace(question, start=start, end=end), replace(question, start=year_before(start), end=year_before(end))


def _read_together(store: Store, viewer: Viewer, questions: tuple[Question, ...]) -> None:
    known = [question for question in questions if question.measure in MEASURES]
    both = [periods(store, viewer, question) for question in known]
    together.read(store, viewer, [one for pair in both if pair for one in pair], by_school=True)


def _changes(store: Store, viewer: Viewer, question: Question) -> list[tuple[str, Change]]:
    if question.measure in MEASURES and not MEASURES[question.measure].ratio:
        label = MEASURES[question.measure].label
        raise Refusal("not_a_ratio", f"“{label}” is not a ratio of sums, so its change has no interval.")
    both = periods(store, viewer, question)
    if both is None:
        return []
    if both[0].end - both[0].start >= timedelta(366):
        return [("", Change(np.nan, np.nan, np.nan, note=TOO_LONG))]
    now, before = (school_sums(store, viewer, period) for period in both)
    scale = MEASURES[question.measure].factor
    if not question.by:
        return [("", estimate(of_schools(now), of_schools(before), scale))]
    cut = question.by[0]
    values = list(dict.fromkeys([*now[cut], *before[cut]]))
    after, earlier = each(now, cut), each(before, cut)
    return [
        (value, estimate(after.get((value,), NO_SCHOOL), earlier.get((value,), NO_SCHOOL), scale)) for value in values
    ]


def estimate(now: Sums | pd.DataFrame, before: Sums | pd.DataFrame, scale: float = 1.0) -> Change:
    """The change of a ratio of sums between two periods, paired by school.

    Frames are indexed by school with `numerator` and `denominator`. A school pulls at the change by
    d_g = (Y1 - R1 T1) / sum T1 - (Y0 - R0 T0) / sum T0; Var = G/(G-1) x sum d_g^2 over the schools of either
    period, t with G - 1 degrees of freedom. So what is peculiar to a school and stays cancels out. There is no interval
    where fewer than three schools counted anything in a period: one contact at one school of nine has no spread to see,
    and a share of it is 0 or 100 %.
    """
    now, before = sums_of(now), sums_of(before)
    after, earlier = now.rate, before.rate
    schools = len(np.union1d(now.ids, before.ids))
    found = {"before": scale * earlier, "now": scale * after, "change": scale * (after - earlier), "schools": schools}
    if np.isnan(after) or np.isnan(earlier):
        return Change(**found, note=NOTHING_COUNTED)
    fewest = min(int((sums.below > 0).sum()) for sums in (now, before))
    if fewest < FEWEST_SCHOOLS:
        return Change(**found, note=TOO_FEW)
    variance = cluster_variance(differences(now.ids, _pulls(now), before.ids, _pulls(before)))
    if variance <= NO_SPREAD:
        return Change(**found, note=ALIKE)
    error = np.sqrt(variance)
    reach = scale * quantile(schools - 1) * error
    p = two_sided((after - earlier) / error, schools - 1)
    note = CAUTION if fewest < CAUTION_SCHOOLS else ""
    return Change(**found, low=found["change"] - reach, high=found["change"] + reach, p=p, note=note)


def _pulls(sums: Sums) -> np.ndarray:
    return (sums.above - sums.rate * sums.below) / float(sums.below.sum())


def hold(changes: list[Change]) -> list[bool]:
    """Which changes of one page may be called a change: at 5 % false discoveries among all with an interval."""
    return clustered.hold([(change.p, change.leaves_zero_out) for change in changes])


def words(change: Change, held: bool) -> str:
    """ "rose", "fell", "no clear change", or "no comparison" where there is nothing to compare."""
    if np.isnan(change.change):
        return "no comparison"
    if not held:
        return "no clear change"
    return "rose" if change.change > 0 else "fell"


def year_before(day: date) -> date:
    """The same day of the year before; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
