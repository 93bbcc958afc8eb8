"""Days to reply: Kaplan-Meier by pencil, against statsmodels, clustered, and the exact median."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from analytics.clustered import CAUTION, NOTHING_COUNTED, TOO_FEW
from analytics.survival import estimate, median


def waits(rows):
    return pd.DataFrame(rows, columns=["days", "answered", "open"])


def simulated(seed, asks=400, schools=None):
    """One row an ask, as waits of one, and the same as times and events."""
    rng = np.random.default_rng(seed)
    school = rng.integers(0, schools or 1, asks)
    wait = rng.exponential(6 * np.exp(rng.normal(0, 0.5, schools or 1))[school]).astype(int)
    seen = rng.integers(0, 31, asks)
    event = wait <= seen
    frame = pd.DataFrame({"days": np.minimum(wait, seen), "answered": event.astype(int), "open": 1 - event})
    return frame.assign(school_id=school) if schools else frame


def test_curve_by_pencil():
    """Ten asks: 2 answered on day 0, 3 on day 1, 1 seen only to day 1, 2 answered on day 5, 2 open at day 30.

    S: 8/10, then x 5/8 = 1/2, then x 2/4 = 1/4. The median is day 1: there S is exactly one half.
    """
    found = estimate(waits([(0, 2, 0), (1, 3, 1), (5, 2, 0), (30, 0, 2)]))
    open_ = found.curve.set_index("day")["survival"]
    assert [open_[0], open_[1], open_[4], open_[5], open_[30]] == pytest.approx([0.8, 0.5, 0.5, 0.25, 0.25])
    assert found.curve["at_risk"].tolist()[:6] == [10, 8, 4, 4, 4, 4]
    assert (found.median, found.asks) == (1, 10)
    assert found.within_2 == pytest.approx(0.5)


def test_a_median_that_is_not_reached():
    found = estimate(waits([(1, 4, 0), (30, 0, 6)]))
    assert found.median is None
    assert found.within_2 == pytest.approx(0.4)


def test_the_median_is_exact_where_rounding_would_move_it():
    """S passes 6/7, 5/7, 4/7, ... and 3/6 exactly: the day on which it is one half counts."""
    for asks in range(2, 60, 2):
        answered = [1] * asks
        at_risk = list(range(asks, 0, -1))
        assert median(answered, at_risk) == asks // 2 - 1


def test_no_ask_at_all():
    found = estimate(waits([]))
    assert (found.asks, found.median, found.note) == (0, None, NOTHING_COUNTED)
    assert np.isnan(found.within_2)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_curve_and_interval_equal_statsmodels(seed):
    frame = simulated(seed)
    theirs = SurvfuncRight(frame["days"], frame["answered"])
    ours = estimate(frame)
    curve = ours.curve.set_index("day").loc[theirs.surv_times.astype(int)]
    assert np.allclose(curve["survival"], theirs.surv_prob, atol=1e-8)
    curve, survival = curve[theirs.surv_prob > 0], theirs.surv_prob[theirs.surv_prob > 0]
    log_s = np.log(survival)
    reach = 1.959963984540054 * theirs.surv_prob_se[theirs.surv_prob > 0] / (survival * np.abs(log_s))
    assert np.allclose(curve["high"], np.exp(-np.exp(np.log(-log_s) - reach)), atol=1e-8)
    assert np.allclose(curve["low"], np.exp(-np.exp(np.log(-log_s) + reach)), atol=1e-8)
    assert (ours.median_low, ours.median_high) == theirs.quantile_ci(0.5)
    assert ours.median == theirs.quantile(0.5)


def test_schools_of_one_ask_each_give_greenwood_again():
    """With every ask a cluster of its own the sandwich is Greenwood's variance, but for n/(n-1) and t."""
    frame = simulated(4, asks=800)
    alone, clustered = estimate(frame), estimate(frame.assign(school_id=range(800)))
    assert np.allclose(alone.curve["low"], clustered.curve["low"], atol=4e-3, equal_nan=True)
    assert np.allclose(alone.curve["high"], clustered.curve["high"], atol=4e-3, equal_nan=True)


def test_schools_that_differ_widen_the_interval():
    frame = simulated(5, asks=2000, schools=12)
    alone, clustered = estimate(frame.drop(columns="school_id")), estimate(frame)
    assert clustered.within_2 == alone.within_2
    assert clustered.within_2_high - clustered.within_2_low > 2 * (alone.within_2_high - alone.within_2_low)


def test_answered_all_at_once():
    """Nobody is left to watch on day 2: all were answered within two days."""
    found = estimate(waits([(0, 3, 0), (1, 2, 0)]))
    assert (found.within_2, found.median) == (1, 0)
    # Two of five are open after day 0, which one half may be; after day 1 none is, so the median is past.
    assert (found.median_low, found.median_high) == (0, 1)
    late = estimate(waits([(0, 1, 0), (1, 99, 0)]))
    assert (late.median_low, late.median, late.median_high) == (1, 1, 1)


def test_the_interval_of_three_schools_by_pencil():
    """4, 6 and 5 of 10 asks are answered on the day: S = 1/2, pulls -1/15, 1/15, 0: Var = 1/75; t 4.3026527 with 2.

    The other asks are open at 30 days. On the scale of log(-log S) the reach is divided by log 2.
    """
    rows = [(0, 4, 0, "A"), (0, 6, 0, "B"), (0, 5, 0, "C"), (30, 0, 6, "A"), (30, 0, 4, "B"), (30, 0, 5, "C")]
    found = estimate(pd.DataFrame(rows, columns=["days", "answered", "open", "school_id"]))
    reach, centre = 4.302652729911275 / np.sqrt(75) / np.log(2), np.log(np.log(2))
    first = found.curve.loc[0]
    assert (first["low"], first["high"]) == pytest.approx(
        (np.exp(-np.exp(centre + reach)), np.exp(-np.exp(centre - reach)))
    )


def test_the_curve_ends_with_the_last_ask_that_was_watched():
    """10 asks, 2 answered on day 1, the others seen unanswered up to day 3: of day 4 and later nothing is known."""
    rows = pd.DataFrame([(1, 2, 0), (3, 0, 8)], columns=["days", "answered", "open"])
    found = estimate(rows)
    assert found.watched == 3 and found.median is None
    assert found.curve["survival"][:4].tolist() == pytest.approx([1, 0.8, 0.8, 0.8])
    assert found.curve.loc[4:, ["survival", "low", "high"]].isna().all(axis=None)
    assert np.isnan(estimate(rows.assign(days=[0, 1])).within_2)
    all_answered = estimate(pd.DataFrame([(1, 2, 0)], columns=["days", "answered", "open"]))
    assert all_answered.watched == 30 and all_answered.curve["survival"].iloc[-1] == 0


def test_few_schools():
    assert estimate(simulated(6, schools=8)).note == ""
    assert estimate(simulated(6, schools=7)).note == CAUTION
    two = estimate(simulated(6, schools=2))
    assert two.note == TOO_FEW and two.curve["low"].isna().all()
    assert (two.median_low, two.median_high) == (None, None)


def test_rows_may_be_summed_and_come_in_any_order():
    frame = simulated(7, schools=9)
    packed = frame.groupby(["school_id", "days"], as_index=False)[["answered", "open"]].sum().sample(frac=1)
    pd.testing.assert_frame_equal(estimate(frame).curve, estimate(packed).curve)
