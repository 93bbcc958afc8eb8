"""Words and numbers as a person says them: rounding, signs, changes, bands of a release."""

import numpy as np
import pandas as pd
import pytest

from analytics.figures import findings, groups, headlines, released, words
from analytics.measures import MEASURES
from tests.support.figures import Made, dropped, made, meta, pieces


def test_a_median_that_is_not_reached_is_said_in_a_tile():
    rows = [{"value": np.nan, "denominator": 9}]
    assert words.single(Made(MEASURES["days_to_reply"], pd.DataFrame(rows))) == "not reached"
    assert words.single(Made(MEASURES["days_to_reply"], pd.DataFrame(rows).assign(denominator=0))) == words.DASH


def test_a_change_is_called_one_only_where_it_holds():
    change = pd.Series({"called": "no clear change", "change": 0.03, "before": 0.5, "now": 0.53})
    assert headlines.tile_change(change, "share") == "+3 points, not clear"
    assert headlines.tile_change(change.replace("no clear change", "rose"), "share") == "+3 points"
    assert headlines.tile_change(change.replace("no clear change", "no comparison"), "share") == ""
    assert "no clear change" in headlines.overview(made("contact_rate", [{"value": 1.7}]), change, dropped())


def test_no_change_is_not_said_to_be_unclear():
    change = pd.Series({"called": "no clear change", "change": 0.001, "before": 0.5, "now": 0.501, "note": ""})
    assert headlines.tile_change(change, "share") == "no change"


def test_the_changes_of_a_page_are_those_without_a_cut():
    rows = [("reach", "middle", 0.1), ("reach", "", 0.2), ("contact_rate", "", 0.3), ("silent", "high", 0.4)]
    found = headlines.changes_of(pd.DataFrame(rows, columns=["measure", "cut", "change"]))
    assert {name: row["change"] for name, row in found.items()} == {"reach": 0.2, "contact_rate": 0.3}
    assert headlines.changes_of(pd.DataFrame(columns=["measure", "cut", "change"])) == {}


def test_a_gap_is_a_finding_only_where_it_is_called_one():
    """Somali: zero is left out, but the gap does not hold among all groups shown."""
    groups_ = (("arabic", -1.0, -0.2, "lower"), ("somali", -1.1, -0.01, "no clear gap"))
    rows = [{"group": g, "value": 1.0, "rest": 1.6, "gap": -0.6, "low": low, "high": high, "note": "", "called": called}
            for g, low, high, called in groups_]  # fmt: skip
    answer = Made(MEASURES["contact_rate"], pd.DataFrame(rows))
    figure = groups.gaps(answer, "home_language")
    assert meta(figure)["alt"].endswith("Arabic 1.0 against 1.6")
    line = next(t for t in figure.data if t.mode == "lines")
    assert pieces(line.x) == [pytest.approx([0.6, 1.4]), pytest.approx([0.5, 1.59])]
    assert pieces(line.y) == [["Arabic"] * 2, ["Somali"] * 2]


def test_a_headline_of_few_contacts_counts_them():
    def of(measure, above, below):
        row = {"value": above / below, "numerator": above, "denominator": below}
        return Made(MEASURES[measure], pd.DataFrame([row]))

    few = of("two_way_share", 0, 4), of("family_reply_rate", 0, 3), of("school_reply_rate", 1, 1)
    known, reach = of("direction_known", 3, 4), of("reach", 3, 4)
    assert headlines.two_way(*few, known, reach) == (
        "0 of 4 contacts went both ways; families answered 0 of 3 times and schools answered the one time they "
        "were asked"
    )
    one = of("two_way_share", 0, 1), of("family_reply_rate", 1, 2), of("school_reply_rate", 0, 1)
    assert headlines.two_way(*one, known, reach) == (
        "The only contact went one way; families answered 1 of 2 times and schools did not answer the one time they "
        "were asked"
    )
    many = of("two_way_share", 30, 40), of("family_reply_rate", 5, 10), of("school_reply_rate", 9, 9)
    assert headlines.two_way(*many, known, reach) == (
        "75 % of contacts went both ways; families answered 50 % of the time and schools answered 9 of 9 times"
    )


def test_one_grade_band_is_not_said_to_be_every_one():
    assert findings.replies({"middle": 0.4}, {"middle": 0.7}) == (
        "Schools answer families more often than families answer schools"
    )
    assert findings.replies({"middle": 0.7, "high": 0.6}, {"middle": 0.4, "high": 0.3}) == (
        "In every grade band families answer schools more often than schools answer families"
    )


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(0.456, "share", "46 %"), (2.34, "contacts", "2.3"), (0.04, "contacts", "0.04"), (0, "contacts", "0.0"),
     (3.0, "days", "3"), (float("nan"), "share", words.DASH), (None, "contacts", words.DASH)],
)  # fmt: skip
def test_numbers_are_rounded_as_a_person_says_them(number, unit, text):
    assert words.value(number, unit) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(0.012, "share", "+1 point"), (-0.026, "share", f"{words.MINUS}3 points"), (0.001, "share", "no change"),
     (-0.5, "contacts", f"{words.MINUS}0.50"), (0.004, "contacts", "no change")],
)  # fmt: skip
def test_changes_have_their_sign_and_unit(number, unit, text):
    assert words.signed(number, unit) == text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("haitian creole", "Haitian Creole"),
        ("american_sign", "American Sign"),
        ("spanish", "Spanish"),
        (None, "Not known"),
    ],
)
def test_a_language_is_a_name(raw, said):
    assert words.label("home_language", raw) == said


def test_hidden_groups_of_a_band_are_one_row_with_their_number():
    flags = {"asian": "", "black": "suppressed", "white": "suppressed", "hispanic": "caution"}
    rows = pd.DataFrame(
        [
            {"year": "2025-26", "band": band, "race_ethnicity": member, "flag": flag if band == "high" else "",
             "published": "\u2021" if flag == "suppressed" and band == "high" else "89% to under 90%",
             "low": 0.89, "high": 0.9}
            for band in ("middle", "high") for member, flag in flags.items()
        ]
    )  # fmt: skip
    figure = released.by_group(rows, "race_ethnicity", MEASURES["reach"])
    names = list(figure.layout.yaxis.ticktext)
    assert names[:4] == ["Middle, Asian", "Middle, Black", "Middle, Hispanic", "Middle, White"]
    assert names[4:] == ["High, Asian", "High, Hispanic", "High, 2 groups"]
    assert meta(figure)["alt"].endswith("High, 2 groups: hidden.")
    texts = [note.text.strip() for note in figure.layout.annotations]
    assert texts[0] == "89\u201390 %" and texts[-1] == released.HIDDEN and texts.count(released.HIDDEN) == 1
    assert texts[5] == f"89\u201390 % <br> {released.CAUTION}", "a second line: one would lie on the names on a phone"
    assert figure.layout.height > released.by_group(rows[:4], "race_ethnicity", MEASURES["reach"]).layout.height * 7 / 4


@pytest.mark.parametrize(
    ("band", "said"),
    [("89% to under 90%", "89\u201390 %"), ("95% to 100%", "95\u2013100 %"), ("under 0.5", "under 0.5"),
     ("0.5 to under 1.0", "0.5\u20131.0"), ("\u2021", "\u2021")],
)  # fmt: skip
def test_a_published_band_has_one_form(band, said):
    assert words.published(band) == said


def test_a_period_of_one_day_is_that_day():
    day = pd.Timestamp("2026-09-10").date()
    assert words.period(day, day) == "10 September 2026"
