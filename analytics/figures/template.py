"""The look of every chart: colours that mean one thing everywhere, for light and dark, and one template.

Refuses Plotly's global defaults (other programs change them): every figure is built on `blank()`.
Band colours have a contrast of 3:1 and more on their background and stay apart for three kinds of
colour blindness; words in the colour of a band have 4.5:1 (checked in tests/figures).
"""

import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analytics.figures import room
from analytics.figures.draft import Draft
from analytics.figures.words import wrapped_label


@dataclass(frozen=True)
class Colours:
    """The colours of one mode. `bands` by name; `heat` runs from the background to the accent."""

    text: str
    quiet: str
    grid: str
    paper: str
    last_year: str
    accent: str
    bands: dict
    heat: tuple

    def written(self, band: str) -> str:
        """The colour of a band's name: a line may be paler than a word can be read in."""
        return _readable(self.bands[band], self.text, self.paper)


LIGHT = Colours(
    text="#0E1716",
    quiet="#5C6B6A",
    grid="#E3E9E8",
    paper="#FFFFFF",
    last_year="#A3AFAE",
    accent="#00857C",
    bands={"elementary": "#00857C", "middle": "#D55E00", "high": "#44409C", "other": "#6B7878"},
    heat=("#F1F6F5", "#DCECEA", "#C2E0DC", "#A4D1CC", "#84C1BA", "#62AFA7"),
)
DARK = Colours(
    text="#E6EDEC",
    quiet="#A2B0AE",
    grid="#2C3938",
    paper="#111918",
    last_year="#6E7D7B",
    accent="#4FC3BC",
    bands={"elementary": "#4FC3BC", "middle": "#F2A65A", "high": "#A5AEF5", "other": "#93A19F"},
    heat=("#182221", "#1A2F2D", "#1B3E3B", "#1C4F4B", "#1D605B", "#20726C"),
)

TINT = 0.09  # the strength of the shade behind a band's grades
READABLE = 4.5  # to 1: WCAG AA for small text

FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", system-ui, sans-serif'


def colours(mode: str) -> Colours:
    """The colours of "light" or "dark"; anything else reads as light."""
    return DARK if mode == "dark" else LIGHT


