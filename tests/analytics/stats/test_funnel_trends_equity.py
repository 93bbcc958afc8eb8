"""Funnel limits, changes between years and standardised gaps: by pencil, and what must not move them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics import equity, funnel, trends
from analytics.clustered import CAUTION, NOTHING_COUNTED, TOO_FEW, compare, hold, rate_interval


def schools(rows):
    return pd.DataFrame(rows, columns=["school", "numerator", "denominator"])


# -- funnel ----------------------------------------------------------------------------------------------


def test_limits_of_schools_that_differ_by_chance_only():
    """Four schools at 1/2 of 100: no spread, tau 0; limits sin^2(pi/4 -/+ z/20) around one half."""
    found = funnel.estimate(schools([(name, 50, 100) for name in "ABCD"]), is_share=True)
    assert (found.target, found.tau) == (0.5, 0)
    z = stats.norm.ppf(0.975)
    assert found.schools["low_95"].tolist() == pytest.approx([np.sin(np.pi / 4 - z / 20) ** 2] * 4)
    assert found.schools["high_998"][0] == pytest.approx(np.sin(np.pi / 4 + stats.norm.ppf(0.999) / 20) ** 2)
    assert set(found.schools["place"]) == {"inside"}


def test_spread_between_schools_by_pencil():
    """z = 2, -2, 2, -2 with equal weights w = 4: phi 4, tau^2 = (4 x 4 - 3) / (16 - 4) = 13/12."""
    assert funnel.between_schools(np.array([2.0, -2, 2, -2]), np.full(4, 0.5)) == pytest.approx(13 / 12)
    assert funnel.between_schools(np.array([0.5, -0.5, 0.5, -0.5]), np.full(4, 0.5)) == 0


def test_winsorising_pulls_in_the_outer_tenths():
    assert funnel.winsorised(np.arange(11.0)).tolist() == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_a_school_far_off_is_named_and_the_others_are_not_ranked():
    rng = np.random.default_rng(2)
    rows = [(f"S{n:02}", rng.binomial(400, 0.6), 400) for n in range(30)] + [("Far", 120, 400)]
    found = funnel.estimate(schools(rows), is_share=True)
    assert found.outside()["school"].tolist() == ["Far"]


def test_schools_that_differ_widely_widen_their_own_limits():
    rng = np.random.default_rng(3)
    rows = [(n, rng.poisson(20_000 * 0.02 * rng.lognormal(0, 0.4)), 20_000) for n in range(60)]
    found = funnel.estimate(schools(rows), is_share=False, scale=30)
    assert found.tau > 0
    assert (found.schools["place"] == "inside").mean() > 0.85
    line = funnel.curve(found, found.schools["denominator"], is_share=False, scale=30)
    assert np.allclose(line["high_95"], found.schools["high_95"])
    assert np.allclose(found.schools["value"], 30 * found.schools["numerator"] / 20_000)


def test_three_schools_get_limits():
    found = funnel.estimate(schools([(name, 50, 100) for name in "ABC"]), is_share=True)
    assert found.note == "" and found.schools[["low_95", "high_998"]].notna().all(axis=None)


def test_limits_stay_where_shares_can_be():
    """One of 100: the lower 99.8 % limit, arcsin(1/10) - 3.09/20, lies below zero. None of 100 anywhere: no limits."""
    found = funnel.estimate(schools([(name, 1, 100) for name in "ABC"]), is_share=True)
    assert set(found.schools["low_998"]) == {0} and (found.schools["low_95"] > 0).all()
    assert funnel.estimate(schools([(name, 0, 100) for name in "ABC"]), is_share=True).note == funnel.ALIKE


def test_two_schools_get_no_limits_and_one_without_contacts_is_said():
    found = funnel.estimate(schools([("A", 5, 9), ("B", 6, 9), ("C", 0, 0)]), is_share=True)
    assert found.note == funnel.TOO_FEW
    assert found.schools["place"].tolist() == ["inside", "inside", "nothing counted"]
    assert found.schools["low_95"].isna().all() and found.outside().empty


# -- trends ----------------------------------------------------------------------------------------------


def year(values, days=100):
    return pd.DataFrame({"numerator": values, "denominator": days}, index=range(len(values)), dtype=float)


def test_change_by_pencil():
    """10, 20, 30 then 22, 28, 40 in 100 days each: 0.2, then 0.3. Pulls (-8+10)/300, (-2-0)/300, (10-10)/300.

    Var = 3/2 x 8/90000; t(0.975, 2) = 4.3026527.
    """
    found = trends.estimate(year([22, 28, 40]), year([10, 20, 30]), scale=30)
    assert (found.before, found.now, found.change) == pytest.approx((6, 9, 3))
    reach = 30 * 4.302652729911275 * np.sqrt(1.5 * 8 / 90_000)
    assert (found.low, found.high) == pytest.approx((3 - reach, 3 + reach))
    assert found.note == CAUTION and found.leaves_zero_out


def test_a_school_of_one_year_alone_counts_among_the_schools():
    """22, 28, 40, 30 of 100 after 10, 20, 30: pulls -8/400 + 10/300, -2/400, 10/400 - 10/300, 0; t 3.182 with 3."""
    found = trends.estimate(year([22, 28, 40, 30]), year([10, 20, 30]))
    pulls = np.array([-8 / 400 + 10 / 300, -2 / 400, 10 / 400 - 10 / 300, 0])
    reach = 3.182446305284263 * np.sqrt(4 / 3 * (pulls**2).sum())
    assert (found.low, found.high, found.schools) == pytest.approx((0.1 - reach, 0.1 + reach, 4))


def test_a_change_from_nothing_is_none_and_eight_schools_need_no_caution():
    assert trends.estimate(year([1, 2, 3]), year([])).note == NOTHING_COUNTED
    rising = [trends.estimate(year(range(5, 5 + n)), year([4] * n)).note for n in (7, 8)]
    assert rising == [CAUTION, ""]


def test_p_value_goes_with_the_interval():
    rng = np.random.default_rng(4)
    for _ in range(30):
        found = trends.estimate(year(rng.poisson(30, 9)), year(rng.poisson(24, 9)))
        assert (found.p < 0.05) == found.leaves_zero_out


def test_a_change_is_called_one_only_when_it_holds_among_all():
    def change(p, low=0.1):
        return trends.Change(1, 2, 1, low, 2, p, 9)

    alone = change(0.04)
    assert trends.hold([alone]) == [True]
    assert trends.hold([alone, *[change(0.5, low=-1)] * 9]) == [False] * 10
    assert trends.hold([change(0.001), change(np.nan), change(0.02)]) == [True, False, True]
    assert trends.hold([]) == []
    assert trends.words(alone, True) == "rose" and trends.words(alone, False) == "no clear change"
    assert trends.words(trends.Change(1, 0.5, -0.5), True) == "fell"
    assert trends.words(trends.Change(1, np.nan, np.nan), False) == "no comparison"


def test_two_schools_are_too_few_for_a_change():
    found = trends.estimate(year([3, 4]), year([2, 3, 9]))
    assert found.note == TOO_FEW and np.isnan(found.low) and not found.leaves_zero_out


def test_one_contact_at_one_of_nine_schools_is_no_change():
    """This year 1 of 1 at one school, last year 3 of 5 at two: 40 points, with no spread among schools to see."""
    now, before = [1] + [0] * 8, [2, 1] + [0] * 7
    found = trends.estimate(year(now, now), year(before, [3, 2] + [0] * 7))
    assert (found.change, found.note) == (pytest.approx(0.4), TOO_FEW)
    assert trends.words(found, hold([(found.p, found.leaves_zero_out)])[0]) == "no clear change"


def test_the_same_day_of_the_year_before():
    assert trends.year_before(date(2025, 3, 9)) == date(2024, 3, 9)
    assert trends.year_before(date(2024, 2, 29)) == date(2023, 2, 28)


# -- equity ----------------------------------------------------------------------------------------------


def cells(rows):
    return pd.DataFrame(rows, columns=["school_id", "grade", "in_group", "numerator", "denominator"])


def test_gap_by_pencil():
    """School 1: group 4 of 10, others 6 of 10; school 2: 9 of 30 against 10 of 40; school 3: 2 of 10 against 8 of 20.

    Group 15/50 = 0.3. Expected 6 + 7.5 + 4 = 17.5 of 50: 0.35. Gap -0.05.
    d x 50 = -2 + 0.5, 1.5 + 1.5, -2 + 0.5: Var = 3/2 x (2.25 + 9 + 2.25)/2500.
    """
    found = equity.estimate(
        cells(
            [(1, "3", True, 4, 10), (1, "3", False, 6, 10), (2, "6", True, 9, 30), (2, "6", False, 10, 40)]
            + [(3, "9", True, 2, 10), (3, "9", False, 8, 20)]
        )
    )
    assert (found.group, found.rest, found.gap) == pytest.approx((0.3, 0.35, -0.05))
    reach = 4.302652729911275 * np.sqrt(1.5 * 13.5 / 2500)
    assert (found.low, found.high) == pytest.approx((-0.05 - reach, -0.05 + reach))
    assert (found.schools, found.compared, found.note) == (3, 1, CAUTION)


def test_a_gap_in_the_measures_unit_without_cells_that_hold_others_alone():
    """A rate per 30 days is 30 times all of it; a school without anybody of the group is no school of the gap."""
    rows = [(1, "3", True, 4, 10), (1, "3", False, 6, 10), (2, "6", True, 9, 30), (2, "6", False, 10, 40)]
    rows += [(3, "9", True, 2, 10), (3, "9", False, 8, 20)]
    found, alone = equity.estimate(cells([*rows, (4, "3", False, 5, 10)]), 30), equity.estimate(cells(rows))
    for name in ("group", "rest", "gap", "low", "high"):
        assert getattr(found, name) == pytest.approx(30 * getattr(alone, name))
    assert (found.p, found.schools, found.compared) == pytest.approx((alone.p, 3, 1))


def test_eight_schools_need_no_caution():
    def note(schools):
        sides = [(n, "3", side, 5 + n * side, 20) for n in range(schools) for side in (True, False)]
        return equity.estimate(cells(sides)).note

    assert (note(7), note(8)) == (CAUTION, "")


def test_the_interval_of_a_rate_by_pencil():
    """4, 6 and 5 of 10: rate 1/2, pulls -1/15, 1/15, 0: Var = 3/2 x 2/225 = 1/75; t(0.975, 2) = 4.3026527.

    A share's odds are 1, and the reach on their logarithm is twice that of the rate's.
    """
    reach = 4.302652729911275 / np.sqrt(75)
    found = rate_interval(year([4, 6, 5], 10), False)
    assert found == pytest.approx((np.exp(-reach) / 2, np.exp(reach) / 2))
    odds = np.exp(2 * reach)
    assert rate_interval(year([4, 6, 5], 10), True) == pytest.approx((1 / (1 + odds), odds / (1 + odds)))
    for nothing in (year([4, 6], 10), year([0, 0, 0], 10), year([10, 10, 10], 10)):
        assert np.isnan(rate_interval(nothing, True)).all()
    assert not np.isnan(rate_interval(year([9, 10, 11], 10), False)).any()


def test_a_gap_of_where_students_go_is_no_gap():
    """The group sits in the school that contacts less; inside each school all are treated alike."""
    rows = [(1, "3", True, 9, 90), (1, "3", False, 1, 10), (2, "3", True, 5, 10), (2, "3", False, 45, 90)]
    rows += [(3, "3", True, 3, 10), (3, "3", False, 6, 20)]
    assert equity.estimate(cells(rows)).gap == pytest.approx(0)


def test_cells_with_the_group_alone_are_left_out_and_said():
    rows = [(n, "3", side, 5, 10) for n in range(4) for side in (True, False)] + [(9, "4", True, 0, 40)]
    found = equity.estimate(cells(rows))
    assert found.compared == 0.5 and found.group == 0.5 and found.schools == 4
    alone = equity.estimate(cells([(1, "3", True, 5, 10), (2, "3", False, 5, 10)]))
    assert alone.note == equity.NOBODY and np.isnan(alone.gap)


def test_a_gap_is_called_one_only_where_it_holds_among_all():
    """p-values by hand: 0.04 alone is a gap; beside nine of 0.5 its adjusted p is 0.4."""
    gap = equity.Gap(1, 0.5, 0.5, 0.1, 0.9, p=0.04)
    nothing = equity.Gap(1, 1.1, -0.1, -0.4, 0.2, p=0.5)
    assert hold([(gap.p, gap.leaves_zero_out)]) == [True]
    assert hold([(one.p, one.leaves_zero_out) for one in (gap, *[nothing] * 9)]) == [False] * 10
    assert hold([(0.001, False)]) == [False], "its own interval holds zero"
    assert hold([(0.001, True), (np.nan, True), (0.02, True)]) == [True, False, True]
    assert equity.words(gap, True) == "higher" and equity.words(gap, False) == "no clear gap"
    assert equity.words(equity.Gap(1, 1.5, -0.5), True) == "lower"
    assert equity.words(equity.Gap(np.nan, np.nan, np.nan), False) == "no comparison"


def test_p_values_of_gaps_and_ratios_go_with_their_intervals():
    rng, seen = np.random.default_rng(8), set()
    for _ in range(60):
        sides = [(school, side) for school in range(6) for side in (True, False)]
        rows = [(school, "3", side, rng.binomial(40, 0.5 - 0.08 * side), 40) for school, side in sides]
        gap = equity.estimate(cells(rows))
        assert (gap.p < 0.05) == gap.leaves_zero_out
        ratio = compare(year(rng.poisson(26, 6)), year(rng.poisson(34, 5)).set_index(np.arange(10, 15)))
        assert (ratio.p < 0.05) == (ratio.high < 1 or ratio.low > 1)
        seen |= {gap.leaves_zero_out, ratio.p < 0.05}
    assert seen == {True, False}
    assert np.isnan(compare(year([3, 4]), year([2, 3, 9])).p)


def test_intervals_of_gaps_cover_the_truth():
    """150 districts of 12 schools with a true gap of -0.1 and a school's own gap beside it."""
    rng, hits = np.random.default_rng(5), 0
    for _ in range(150):
        rows = []
        for school in range(12):
            level, own = rng.uniform(0.4, 0.7), rng.normal(0, 0.05)
            for grade in "678":
                size = rng.integers(10, 60, 2)
                rows.append((school, grade, True, rng.binomial(size[0], level - 0.1 + own), size[0]))
                rows.append((school, grade, False, rng.binomial(size[1], level), size[1]))
        found = equity.estimate(cells(rows))
        hits += found.low <= -0.1 <= found.high
    assert 0.89 <= hits / 150 <= 0.99
