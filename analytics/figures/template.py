"""The look of every chart: colours that mean one thing everywhere, for light and dark, and one template.

Refuses Plotly's global defaults (other programs change them): every figure is built on `blank()`.
Band colours have a contrast of 3:1 and more on their background and stay apart for three kinds of
colour blindness (checked in tests/figures).
"""

from dataclasses import dataclass

import plotly.graph_objects as go


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


LIGHT = Colours(
    text="#1D2B2A",
    quiet="#5C6B6A",
    grid="#E3E9E8",
    paper="#FFFFFF",
    last_year="#A3AFAE",
    accent="#00857C",
    bands={"elementary": "#00857C", "middle": "#D55E00", "high": "#44409C", "other": "#6B7878"},
    heat=("#F1F6F5", "#CDE5E2", "#9CCEC9", "#5FB0A9", "#2B8F87", "#006A63"),
)
DARK = Colours(
    text="#E6EDEC",
    quiet="#A2B0AE",
    grid="#2C3938",
    paper="#111918",
    last_year="#6E7D7B",
    accent="#4FC3BC",
    bands={"elementary": "#4FC3BC", "middle": "#F2A65A", "high": "#A5AEF5", "other": "#93A19F"},
    heat=("#1A2524", "#1D3B39", "#215551", "#2A756F", "#3B9A93", "#6FD3CC"),
)

FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", system-ui, sans-serif'


def colours(mode: str) -> Colours:
    """The colours of "light" or "dark"; anything else reads as light."""
    return DARK if mode == "dark" else LIGHT


def faint(colour: str, share: float) -> str:
    """A colour at a share of its strength, as rgba()."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def blank(mode: str, height: int = 340) -> go.Figure:
    """An empty figure in the house style: no box, a quiet grid, no zooming by accident on a phone."""
    look = colours(mode)
    axis = {
        "gridcolor": look.grid,
        "linecolor": look.grid,
        "zeroline": False,
        "tickfont": {"color": look.quiet, "size": 13},
        "title": {"font": {"color": look.quiet, "size": 13}},
        "fixedrange": True,
        "automargin": True,
        "ticks": "",
    }
    figure = go.Figure()
    figure.update_layout(
        template=go.layout.Template(),
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "color": look.text, "size": 14},
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        height=height,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        hoverlabel={"bgcolor": look.paper, "bordercolor": look.grid, "font": {"color": look.text, "size": 13}},
        xaxis={**axis, "showgrid": False},
        yaxis={**axis, "showgrid": True},
        bargap=0.35,
    )
    return figure


def finish(figure: go.Figure, title: str, subtitle: str, alt: str = "", notes: tuple = ()) -> go.Figure:
    """Put the words on a figure; the page prints them, so that they wrap on a phone."""
    figure.update_layout(meta={"title": title, "subtitle": subtitle, "alt": alt or title, "notes": list(notes)})
    return figure


def nothing(mode: str, title: str, subtitle: str, reason: str) -> go.Figure:
    """A figure that says why there is nothing to draw: a sign with words, never an empty place."""
    figure = blank(mode, height=120)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        text=wrapped(reason), x=0, y=0.5, xref="paper", yref="paper", xanchor="left", align="left", showarrow=False
    )
    return finish(figure, title, subtitle, f"{title} {reason}")


def wrapped(text: str, width: int = 46) -> str:
    """Text broken into lines that fit a phone, for words inside a figure."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])
