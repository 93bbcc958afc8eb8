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
ACROSS = 3  # questions in a row: a phone has room for the numbers and names of so many
SHARES, YEARS = Strip(ACROSS, 0, 1.3), Strip(ACROSS, 1993, 2022)
# Where the number stands at the first and the last point of each side of the break, so that they do not touch.
BESIDE = ("bottom center", "top center")
MARKS = {"published": "circle", "computed": "diamond", "quoted": "circle-open", "derived": "x"}


@once
def context(mode: str = "light") -> go.Figure:
    """Five survey questions on one scale: of each, above by grades, below over the survey years, the break marked.

    A line ends in 2007 and another begins in 2012; what lies between is shaded and never crossed.
    """
    look = colours(mode)
    rows = [list(ITEMS)[first : first + ACROSS] for first in range(0, len(ITEMS), ACROSS)]
    figure = panels(mode, 1, height=365 * len(rows), rows=2 * len(rows), between=76)
    kinds: list[str] = []
    for place, items in enumerate(rows):
        kinds += _questions(figure, items, 2 * place + 1, look)
    figure.update_yaxes(showline=False)
    figure.update_layout(margin_t=48)
    beside = (f"Gray: {national.BREAK}", _marks(kinds))
    return finish(figure, TITLE, SUBTITLE, f"{TITLE}. {SUBTITLE}. {national.BREAK}", beside)


def _questions(figure: Draft, items: list[str], row: int, look) -> list[str]:
    """Questions side by side: by grades in this row, over the years in the next. Returns the kinds of their figures."""
    grades = {ITEMS[item]: national.by_band(item) for item in items}
    years = {ITEMS[item]: national.over_time(item) for item in items}
    _bars(figure, grades, look, row)
    _grid(figure, len(items), look, row + 1)
    _lines(figure, years, look, row + 1)
    gap = {"x0": national.BREAK_AFTER, "x1": national.BREAK_BEFORE}
    gray = {"fillcolor": look.grid, "layer": "below", "line": {"width": 0}}
    kinds: list[str] = []
    for place, name in enumerate(grades):
        mark(figure, {**{end: YEARS.at(place, year) for end, year in gap.items()}, **gray}, first=row + 1)
        first = grades[name].iloc[0]
        SHARES.name(figure, row, place, f"{name}<br>{first['year']}, {first['kind']}", look.quiet)
        YEARS.name(figure, row + 1, place, "all grades", look.quiet)
        kinds += [first["kind"], *years[name]["kind"]]
    figure.update_xaxes(SHARES.axis(len(items)), row=row)
    figure.update_yaxes(autorange="reversed", type="category", row=row)
    SHARES.edges(figure, row, len(items), look.grid)
    YEARS.edges(figure, row + 1, len(items), look.grid)
    ticks = YEARS.axis(len(items), (1996, 2007, 2019), ("’96", "’07", "’19"))
    figure.update_xaxes(ticks, tickangle=0, tickfont_size=12, row=row + 1)
    share = {"range": [0, 1.15], "tickformat": ".0%", "tickvals": LEVELS, "showgrid": False, "type": "linear"}
    figure.update_yaxes(share, row=row + 1)
    return kinds


@cache
def about() -> tuple[str, ...]:
    """What the figures are and are not: why they differ from the district's, their wording, survey and kind."""
    sources = [national.sentence(national.by_band(item)) for item in ITEMS]
    return (national.WHY_DIFFERENT, national.SUPPLY, national.BREAK, national.WORDING, *sources)


def _bars(figure: Draft, grades: dict[str, pd.DataFrame], look, row: int) -> None:
    """Each question by grades."""
    found = [(place, name, one) for place, (name, rows) in enumerate(grades.items()) for one in rows.to_dict("records")]
    figure.add_bar(
        base=[SHARES.at(place, 0) for place, _, _ in found],
        x=[SHARES.at(0, one["percent"] / 100) for _, _, one in found],
        y=[one["grades"] for _, _, one in found],
        orientation="h",
        marker={"color": [look.bands[one["band"]] for _, _, one in found]},
        text=[f"{one['percent']:.0f}" for _, _, one in found],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 12},
        hovertext=[f"{name}, grades {one['grades']}: {one['percent']:.0f}%" for _, name, one in found],
        hovertemplate="%{hovertext}<extra></extra>",
        row=row,
    )


def _grid(figure: Draft, count: int, look, row: int) -> None:
    """Level lines in each panel of the years, none between two of them."""
    ends = [[YEARS.at(place, YEARS.low), YEARS.at(place, YEARS.high)] for place in range(count)]
    figure.add_scatter(
        x=broken(end for _ in LEVELS for end in ends),
        y=broken([level, level] for level in LEVELS for _ in ends),
        mode="lines", hoverinfo="skip", line={"color": look.grid, "width": 1}, row=row,
    )  # fmt: skip


def _lines(figure: Draft, years: dict[str, pd.DataFrame], look, row: int) -> None:
    """Each question over the years, both sides of the break: points joined, the first and the last one written out."""
    parts = [
        (place, name, part.to_dict("records"))
        for place, (name, found) in enumerate(years.items())
        for _, part in found.groupby("part")
    ]
    symbols = broken([MARKS[one["kind"]] for one in rows] for *_, rows in parts)
    symbols = [symbol or MARKS["published"] for symbol in symbols]  # a break has none to show
    figure.add_scatter(
        x=broken([YEARS.at(place, one["year"]) for one in rows] for place, _, rows in parts),
        y=broken([one["percent"] / 100 for one in rows] for _, _, rows in parts),
        mode="lines+markers",
        line={"color": look.quiet, "width": 1.5},
        marker={"size": 8, "color": look.accent, "symbol": symbols},
        cliponaxis=False,
        hovertext=broken(
            [f"{name}, {one['year']}: {one['percent']:.0f}% ({one['kind_words']})" for one in rows]
            for _, name, rows in parts
        ),
        hovertemplate="%{hovertext}<extra></extra>",
        row=row,
    )
    # Plotly leaves some words out where the line that they stand at is broken: they are a trace of their own.
    ends = [
        (place, one, side) for place, _, rows in parts for one, side in zip((rows[0], rows[-1]), BESIDE, strict=True)
    ]
    figure.add_scatter(
        x=[YEARS.at(place, one["year"]) for place, one, _ in ends],
        y=[one["percent"] / 100 for _, one, _ in ends],
        mode="markers+text", hoverinfo="skip", text=[f"{one['percent']:.0f}" for _, one, _ in ends],
        marker={"size": 8, "color": "rgba(0,0,0,0)"},
        textposition=[side for *_, side in ends], textfont={"size": 12, "color": look.text}, cliponaxis=False, row=row,
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
