"""A practice of the Partnership page: dots with their names, the line of all bands."""

import pytest

from analytics.figures import groups
from tests.support.figures import practice


def test_dots_of_a_practice_stand_below_one_another_with_their_names():
    figure = practice(elementary=0.2, middle=0.21, high=0.2, all=0.2)
    dots = [trace for trace in figure.data if trace.text]
    assert [trace.text[0] for trace in dots] == ["Elementary", "Middle", "High"]
    places = [trace.y[0] for trace in dots]
    assert all(after - before > 0.2 for before, after in zip(places, places[1:], strict=False))
    assert not figure.layout.title.text
    # The names stand away from the line of all bands, where there is room.
    sides = [("elementary", 0.5, 0.6), ("elementary", 0.6, 0.5), ("elementary", 0.9, 0.5), ("elementary", 0.1, 0.5)]
    assert [groups._side(*at) for at in sides] == ["left", "right", "left", "right"]
    assert [groups._side(band, 0.34, 0.4) for band in ("elementary", "middle", "high")] == ["right", "left", "left"]


def test_the_line_of_all_bands_runs_through_no_name_of_a_band():
    figure = practice(elementary=0.1, middle=0.3, high=0.6, all=0.2)
    line = next(trace for trace in figure.data if trace.mode == "lines")
    name = next(trace for trace in figure.data if trace.text == ("Elementary",))
    assert set(line.x) - {None} == {0.2} and name.textposition == "middle right"
    drawn = [height for height in line.y if height is not None]
    pieces = list(zip(drawn[::2], drawn[1::2], strict=True))
    assert all(not low < name.y[0] < high for low, high in pieces)
    assert max(high for _, high in pieces) == pytest.approx(groups.SPREAD + 0.1)
