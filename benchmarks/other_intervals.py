"""Other intervals for the same ratio of two bands, to see what would hold the truth more often with few schools.

Used by `benchmarks.coverage --also` and by no page: what the dashboard shows is `analytics.clustered.compare`.
Each function takes the school sums of a band and of elementary (indexed by school, `numerator` and `denominator`)
and returns the ends of the interval of the ratio.
"""

import numpy as np
from scipy import stats

from analytics.clustered import LEVEL, around, influence, log_ratio_variance, rate


def as_shown(group, base) -> tuple[float, float]:
    """The interval of the dashboard."""
    return around(_ratio(group, base), *log_ratio_variance(group, base))


def smaller_band(group, base) -> tuple[float, float]:
    """The same variance; degrees of freedom: schools of the band with fewer of them, less 1."""
    return around(_ratio(group, base), log_ratio_variance(group, base)[0], _least_df(group, base))


def by_layer(group, base) -> tuple[float, float]:
    """The same variance; Satterthwaite over three layers of schools: this band only, elementary only, both.

    A school that serves both gives one number to the variance, where the dashboard's formula counts it in each band.
    """
    return around(_ratio(group, base), log_ratio_variance(group, base)[0], _layer_df(group, base))


def jackknife(group, base) -> tuple[float, float]:
    """The variance from leaving each school out in turn (CR3); the dashboard's degrees of freedom."""
    return around(_ratio(group, base), _jackknife_variance(group, base), log_ratio_variance(group, base)[1])


def jackknife_smaller_band(group, base) -> tuple[float, float]:
    """The jackknife's variance with the degrees of freedom of `smaller_band`."""
    return around(_ratio(group, base), _jackknife_variance(group, base), _least_df(group, base))


def jackknife_by_layer(group, base) -> tuple[float, float]:
    """The jackknife's variance with the degrees of freedom of `by_layer`."""
    return around(_ratio(group, base), _jackknife_variance(group, base), _layer_df(group, base))


def mean_of_schools(group, base) -> tuple[float, float]:
    """Welch's interval of the schools' own log rates, each school counting once: another number than the ratio of sums.

    One half is added to each numerator, so that a school without contacts has a logarithm.
    """
    logs = [np.log((part["numerator"] + 0.5) / part["denominator"]) for part in (group, base)]
    found = stats.ttest_ind(*logs, equal_var=False).confidence_interval(LEVEL)
    return float(np.exp(found.low)), float(np.exp(found.high))


WAYS = {
    "as shown": as_shown,
    "df of the smaller band": smaller_band,
    "df by layer": by_layer,
    "jackknife": jackknife,
    "jackknife, df of the smaller band": jackknife_smaller_band,
    "jackknife, df by layer": jackknife_by_layer,
    "mean of schools": mean_of_schools,
}


def _ratio(group, base) -> float:
    return rate(group) / rate(base)


def _jackknife_variance(group, base) -> float:
    """(G - 1) / G x the sum of squared differences; band by band where no school serves both."""
    moved = [_without_each(part) for part in (group, base)]
    if group.index.intersection(base.index).empty:
        return sum((len(part) - 1) / len(part) * float((part**2).sum()) for part in moved)
    both = moved[0].sub(moved[1], fill_value=0.0)
    return (len(both) - 1) / len(both) * float((both**2).sum())


def _without_each(sums):
    """How much the log of the rate moves when a school is left out."""
    whole = sums.sum()
    without = (whole["numerator"] - sums["numerator"]) / (whole["denominator"] - sums["denominator"])
    return np.log(without / rate(sums))


def _least_df(group, base) -> int:
    return min(len(group), len(base)) - 1


def _layer_df(group, base) -> float:
    pulls = influence(group).sub(influence(base), fill_value=0.0)
    both = group.index.intersection(base.index)
    layers = [pulls[layer] for layer in (group.index.difference(both), base.index.difference(both), both)]
    sums = [(float((layer**2).sum()), len(layer)) for layer in layers if len(layer)]
    return sum(own for own, _ in sums) ** 2 / sum(own**2 / max(schools - 1, 1) for own, schools in sums)
