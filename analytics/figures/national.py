"""National context beside the district's numbers: what parents told a survey, by grades and over the years.

Refuses to draw a national figure as a line or target in a chart of the district's numbers: a survey answer
about a whole year and a logged contact are different things.
"""

from functools import cache

import pandas as pd
import plotly.graph_objects as go

from analytics import national
from analytics.figures.draft import Draft
from analytics.figures.once import once
from analytics.figures.template import colours, finish, mark, panel_name, panels

ITEMS = {"conference": "Conference", "event": "Event", "meeting": "Meeting", "notes": "Notes", "phone": "Phoned"}
TITLE = "In the United States conferences fall most with grade, notes less, phone calls hardly"
SUBTITLE = "Context, not a target: per cent of students whose parents said so in a national survey"
MARKS = {"published": "circle", "computed": "diamond", "quoted": "circle-open", "derived": "x"}


@once
def context(mode: str = "light") -> go.Figure:
    """Five survey questions side by side on one scale: above by grades, below over the survey years, the break marked.

    A line ends in 2007 and another begins in 2012; what lies between is shaded and never crossed.
    """
    look = colours(mode)
    figure = panels(mode, len(ITEMS), height=430, rows=2)
    kinds: list[str] = []
    for place, (item, name) in enumerate(ITEMS.items(), start=1):
        grades, years = national.by_band(item), national.over_time(item)
        _bars(figure, grades, name, place, look)
        for _, part in years.groupby("part"):
            _line(figure, part, name, place, look)
        gap = {"x0": national.BREAK_AFTER, "x1": national.BREAK_BEFORE, "layer": "below", "line": {"width": 0}}
        mark(figure, {**gap, "fillcolor": look.grid}, first=len(ITEMS) + place)
        first = grades.iloc[0]
        panel_name(figure, place, f"{name}<br>{first['year']}, {first['kind']}", look.quiet)
        panel_name(figure, place, "all grades", look.quiet, row=2)
        kinds += [first["kind"], *years["kind"]]
    figure.update_xaxes(range=[0, 1.3], row=1)
    figure.update_yaxes(autorange="reversed", type="category", row=1)
    ticks = {"tickvals": [1996, 2007, 2012, 2019], "ticktext": ["’96", "’07", "’12", "’19"]}
    figure.update_xaxes(range=[1993, 2022], showticklabels=True, tickangle=0, tickfont_size=12, **ticks, row=2)
    figure.update_yaxes(range=[0, 1.1], tickformat=".0%", tickvals=[0, 0.5, 1], showgrid=True, type="linear", row=2)
    figure.update_layout(margin_t=48)
    beside = (f"Gray: {national.BREAK}", _marks(kinds))
    return finish(figure, TITLE, SUBTITLE, f"{TITLE}. {SUBTITLE}. {national.BREAK}", beside, width=560)


@cache
def about() -> tuple[str, ...]:
    """What the figures are and are not: why they differ from the district's, their wording, survey and kind."""
    sources = [national.sentence(national.by_band(item)) for item in ITEMS]
    return (national.WHY_DIFFERENT, national.SUPPLY, national.BREAK, national.WORDING, *sources)


def _bars(figure: Draft, figures: pd.DataFrame, name: str, place: int, look) -> None:
    """One question by grades."""
    figure.add_bar(
        x=figures["percent"] / 100,
        y=figures["grades"],
        orientation="h",
        marker={"color": [look.bands[band] for band in figures["band"]]},
        text=[f"{percent:.0f}" for percent in figures["percent"]],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 12},
        hovertemplate=f"{name}, grades %{{y}}: %{{x:.0%}}<extra></extra>",
        row=1,
        col=place,
    )


def _line(figure: Draft, part: pd.DataFrame, name: str, place: int, look) -> None:
    """One side of the break: its points joined, the first and the last one written out."""
    ends = {0, len(part) - 1}
    figure.add_scatter(
        x=part["year"],
        y=part["percent"] / 100,
        mode="lines+markers+text",
        line={"color": look.quiet, "width": 1.5},
        marker={"size": 8, "color": look.accent, "symbol": [MARKS[kind] for kind in part["kind"]]},
        text=[f"{percent:.0f}" if at in ends else "" for at, percent in enumerate(part["percent"])],
        textposition="bottom center",
        textfont={"size": 12, "color": look.text},
        cliponaxis=False,
        customdata=part[["kind_words"]],
        hovertemplate=f"{name}, %{{x}}: %{{y:.0%}} (%{{customdata[0]}})<extra></extra>",
        row=2,
        col=place,
    )


def _marks(kinds: list[str]) -> str:
    """What the kinds of figures are, those that occur; derived ones are bars only."""
    said = {"published": "Full circle: ", "computed": "diamond: ", "quoted": "hollow circle: ", "derived": ""}
    return "; ".join(f"{said[kind]}{national.KINDS[kind]}" for kind in national.KINDS if kind in kinds) + "."


def table() -> pd.DataFrame:
    """The figures of the chart with their sources; `part` of those over the years: 1 up to 2007, 2 from 2012."""
    return _table().copy()


@cache
def _table() -> pd.DataFrame:
    return pd.concat([figures(item) for figures in (national.by_band, national.over_time) for item in ITEMS],
                     ignore_index=True)  # fmt: skip
