"""Ratios of sums compared between two groups of contacts, with intervals clustered by school.

Owns the one estimator that `drop_off`, `trends` and `transition` share. Pure: arrays and data frames in,
numbers out; it knows no store and no measure. It refuses to give an interval where too few schools
carry it, because an interval from two schools is a guess that looks like a finding.

A group's sums come as `Sums`, or as a frame indexed by cluster with columns `numerator` and `denominator`. A page
works out a hundred intervals of a few dozen schools each, so arrays are added up here and no frames are made.

Formulas: spec/metrics.md, "Drop-off": a sandwich variance over school sums with Satterthwaite degrees
of freedom. Families of one school are alike, so the school is what is counted, never the contact.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

LEVEL = 0.95
FDR = 0.05
FEWEST_SCHOOLS = 3
FEWEST_STUDENTS = 10  # of a grade band that a headline compares; as many as a released group has (`n_min`)
CAUTION_SCHOOLS = 8

TOO_FEW = "too few schools for an interval"
CAUTION = f"fewer than {CAUTION_SCHOOLS} schools: read the interval with caution"
NOTHING_COUNTED = "nothing to count: no value"
NONE_HERE = "none counted here: ratio 0, no interval"
NONE_IN_BASE = "none counted in the group compared with: no ratio"
ALL_ALIKE = "all schools are alike: no interval"

# Squares of rounding errors; what is smaller than this is a spread of zero.
NO_SPREAD = 1e-24


@dataclass(frozen=True, eq=False)
class Sums:
    """The sums of one group by cluster: `ids` (each once), numerators and denominators, arrays of one length."""

    ids: np.ndarray
    above: np.ndarray
    below: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def rate(self) -> float:
        """Sum of numerators over sum of denominators; NaN where the denominators sum to nothing."""
        below = float(self.below.sum())
        return float(self.above.sum()) / below if below else np.nan

    @property
    def pulls(self) -> np.ndarray:
        """`influence` as an array."""
        return (self.above - self.rate * self.below) / float(self.above.sum())


def sums_of(group: "Sums | pd.DataFrame") -> Sums:
    """A group's sums as arrays."""
    if isinstance(group, Sums):
        return group
    above, below = (group[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    return Sums(group.index.to_numpy(), above, below)


@dataclass(frozen=True)
class Comparison:
    """R(b) / R(0) with its interval. Missing numbers are NaN; `note` says why, or carries the caution.

    `low` and `high` bound the ratio (not the drop-off); `variance` is that of log ratio.
    """

    ratio: float
    low: float = np.nan
    high: float = np.nan
    variance: float = np.nan
    df: float = np.nan
    note: str = ""

    @property
    def p(self) -> float:
        """The two-sided p-value of "the ratio is 1", of the same t that the interval has; NaN without an interval."""
        if np.isnan(self.low) or not self.variance > 0:
            return np.nan
        return two_sided(np.log(self.ratio) / np.sqrt(self.variance), self.df)


def hold(tests: list[tuple[float, bool]]) -> list[bool]:
    """Which differences of one page may be called one: at 5 % false discoveries among all that have an interval.

    `tests` are (p-value, does the interval leave zero out), p NaN where there is no interval: those are never called.
    Benjamini and Hochberg's step-up over the others.
    """
    tested = [place for place, (p, _) in enumerate(tests) if not np.isnan(p)]
    kept = [False] * len(tests)
    if tested:
        for place, p in zip(tested, adjusted([tests[place][0] for place in tested]), strict=True):
            kept[place] = bool(p <= FDR) and tests[place][1]
    return kept


def adjusted(p: list[float]) -> list[float]:
    """The p-values of several tests as Benjamini and Hochberg adjust them."""
    from scipy.stats import false_discovery_control  # half a second to import, and most answers have no tests

    return list(false_discovery_control(p))


def rate(sums: Sums | pd.DataFrame) -> float:
    """Sum of numerators over sum of denominators; NaN where the denominators sum to nothing."""
    return sums_of(sums).rate


def influence(sums: pd.DataFrame) -> pd.Series:
    """e_g / Y of each cluster: how much it pulls the log of the rate. Sums to zero over the clusters.

    `sums` is indexed by cluster with columns `numerator` and `denominator`; Y must not be zero.
    """
    return pd.Series(sums_of(sums).pulls, index=sums.index)


def differences(ids: np.ndarray, pulls: np.ndarray, other_ids: np.ndarray, other_pulls: np.ndarray) -> np.ndarray:
    """The pulls of each cluster of either group less those of the other, 0 where it is not in one; by id."""
    every, place = np.unique(np.concatenate([ids, other_ids]), return_inverse=True)
    found = np.zeros(len(every))
    found[place[: len(ids)]] = pulls
    found[place[len(ids) :]] -= other_pulls
    return found


def cluster_variance(pulls) -> float:
    """G/(G-1) x the sum of squares of the cluster sums; NaN under two clusters."""
    pulls = np.asarray(pulls, dtype=float)
    clusters = len(pulls)
    return clusters / (clusters - 1) * float(np.sum(pulls**2)) if clusters > 1 else np.nan


def quantile(df: float) -> float:
    """The t quantile that an interval of `LEVEL` reaches on each side."""
    return special.stdtrit(df, 0.5 + LEVEL / 2)


def two_sided(t: float, df: float) -> float:
    """The two-sided p-value of a t statistic."""
    return float(2 * special.stdtr(df, -abs(t)))


def compare(group: Sums | pd.DataFrame, base: Sums | pd.DataFrame) -> Comparison:
    """The ratio of two groups' rates with its 95 % interval, clustered by school.

    Both have one entry for every school with enrolled days in that group, also where it counted
    nothing, because such a school is one of the G. A school in both contributes its covariance.
    """
    group, base = sums_of(group), sums_of(base)
    top, bottom = group.rate, base.rate
    if np.isnan(top) or np.isnan(bottom):
        return Comparison(np.nan, note=NOTHING_COUNTED)
    if bottom == 0:
        return Comparison(np.nan, note=NONE_IN_BASE)
    fewest = min(len(group), len(base))
    if fewest < FEWEST_SCHOOLS:
        return Comparison(top / bottom, note=TOO_FEW)
    if top == 0:
        return Comparison(0.0, note=NONE_HERE)
    variance, df = log_ratio_variance(group, base)
    if np.isnan(df):
        return Comparison(top / bottom, variance=variance, note=ALL_ALIKE)
    low, high = around(top / bottom, variance, df)
    return Comparison(top / bottom, low, high, variance, df, CAUTION if fewest < CAUTION_SCHOOLS else "")


def log_ratio_variance(group: Sums | pd.DataFrame, base: Sums | pd.DataFrame) -> tuple[float, float]:
    """Variance of log R(group) - log R(base), and its Satterthwaite degrees of freedom (NaN without any spread)."""
    group, base = sums_of(group), sums_of(base)
    pulls, base_pulls = group.pulls, base.pulls
    own, base_own = cluster_variance(pulls), cluster_variance(base_pulls)
    both = differences(group.ids, pulls, base.ids, base_pulls)
    no_school_in_both = len(both) == len(group) + len(base)
    variance = own + base_own if no_school_in_both else cluster_variance(both)
    spread = own**2 / (len(group) - 1) + base_own**2 / (len(base) - 1)
    return variance, (own + base_own) ** 2 / spread if own + base_own > NO_SPREAD else np.nan


def around(ratio: float, variance: float, df: float) -> tuple[float, float]:
    """The interval of a ratio from the variance of its log, by the t quantile."""
    reach = quantile(df) * np.sqrt(variance)
    return float(np.exp(np.log(ratio) - reach)), float(np.exp(np.log(ratio) + reach))


def rate_interval(sums: Sums | pd.DataFrame, is_share: bool) -> tuple[float, float]:
    """The 95 % interval of one group's rate (numerator / denominator), t on G - 1 degrees of freedom.

    On the log scale for rates and the logit scale for shares, so that it stays where values can be. NaN under
    three schools and where the rate is 0 (or a share 1): there the spread of the schools says nothing.
    """
    sums = sums_of(sums)
    middle = sums.rate
    if len(sums) < FEWEST_SCHOOLS or np.isnan(middle) or middle == 0 or (is_share and middle == 1):
        return np.nan, np.nan
    reach = quantile(len(sums) - 1) * np.sqrt(cluster_variance(sums.pulls))
    if not is_share:
        return float(middle * np.exp(-reach)), float(middle * np.exp(reach))
    odds, reach = middle / (1 - middle), reach / (1 - middle)
    return tuple(float(bound / (1 + bound)) for bound in (odds * np.exp(-reach), odds * np.exp(reach)))
