"""This year against last year, on the same days: what changed, and whether it is a change.

Owns the change of a measure between two periods with an interval clustered by school, and the rule by
which a page calls something a change: its interval leaves zero out, and it holds among all the comparisons
on the page at a false discovery rate of 5 % (Benjamini and Hochberg). Pure except for `answer`.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy import stats

from analytics.clustered import (
    CAUTION,
    CAUTION_SCHOOLS,
    FEWEST_SCHOOLS,
    LEVEL,
    NO_SPREAD,
    NOTHING_COUNTED,
    TOO_FEW,
    cluster_variance,
    rate,
)

FDR = 0.05
ALIKE = "every school changed alike: no interval"


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


def estimate(now: pd.DataFrame, before: pd.DataFrame, scale: float = 1.0) -> Change:
    """The change of a ratio of sums between two periods, paired by school.

    Both frames are indexed by school with `numerator` and `denominator`. A school pulls at the change by
    d_g = (Y1 - R1 T1) / sum T1 - (Y0 - R0 T0) / sum T0; Var = G/(G-1) x sum d_g^2 over the schools of either
    period, t with G - 1 degrees of freedom. So what is peculiar to a school and stays cancels out.
    """
    after, earlier = rate(now), rate(before)
    schools = len(now.index.union(before.index))
    found = {"before": scale * earlier, "now": scale * after, "change": scale * (after - earlier), "schools": schools}
    if np.isnan(after) or np.isnan(earlier):
        return Change(**found, note=NOTHING_COUNTED)
    fewest = min(len(now), len(before))
    if fewest < FEWEST_SCHOOLS:
        return Change(**found, note=TOO_FEW)
    variance = cluster_variance(_pulls(now).sub(_pulls(before), fill_value=0.0))
    if variance <= NO_SPREAD:
        return Change(**found, note=ALIKE)
    error = np.sqrt(variance)
    reach = scale * stats.t.ppf(0.5 + LEVEL / 2, schools - 1) * error
    p = float(2 * stats.t.sf(abs(after - earlier) / error, schools - 1))
    note = CAUTION if fewest < CAUTION_SCHOOLS else ""
    return Change(**found, low=found["change"] - reach, high=found["change"] + reach, p=p, note=note)


def _pulls(sums: pd.DataFrame) -> pd.Series:
    return (sums["numerator"] - rate(sums) * sums["denominator"]) / float(sums["denominator"].sum())


def hold(changes: list[Change]) -> list[bool]:
    """Which changes of one page may be called a change: at 5 % false discoveries among all with an interval."""
    tested = [place for place, change in enumerate(changes) if not np.isnan(change.p)]
    kept = [False] * len(changes)
    if tested:
        adjusted = stats.false_discovery_control([changes[place].p for place in tested])
        for place, p in zip(tested, adjusted, strict=True):
            kept[place] = bool(p <= FDR) and changes[place].leaves_zero_out
    return kept


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
