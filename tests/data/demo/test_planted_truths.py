"""The planted truths come back through the one path that makes answers, within their standard errors."""

from datetime import date
from math import isnan

import pytest

from access.viewer import LOCAL
from analytics import drop_off, equity, survival, transition
from analytics.answer import ask
from analytics.question import Question
from data import demo
from data.demo import planted as planted_numbers
from data.store import open_store

# With a seed and a day of its own: these are facts of one district, not throws of dice.
ASKED = {"students": 6_000, "schools": 24, "contacts": 160_000, "seed": 7, "until": date(2026, 4, 30)}
# Measures whose truths are numbers by a cut (`by_...`), each with its standard error.
BY_CUT = (
    "contact_rate", "reach", "attempt_success", "direction_known", "mass_messages", "family_reply_rate",
    "school_reply_rate", "positive_share", "student_present",
)  # fmt: skip
# Those that have a test of their own below.
OWN = ("drop_off", "transition", "language_match", "weeks_logged")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """(store, truth) of one district."""
    store = open_store(tmp_path_factory.mktemp("planted") / "sample.duckdb")
    yield store, demo.create(store, **ASKED)
    store.close()


def test_every_planted_truth_has_a_test(sample):
    _, truth = sample
    assert {name for name, known in truth.items() if isinstance(known, dict)} == {*BY_CUT, *OWN}
    cuts = {cut for cut in truth["contact_rate"] if cut.startswith("by_")}
    assert cuts >= {"by_band", "by_school", "by_school_year", "by_home_language", "by_iep", "by_english_learner"}


@pytest.mark.parametrize("measure", BY_CUT)
def test_recovered(sample, measure):
    """Every number by every cut that the truth holds: bands, schools, years, groups of students."""
    store, truth = sample
    planted = {cut.removeprefix("by_"): known for cut, known in truth[measure].items() if cut.startswith("by_")}
    assert planted
    for cut, expected in planted.items():
        table = ask(store, LOCAL, Question(measure, (cut,))).table
        found = {row[cut]: row["value"] for row in table.to_dict("records") if not isnan(row["value"])}
        assert set(expected) <= set(found)
        far = {
            label: (found[label], known)
            for label, known in expected.items()
            if abs(found[label] - known["expected"]) > 4 * known["standard_error"]
        }
        assert not far, cut


def test_standard_errors_are_small_enough_to_mean_something(sample):
    _, truth = sample
    for measure in ("contact_rate", "family_reply_rate", "positive_share"):
        for band, known in truth[measure]["by_band"].items():
            assert known["standard_error"] < 0.03 * known["expected"], (measure, band)


def test_channels_fall_as_planted(sample):
    """Every channel's rate in every band. Conferences fall with grade, telephone calls hardly do."""
    store, truth = sample
    planted = truth["contact_rate"]["planted_by_band_and_channel"]
    table = ask(store, LOCAL, Question("contact_rate", ("band", "channel"))).table.set_index(["band", "channel"])
    rate = table["value"]
    for band, channels in planted.items():
        assert sum(channels.values()) == pytest.approx(truth["contact_rate"]["planted_by_band"][band])
        for channel, expected in channels.items():
            # Exchanges come as a whole: some 1.6 times the error of single contacts.
            error = 1.6 * expected / table.loc[(band, channel), "numerator"] ** 0.5
            assert abs(rate[band, channel] - expected) < 4 * error, (band, channel)
    assert rate["high", "conference"] / rate["elementary", "conference"] < 0.7
    assert 0.85 < rate["high", "phone"] / rate["elementary", "phone"] < 1.1


def test_the_interval_of_the_drop_off_holds_the_planted_number(sample):
    store, truth = sample
    by_channel = truth["drop_off"]["by_channel"]
    assert len(by_channel) == 10
    misses = []
    for channel, planted in {None: truth["drop_off"]["contact_rate"], **by_channel}.items():
        table = drop_off.answer(store, LOCAL, Question("contact_rate"), channel).table.set_index("band")
        for band in ("middle", "high"):
            if not table["low"][band] <= planted[band] <= table["high"][band]:
                misses.append((channel, band))
        if channel in (None, "conference", "in_person", "app_message"):
            assert table["low"]["high"] > 0, "the fall to high school is seen"
    assert len(misses) <= 2, misses  # 22 intervals of 95 %
    assert not [band for channel, band in misses if channel is None]


@pytest.mark.parametrize("grade", ["5", "8"])
def test_the_same_students_change_as_planted(sample, grade):
    store, truth = sample
    planted = truth["transition"]["by_grade"][grade]
    found = transition.answer(store, LOCAL, Question("contact_rate"), (grade,)).table.iloc[0]
    for year in ("before", "after"):
        assert abs(found[year] - planted[year]["expected"]) < 4 * planted[year]["standard_error"]
    assert found["low"] <= planted["ratio"] <= found["high"]
    assert planted["ratio"] < 1 and found["ratio"] < 1


def test_the_gap_of_families_who_speak_another_language_is_the_planted_one(sample):
    """The planted rate of the others is 0.85 of that of English-speaking homes in the same schools and grades."""
    store, _ = sample
    table = equity.answer(store, LOCAL, Question("contact_rate"), "home_language").table.set_index("group")
    english = table.loc["english"]
    assert english["low"] <= english["rest"] * (1 / planted_numbers.OTHER_LANGUAGE - 1) <= english["high"]
    assert english["called"] == "higher" and table.loc["spanish", "called"] == "lower"


def test_answers_come_as_soon_as_planted(sample):
    """Within two days: those of the planted waits, and some that another contact answers by chance."""
    store, truth = sample
    within_2 = sum(planted_numbers.WAITS[:3])
    table = survival.answer(store, LOCAL, Question("days_to_reply", ("band",))).table.set_index("band")
    for band, known in truth["family_reply_rate"]["by_band"].items():
        least = known["planted"] * within_2
        most = least + (1 - least) * known["answered_by_chance"]
        assert least - 0.01 < table["within_2"][band] < most + 0.01


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
