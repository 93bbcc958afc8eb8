"""Ratios of sums compared between two groups of contacts, with intervals clustered by school.

Owns the one estimator that `drop_off`, `trends` and `transition` share. Pure: arrays and data frames in,
numbers out; it knows no store and no measure. It refuses to give an interval where too few schools
carry it, because an interval from two schools is a guess that looks like a finding.

Formulas: spec/metrics.md, "Drop-off": a sandwich variance over school sums with Satterthwaite degrees
of freedom. Families of one school are alike, so the school is what is counted, never the contact.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

LEVEL = 0.95
FDR = 0.05
FEWEST_SCHOOLS = 3
CAUTION_SCHOOLS = 8

TOO_FEW = "too few schools for an interval"
CAUTION = f"fewer than {CAUTION_SCHOOLS} schools: read the interval with caution"
NOTHING_COUNTED = "nothing to count: no value"
NONE_HERE = "none counted here: ratio 0, no interval"
NONE_IN_BASE = "none counted in the group compared with: no ratio"
ALL_ALIKE = "all schools are alike: no interval"

# Squares of rounding errors; what is smaller than this is a spread of zero.
NO_SPREAD = 1e-24


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
        return float(2 * stats.t.sf(abs(np.log(self.ratio)) / np.sqrt(self.variance), self.df))


def hold(tests: list[tuple[float, bool]]) -> list[bool]:
    """Which differences of one page may be called one: at 5 % false discoveries among all that have an interval.

    `tests` are (p-value, does the interval leave zero out), p NaN where there is no interval: those are never called.
    Benjamini and Hochberg's step-up over the others.
    """
    tested = [place for place, (p, _) in enumerate(tests) if not np.isnan(p)]
    kept = [False] * len(tests)
    if tested:
        adjusted = stats.false_discovery_control([tests[place][0] for place in tested])
        for place, p in zip(tested, adjusted, strict=True):
            kept[place] = bool(p <= FDR) and tests[place][1]
    return kept


def rate(sums: pd.DataFrame) -> float:
    """Sum of numerators over sum of denominators; NaN where the denominators sum to nothing."""
    below = float(sums["denominator"].sum())
    return float(sums["numerator"].sum()) / below if below else np.nan


def influence(sums: pd.DataFrame) -> pd.Series:
    """e_g / Y of each cluster: how much it pulls the log of the rate. Sums to zero over the clusters.

    `sums` is indexed by cluster with columns `numerator` and `denominator`; Y must not be zero.
    """
    off = sums["numerator"] - rate(sums) * sums["denominator"]
    return off / float(sums["numerator"].sum())


def cluster_variance(pulls) -> float:
    """G/(G-1) x the sum of squares of the cluster sums; NaN under two clusters."""
    pulls = np.asarray(pulls, dtype=float)
    clusters = len(pulls)
    return clusters / (clusters - 1) * float(np.sum(pulls**2)) if clusters > 1 else np.nan


def compare(group: pd.DataFrame, base: pd.DataFrame) -> Comparison:
    """The ratio of two groups' rates with its 95 % interval, clustered by the index (the school).

    Both frames have one row for every school with enrolled days in that group, also where it counted
    nothing, because such a school is one of the G. A school in both frames contributes its covariance.
    """
    top, bottom = rate(group), rate(base)
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


def log_ratio_variance(group: pd.DataFrame, base: pd.DataFrame) -> tuple[float, float]:
    """Variance of log R(group) - log R(base), and its Satterthwaite degrees of freedom (NaN without any spread)."""
    pull, base_pull = influence(group), influence(base)
    own, base_own = cluster_variance(pull), cluster_variance(base_pull)
    if group.index.intersection(base.index).empty:
        variance = own + base_own
    else:
        variance = cluster_variance(pull.sub(base_pull, fill_value=0.0))
    spread = own**2 / (len(group) - 1) + base_own**2 / (len(base) - 1)
    return variance, (own + base_own) ** 2 / spread if own + base_own > NO_SPREAD else np.nan


def around(ratio: float, variance: float, df: float) -> tuple[float, float]:
    """The interval of a ratio from the variance of its log, by the t quantile."""
    reach = stats.t.ppf(0.5 + LEVEL / 2, df) * np.sqrt(variance)
    return float(np.exp(np.log(ratio) - reach)), float(np.exp(np.log(ratio) + reach))


def rate_interval(sums: pd.DataFrame, is_share: bool) -> tuple[float, float]:
    """The 95 % interval of one group's rate (numerator / denominator), t on G - 1 degrees of freedom.

    On the log scale for rates and the logit scale for shares, so that it stays where values can be. NaN under
    three schools and where the rate is 0 (or a share 1): there the spread of the schools says nothing.
    """
    middle = rate(sums)
    if len(sums) < FEWEST_SCHOOLS or np.isnan(middle) or middle == 0 or (is_share and middle == 1):
        return np.nan, np.nan
    reach = stats.t.ppf(0.5 + LEVEL / 2, len(sums) - 1) * np.sqrt(cluster_variance(influence(sums)))
    if not is_share:
        return float(middle * np.exp(-reach)), float(middle * np.exp(reach))
    odds, reach = middle / (1 - middle), reach / (1 - middle)
    return tuple(float(bound / (1 + bound)) for bound in (odds * np.exp(-reach), odds * np.exp(reach)))
