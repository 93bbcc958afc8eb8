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
from analytics.figures.strip import Strip, broken
from analytics.figures.template import colours, finish, mark, panels

ITEMS = {"conference": "Conference", "event": "Event", "meeting": "Meeting", "notes": "Notes", "phone": "Phoned"}
TITLE = "In the United States conferences fall most with grade, notes less, phone calls hardly"
SUBTITLE = "Context, not a target: per cent of students whose parents said so in a national survey"
LEVELS = [0, 0.5, 1]
SHARES, YEARS = Strip(len(ITEMS), 0, 1.3), Strip(len(ITEMS), 1993, 2022)
MARKS = {"published": "circle", "computed": "diamond", "quoted": "circle-open", "derived": "x"}


@once
def context(mode: str = "light") -> go.Figure:
    """Five survey questions side by side on one scale: above by grades, below over the survey years, the break marked.

    A line ends in 2007 and another begins in 2012; what lies between is shaded and never crossed.
    """
    look = colours(mode)
    figure = panels(mode, 1, height=430, rows=2)
    kinds: list[str] = []
    grades = {name: national.by_band(item) for item, name in ITEMS.items()}
    years = {name: national.over_time(item) for item, name in ITEMS.items()}
    _bars(figure, grades, look)
    _grid(figure, look)
    _lines(figure, years, look)
    gap = {"x0": national.BREAK_AFTER, "x1": national.BREAK_BEFORE}
    gray = {"fillcolor": look.grid, "layer": "below", "line": {"width": 0}}
    for place, name in enumerate(grades):
        mark(figure, {**{end: YEARS.at(place, year) for end, year in gap.items()}, **gray}, first=2)
        first = grades[name].iloc[0]
        SHARES.name(figure, 1, place, f"{name}<br>{first['year']}, {first['kind']}", look.quiet)
        YEARS.name(figure, 2, place, "all grades", look.quiet)
        kinds += [first["kind"], *years[name]["kind"]]
    figure.update_xaxes(SHARES.axis(len(ITEMS)), row=1)
    figure.update_yaxes(autorange="reversed", type="category", row=1)
    figure.update_yaxes(showline=False)
    SHARES.edges(figure, 1, len(ITEMS), look.grid)
    YEARS.edges(figure, 2, len(ITEMS), look.grid)
    ticks = YEARS.axis(len(ITEMS), (1996, 2007, 2012, 2019), ("’96", "’07", "’12", "’19"))
    figure.update_xaxes(ticks, tickangle=0, tickfont_size=12, row=2)
    figure.update_yaxes(range=[0, 1.1], tickformat=".0%", tickvals=LEVELS, showgrid=False, type="linear", row=2)
    figure.update_layout(margin_t=48)
    beside = (f"Gray: {national.BREAK}", _marks(kinds))
    return finish(figure, TITLE, SUBTITLE, f"{TITLE}. {SUBTITLE}. {national.BREAK}", beside, width=560)


@cache
def about() -> tuple[str, ...]:
    """What the figures are and are not: why they differ from the district's, their wording, survey and kind."""
    sources = [national.sentence(national.by_band(item)) for item in ITEMS]
    return (national.WHY_DIFFERENT, national.SUPPLY, national.BREAK, national.WORDING, *sources)


def _bars(figure: Draft, grades: dict[str, pd.DataFrame], look) -> None:
    """Each question by grades."""
    found = [(place, name, row) for place, (name, rows) in enumerate(grades.items()) for row in rows.to_dict("records")]
    figure.add_bar(
        base=[SHARES.at(place, 0) for place, _, _ in found],
        x=[SHARES.at(0, row["percent"] / 100) for _, _, row in found],
        y=[row["grades"] for _, _, row in found],
        orientation="h",
        marker={"color": [look.bands[row["band"]] for _, _, row in found]},
        text=[f"{row['percent']:.0f}" for _, _, row in found],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 12},
        hovertext=[f"{name}, grades {row['grades']}: {row['percent']:.0f}%" for _, name, row in found],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _grid(figure: Draft, look) -> None:
    """Level lines in each panel of the years, none between two of them."""
    ends = [[YEARS.at(place, YEARS.low), YEARS.at(place, YEARS.high)] for place in range(len(ITEMS))]
    figure.add_scatter(
        x=broken(end for _ in LEVELS for end in ends),
        y=broken([level, level] for level in LEVELS for _ in ends),
        mode="lines", hoverinfo="skip", line={"color": look.grid, "width": 1}, row=2,
    )  # fmt: skip


def _lines(figure: Draft, years: dict[str, pd.DataFrame], look) -> None:
    """Each question over the years, both sides of the break: points joined, the first and the last one written out."""
    parts = [
        (place, name, part.to_dict("records"))
        for place, (name, found) in enumerate(years.items())
        for _, part in found.groupby("part")
    ]
    symbols = broken([MARKS[row["kind"]] for row in rows] for *_, rows in parts)
    symbols = [symbol or MARKS["published"] for symbol in symbols]  # a break has none to show
    figure.add_scatter(
        x=broken([YEARS.at(place, row["year"]) for row in rows] for place, _, rows in parts),
        y=broken([row["percent"] / 100 for row in rows] for _, _, rows in parts),
        mode="lines+markers",
        line={"color": look.quiet, "width": 1.5},
        marker={"size": 8, "color": look.accent, "symbol": symbols},
        cliponaxis=False,
        hovertext=broken(
            [f"{name}, {row['year']}: {row['percent']:.0f}% ({row['kind_words']})" for row in rows]
            for _, name, rows in parts
        ),
        hovertemplate="%{hovertext}<extra></extra>",
        row=2,
    )
    # Plotly leaves some words out where the line that they stand at is broken: they are a trace of their own.
    ends = [(place, row) for place, _, rows in parts for row in (rows[0], rows[-1])]
    figure.add_scatter(
        x=[YEARS.at(place, row["year"]) for place, row in ends],
        y=[row["percent"] / 100 for _, row in ends],
        mode="markers+text", hoverinfo="skip", text=[f"{row['percent']:.0f}" for _, row in ends],
        marker={"size": 8, "color": "rgba(0,0,0,0)"},
        textposition="bottom center", textfont={"size": 12, "color": look.text}, cliponaxis=False, row=2,
    )  # fmt: skip


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
