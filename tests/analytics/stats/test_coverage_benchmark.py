"""The simulation of coverage runs, refuses what must be refused, and finds intervals that mostly hold the truth."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.clustered import compare
from benchmarks import coverage, other_intervals


def test_the_simulation_prints_coverage_and_refusals(capsys):
    table = coverage.main(["--districts", "25", "--seed", "3"]).set_index("intervals")
    assert "coverage_%" in capsys.readouterr().out
    refused = table[(table["refused"] == 25)]
    few = [name for name in table.index if (" 4 schools" in name and "all K-8" not in name) or "3 receiving" in name]
    assert sorted(refused.index) == sorted(few)
    assert ((table["shown"] + table["refused"]) == 25).all()
    shown = table[table["shown"] > 0]
    assert 88 <= (shown["coverage_%"] * shown["shown"]).sum() / shown["shown"].sum() <= 98


def test_the_first_of_the_other_intervals_is_the_shown_one(capsys):
    table = coverage.main(["--districts", "6", "--seed", "3", "--also"]).set_index("intervals")
    shown = table[table["shown"] > 0]
    assert len(shown) == 32 and (shown["as shown: width"] == 1).all()
    assert (shown["jackknife: width"] > 1).all(), "leaving one out moves more than its pull"
    assert "mean of schools" in capsys.readouterr().out


def test_other_intervals_by_pencil():
    """Three schools a band, rates 0.2 and 0.1 as on the page of the drop-off: the variance of either formula."""
    base = pd.DataFrame({"numerator": [10.0, 20, 30], "denominator": 100.0}, index=[1, 2, 3])
    band = pd.DataFrame({"numerator": [3.0, 9, 6], "denominator": 60.0}, index=[4, 5, 6])
    shown = compare(band, base)
    assert other_intervals.as_shown(band, base) == pytest.approx((shown.low, shown.high))
    # Without each school: 50/40/30 of 200 days and 15/9/12 of 120, against 60/300 and 18/180.
    moved = [np.log(np.array(rates) / whole) for rates, whole in (([0.25, 0.2, 0.15], 0.2), ([0.125, 0.075, 0.1], 0.1))]
    variance = sum(2 / 3 * (part**2).sum() for part in moved)
    reach = stats.t.ppf(0.975, shown.df) * np.sqrt(variance)
    assert other_intervals.jackknife(band, base) == pytest.approx((0.5 * np.exp(-reach), 0.5 * np.exp(reach)))
    assert other_intervals.smaller_band(band, base)[1] == pytest.approx(
        0.5 * np.exp(stats.t.ppf(0.975, 2) * np.sqrt(1 / 6))
    )
