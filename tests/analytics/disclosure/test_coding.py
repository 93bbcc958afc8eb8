"""Bands are exact, tile 0 to 100, and none of them gives a numerator away."""

from fractions import Fraction
from math import inf

import pytest

from analytics.disclosure import coding


def test_widths_begin_exactly_at_their_number_of_students():
    expected = {9: None, 10: 25, 19: 25, 20: 20, 39: 20, 40: 10, 99: 10, 100: 5, 499: 5, 500: 2, 999: 2, 1000: 1}
    assert {n: coding.share_width(n) for n in expected} == expected


def test_a_width_tells_the_fewest_and_the_most_students_of_its_cell():
    """From 1,000 by 1 per cent, from 500 by 2, from 100 by 5, from 40 by 10, from 20 by 20, from 10 by 25."""
    told = {width: coding.students_of(width) for width in (1, 2, 5, 10, 20, 25)}
    assert told == {1: (1000, inf), 2: (500, 999), 5: (100, 499), 10: (40, 99), 20: (20, 39), 25: (10, 19)}


@pytest.mark.parametrize(
    ("numerator", "students", "text", "low", "high"),
    [
        # 30 of 120 is exactly 25 %: the band begins there. 25 % of 120 is 30, 30 % is 36.
        (30, 120, "25% to under 30%", 30, 35),
        # 29 of 120 is 24.2 %.
        (29, 120, "20% to under 25%", 24, 29),
        (120, 120, "95% to 100%", 114, 120),
        (0, 10, "0% to under 25%", 0, 2),
        (10, 10, "75% to 100%", 8, 10),
    ],
)
def test_share_bands_by_hand(numerator, students, text, low, high):
    assert coding.share(numerator, students, students) == coding.Coded(text, low, high)


def test_no_band_of_any_group_holds_a_single_numerator():
    for n in range(10, 2001):
        for y in range(n + 1):
            coded = coding.share(y, n, n)
            assert coded.low <= y <= coded.high
            assert coded.high > coded.low, (n, y)


def test_all_numerators_of_a_band_publish_the_same_text():
    for n in (10, 17, 20, 39, 40, 77, 100, 133, 499, 500, 1000):
        by_text = {}
        for y in range(n + 1):
            coded = coding.share(y, n, n)
            by_text.setdefault(coded.text, (coded.low, coded.high, []))[2].append(y)
        assert all(ys == list(range(low, high + 1)) for low, high, ys in by_text.values())
        assert len(by_text) == 100 // coding.share_width(n)


def test_a_rate_takes_the_smallest_step_that_holds_five_contacts():
    # 12 students x 30 days = 360 days = 12 units of 30 days; 0.2 x 12 = 2.4 < 5, 0.5 x 12 = 6.
    assert coding.rate_step(360) == Fraction(1, 2)
    assert coding.rate(0, 360) == coding.Coded("under 0.5", 0, 5)
    assert coding.rate(6, 360) == coding.Coded("0.5 to under 1.0", 6, 11)
    # One unit: 5 x 1 = 5 is enough; under 30 days no step is.
    assert coding.rate_step(30) == 5
    assert coding.rate(3, 29) is None


def test_every_rate_band_holds_at_least_five_numerators():
    for days in range(30, 20_000, 37):
        for contacts in (0, 1, 7, 40, 333):
            coded = coding.rate(contacts, days)
            assert coded.low <= contacts <= coded.high
            assert coded.high - coded.low >= 4, (days, contacts)


def test_what_a_protected_group_needs():
    assert [coding.need(n) for n in range(1, 10)] == [1, 2, 3, 3, 3, 3, 4, 4, 5]
