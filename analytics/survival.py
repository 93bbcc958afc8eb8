"""Days to reply: Kaplan-Meier from counts by day, with intervals.

Owns the survival curve of asks that are not yet answered. An ask without an answer is not a late
answer and not a missing one: it was watched for so many days and then the file ended. Leaving it out
would halve the median. Pure, but for `answer` and `curves`, which count the asks in the viewer's scope.

`waits` has a row for each day (and school): `days` (0 to 30), `answered` (asks answered on that day),
`open` (asks last seen unanswered on that day), and `school_id` where intervals shall know the schools.

Interval of S(t): on the log(-log) scale, as in statsmodels `SurvfuncRight`. Without schools the
variance is Greenwood's; with schools it is the sandwich over schools (the sum over days of
(d_g - n_g h) / (n (1 - h)) is what school g pulls at log S) with t on G - 1 degrees of freedom.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd
from scipy import special

from access.viewer import Viewer
from analytics import cells
from analytics.answer import Answer, ask
from analytics.clustered import (
    CAUTION,
    CAUTION_SCHOOLS,
    FEWEST_SCHOOLS,
    LEVEL,
    NOTHING_COUNTED,
    TOO_FEW,
    quantile,
)
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.scope import scope_of
from analytics.summaries import by_day, until_end
from data.store import Store

LONGEST = 30
MEASURE = "days_to_reply"
METHOD = (
    "Kaplan-Meier over the days from an ask to its answer: an ask without one was watched up to the latest contact "
    "that is loaded, or for 30 days, and then left. The median is the first day with half answered; 95 % intervals "
    "are clustered by school."
)
EXTRAS = ["median_low", "median_high", "within_2", "within_2_low", "within_2_high", "watched", "note"]


@dataclass(frozen=True)
class Survival:
    """`curve`: columns day, at_risk, answered, survival (S), low, high; S and its ends are not known of days for which
    no ask was watched. `median` None: not reached in the window.

    `median_low`, `median_high`: None where the interval has no such end inside the window.
    `within_2`, `within_2_low`, `within_2_high`: the share answered within two days. `watched`: the longest that an ask
    was watched, in days; less than the window where the log ends soon after the asks.
    """

    curve: pd.DataFrame
    median: int | None
    median_low: int | None
    median_high: int | None
    within_2: float
    within_2_low: float
    within_2_high: float
    asks: int
    watched: int = LONGEST
    note: str = ""


def answer(store: Store, viewer: Viewer, question: Question) -> Answer:
    """`days_to_reply` with `EXTRAS`: the interval of the median and the share answered within two days."""
    asked = ask(store, viewer, replace(question, measure=MEASURE))
    rows = [
        {**keys, **{name: getattr(found, name) for name in EXTRAS}}
        for keys, found in _each_cell(store, viewer, question)
    ]
    extra = pd.DataFrame(rows, columns=[*question.by, *EXTRAS])
    if question.by:
        return replace(asked, table=asked.table.merge(extra, how="left", on=list(question.by)), method=METHOD)
    return replace(asked, table=pd.concat([asked.table, extra.reindex(range(1))], axis=1), method=METHOD)


def curves(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """The curves of all cells: the cuts, then day, at_risk, answered, survival, low, high."""
    tables = [found.curve.assign(**keys) for keys, found in _each_cell(store, viewer, question)]
    columns = [*question.by, "day", "at_risk", "answered", "survival", "low", "high"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def _each_cell(store: Store, viewer: Viewer, question: Question) -> list[tuple[dict, "Survival"]]:
    """(the cuts' printed values, the estimate clustered by school) of each cell with asks."""
    scope = scope_of(store, viewer, replace(question, measure=MEASURE), by_school=True)
    life = cells.in_order(scope.run(store, MEASURES[MEASURE].sql), question.by, scope.known.schools)
    waits = life.assign(open=life["asks"] - life["answered"], school_id=life["place"])
    if waits.empty:
        return []
    if not question.by:
        return [({}, estimate(waits))]
    groups = waits.groupby(list(question.by), sort=False)
    return [(dict(zip(question.by, values, strict=True)), estimate(part)) for values, part in groups]


def estimate(waits: pd.DataFrame, longest: int = LONGEST) -> Survival:
    """The curve, its median and the share answered within two days, from `waits` (see the module)."""
    answered, at_risk = _counts(waits, longest)
    survival = np.cumprod(1 - _over(answered, at_risk))
    variance, quantile, note = _variance(waits, answered, at_risk, longest)
    low, high = _band(survival, variance, quantile)
    curve = pd.DataFrame(
        {
            "day": range(longest + 1),
            "at_risk": at_risk.astype(int),
            "answered": answered.astype(int),
            "survival": survival,
            "low": low,
            "high": high,
        }
    )
    known = (at_risk > 0) | ((survival == 0) & (at_risk[0] > 0))  # once all are answered, that holds for good
    curve.loc[~known, ["survival", "low", "high"]] = np.nan
    second = curve.loc[2]
    return Survival(
        curve,
        median(answered, at_risk),
        *_median_bounds(curve),
        1 - second["survival"],
        1 - second["high"],
        1 - second["low"],
        int(at_risk[0]),
        int(np.flatnonzero(known)[-1]) if known.any() else 0,
        note,
    )


def median(answered, at_risk) -> int | None:
    """The smallest day with S <= 1/2, in exact fractions: a rounding error must not move it by a day."""
    survival = Fraction(1)
    for day, (events, risk) in enumerate(zip(answered, at_risk, strict=True)):
        if risk:
            survival *= 1 - Fraction(int(events), int(risk))
        if risk and survival <= Fraction(1, 2):
            return day
    return None


def _counts(waits: pd.DataFrame, longest: int) -> tuple[np.ndarray, np.ndarray]:
    answered, still_open = _by_day(waits, np.zeros(len(waits), dtype=np.int64), (1, longest + 1))
    return answered[0], until_end(answered[0] + still_open[0])


def _by_day(waits: pd.DataFrame, row: np.ndarray, shape: tuple[int, int]) -> tuple[np.ndarray, ...]:
    """(asks answered, asks left open) by day, in as many rows as `row` tells apart."""
    days = waits["days"].to_numpy(dtype=np.int64)
    return tuple(by_day(days, waits[name].to_numpy(dtype=float), row, shape) for name in ("answered", "open"))


def _over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.zeros(np.broadcast(above, below).shape), where=below > 0)


