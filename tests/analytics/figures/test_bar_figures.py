"""Bars, heat tables and the line of grades: every value of the table is drawn once."""

import numpy as np
import pandas as pd
import pytest

from analytics.figures import bars, heat, lines, room, words
from tests.support.figures import BANDS, graded, made, meta


def test_bars_of_families_add_up_and_zero_is_darkest():
    shares = dict(zip(bars.BUCKETS, (0.1, 0.2, 0.3, 0.15, 0.25), strict=True))
    rows = [{"band": b, "bucket": k, "value": v} for b in BANDS for k, v in shares.items()]
    figure = bars.contacts_per_family(made("contacts_per_student", rows))
    assert sum(trace.x[0] for trace in figure.data) == pytest.approx(1)
    strengths = [float(trace.marker.color[0].rstrip(")").split(",")[-1]) for trace in figure.data]
    assert strengths == sorted(strengths, reverse=True)
    assert meta(figure)["title"] == "Families not yet reached: elementary 10 %, middle school 10 %, high school 10 %"


def test_an_empty_cell_of_a_heat_table_shows_its_sign():
    rows = [{"school": "A", "month": "2025-09", "value": 1.0}, {"school": "A", "month": "2025-10", "value": np.nan}]
    figure = heat.by_month(made("contact_rate", rows), "school")
    assert [a.text for a in figure.layout.annotations] == [words.DASH]


def test_a_wide_interval_does_not_press_the_line_of_grades_flat():
    shaded = "Shaded: 95 % intervals, allowing for how schools differ"
    wide = graded(25)
    assert wide.layout.yaxis.range == (0, 1.25)
    assert meta(wide)["notes"] == [f"{shaded}, cut where they leave the scale."]
    usual = graded(0.9)
    assert usual.layout.yaxis.range is None and meta(usual)["notes"] == [f"{shaded}."]
    assert graded(0.9, "reach").layout.yaxis.range == (0, 1.02)
    assert meta(lines.by_grade(made("contact_rate", [{"grade": "K", "value": 1.0}])))["notes"] == []


def test_the_chart_of_channels_says_which_way_is_used_most_where_one_is():
    def said(measure="contact_rate", **used):
        rows = [
            {"channel": channel, "band": band, "value": value}
            for band, values in used.items()
            for channel, value in values.items()
        ]
        return bars.ways(made(measure, rows))

    email, phone = {"email": 0.5, "phone": 0.3}, {"email": 0.1, "phone": 0.3}
    assert said(elementary=email, high=email) == (
        "More contacts were made by e-mail than in any other way, in every grade band"
    )
    assert said(high=phone) == "More contacts were made by phone than in any other way"
    assert said(elementary=email, high=phone) == ("Used most: by e-mail in elementary and by phone in high school")
    for nothing in ({"email": 0.3, "phone": 0.3}, {"phone": 0.3}, {"email": 0.0, "phone": 0.0}):
        assert said(elementary=nothing) == "Contact rate by channel", "two alike, one alone, none used"
    assert said("two_way_share", high=phone) == "Two-way share by channel"


def test_channels_that_are_all_at_zero_begin_at_the_left():
    rows = [{"channel": "phone", "band": "middle", "value": 0.0, "numerator": 0, "denominator": 3}]
    assert bars.channels(made("two_way_share", rows)).layout.xaxis.range == (0, 1)


def test_the_panels_of_channels_have_the_whole_name_of_a_band_and_a_phone_has_room_for_it():
    rows = [{"channel": channel, "band": band, "value": 0.4, "numerator": 4, "denominator": 10}
            for channel in ("letter", "app_message") for band in BANDS]  # fmt: skip
    figure = bars.channels(made("contact_rate", pd.DataFrame(rows)))
    assert [note.text for note in figure.layout.annotations] == ["Elementary", "Middle", "High"]
    inside = 324 - figure.layout.margin.l - figure.layout.margin.r  # of a chart at 390
    assert room.width("Elementary", 12) < inside * figure.layout.xaxis2.domain[0]
