"""What pages say of districts that lack something: a school's log, a second school, a whole month, enough students."""

import json

import pytest

from access.viewer import LOCAL
from analytics import funnel
from analytics.question import Question
from tests.pages.test_pages import filtered, said
from tests.support import loading, screens


def under_headline(test) -> str:
    """The line of what the numbers rest on."""
    return next(caption.value for caption in test.caption if "Contacts loaded up to" in caption.value)


@pytest.mark.parametrize("page", ["overview", "frequency", "schools", "partnership"])
def test_schools_without_a_log_are_said_where_their_students_count(page, own_home):
    screens.one_without_log(own_home)
    sentence = "1 of 8 schools logged no personal contact in these dates; its students count as not contacted."
    assert sentence in under_headline(filtered(page))
    only = under_headline(filtered(page, school="Pine HS"))
    assert "This school logged no personal contact in these dates; its students count as not contacted." in only
    assert "logged no personal contact" not in said(filtered(page, school="Alder ES"))


@pytest.mark.parametrize("measure", ["contact_rate", "silent"])
def test_a_school_without_a_log_is_no_outlier_in_words(measure, own_home):
    store = screens.one_without_log(own_home)
    _, limits = funnel.answer(store, LOCAL, Question(measure))
    pine = limits.schools.set_index("school").loc["Pine HS"]
    assert pine["value"] < pine["low_998"] or pine["value"] > pine["high_998"], "by its number it is one"
    test = filtered("schools", measure=measure)
    assert test.title[0].value.startswith("Pine HS logged no personal contact. No other school lies outside")
    assert "Outside the 99.8 % limits" not in said(test)
    drawn = json.loads(test.get("plotly_chart")[0].proto.spec)
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["Pine HS, no log"]


def test_a_school_for_which_another_logged_is_not_said_to_have_no_log(own_home):
    """Pine's families were called by the staff of another school: they do not count as not contacted."""
    store = screens.one_without_log(own_home)
    assert not funnel.answer(store, LOCAL, Question("reach"))[1].without_log().empty
    headers = [*loading.LOG_HEADERS, "School"]
    row = ["00280", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics", "Alder ES"]
    loading.load(store, loading.log([row], name="called.csv", headers=headers))
    assert funnel.answer(store, LOCAL, Question("reach"))[1].without_log().empty


def some_days(page: str):
    """A page over a few days of one month of the sample."""
    return filtered(page, year="Chosen dates", **{"from": "2025-10-06", "to": "2025-10-20"})


@pytest.mark.parametrize("page", ["overview", "frequency", "two_way"])
def test_a_month_that_is_not_whole_is_drawn_as_points_and_named_so(page, at_sample):
    test = some_days(page)
    drawn = json.loads(test.get("plotly_chart")[0].proto.spec)["data"]
    for name in ("Elementary", "Middle", "High"):
        circles = [one for one in drawn if one["name"] == name and one["marker"].get("symbol") == "circle-open"]
        assert [len(one["x"]) for one in circles] == [1] and "markers" in circles[0]["mode"]
        earlier = next(one for one in drawn if one["name"] == f"{name}, a year earlier")
        assert earlier["mode"] == "markers"
    text = said(test)
    assert "Hollow circle: Oct 2025 is not a whole month of lessons or log." in text
    assert "Gray circle: the same days a year earlier." in text
    for absent in ("Dashed: Oct", "Gray, thin", "Lines: by month"):
        assert absent not in text


def test_how_often_families_were_contacted_is_a_sentence(at_sample):
    headline = some_days("frequency").title[0].value
    assert "of families were reached; elementary families were contacted 1." in headline
    assert " times per 30 days, middle school families 0." in headline
