"""National context beside the district's numbers: what parents told a survey, by grades and over the years.

Two charts, side by side where there is room for both. Refuses to draw a national figure as a line or target in a chart
of the district's numbers: a survey answer about a whole year and a logged contact are different things.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandas as pd
import plotly.graph_objects as go

from analytics import national
from analytics.figures.lines import name_ends
from analytics.figures.once import once
from analytics.figures.template import aloud, blank, colours, finish, mark
from analytics.figures.words import capital, joined

ITEMS = {"conference": "Conference", "event": "Event", "meeting": "Meeting", "notes": "Notes", "phone": "Phoned"}
BY_GRADES = "In the United States conferences fall most with grade, notes less, phone calls hardly"
OVER_YEARS = "More parents came to meetings, conferences and events in 2007 than in 1996"
SUBTITLE = "Context, not a target: per cent of students whose parents said so in a national survey"
HEIGHT = 300
ROOM_FOR_NAMES = 112  # pixels at the right
MARKS = {"published": "circle", "computed": "diamond", "quoted": "circle-open", "derived": "circle"}


@once
def by_grades(mode: str = "light") -> go.Figure:
    """Five survey questions on one scale by grades, each a line named at its end."""
    look, figure = colours(mode), blank(mode, HEIGHT)
    found = {name: national.by_band(item) for item, name in ITEMS.items()}
    for name, rows in found.items():
        figure.add_scatter(
            x=list(range(len(rows))),
            y=rows["percent"] / 100,
            name=name,
            mode="lines+markers",
            line={"color": look.quiet, "width": 1.5},
            marker={"size": 9, "color": [look.bands[band] for band in rows["band"]]},
            cliponaxis=False,
            hovertext=[f"{name}, grades {one['grades']}: {one['percent']:.0f}%" for one in rows.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    grades = list(found["Conference"]["grades"])
    figure.update_xaxes(tickvals=list(range(len(grades))), ticktext=grades, range=[-0.6, len(grades) - 0.85])
    firsts = [(f"{rows['percent'].iloc[0]:.0f}", 0, rows["percent"].iloc[0] / 100) for rows in found.values()]
    lasts = [(name, len(rows) - 1, rows["percent"].iloc[-1] / 100) for name, rows in found.items()]
    _shares(figure, look, firsts, lasts)
    subtitle = f"{SUBTITLE}, {_years(found)}"
    return finish(figure, BY_GRADES, subtitle, aloud(BY_GRADES, subtitle), _whose(found))


@once
def over_years(mode: str = "light") -> go.Figure:
    """The same questions over the survey years, of all grades. A line ends in 2007, another begins in 2012."""
    look, figure = colours(mode), blank(mode, HEIGHT)
    found = {name: national.over_time(item) for item, name in ITEMS.items()}
    gray = {"fillcolor": look.grid, "layer": "below", "line": {"width": 0}}
    mark(figure, {"x0": national.BREAK_AFTER, "x1": national.BREAK_BEFORE, **gray})
    for name, rows in found.items():
        for _, part in rows.groupby("part"):
            figure.add_scatter(
                x=part["year"],
                y=part["percent"] / 100,
                name=name,
                mode="lines+markers",
                line={"color": look.quiet, "width": 1.5},
                marker={"size": 8, "color": look.accent, "symbol": [MARKS[kind] for kind in part["kind"]]},
                cliponaxis=False,
                hovertext=[f"{name}, {one['year']}: {one['percent']:.0f}% ({one['kind_words']})"
                           for one in part.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
            )  # fmt: skip
    years = [int(year) for rows in found.values() for year in rows["year"]]
    first, last = min(years), max(years)
    figure.update_xaxes(
        tickvals=[first, national.BREAK_AFTER, national.BREAK_BEFORE, last], range=[first - 4, last + 1]
    )
    begun = [rows.iloc[0] for rows in found.values() if rows["year"].iloc[0] == first]
    firsts = [(f"{one['percent']:.0f}", first, one["percent"] / 100) for one in begun]
    lasts = [(name, rows["year"].iloc[-1], rows["percent"].iloc[-1] / 100) for name, rows in found.items()]
    _shares(figure, look, firsts, lasts)
    notes = (f"Gray: {national.BREAK}", _marks({kind for rows in found.values() for kind in rows["kind"]}))
    return finish(figure, OVER_YEARS, f"{SUBTITLE}, all grades", aloud(OVER_YEARS, SUBTITLE, national.BREAK), notes)


def _shares(figure, look, firsts, lasts):
    """One scale from 0 to 100 %, the first numbers at the left of the lines, names and last numbers at the right."""
    figure.update_yaxes(range=[0, 1], tickformat=".0%", tickvals=[0, 0.5, 1])
    figure.update_layout(margin_r=ROOM_FOR_NAMES)
    named = [(f"{name} {share * 100:.0f}", x, share, look.text) for name, x, share in lasts]
    name_ends(figure, named, 1, HEIGHT)
    name_ends(figure, [(text, x, share, look.quiet) for text, x, share in firsts], 1, HEIGHT, left=True)


def _years(found: dict[str, pd.DataFrame]) -> str:
    """The year of most questions, and of those asked in another: "2019 (Phoned: 2012)"."""
    years = {name: int(rows["year"].iloc[0]) for name, rows in found.items()}
    usual = max(years.values(), key=list(years.values()).count)
    others = ", ".join(f"{name}: {year}" for name, year in years.items() if year != usual)
    return f"{usual} ({others})" if others else str(usual)


def _whose(found: dict[str, pd.DataFrame]) -> tuple[str, ...]:
    """Whose figures they are: "Phoned: published by NCES." and so on, one sentence a kind."""
    named: dict[str, list[str]] = {}
    for name, rows in found.items():
        named.setdefault(rows["kind"].iloc[0], []).append(name)
    return tuple(f"{joined(names)}: {national.KINDS[kind].removeprefix('derived: ')}." for kind, names in named.items())


def _marks(kinds: set[str]) -> str:
    """What the kinds of figures are, those that occur."""
    said = {"published": "Full circle: ", "computed": "diamond: ", "quoted": "hollow circle: "}
    text = "; ".join(f"{said[kind]}{national.KINDS[kind]}" for kind in said if kind in kinds)
    return f"{capital(text)}."


@dataclass(frozen=True)
class Part:
    """One of the two charts: how it is drawn, where its rows come from, and what has to be said of it alone."""

    name: str
    draw: Callable[[str], go.Figure]
    figures: Callable[[str], pd.DataFrame]
    says: Callable[[], tuple[str, ...]]

    def table(self) -> pd.DataFrame:
        """The figures of the chart with their sources."""
        return _table(self.figures).copy()

    def about(self) -> tuple[str, ...]:
        """What the figures are and are not: why they differ from the district's, their wording, survey and kind."""
        sources = [national.sentence(self.figures(item)) for item in ITEMS]
        return (national.WHY_DIFFERENT, *self.says(), *sources)


PARTS = (
    Part("national_by_grades", by_grades, national.by_band, lambda: (national.supply(),)),
    Part("national_over_years", over_years, national.over_time, lambda: (national.BREAK, national.WORDING)),
)


@cache
def _table(figures: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([figures(item) for item in ITEMS], ignore_index=True)
