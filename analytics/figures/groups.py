"""Groups and practices: each group beside the rest of its own schools, and several shares of each band on one scale.

Refuses to order groups by their gap, and to add practices up.
"""

import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.once import once
from analytics.figures.room import width
from analytics.figures.strip import broken
from analytics.figures.template import aloud, blank, colours, faint, finish, nothing
from analytics.figures.words import BANDS, axis_format, label, missing, value, wrapped_label

SPREAD = 0.27  # of a row's height, to the outermost dots
NAME_SIZE = 12
HALF_NAME = 0.12  # of a row's height
PHONE = 165  # pixels that a phone has for the whole scale, beside the names of the figures
QUESTION = "Is a group contacted differently from others in the same schools and grades?"

LINES = (
    "Lines: 95 % intervals of the difference; where they reach the hollow mark there may be none.",
    "A difference is named only where it also holds among all groups shown (false discovery rate 5 %).",
)


@once
def gaps(answer, cut: str, mode: str = "light") -> go.Figure:
    """Each group (full) and the rest of the same schools and grades (hollow), with the interval of the gap.

    `answer.table` is that of `analytics.equity`.
    """
    look, unit = colours(mode), answer.measure.unit
    title, subtitle = QUESTION, findings.subtitle(answer)
    rows = [row for row in answer.table.to_dict("records") if not missing(row["gap"])]
    if not rows:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    figure = blank(mode, height=70 + 44 * len(rows))
    known = [row for row in rows if not missing(row["low"])]
    figure.add_scatter(
        x=broken([row["rest"] + row["low"], row["rest"] + row["high"]] for row in known),
        y=broken([label(cut, row["group"])] * 2 for row in known),
        mode="lines", hoverinfo="skip", line={"color": faint(look.accent, 0.45), "width": 3},
    )  # fmt: skip
    names = [label(cut, row["group"]) for row in rows]
    for part, symbol, who in (("rest", "circle-open", "the rest"), ("value", "circle", "this group")):
        figure.add_scatter(
            x=[row[part] for row in rows], y=names, mode="markers", cliponaxis=False,
            marker={"size": 12, "symbol": symbol, "color": look.accent, "line": {"width": 2, "color": look.accent}},
            hovertext=[f"{name}, {who}: {value(row[part], unit)}" for name, row in zip(names, rows, strict=True)],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(tickformat=axis_format(unit), rangemode="tozero", showgrid=True, nticks=6)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], showgrid=False, type="category")
    notes = ("Full: the group. Hollow: the others of the same schools and grades, weighted as the group is spread over "
             "them.", *(LINES if known else ()), *_remarks(rows, cut))  # fmt: skip
    return finish(figure, title, subtitle, findings.gaps(answer, cut), notes)


def _remarks(rows: list[dict], cut: str) -> list[str]:
    """What has to be known of each group, said once where it is the same of all."""
    said = {row["note"] for row in rows}
    if len(said) == 1 and len(rows) > 1:
        return [f"Every group: {note}." for note in said if note]
    return [f"{label(cut, row['group'])}: {row['note']}." for row in rows if row["note"]]


@once
def practice(one, mode: str = "light") -> go.Figure:
    """The shares of one practice, a row a figure: a named dot a band, a line for all. `one` is a `Practice`."""
    look = colours(mode)
    shares = one.figures[one.figures["unit"].str.startswith("share") & one.figures["value"].notna()]
    figures = [name for name in dict.fromkeys(shares["figure"]) if name != "contact_rate"]
    subtitle = "Per cent, by grade band; the upright line is all bands together"
    if not figures:
        return nothing(mode, one.label, subtitle, "The logs of this period do not record it.")
    figure = blank(mode, height=46 + 76 * len(figures))
    names, bands = [], [band for band in BANDS if band in set(shares["band"])]
    for place, name in enumerate(figures):
        here = shares[shares["figure"] == name].set_index("band")
        names.append(wrapped_label(here["label"].iloc[0]))
        values, whole = here["value"].drop("all", errors="ignore"), here["value"].get("all")
        dots = [(band, values[band], place + _step(step, len(bands))) for step, band in enumerate(bands)
                if band in values]  # fmt: skip
        if whole is not None:
            _whole(figure, whole, place, dots, look)
        for band, at, height in dots:
            _dot(figure, at, height, band, _side(band, at, at if whole is None else whole), look)
    figure.update_xaxes(tickformat=".0%", showgrid=True, nticks=6, range=[min(0, shares["value"].min() - 0.05), 1.02])
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.45, -0.55], showgrid=False,
    )  # fmt: skip
    return finish(figure, findings.practice(one), subtitle, aloud(one.label, one.says), tuple(findings.changes(one)))


def _step(step: int, of: int) -> float:
    """How far from the middle of its row a band's dot lies, so that dots of near values stand below one another."""
    return 0.0 if of == 1 else SPREAD * (2 * step / (of - 1) - 1)


def _room(band: str) -> float:
    """How much of the scale a band's name takes on a phone, with the dot before it."""
    return (width(BANDS[band], NAME_SIZE) + 12) / PHONE


def _side(band: str, at: float, whole: float) -> str:
    """The side of a dot for its name: away from the line of all bands, where a phone has room for it there."""
    left, right = at - _room(band) >= 0, at + _room(band) <= 1.1
    if at < whole:
        return "left" if left else "right"
    return "right" if right or not left else "left"


def _whole(figure, whole: float, place: float, dots: list[tuple[str, float, float]], look):
    """The upright line of all bands, left out where a name has no room but across it."""
    ends, low, high = [], place - SPREAD - 0.1, place + SPREAD + 0.1
    for band, at, height in dots:
        name = (at - _room(band), at) if _side(band, at, whole) == "left" else (at, at + _room(band))
        if name[0] < whole < name[1]:
            ends += [height - HALF_NAME, height + HALF_NAME]
    ends = [low, *ends, high]
    pieces = [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a < b]
    figure.add_scatter(
        x=broken([whole, whole] for _ in pieces), y=broken(pieces), mode="lines", hoverinfo="skip",
        line={"width": 2, "color": faint(look.quiet, 0.5)},
    )  # fmt: skip


def _dot(figure, at: float, place: float, band: str, side: str, look):
    """A band's share with the band's name beside it."""
    figure.add_scatter(
        x=[at], y=[place], mode="markers+text", cliponaxis=False, text=[BANDS[band]],
        textposition=f"middle {side}", textfont={"color": look.written(band), "size": NAME_SIZE},
        marker={"size": 11, "color": look.bands[band]}, hovertemplate=f"{BANDS[band]}: %{{x:.0%}}<extra></extra>",
    )  # fmt: skip
