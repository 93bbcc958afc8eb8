"""The drop-off of a store: equal to the brute-force oracle for every ratio measure, with what stands beside it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from access.viewer import LOCAL, Viewer
from analytics import drop_off
from analytics.answer import ask
from analytics.measures import MEASURES
from analytics.question import Question
from data.errors import Refusal
from data.store import open_store
from tests.support import oracle_drop_off

RATIOS = [name for name, measure in MEASURES.items() if measure.ratio]


def assert_equal(table, theirs):
    for row in table.to_dict("records"):
        expected = theirs[row["band"]]
        for name in ("value", "ratio", "drop_off", "low", "high"):
            wanted = getattr(expected, name)
            assert row[name] == pytest.approx(np.nan if wanted is None else wanted, rel=1e-9, nan_ok=True), (name, row)
        assert row["students"] == expected.students, row


@pytest.mark.parametrize("name", RATIOS)
def test_every_ratio_measure_equals_the_oracle(store, world, name):
    found = drop_off.answer(store, LOCAL, Question(name))
    assert list(found.table.columns) == drop_off.COLUMNS
    assert found.table["band"].tolist() == ["elementary", "middle", "high"]
    assert_equal(found.table, oracle_drop_off.drop_off(world, name))


@pytest.mark.parametrize("name", ["contact_rate", "reach", "two_way_share", "silent"])
def test_a_period_a_channel_and_schools_narrow_it(store, world, name):
    start, end = date(2025, 9, 10), date(2026, 1, 20)
    question = Question(name, start=start, end=end, where=(("district", "North"),))
    found = drop_off.answer(store, LOCAL, question, channel="phone")
    theirs = oracle_drop_off.drop_off(
        world, name, start=start, end=end, where=(("district", "North"), ("channel", "phone"))
    )
    assert_equal(found.table, theirs)


def test_schools_have_enrolled_days_in_the_band(store, world):
    found = drop_off.answer(store, LOCAL, Question("two_way_share")).table.set_index("band")
    for band in drop_off.BANDS:
        assert found.loc[band, "schools"] == len(oracle_drop_off.school_sums(world, "two_way_share", band))


def test_the_value_is_the_one_that_ask_gives(store):
    for name in RATIOS:
        ours = drop_off.answer(store, LOCAL, Question(name)).table.set_index("band")["value"]
        theirs = ask(store, LOCAL, Question(name, by=("band",))).table.set_index("band")["value"]
        assert np.allclose(ours, theirs.reindex(ours.index), rtol=1e-12, equal_nan=True), name


def test_channels_are_those_of_the_filter(store):
    question = Question("contact_rate")
    tables = drop_off.by_channel(store, LOCAL, question)
    assert {"phone", "email", "conference"} <= set(tables["channel"])
    phone = tables[tables["channel"] == "phone"].reset_index(drop=True)
    alone = drop_off.answer(store, LOCAL, question, channel="phone").table
    pd.testing.assert_frame_equal(phone[alone.columns], alone)


def test_students_measures_by_channel_too(store):
    tables = drop_off.by_channel(store, LOCAL, Question("reach"))
    email = tables[tables["channel"] == "email"].reset_index(drop=True)
    alone = drop_off.answer(store, LOCAL, Question("reach"), channel="email").table
    pd.testing.assert_frame_equal(email[alone.columns], alone)


def test_the_curve_by_grade_has_intervals_around_its_values(store):
    curve = drop_off.by_grade(store, LOCAL, Question("two_way_share")).table
    known = curve.dropna(subset=["low"])
    assert len(known) >= 3
    assert ((known["low"] < known["value"]) & (known["value"] < known["high"]) & (known["high"] < 1)).all()


def test_share_at_zero_is_what_reach_leaves(store):
    zero = drop_off.share_at_zero(store, LOCAL, Question("contact_rate")).table
    reach = ask(store, LOCAL, Question("reach", by=("band",))).table
    assert np.allclose(zero["value"], 1 - reach["value"], equal_nan=True)


def test_schools_that_hardly_log_are_left_out_and_named(store):
    table, left_out = drop_off.without_low_loggers(store, LOCAL, Question("contact_rate"))
    logged = ask(store, LOCAL, Question("weeks_logged", by=("school",))).table
    assert set(left_out) == set(logged.loc[logged["value"] < 0.5, "school"])
    kept = tuple(logged.loc[logged["value"] >= 0.5, "school"])
    if kept:
        alone = drop_off.answer(store, LOCAL, Question("contact_rate", schools=kept)).table
        assert np.allclose(table["value"], alone["value"], equal_nan=True)


def test_refusals(store):
    for name in ("contacts_per_student", "days_to_reply"):
        with pytest.raises(Refusal, match="not a ratio"):
            drop_off.answer(store, LOCAL, Question(name))
    with pytest.raises(Refusal, match="no other cut"):
        drop_off.answer(store, LOCAL, Question("reach", by=("month",)))
    with pytest.raises(Refusal):
        drop_off.answer(store, Viewer("panel"), Question("reach"))


def test_schools_outside_the_viewers_change_nothing(store):
    mine = ("Alder Elementary", "Dogwood Middle", "Ivy High")
    principal = drop_off.answer(store, Viewer("principal", schools=mine), Question("contact_rate")).table
    asked = drop_off.answer(store, LOCAL, Question("contact_rate", schools=mine)).table
    pd.testing.assert_frame_equal(principal, asked)


def test_an_empty_store_says_what_is_missing(tmp_path):
    empty = open_store(tmp_path / "empty.duckdb")
    found = drop_off.answer(empty, LOCAL, Question("contact_rate"))
    assert found.table["value"].isna().all() and found.notes and found.empty
    assert drop_off.by_channel(empty, LOCAL, Question("contact_rate")).empty
    empty.close()
