"""School sums: what is taken from another number instead of being read is that number."""

import numpy as np
import pandas as pd
import pytest

from access.viewer import LOCAL
from analytics import drop_off
from analytics.answer import ask
from analytics.clustered import Sums, compare, rate, rate_interval
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.school_sums import each, of_schools, school_sums

CUTS = [(), ("band",), ("grade",), ("band", "channel"), ("grade", "home_language"), ("month",)]
RATIOS = [name for name, measure in MEASURES.items() if measure.ratio]


@pytest.mark.parametrize("by", CUTS)
@pytest.mark.parametrize("measure", [name for name in RATIOS if MEASURES[name].counts == "days"])
def test_days_of_a_rate_by_day_are_those_that_other_measures_count(store, measure, by):
    keys = [*by, "school_id"]
    mine, others = (school_sums(store, LOCAL, Question(name, by)).set_index(keys) for name in (measure, "reach"))
    assert len(mine) and (mine["enrolled_days"] == mine["denominator"]).all()
    shared = mine.index.intersection(others.index)
    assert len(shared)
    pd.testing.assert_series_equal(mine.loc[shared, "enrolled_days"], others.loc[shared, "enrolled_days"])


@pytest.mark.parametrize("measure", RATIOS)
def test_students_of_a_band_and_channel_are_those_of_the_answer(store, measure):
    shown = drop_off.by_channel(store, LOCAL, Question(measure))
    answer = ask(store, LOCAL, Question(measure, ("band", "channel"))).table
    theirs = answer.set_index(["channel", "band"])["students"]
    rows = [key for key in zip(shown["channel"], shown["band"], strict=True) if key in theirs.index]
    assert rows
    assert [theirs[key] for key in rows] == [shown.set_index(["channel", "band"]).loc[key, "students"] for key in rows]


def test_cells_are_those_of_their_rows(store):
    sums = school_sums(store, LOCAL, Question("two_way_share", ("band", "channel")))
    parts = each(sums, "channel", "band")
    for (channel, band), part in parts.items():
        rows = sums[(sums["channel"] == channel) & (sums["band"] == band) & (sums["enrolled_days"] > 0)]
        rows = rows.sort_values("school_id")
        assert part.ids.tolist() == rows["school_id"].tolist()
        assert part.above.tolist() == rows["numerator"].tolist()
        assert part.below.tolist() == rows["denominator"].tolist()
    assert sum(len(part) for part in parts.values()) == (sums["enrolled_days"] > 0).sum()


def test_several_cells_of_a_school_are_added_up():
    sums = pd.DataFrame(
        {"school_id": [2, 1, 2, 3], "numerator": [1.0, 2, 3, 4], "denominator": [5.0, 6, 7, 8],
         "enrolled_days": [9.0, 9, 9, 0]}
    )  # fmt: skip
    found = of_schools(sums)
    assert (found.ids.tolist(), found.above.tolist(), found.below.tolist()) == ([1, 2], [2, 4], [6, 12])
    assert len(of_schools(sums.iloc[:0])) == 0


def test_arrays_and_frames_of_sums_give_the_same_intervals():
    dice = np.random.default_rng(2)
    parts = []
    for first in (0, 4):
        ids = np.arange(first, first + 9)
        parts.append(Sums(ids, dice.poisson(40, 9).astype(float), dice.integers(90, 200, 9).astype(float)))
    frames = [
        pd.DataFrame({"numerator": part.above, "denominator": part.below}, index=part.ids).iloc[::-1] for part in parts
    ]
    one, other = compare(*parts), compare(*frames)
    assert not np.isnan(one.low)
    assert (one.ratio, one.low, one.high, one.df) == pytest.approx(
        (other.ratio, other.low, other.high, other.df), rel=1e-12
    )
    assert rate(parts[0]) == rate(frames[0])
    assert rate_interval(parts[0], is_share=True) == pytest.approx(rate_interval(frames[0], is_share=True), rel=1e-12)
