"""Quantiles and survival of many cells at once, against numpy and statsmodels."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from analytics import summaries

KEYS = ["cut_1", "place"]


def counted(values, key) -> pd.DataFrame:
    held, families = np.unique(values, return_counts=True)
    return pd.DataFrame({"cut_1": key, "place": 0, "contacts": held, "families": families, "schools": 1})


@pytest.mark.parametrize("seed", range(5))
def test_quantiles_are_those_of_numpy(seed):
    dice = np.random.default_rng(seed)
    cells = {key: dice.poisson(dice.uniform(0, 5), dice.integers(1, 40)) for key in "abcde"}
    found = summaries.quantiles(pd.concat([counted(v, k) for k, v in cells.items()]), KEYS).set_index("cut_1")
    for key, values in cells.items():
        expected = np.quantile(values, [0.25, 0.5, 0.75, 0.9])
        assert list(found.loc[key, ["p25", "p50", "p75", "p90"]]) == pytest.approx(list(expected), rel=1e-12)
        assert (found.loc[key, "numerator"], found.loc[key, "denominator"]) == (values.sum(), len(values))
        assert found.loc[key, "share_at_zero"] == np.mean(values == 0)


@pytest.mark.parametrize("seed", range(5))
def test_curves_and_medians_are_those_of_statsmodels(seed):
    dice = np.random.default_rng(seed)
    tables, raw = [], {}
    for key in "abcd":
        days, answered = dice.integers(0, 31, 60), (dice.random(60) < dice.uniform(0.2, 0.9)).astype(int)
        raw[key] = (days, answered)
        tables.append(pd.DataFrame({"cut_1": key, "place": 0, "days": days, "answered": answered, "asks": 1}))
    life = pd.concat(tables).assign(students=9, schools=2)
    curves, medians = summaries.curves(life, KEYS), summaries.median_days(life, KEYS).set_index("cut_1")
    for key, (days, answered) in raw.items():
        theirs = SurvfuncRight(days, answered)
        ours = curves[key, 0]
        ended = ours.answered > 0
        assert list(ours.days[ended]) == list(theirs.surv_times)
        assert list(ours.waiting[ended]) == pytest.approx(list(theirs.surv_prob), abs=1e-12)
        reached = theirs.surv_times[theirs.surv_prob <= 0.5 + 1e-12]
        expected = reached[0] if len(reached) else np.nan
        assert medians.loc[key, "value"] == pytest.approx(expected, nan_ok=True)


def test_one_half_exactly_is_reached():
    """Ten asks, one answered each day from day 0: after day 4 half of them wait."""
    life = pd.DataFrame(
        {"cut_1": 0, "place": 0, "days": range(10), "answered": 1, "asks": 1, "students": 1, "schools": 1}
    )
    assert summaries.median_days(life, KEYS).loc[0, "value"] == 4


def test_nothing_counted_gives_no_row():
    empty = pd.DataFrame(columns=[*KEYS, "contacts", "families", "schools"]).astype({"contacts": int, "families": int})
    assert summaries.quantiles(empty, KEYS).empty
