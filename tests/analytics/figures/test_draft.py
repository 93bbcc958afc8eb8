"""A draft becomes what Plotly would have made: plain values, the same words for the same things, its own layout."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.figures.draft import Draft, plain
from analytics.figures.template import blank, panels


def test_a_draft_says_what_plotly_would():
    draft, figure = Draft({"xaxis": {}, "yaxis": {}}), go.Figure()
    for one in (draft, figure):
        one.add_scatter(x=[1, 2], y=[3, 4], mode="lines", line={"color": "#00857C", "width": 2})
        one.add_bar(x=[1], y=["A"], orientation="h", error_x={"type": "data", "array": [1]})
        one.add_annotation(x=1, y=2, text="Here", font={"size": 13})
        one.update_xaxes(range=[0, 1], title_text="Days", tickfont_size=11)
        one.update_layout(margin_t=34, title={"text": "Key"}, title_font={"size": 13})
    plotlys = figure.to_dict()
    assert draft.traces == plotlys["data"]
    without_template = {name: part for name, part in plotlys["layout"].items() if name != "template"}
    assert draft.layout == {**without_template, "yaxis": {}}
    assert list(draft.done().data[1].error_x.array) == [1] and draft.done().layout.title.font.size == 13


def test_what_a_draft_holds_is_plain():
    day = pd.Timestamp("2025-09-01")
    held = plain({"x": pd.Series([day, pd.NaT]), "y": np.array([1.5, np.nan]), "z": (np.int64(3), pd.NA), "no": None})
    assert held == {"x": ["2025-09-01T00:00:00", None], "y": [1.5, None], "z": [3, None]}
    assert type(held["y"][0]) is float and type(held["z"][0]) is int


def test_two_drafts_of_a_kind_share_nothing():
    one, other = blank("light"), blank("light")
    one.update_xaxes(title_text="Days", tickfont_size=11)
    one.update_layout(font={"size": 20})
    assert other.layout == blank("light").layout != one.layout
    assert "text" not in one.layout["yaxis"]["title"] and one.layout["yaxis"]["tickfont"]["size"] == 13


def test_traces_and_axes_go_to_their_panel():
    figure = panels("light", 2, 300, rows=2)
    figure.add_bar(x=[1], y=["A"]).add_scatter(x=[1], y=["B"], row=2, col=1)
    figure.update_xaxes(range=[0, 1], row=2)
    assert [(trace["xaxis"], trace["yaxis"]) for trace in figure.traces] == [("x", "y"), ("x3", "y3")]
    assert [name for name, axis in figure.axes("x").items() if "range" in axis] == ["x3", "x4"]
    level, upright = figure.panel(2, 2)
    assert level is figure.layout["xaxis4"] and upright is figure.layout["yaxis4"]