def _variance(waits, answered, at_risk, longest) -> tuple[np.ndarray, float, str]:
    """Variance of log S by day, the quantile that goes with it, and a note."""
    still = at_risk - answered
    if not at_risk[0]:
        return np.full(longest + 1, np.nan), np.nan, NOTHING_COUNTED
    if "school_id" not in waits:
        greenwood = np.cumsum(_over(answered, at_risk * still))
        return greenwood, special.ndtri(0.5 + LEVEL / 2), ""
    schools = waits["school_id"].nunique()
    if schools < FEWEST_SCHOOLS:
        return np.full(longest + 1, np.nan), np.nan, TOO_FEW
    pulls = _pulls(waits, answered, at_risk, longest)
    variance = schools / (schools - 1) * (pulls**2).sum(axis=0)
    note = CAUTION if schools < CAUTION_SCHOOLS else ""
    return variance, quantile(schools - 1), note


def _pulls(waits, answered, at_risk, longest) -> np.ndarray:
    """What each school (row) pulls at log S by each day (column); every column sums to zero."""
    schools, row = np.unique(waits["school_id"].to_numpy(), return_inverse=True)
    mine, still_open = _by_day(waits, row, (len(schools), longest + 1))
    my_risk = until_end(mine + still_open)
    off = mine - my_risk * _over(answered, at_risk)
    return np.cumsum(_over(off, np.broadcast_to(at_risk - answered, off.shape)), axis=1)


def _band(survival, variance, quantile) -> tuple[np.ndarray, np.ndarray]:
    """log(-log) interval of S: stays between 0 and 1. NaN where S is 0 or 1."""
    inside = (survival > 0) & (survival < 1)
    log_s = np.log(np.where(inside, survival, 0.5))
    spread = np.where(inside, quantile * np.sqrt(variance) / np.abs(log_s), np.nan)
    centre = np.log(-log_s)
    return np.exp(-np.exp(centre + spread)), np.exp(-np.exp(centre - spread))


def _median_bounds(curve: pd.DataFrame) -> tuple[int | None, int | None]:
    """The days on which one half lies inside the interval of S (Brookmeyer and Crowley 1982)."""
    if curve["low"].isna().all():
        return None, None
    none_open = curve["survival"] == 0  # no interval there, and past one half all the same
    may_be_half = curve.loc[(curve["low"] <= 0.5) | none_open, "day"]
    must_be_past = curve.loc[(curve["high"] < 0.5) | none_open, "day"]
    first = int(may_be_half.iloc[0]) if len(may_be_half) else None
    return first, int(must_be_past.iloc[0]) if len(must_be_past) else None
