"""The drop-off estimator: by pencil, against statsmodels, and what must not change it."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from analytics.clustered import CAUTION, NONE_HERE, NONE_IN_BASE, NOTHING_COUNTED, TOO_FEW, cluster_variance, influence
from analytics.drop_off import estimate


def sums(**bands):
    """Rows from band=[(school, contacts, days), ...]."""
    rows = [(band, school, y, t, t) for band, schools in bands.items() for school, y, t in schools]
    return pd.DataFrame(rows, columns=["band", "school_id", "numerator", "denominator", "enrolled_days"])


def by_band(table):
    return table.set_index("band")


def simulated(seed, both=0, schools=9):
    """School sums of three bands; the first `both` schools serve every band, the others one."""
    rng = np.random.default_rng(seed)
    rows = []
    for place, band in enumerate(("elementary", "middle", "high")):
        for school in range(schools):
            school_id = school if school < both else 100 * place + school
            days = float(rng.integers(2_000, 40_000))
            contacts = float(rng.poisson(days * 0.03 * rng.lognormal(0, 0.4)))
            rows.append((band, school_id, contacts, days, days))
    return pd.DataFrame(rows, columns=["band", "school_id", "numerator", "denominator", "enrolled_days"])


def test_disjoint_bands_by_pencil():
    """Elementary 10+20+30 contacts in 300 days (0.2), middle 3+9+6 in 180 days (0.1): ratio 1/2.

    e elementary = -10, 0, 10 over 60; middle = -3, 3, 0 over 18.
    V_0 = 3/2 x (1/36 + 1/36) = 1/12; V_b = 3/2 x (1/36 + 1/36) = 1/12; Var = 1/6.
    df = (1/6)^2 / (2 x (1/144)/2) = 4; t(0.975, 4) = 2.7764451.
    """
    table = by_band(
        estimate(
            sums(
                elementary=[(1, 10, 100), (2, 20, 100), (3, 30, 100)],
                middle=[(4, 3, 60), (5, 9, 60), (6, 6, 60)],
            ),
            scale=30,
        )
    )
    assert table.loc["elementary", "value"] == pytest.approx(6.0)
    assert table.loc["middle", ["value", "ratio", "drop_off"]].tolist() == pytest.approx([3.0, 0.5, 0.5])
    reach = 2.7764451051977987 * np.sqrt(1 / 6)
    assert table.loc["middle", "low"] == pytest.approx(1 - 0.5 * np.exp(reach), abs=1e-12)
    assert table.loc["middle", "high"] == pytest.approx(1 - 0.5 * np.exp(-reach), abs=1e-12)
    assert table.loc["middle", "schools"] == 3
    assert table.loc["middle", "note"] == CAUTION == "fewer than 8 schools: read the interval with caution"


def test_schools_that_serve_both_bands_by_pencil():
    """School 3 is a K-8 school: it gives one d with its covariance, so G = 5.

    d = 1/6 (school 1), 0 (2), 0/18 - 1/6 (3), -1/6 (4), 1/6 (5): Var = 5/4 x 4/36 = 5/36.
    The degrees of freedom stay those of the two bands: 4.
    """
    table = by_band(
        estimate(
            sums(
                elementary=[(1, 10, 100), (2, 20, 100), (3, 30, 100)],
                middle=[(4, 3, 60), (5, 9, 60), (3, 6, 60)],
            )
        )
    )
    reach = 2.7764451051977987 * np.sqrt(5 / 36)
    assert table.loc["middle", "low"] == pytest.approx(1 - 0.5 * np.exp(reach), abs=1e-12)
    assert table.loc["middle", "high"] == pytest.approx(1 - 0.5 * np.exp(-reach), abs=1e-12)


def test_elementary_is_one_without_an_interval():
    row = by_band(estimate(simulated(1))).loc["elementary"]
    assert (row["ratio"], row["drop_off"], row["note"]) == (1, 0, "")
    assert np.isnan(row["low"]) and np.isnan(row["high"])


def test_two_schools_get_no_interval():
    table = by_band(estimate(sums(elementary=[(1, 10, 99), (2, 9, 99)], middle=[(n, 5, 99) for n in range(3, 9)])))
    assert table.loc["middle", "note"] == TOO_FEW == "too few schools for an interval"
    assert table.loc["middle", "ratio"] == pytest.approx((30 / 594) / (19 / 198))
    assert np.isnan(table.loc["middle", "low"])


def test_eight_schools_need_no_caution():
    assert set(estimate(simulated(2, schools=8))["note"]) == {""}
    assert CAUTION in set(estimate(simulated(2, schools=7))["note"])


def test_a_band_with_no_contacts_has_ratio_zero_and_no_interval():
    table = by_band(estimate(sums(elementary=[(n, 5, 99) for n in (1, 2, 3)], middle=[(n, 0, 99) for n in (4, 5, 6)])))
    row = table.loc["middle"]
    assert (row["value"], row["ratio"], row["drop_off"], row["note"]) == (0, 0, 1, NONE_HERE)
    assert np.isnan(row["low"]) and np.isnan(row["high"])


def test_an_elementary_band_with_none_gives_no_ratio():
    table = by_band(estimate(sums(elementary=[(n, 0, 99) for n in (1, 2, 3)], middle=[(n, 4, 99) for n in (4, 5, 6)])))
    assert table["ratio"].isna().all()
    assert table.loc["middle", "note"] == table.loc["elementary", "note"] == NONE_IN_BASE
    assert table.loc["middle", "value"] == pytest.approx(12 / 297)


def test_a_band_without_students_has_no_value():
    table = by_band(estimate(sums(elementary=[(n, 5, 99) for n in (1, 2, 3)])))
    row = table.loc["high"]
    assert np.isnan(row["value"]) and np.isnan(row["ratio"])
    assert (row["schools"], row["note"]) == (0, NOTHING_COUNTED)


def test_a_school_with_days_and_nothing_counted_is_one_of_the_schools():
    """A school whose log says no direction still is one of the G of a share."""
    rows = sums(elementary=[(1, 5, 9), (2, 6, 9), (3, 4, 9)], middle=[(4, 2, 9), (5, 3, 9), (6, 0, 0)])
    rows["enrolled_days"] = 100
    row = by_band(estimate(rows)).loc["middle"]
    assert row["schools"] == 3
    # e = -1/2, 1/2, 0 over 5; V_b = 3/2 x 2/100; elementary e = 0, 1, -1 over 15: V_0 = 3/2 x 2/225.
    variance = 0.03 + 3 / 225
    df = variance**2 / ((0.03**2 + (3 / 225) ** 2) / 2)
    assert row["high"] == pytest.approx(1 - (5 / 18) / (15 / 27) * np.exp(-stats.t.ppf(0.975, df) * variance**0.5))


def test_one_band_equals_statsmodels_clustered_poisson():
    part = simulated(3).query("band == 'high'")
    fit = sm.GLM(
        part["numerator"], np.ones((len(part), 1)), family=sm.families.Poisson(), exposure=part["denominator"]
    ).fit(cov_type="cluster", cov_kwds={"groups": part["school_id"].to_numpy(), "use_correction": False}, tol=1e-14)
    pulls = influence(part.set_index("school_id")[["numerator", "denominator"]])
    schools = len(part)
    assert cluster_variance(pulls) == pytest.approx(fit.cov_params().iloc[0, 0] * schools / (schools - 1), abs=1e-8)


@pytest.mark.parametrize("both", [3, 9])
def test_bands_that_share_schools_equal_statsmodels(both):
    rows = simulated(4, both=both)
    part = rows[rows["band"] != "high"]
    design = np.column_stack([np.ones(len(part)), part["band"] == "middle"])
    fit = sm.GLM(part["numerator"], design, family=sm.families.Poisson(), exposure=part["denominator"]).fit(
        cov_type="cluster", cov_kwds={"groups": part["school_id"].to_numpy(), "use_correction": False}, tol=1e-14
    )
    schools = part["school_id"].nunique()
    variance = fit.cov_params().iloc[1, 1] * schools / (schools - 1)
    row = by_band(estimate(rows)).loc["middle"]
    assert row["ratio"] == pytest.approx(np.exp(fit.params.iloc[1]), abs=1e-8)
    parts = [part[part["band"] == band].set_index("school_id") for band in ("middle", "elementary")]
    own = [cluster_variance(influence(p[["numerator", "denominator"]])) for p in parts]
    df = sum(own) ** 2 / sum(v**2 / (len(p) - 1) for v, p in zip(own, parts, strict=True))
    reach = stats.t.ppf(0.975, df) * np.sqrt(variance)
    assert row["high"] == pytest.approx(1 - np.exp(fit.params.iloc[1] - reach), abs=1e-8)


def test_order_and_names_of_schools_change_nothing():
    rows = simulated(5, both=2)
    shuffled = rows.sample(frac=1, random_state=7)
    renamed = shuffled.assign(school_id="school " + shuffled["school_id"].astype(str))
    pd.testing.assert_frame_equal(estimate(rows), estimate(renamed), rtol=1e-12)


def test_twice_the_log_leaves_ratios_and_intervals():
    rows = simulated(6, both=2)
    double = rows.assign(numerator=2 * rows["numerator"])
    same = ["ratio", "drop_off", "low", "high", "schools", "note"]
    pd.testing.assert_frame_equal(estimate(rows)[same], estimate(double)[same], rtol=1e-12)
    assert np.allclose(estimate(double)["value"], 2 * estimate(rows)["value"])


def test_schools_of_another_band_change_nothing():
    rows = simulated(8)
    without = rows[rows["band"] != "high"]
    pd.testing.assert_series_equal(by_band(estimate(rows)).loc["middle"], by_band(estimate(without)).loc["middle"])
