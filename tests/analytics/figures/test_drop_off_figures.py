"""The drop-off: what is drawn, and what its sentences say of intervals and refusals."""

import numpy as np
import pandas as pd
import pytest

from analytics.figures import compared, findings, grade_findings, headlines, room, words
from analytics.measures import MEASURES
from tests.support.figures import Made, dropped, inside, made, meta, pieces


def test_drop_off_draws_level_and_interval():
    figure = compared.drop_off(dropped())
    high = next(t for t in figure.data if t.y[0] == "High")
    assert high.x[0] == 50
    assert high.error_x.array[0] == pytest.approx(93 - 50)
    assert high.error_x.arrayminus[0] == pytest.approx(50 - 27)
    assert meta(figure)["alt"].endswith("50 % lower in high school (7 to 73 %)")
    assert meta(figure)["notes"][0] == "Thin lines: 95 % intervals, allowing for how schools differ."


def test_an_interval_that_is_refused_is_said_and_not_drawn():
    figure = compared.drop_off(dropped(low=np.nan, high=np.nan, note="too few schools for an interval"))
    high = next(t for t in figure.data if t.y[0] == "High")
    assert high.error_x.array is None
    assert "High: too few schools for an interval." in meta(figure)["notes"]


def test_an_interval_that_includes_zero_is_no_finding():
    assert grade_findings.drop_off(dropped(low=-0.2, high=0.6)).endswith(
        f"50 % lower in high school ({words.MINUS}60 to +20 %)"
    )
    assert grade_findings.drop_off(dropped(low=-0.001, high=0.6)).endswith(f"({words.MINUS}60 to 0 %)")
    said = headlines.overview(made("contact_rate", [{"value": 1.7}]), None, dropped(low=-0.2, high=0.6))
    assert said == ("Families were contacted 1.7 times per 30 days; middle school 40 % (20 to 55 %) and "
                    "high school 50 % (not clear) less often than elementary")  # fmt: skip


def test_bands_of_which_none_is_clear_say_so_once_and_each_its_way():
    unclear = dropped(drop_off=-0.5, low=-0.9, high=0.2).table
    unclear.loc[unclear["band"] == "middle", "low"] = -0.1
    said = headlines.overview(made("contact_rate", [{"value": 1.7}]), None, Made(MEASURES["contact_rate"], unclear))
    assert said.endswith("; middle school 40 % less often and high school 50 % more often than elementary (not clear)")


def test_a_change_too_small_to_be_a_per_cent_is_about_as_often():
    rate = made("contact_rate", [{"value": 1.7}])
    last_year = {"called": "rose", "change": 0.003, "before": 1.7, "now": 1.703, "note": ""}
    said = headlines.overview(rate, last_year, dropped())
    assert said.startswith("Families were contacted 1.7 times per 30 days, about as often as a year earlier")
    table = dropped().table
    for change in (0.004, -0.004):
        table.loc[table["band"] == "middle", ["drop_off", "low", "high"]] = [change, -0.2, 0.2]
        assert headlines.overview(rate, None, Made(MEASURES["contact_rate"], table)).endswith(
            "; middle school about as often as elementary, high school 50 % (7 to 73 %) less often"
        )
    table.loc[table["band"] == "high", ["drop_off", "low", "high"]] = [0.001, -0.2, 0.2]
    assert headlines.overview(rate, None, Made(MEASURES["contact_rate"], table)).endswith(
        "; middle school and high school about as often as elementary"
    )


def test_a_difference_without_an_interval_is_not_said_as_a_fact():
    few = {"low": np.nan, "high": np.nan, "note": "too few schools for an interval"}
    table = dropped(**few).table
    assert "chance" not in grade_findings.drop_off(Made(MEASURES["contact_rate"], table)), "middle has an interval"
    none = table.assign(low=np.nan, high=np.nan, note=["", few["note"], few["note"]])
    assert grade_findings.drop_off(Made(MEASURES["contact_rate"], none)) == (
        "Contact rate against elementary: 40 % lower in middle school and 50 % lower in high school, "
        "which chance may explain"
    )


def test_a_band_without_any_contact_is_told_of_the_logs_and_not_as_a_change():
    """100 % less often is what a school that logs nothing looks like, and no chance explains it."""
    few = {"low": np.nan, "high": np.nan, "note": "too few schools for an interval"}
    table = dropped(**few, value=0.0, ratio=0.0, drop_off=1.0).table
    rate = made("contact_rate", [{"value": 1.7}])
    assert headlines.overview(rate, None, Made(MEASURES["contact_rate"], table)) == (
        "Families were contacted 1.7 times per 30 days; middle school 40 % (20 to 55 %) less often than elementary; "
        "no contact with high school families was logged"
    )
    none = table.copy()
    none.loc[none["band"] == "middle", list(few) + ["value", "ratio", "drop_off"]] = [*few.values(), 0.0, 0.0, 1.0]
    said = Made(MEASURES["contact_rate"], none)
    assert headlines.overview(rate, None, said) == (
        "Families were contacted 1.7 times per 30 days; no contact with middle school and high school families was "
        "logged"
    )
    assert grade_findings.drop_off(said) == (
        "Contact rate against elementary: none counted in middle school and none counted in high school"
    )


def test_bands_that_have_no_elementary_grades_beside_them_are_said_plainly():
    rows = dropped().table
    rows = rows.assign(ratio=np.nan, drop_off=np.nan)
    assert grade_findings.drop_off(Made(MEASURES["contact_rate"], rows[1:])) == (
        "Contact rate: middle school 1.2 and high school 1.0, without elementary grades to compare with"
    )


