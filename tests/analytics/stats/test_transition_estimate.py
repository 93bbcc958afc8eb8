"""Same students, two years: the estimator by pencil, against statsmodels, and its refusals."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from analytics.clustered import NOTHING_COUNTED, TOO_FEW
from analytics.transition_estimate import NONE_AFTER, NONE_BEFORE, difference, estimate, pulls, two_way_variance


def students(rows):
    return pd.DataFrame(rows, columns=["send", "receive", "y0", "t0", "y1", "t1"])


def simulated(seed, receivers=6, feeders=2, size=30):
    rng = np.random.default_rng(seed)
    rows = []
    for receive in range(receivers):
        pull = rng.normal(0, 0.3)
        for feeder in range(feeders):
            send = receive * feeders + feeder if rng.random() < 0.9 else 0
            for _ in range(size):
                days = rng.integers(60, 180, 2)
                family = rng.gamma(0.8, 1 / 0.8)
                before, after = rng.poisson(family * days * [0.03, 0.02 * np.exp(pull)])
                rows.append((f"E{send}", f"M{receive}", before, days[0], after, days[1]))
    return students(rows)


def test_ratio_and_interval_by_pencil():
    """Four pairs of schools, one student each: 16 contacts in 400 days, then 8 in 400: ratio 1/2.

    d = y1/8 - 1/4 - y0/16 + 1/4 = y1/8 - y0/16: 2/8-2/16, 2/8-6/16, 3/8-4/16, 1/8-4/16 = 1/8, -1/8, 1/8, -1/8.
    Each student is a cluster of every kind, so V = V_send = 4/3 x 4/64 = 1/12, t on 3 degrees of freedom.
    """
    frame = students([(n, n, y0, 100, y1, 100) for n, (y0, y1) in enumerate([(2, 2), (6, 2), (4, 3), (4, 1)])])
    found = estimate(frame)
    assert found.ratio == 0.5 and found.df == 3
    assert found.variance == pytest.approx(1 / 12, abs=1e-15)
    reach = 3.182446305284263 * np.sqrt(1 / 12)
    assert (found.low, found.high) == pytest.approx((0.5 * np.exp(-reach), 0.5 * np.exp(reach)), abs=1e-12)


def test_the_fewer_of_sending_and_receiving_schools_are_what_counts():
    def sent_from(schools):
        told = enumerate([(2, 2), (6, 2), (4, 3), (4, 1)])
        return students([(n % schools, n, y0, 100, y1, 100) for n, (y0, y1) in told])

    assert estimate(sent_from(2)).df == 1 and difference(sent_from(2), sent_from(2)).df == 1
    assert estimate(sent_from(1)).note == difference(sent_from(1), sent_from(2)).note == TOO_FEW
    # A control of one school pulls by nothing, as if it were known for sure; one of two schools has one degree.
    stayed = [sent_from(schools).assign(receive=lambda rows: rows["send"]) for schools in (1, 2, 4)]
    assert difference(sent_from(4), stayed[0]).note == TOO_FEW
    assert [difference(sent_from(4), control).df for control in stayed[1:]] == [1, 3]


def test_two_way_clusters_by_pencil():
    """Sending A, A, B, B and receiving 1, 2, 1, 2 with pulls 1, 2, 0, -3: A 3, B -3; 1: 1, 2: -1.

    V = 2 x 18 + 2 x 2 - 4/3 x 14 = 40 - 56/3.
    """
    frame = pd.DataFrame({"send": list("AABB"), "receive": [1, 2, 1, 2], "pull": [1.0, 2.0, 0.0, -3.0]})
    assert two_way_variance(frame) == pytest.approx(40 - 56 / 3)


def test_where_the_parts_subtract_to_nothing_the_larger_one_stands_in():
    """Pulls 1, -1, -1, 1 cancel in every school, and only pairs differ: V would be -16/3; nothing is claimed of it."""
    frame = pd.DataFrame({"send": list("AABB"), "receive": [1, 2, 1, 2], "pull": [1.0, -1.0, -1.0, 1.0]})
    assert two_way_variance(frame) == 0
    frame = pd.DataFrame({"send": list("AABB"), "receive": [1, 2, 1, 2], "pull": [2.0, -1.0, -2.0, 1.0]})
    # Sending sums 1, -1: 4; receiving 0, 0: 0; pairs 4/3 x 10: the sum is negative, the larger part is 4.
    assert two_way_variance(frame) == 4


@pytest.mark.parametrize("seed", [1, 2])
def test_each_part_equals_statsmodels(seed):
    """The pulls are those of a Poisson model with the year as its only term, so the variances agree."""
    frame = simulated(seed)
    long = pd.concat([frame.assign(y=frame[f"y{year}"], t=frame[f"t{year}"], year=year) for year in (0, 1)])
    long["pair"] = long["send"] + long["receive"]
    variance = 0.0
    for by, sign in (("send", 1), ("receive", 1), ("pair", -1)):
        groups = long[by].astype("category").cat.codes.to_numpy()
        fit = sm.GLM(
            long["y"].to_numpy(),
            sm.add_constant(long["year"].to_numpy()),
            family=sm.families.Poisson(),
            exposure=long["t"].to_numpy(),
        ).fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}, tol=1e-14)
        count = len(np.unique(groups))
        variance += sign * fit.cov_params()[1, 1] * count / (count - 1)
    found = estimate(frame)
    assert found.ratio == pytest.approx(np.exp(fit.params[1]), abs=1e-8)
    assert found.variance == pytest.approx(variance, abs=1e-8)
    assert found.df == min(frame["send"].nunique(), frame["receive"].nunique()) - 1
    reach = stats.t.ppf(0.975, found.df) * np.sqrt(variance)
    assert found.high == pytest.approx(np.exp(fit.params[1] + reach), abs=1e-8)


def test_three_receiving_schools_get_no_interval():
    frame = simulated(3, receivers=3)
    found = estimate(frame)
    assert found.note == TOO_FEW and np.isnan(found.low)
    assert found.ratio == pytest.approx((frame.y1.sum() / frame.t1.sum()) / (frame.y0.sum() / frame.t0.sum()))
    assert not np.isnan(estimate(simulated(3, receivers=4)).low)


def test_nothing_before_nothing_after_nobody():
    assert estimate(simulated(4).assign(y0=0)).note == NONE_BEFORE
    after = estimate(simulated(4).assign(y1=0))
    assert (after.ratio, after.note) == (0, NONE_AFTER) and np.isnan(after.high)
    assert estimate(students([])).note == NOTHING_COUNTED


def test_order_and_names_change_nothing_and_twice_the_log_neither():
    frame = simulated(5)
    other = frame.sample(frac=1, random_state=3).assign(y0=2 * frame.y0, y1=2 * frame.y1, receive="x" + frame.receive)
    one, two = estimate(frame), estimate(other)
    assert (one.ratio, one.low, one.high) == pytest.approx((two.ratio, two.low, two.high), rel=1e-12)


def test_the_difference_takes_out_the_change_of_the_year():
    """The transition halves, the control grade of the same schools halves too: nothing is left."""
    frame = simulated(6)
    control = frame.assign(receive=frame.send)
    found = difference(frame, control)
    assert found.ratio == pytest.approx(1)
    stays = control.assign(y1=control.y0, t1=control.t0)
    assert difference(frame, stays).ratio == pytest.approx(estimate(frame).ratio)


def test_the_difference_counts_the_schools_that_both_share():
    frame, control = simulated(7), simulated(8)
    control["receive"] = control["send"]
    both = pd.concat([frame.assign(pull=pulls(frame)), control.assign(pull=-pulls(control))])
    found = difference(frame, control)
    assert found.variance == pytest.approx(two_way_variance(both))
    assert found.df == estimate(frame).df
    assert difference(frame, control.iloc[:0]).note == NOTHING_COUNTED
