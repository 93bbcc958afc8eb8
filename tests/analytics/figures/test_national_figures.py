"""National figures: their years, whose they are, and that they fit a phone."""

import re

import pytest

from analytics.figures import national, room
from tests.support.figures import meta


def test_national_figures_are_broken_between_2007_and_2012():
    figure = national.over_years()
    said = [re.search(r", (\d+): ", text)[1] for trace in figure.data for text in trace.hovertext]
    parts = [[str(year) for year in trace.x] for trace in figure.data]
    assert said == [year for part in parts for year in part], "each figure says its year"
    assert len(parts) == 8 and all(max(part) <= "2007" or min(part) >= "2012" for part in parts)
    assert all(len(trace.marker.symbol) == len(trace.x) == len(trace.y) for trace in figure.data)
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(2007, 2012)]
    said = " ".join(meta(figure)["notes"])
    assert "mail instead of telephone" in said and "quoted by another publication" in said
    assert "not a target" in meta(figure)["subtitle"]


def test_national_figures_by_grades_say_their_year_and_whose_they_are():
    figure = national.by_grades()
    conference = next(trace for trace in figure.data if trace.name == "Conference")
    assert conference.y == pytest.approx((0.902, 0.888, 0.722, 0.543))
    named = {name.text for name in figure.layout.annotations}
    assert {"Conference 54", "Event 70", "Meeting 80", "Notes 57", "Phoned 40", "93", "39"} <= named
    assert meta(figure)["subtitle"].endswith("2019 (Phoned: 2012)") and "not a target" in meta(figure)["subtitle"]
    assert meta(figure)["notes"] == [
        "Conference, Event, Meeting and Notes: estimated by others from public records, not a figure of NCES.",
        "Phoned: published by NCES.",
    ]
    assert "derived: estimated by others" in " ".join(national.PARTS[0].about())


def test_what_falls_with_grade_is_what_the_national_figures_say():
    assert national.BY_GRADES == "In the United States conferences fall most with grade, notes less, phone calls hardly"
    percents = {item: national.PARTS[0].figures(item)["percent"] for item in national.ITEMS}
    fall = {item: percent.iloc[0] - percent.iloc[-1] for item, percent in percents.items()}
    assert fall["conference"] == max(fall.values()) > fall["notes"] > 5 and abs(fall["phone"]) < 3


def test_what_more_parents_came_to_is_what_the_national_figures_say():
    assert national.OVER_YEARS == "More parents came to meetings, conferences and events in 2007 than in 1996"
    for item in ("meeting", "conference", "event"):
        percent = national.PARTS[1].figures(item).set_index("year")["percent"]
        assert percent[2007] > percent[1996]


@pytest.mark.parametrize("part", national.PARTS, ids=lambda part: part.name)
def test_national_figures_are_no_taller_than_needed_and_fit_a_phone(part):
    """The names at the ends of lines are inside the chart, none touches another, and half of a phone is for lines."""
    figure, phone = part.draw("light"), 324  # pixels that a chart has at 390
    assert meta(figure)["width"] <= phone and figure.layout.height <= 320
    right = [name for name in figure.layout.annotations if name.xanchor == "left"]
    assert max(room.width(name.text, 13) for name in right) + 10 <= figure.layout.margin.r <= phone / 2
    for side in ("left", "right"):
        plot = figure.layout.height - 60
        stand = sorted(name.y * plot + name.yshift for name in figure.layout.annotations if name.xanchor == side)
        assert len(stand) >= 3 and min(high - low for low, high in zip(stand, stand[1:], strict=False)) >= 15