def test_elementary_grades_without_a_contact_are_said_as_that_and_not_as_a_ratio():
    notes = ["none counted in the group compared with: no ratio"] * 2 + ["nothing to count: no value"]
    table = dropped().table.assign(ratio=np.nan, drop_off=np.nan, note=notes)
    assert grade_findings.why_no_drop_off(Made(MEASURES["contact_rate"], table)) == (
        "Nothing was counted in the elementary grades, so there is nothing to compare with."
    )


def test_a_channel_is_said_to_fall_only_where_that_holds_among_all_channels():
    called = {"conference": "lower", "email": "no clear difference", "phone": "higher"}
    table = pd.concat([dropped().table.assign(channel=channel, called=word) for channel, word in called.items()])
    assert findings.channels(table) == "Clearly less in high school: conference; the others may not differ"
    assert findings.channels(table.assign(called="no clear difference")) == "Which channels fall with grade?"


def test_without_schools_a_band_that_is_no_lower_is_the_same():
    table = pd.DataFrame({"band": ["middle", "high"], "drop_off": [0.001, -0.2]})
    said = grade_findings.without(table, ["Elm"])
    assert (
        said
        == "Without Elm, which logged in under half of its weeks: middle school the same and high school 20 % higher."
    )


def test_channels_stand_side_by_side_on_one_scale():
    """Phone falls by a half, 7 to 73 %; an interval beyond +100 % is cut at the end of its panel."""
    answers = {"phone": dropped(), "email": dropped(low=-3.0, high=0.73)}
    by_channel = pd.concat([answer.table.assign(channel=name, called="") for name, answer in answers.items()])
    figure = compared.drop_off_by_channel(by_channel, MEASURES["contact_rate"])
    strip = compared._one_scale(by_channel[by_channel["band"] != "elementary"])
    assert [figure.layout.annotations[n].text for n in (0, 1)] == ["Phone", "E-mail"]
    dots = next(trace for trace in figure.data if trace.mode == "markers")
    assert dots.x[1] == strip.at(0, -0.5) and dots.hovertext[1] == f"Phone, High: {words.MINUS}50%"
    high = [trace for trace in figure.data if trace.mode == "lines"][1]
    assert pieces(high.x) == [[strip.at(0, -0.73), strip.at(0, -0.07)], [strip.at(1, -0.73), strip.at(1, strip.high)]]
    assert strip.at(0, 9) < strip.at(1, -9), "nothing reaches into the next panel"
    assert list(figure.layout.xaxis.ticktext) == [f"{words.MINUS}50%", "0", "+50%"] * 2
    assert list(figure.layout.xaxis.tickvals)[4] == strip.at(1, 0)


def test_channels_that_cannot_be_compared_say_which_grades_are_missing():
    """At an elementary school the later grades are missing, and not those of elementary school."""
    nothing = {"value": np.nan, "drop_off": np.nan}
    table = dropped(**nothing).table.assign(channel="phone", called="")
    table.loc[table["band"] == "middle", ["value", "drop_off"]] = np.nan
    rate = MEASURES["contact_rate"]
    assert inside(compared.drop_off_by_channel(table, rate)).startswith("There are no later grades")
    early = table.assign(value=[np.nan, 1.2, np.nan], drop_off=np.nan)
    assert inside(compared.drop_off_by_channel(early, rate)) == (
        "No channel has contacts of elementary grades to compare with."
    )
    assert inside(compared.drop_off_by_channel(table.iloc[:0], rate)).startswith("No contact under these filters")


def test_a_channel_beyond_the_scale_is_an_arrow_with_its_number_and_no_empty_panel():
    answers = {"phone": dropped(), "home_visit": dropped(drop_off=-1.8, low=np.nan, high=np.nan)}
    by_channel = pd.concat([answer.table.assign(channel=name, called="") for name, answer in answers.items()])
    figure = compared.drop_off_by_channel(by_channel, MEASURES["contact_rate"])
    strip = compared._one_scale(by_channel[by_channel["band"] != "elementary"])
    arrows = next(trace for trace in figure.data if trace.mode == "markers+text")
    assert arrows.text == ("+180% ",) and arrows.x == (strip.at(1, strip.high),) and arrows.y == ("High",)
    assert "Arrow: more than +100%, beyond the scale." in meta(figure)["notes"]
    inside = compared.drop_off_by_channel(by_channel[by_channel["channel"] == "phone"], MEASURES["contact_rate"])
    assert not [trace for trace in inside.data if trace.mode == "markers+text"]
    assert not any("Arrow" in note for note in meta(inside)["notes"])


def test_without_elementary_grades_the_drop_off_says_so_in_words():
    rows = dropped().table.assign(ratio=np.nan, drop_off=np.nan, note="nothing to count: no value")
    text = compared.drop_off(Made(MEASURES["contact_rate"], rows)).layout.annotations[0].text.replace("<br>", " ")
    assert text == "There are no elementary grades under these filters to compare with."


def test_the_name_of_a_channel_has_room_above_its_panel_on_a_phone():
    by_channel = pd.concat(
        [dropped().table.assign(channel=c, called="lower") for c in ("phone", "app_message", "letter")]
    )
    figure = compared.drop_off_by_channel(by_channel, MEASURES["contact_rate"])
    phone = 324  # pixels that a chart has at 390
    assert meta(figure)["width"] <= phone
    one = (phone - figure.layout.margin.l - figure.layout.margin.r) / compared.ACROSS
    assert max(room.width(name, 12) for name in words.CHANNELS.values()) < one
