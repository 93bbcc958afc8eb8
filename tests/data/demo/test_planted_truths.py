"""The planted truths come back through the one path that makes answers, within their standard errors."""

from datetime import date
from math import isnan

import pytest

from access.viewer import LOCAL
from analytics import drop_off
from analytics.answer import ask
from analytics.question import Question
from data import demo
from data.store import open_store

# With a seed and a day of its own: these are facts of one district, not throws of dice.
ASKED = {"students": 6_000, "schools": 24, "contacts": 160_000, "seed": 7, "until": date(2026, 4, 30)}
RECOVERED = (
    ("contact_rate", "band"), ("contact_rate", "school"), ("contact_rate", "school_year"),
    ("contact_rate", "home_language"), ("contact_rate", "iep"), ("contact_rate", "low_income"), ("reach", "band"),
    ("attempt_success", "band"), ("direction_known", "band"), ("mass_messages", "band"),
    ("family_reply_rate", "band"), ("school_reply_rate", "band"), ("positive_share", "band"),
    ("student_present", "grade"),
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """(store, truth) of one district."""
    store = open_store(tmp_path_factory.mktemp("planted") / "sample.duckdb")
    yield store, demo.create(store, **ASKED)
    store.close()


@pytest.mark.parametrize(("measure", "cut"), RECOVERED)
def test_recovered(sample, measure, cut):
    store, truth = sample
    expected = truth[measure][f"by_{cut}"]
    table = ask(store, LOCAL, Question(measure, (cut,))).table
    found = {row[cut]: row["value"] for row in table.to_dict("records") if not isnan(row["value"])}
    assert set(expected) <= set(found)
    far = {
        label: (found[label], known)
        for label, known in expected.items()
        if abs(found[label] - known["expected"]) > 4 * known["standard_error"]
    }
    assert not far


def test_standard_errors_are_small_enough_to_mean_something(sample):
    _, truth = sample
    for measure in ("contact_rate", "family_reply_rate", "positive_share"):
        for band, known in truth[measure]["by_band"].items():
            assert known["standard_error"] < 0.03 * known["expected"], (measure, band)


def test_channels_fall_as_planted(sample):
    """Conferences fall with grade, telephone calls hardly do."""
    store, truth = sample
    planted = truth["contact_rate"]["planted_by_band_and_channel"]
    table = ask(store, LOCAL, Question("contact_rate", ("band", "channel"))).table
    rate = {(row["band"], row["channel"]): row["value"] for row in table.to_dict("records")}
    for band in planted:
        for channel in ("phone", "email", "conference"):
            assert rate[band, channel] == pytest.approx(planted[band][channel], rel=0.08), (band, channel)
    assert rate["high", "conference"] / rate["elementary", "conference"] < 0.7
    assert 0.85 < rate["high", "phone"] / rate["elementary", "phone"] < 1.1


@pytest.mark.parametrize("channel", [None, "conference", "email", "phone"])
def test_the_interval_of_the_drop_off_holds_the_planted_number(sample, channel):
    store, truth = sample
    planted = truth["drop_off"]["by_channel"][channel] if channel else truth["drop_off"]["contact_rate"]
    table = drop_off.answer(store, LOCAL, Question("contact_rate"), channel).table.set_index("band")
    for band in ("middle", "high"):
        assert table["low"][band] <= planted[band] <= table["high"][band]
    if channel in (None, "conference"):
        assert table["low"]["high"] > 0, "the fall to high school is seen"


def test_language_match(sample):
    store, truth = sample
    value = ask(store, LOCAL, Question("language_match")).table["value"][0]
    assert value == pytest.approx(truth["language_match"]["planted"], abs=0.02)


def test_schools_that_rarely_log_are_the_lowest(sample):
    store, truth = sample
    table = ask(store, LOCAL, Question("weeks_logged", ("school",))).table.sort_values("value")
    rare = truth["weeks_logged"]["schools_that_log_in_some_weeks"]
    assert set(table["school"][: len(rare)]) == set(rare)


def test_more_students_take_part_as_they_grow_up(sample):
    store, _ = sample
    table = ask(store, LOCAL, Question("student_present", ("band",))).table.set_index("band")["value"]
    assert table["elementary"] < table["middle"] < table["high"]