def faint(colour: str, share: float) -> str:
    """A colour at a share of its strength, as rgba()."""
    red, green, blue = (_channel(colour, i) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def ink_on(fill: str, share: float, mode: str) -> str:
    """Black or white, whichever reads better on a colour drawn at a share of its strength on the page."""
    paper = colours(mode).paper
    mixed = [share * _channel(fill, i) + (1 - share) * _channel(paper, i) for i in (1, 3, 5)]
    return "#FFFFFF" if contrast(mixed, (255, 255, 255)) >= contrast(mixed, (20, 28, 28)) else "#141C1C"


@cache
def _readable(colour: str, text: str, paper: str) -> str:
    """The shade nearest to a colour that can be read, on the page and on a pale tint of the colour."""
    own, ink, page = ([_channel(one, i) for i in (1, 3, 5)] for one in (colour, text, paper))
    tint = [TINT * c + (1 - TINT) * p for c, p in zip(own, page, strict=True)]
    for step in range(51):
        mixed = [round(c + (t - c) * step / 50) for c, t in zip(own, ink, strict=True)]
        if min(contrast(mixed, ground) for ground in (page, tint)) >= READABLE:
            break
    return "#" + "".join(f"{c:02X}" for c in mixed)


def contrast(one, two) -> float:
    """The WCAG contrast of two colours given as red, green, blue from 0 to 255."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour) -> float:
    parts = [c / 255 / 12.92 if c <= 10.3 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _channel(colour: str, at: int) -> int:
    return int(colour[at : at + 2], 16)


def blank(mode: str, height: int = 340) -> Draft:
    """An empty figure in the house style: no box, a quiet grid, no zooming by accident on a phone."""
    return _blank(mode, height).copy()


@lru_cache(maxsize=100)
def _blank(mode: str, height: int) -> Draft:
    look = colours(mode)
    layout = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "color": look.text, "size": 14},
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "height": height,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": look.paper, "bordercolor": look.grid, "font": {"color": look.text, "size": 13}},
        "xaxis": _axis(look, showgrid=False),
        "yaxis": _axis(look, showgrid=True),
        "bargap": 0.35,
    }
    return Draft(layout)


def _axis(look: Colours, *, showgrid: bool) -> dict:
    return {
        "gridcolor": look.grid,
        "linecolor": look.grid,
        "zeroline": False,
        "tickfont": {"color": look.quiet, "size": 13},
        "title": {"font": {"color": look.quiet, "size": 13}},
        "fixedrange": True,
        "automargin": True,
        "ticks": "",
        "showgrid": showgrid,
    }


def panels(mode: str, count: int, height: int, rows: int = 1, between: int = 60) -> Draft:
    """Panels side by side with one axis of names and one scale, in the house style.

    `rows` of them stand below one another, with so many pixels `between` two rows.
    """
    return _panels(mode, count, height, rows, between).copy()


@lru_cache(maxsize=100)
def _panels(mode: str, count: int, height: int, rows: int, between: int) -> Draft:
    layout = blank(mode, height).layout
    base = {"x": layout.pop("xaxis"), "y": layout.pop("yaxis")}
    grid = make_subplots(
        rows=rows, cols=count, shared_yaxes=True, horizontal_spacing=0.03, vertical_spacing=between / height
    )
    for name, place in grid.layout.to_plotly_json().items():
        if name[:5] in ("xaxis", "yaxis"):
            layout[name] = deepcopy(base[name[0]]) | place
    draft = Draft(layout, count)
    draft.update_xaxes(showgrid=False, showticklabels=False)
    draft.update_yaxes(showgrid=False, type="category")
    return draft


def panel_name(figure: Draft, place: int, text: str, colour: str, row: int = 1):
    """Write a panel's name above it; `place` and `row` count from 1."""
    level, upright = figure.panel(row, place)
    figure.add_annotation(
        text=text, x=level["domain"][0], y=upright["domain"][1], xref="paper", yref="paper", xanchor="left",
        yanchor="bottom", yshift=4, align="left", showarrow=False, font={"color": colour, "size": 12},
    )  # fmt: skip


def mark(figure: Draft, *shapes: dict, panels: int = 1, first: int = 1):
    """Add lines and shaded stretches that run across the whole of a panel: each has `x`, or `y`, or `x0` and `x1`.

    Further entries are those of a Plotly shape. With `panels` they are drawn in so many, from the `first` on.
    """
    for place in range(first, first + panels):
        figure.add_shapes([_across(dict(shape), "" if place == 1 else str(place)) for shape in shapes])


def _across(shape: dict, panel: str) -> dict:
    if "y" in shape:
        at = shape.pop("y")
        ends = {"x0": 0, "x1": 1, "xref": f"x{panel} domain", "y0": at, "y1": at, "yref": f"y{panel}"}
        return {"type": "line", **ends, **shape}
    at = shape.pop("x", None)
    ends = {"y0": 0, "y1": 1, "yref": f"y{panel} domain", "xref": f"x{panel}"}
    return {"type": "rect", **ends, **shape} if at is None else {"type": "line", "x0": at, "x1": at, **ends, **shape}


def finish(figure: Draft, title: str, subtitle: str, alt: str = "", notes: tuple = (), width: int = 0) -> go.Figure:
    """Put the words on a figure; the page prints them, so that they wrap on a phone.

    `width` is the least width in pixels at which it can be read; 0 where it shrinks with the page.
    """
    words = {"title": title, "subtitle": subtitle, "alt": alt or title, "notes": list(notes), "width": width}
    figure.layout["meta"] = json.dumps(words)  # a text, see `draft.figure_of`
    room.make(figure)
    return figure.done()


def aloud(*parts: str) -> str:
    """Titles and subtitles as a screen reader reads them: each a sentence with its end, so that it pauses between."""
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def said(figure: go.Figure) -> dict:
    """The words that `finish` put on a figure: title, subtitle, alt, notes and width."""
    return json.loads(figure.layout.meta)


def nothing(mode: str, title: str, subtitle: str, reason: str) -> go.Figure:
    """A figure that says why there is nothing to draw: a sign with words, never an empty place."""
    figure = blank(mode, height=120)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        text=wrapped_label(reason, 46),
        x=0,
        y=0.5,
        xref="paper",
        yref="paper",
        xanchor="left",
        align="left",
        showarrow=False,
    )
    return finish(figure, title, subtitle, f"{title} {reason}")
