"""Replies: the curve of days, its ends and what a log that ends soon leaves unsaid."""

import numpy as np
import pandas as pd
import pytest

from analytics.clustered import CAUTION
from analytics.figures import findings, points
from analytics.measures import MEASURES
from tests.support.figures import BANDS, Made, inside, made


def test_the_curve_says_its_ends_and_its_largest_step():
    grades = [{"grade": g, "value": v} for g, v in (("K", 2.0), ("5", 2.1), ("6", 1.2), ("12", 1.4))]
    assert findings.curve(made("contact_rate", grades)) == (
        "From 2.0 in kindergarten to 1.4 in grade 12; the largest step is from grade 5 to grade 6, 2.1 to 1.2"
    )


def test_the_curve_speaks_of_no_step_that_rounding_hides():
    grades = [{"grade": g, "value": v} for g, v in (("K", 0.11), ("1", 0.12), ("2", 0.14))]
    assert (
        findings.curve(made("contact_rate", grades)) == "Contact rate: 0.1 in every grade from kindergarten to grade 2"
    )
    grades += [{"grade": g, "value": v} for g, v in (("3", 0.151), ("4", 0.21), ("5", 0.248))]
    assert findings.curve(made("contact_rate", grades)) == "From 0.1 in kindergarten to 0.2 in grade 5"


def test_numbers_on_the_left_of_their_dots_have_room_beside_the_names_of_the_bands():
    def scale(families, schools):
        shown = [made(name, [{"band": "middle", "value": v}])
                 for name, v in (("family_reply_rate", families), ("school_reply_rate", schools))]  # fmt: skip
        return points.replies(*shown).layout.xaxis.range

    assert scale(0.35, 0.0)[0] == pytest.approx(-points.ROOM_LEFT)
    assert scale(0.35, 0.1)[0] == pytest.approx(0.1 - points.ROOM_LEFT)
    assert scale(0.9, 0.8)[0] == scale(0.0, 0.0)[0] == -points.DOT


def test_half_of_the_answers_are_said_with_their_interval():
    rows = [("elementary", 3.0, 2.0, 5.0, ""), ("middle", 9.0, 4.0, np.nan, ""), ("high", np.nan, 12.0, np.nan, "")]
    table = pd.DataFrame(rows, columns=["band", "value", "median_low", "median_high", "note"]).assign(denominator=9)
    assert findings.half_answered(Made(MEASURES["days_to_reply"], table)) == (
        "Half are answered by day: elementary 3 (2 to 5), middle school 9 (4 to more than 30) and high school not "
        "within 30 days (12 to more than 30) (95 % intervals).",
    )
    few = table[:1].assign(median_low=np.nan, note="too few schools for an interval")
    assert findings.half_answered(Made(MEASURES["days_to_reply"], few))[0].startswith(
        "Half are answered by day: elementary 3, without an interval: too few schools for an interval"
    )
    assert findings.half_answered(Made(MEASURES["days_to_reply"], table.assign(denominator=0))) == ()


def test_a_log_that_ends_soon_says_nothing_of_the_days_after_it():
    """Nobody was watched for more than 5 days, so nobody knows of 30; an interval beyond them is no missing one."""
    rows = [("elementary", np.nan, np.nan, np.nan, CAUTION, 5), ("middle", np.nan, 2.0, np.nan, CAUTION, 5)]
    columns = ["band", "value", "median_low", "median_high", "note", "watched"]
    answer = Made(MEASURES["days_to_reply"], pd.DataFrame(rows, columns=columns).assign(denominator=9))
    assert findings.half_answered(answer) == (
        "Half are answered by day: elementary not within 5 days and middle school not within 5 days (2 to more than 5) "
        "(95 % intervals).",
        "The log ends before the asks could be watched for longer.",
    )
    whole = Made(answer.measure, answer.table.assign(watched=30)[:1])
    assert findings.half_answered(whole) == ("Half are answered by day: elementary not within 30 days.",)


def test_reply_times_without_intervals_do_not_end_with_the_word_interval_twice():
    why = "too few schools for an interval"
    rows = [(band, n, np.nan, np.nan, why, 9) for n, band in enumerate(BANDS, start=3)]
    columns = ["band", "value", "median_low", "median_high", "note", "denominator"]
    assert findings.half_answered(Made(MEASURES["days_to_reply"], pd.DataFrame(rows, columns=columns))) == (
        f"Half are answered by day: elementary 3, middle school 4 and high school 5, without an interval: {why}.",
    )


def test_the_chart_of_replies_does_not_ask_for_more_schools_where_nothing_was_asked():
    none = made("family_reply_rate", [{"band": "elementary", "value": np.nan}])
    assert inside(points.replies(none, none)).startswith("No ask under these filters is 7 days old")
