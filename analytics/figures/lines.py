"""Lines: a measure grade by grade, and days until a reply; what lines have in common (`months` draws others).

Every line is named at its end, not in a legend. Refuses to draw a line through grades that have no value.
"""

import pandas as pd
import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.once import once
from analytics.figures.template import TINT, aloud, blank, colours, faint, finish, mark, nothing
from analytics.figures.words import BAND_ORDER, BANDS, GRADE_ORDER, axis_format, label, value

SHADED = "Shaded: 95 % intervals, allowing for how schools differ"
LABEL_GAP = 17  # pixels between the names at the ends of lines
ROOM = 2.5  # times the highest value; an interval beyond that is cut
BAND_EDGES = {"elementary": ("TK", "5"), "middle": ("6", "8"), "high": ("9", "12")}


@once
def by_grade(answer, mode: str = "light", height: int = 360) -> go.Figure:
    """A measure grade by grade over shaded bands, with a ribbon where the table has `low` and `high`."""
    title, subtitle, look = findings.curve(answer), findings.subtitle(answer), colours(mode)
    table = findings.by_place(answer.table)
    if table.empty:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    figure = blank(mode, height)
    _shade_bands(figure, table, look)
    shaded = {"low", "high"} <= set(table) and table["low"].notna().any()
    if shaded:
        _ribbon(figure, table, look)
    figure.add_scatter(
        x=table["place"],
        y=table["value"],
        mode="lines+markers",
        line={"color": look.text, "width": 2},
        marker={"size": 9, "color": [look.bands[_band_of(grade)] for grade in table["grade"]]},
        customdata=[[label("grade", grade), value(v, answer.measure.unit)] for grade, v in _pairs(table, "grade")],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )
    figure.update_xaxes(tickmode="array", tickvals=list(table["place"]), ticktext=list(table["grade"]))
    from_zero(figure, answer.measure.unit)
    cut = shaded and answer.measure.unit != "share" and table["high"].max() > _room(table)
    if cut:
        figure.update_yaxes(range=[0, _room(table)])
    notes = (f"{SHADED}, cut where they leave the scale." if cut else f"{SHADED}.",) if shaded else ()
    return finish(figure, title, subtitle, aloud(title, subtitle), notes)


def _room(table) -> float:
    """The highest value that the axis shows: an interval from few schools may be so wide that the line lies flat."""
    return ROOM * table["value"].max()


@once
def until_reply(curves: pd.DataFrame, medians=None, mode: str = "light", height: int = 340) -> go.Figure:
    """The share of the school's asks that is answered, day by day, one step line a band with its interval.

    `curves` has band, day, survival (still without an answer), low, high; marks stand at 1, 2 and 7 days.
    `medians` is the answer of `analytics.survival`: the day by which half are answered, with its interval, is said.
    """
    title = findings.within_two_days(curves)
    subtitle = "Per cent of the school's asks answered by day (Kaplan-Meier), asks that are still open kept in"
    look = colours(mode)
    if curves.empty:
        return nothing(mode, title, subtitle, "No contact in these filters asked for an answer.")
    figure = blank(mode, height)
    ends = []
    for band, line in bands(curves):
        line = line.dropna(subset=["survival"]).sort_values("day")
        _steps_ribbon(figure, line, look.bands[band])
        figure.add_scatter(
            x=line["day"],
            y=1 - line["survival"],
            name=BANDS[band],
            mode="lines",
            line={"color": look.bands[band], "width": 2.5, "shape": "hv"},
            hovertemplate=f"{BANDS[band]}: %{{y:.0%}} answered after %{{x}} days<extra></extra>",
        )
        ends.append((BANDS[band], line["day"].iloc[-1], 1 - line["survival"].iloc[-1], look.written(band)))
    for day in (1, 2, 7):
        mark(figure, {"x": day, "line": {"color": look.last_year, "width": 1, "dash": "dot"}})
    from_zero(figure, "share")
    name_ends(figure, ends, 1 - curves["survival"].min(), height)
    figure.update_xaxes(
        tickvals=[0, 2, 7, 14, 21, 30], range=[0, 30.5], tickangle=0, title_text="Days after the school wrote or called"
    )
    figure.update_layout(margin_r=92)
    return finish(
        figure,
        title,
        subtitle,
        aloud(title, subtitle),
        (
            *(() if medians is None else findings.half_answered(medians)),
            "Dotted: 1, 2 and 7 days.",
            *((f"{SHADED}.",) if curves["low"].notna().any() else ()),
        ),
    )


def from_zero(figure, unit: str):
    """The axis of values: from zero, and up to 100 % for shares, so that charts of shares compare."""
    figure.update_yaxes(tickformat=axis_format(unit), rangemode="tozero", nticks=6)
    if unit == "share":
        figure.update_yaxes(range=[0, 1.02])


def bands(table: pd.DataFrame):
    """(band, its rows) in the order of the bands, of those that have a line."""
    for band in BAND_ORDER:
        line = table[table["band"] == band]
        if len(line) and band != "other":
            yield band, line


def name_ends(figure, ends, highest: float, height: int, left: bool = False):
    """Write each line's name at its end, or at its beginning where `left`, moved apart where two would touch.

    `ends` are names with their places and colours; `highest` is where an upright axis without a range ends.
    """
    top = max(figure.layout["yaxis"].get("range", [0, highest])[1], 0) or 1
    pixels = height - 60
    taken = None
    for name, x, y, colour in sorted(ends, key=lambda end: end[2]):
        at = y / top * pixels
        place = at if taken is None else max(at, taken + LABEL_GAP)
        taken = place
        figure.add_annotation(
            x=x,
            y=y,
            text=name,
            xanchor="right" if left else "left",
            xshift=-10 if left else 10,
            yshift=place - at,
            showarrow=False,
            font={"color": colour, "size": 13},
        )


def _shade_bands(figure, table, look):
    places = dict(zip(table["grade"], table["place"], strict=True))
    for band, (first, last) in BAND_EDGES.items():
        inside = [places[g] for g in GRADE_ORDER[GRADE_ORDER.index(first) : GRADE_ORDER.index(last) + 1] if g in places]
        if inside:
            pale = {"fillcolor": look.bands[band], "opacity": TINT, "line": {"width": 0}}
            mark(figure, {"x0": min(inside) - 0.5, "x1": max(inside) + 0.5, **pale})
            figure.add_annotation(
                x=(min(inside) + max(inside)) / 2,
                y=1,
                yref="paper",
                yanchor="top",
                text=BANDS[band],
                showarrow=False,
                font={"color": look.written(band), "size": 13},
            )


def _ribbon(figure, table, look):
    known = table.dropna(subset=["low", "high"])
    figure.add_scatter(
        x=[*known["place"], *known["place"][::-1]],
        y=[*known["high"], *known["low"][::-1]],
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor=faint(look.text, 0.13),
        hoverinfo="skip",
    )


def _steps_ribbon(figure, line, colour):
    known = line.dropna(subset=["low", "high"])
    if len(known):
        figure.add_scatter(
            x=[*known["day"], *known["day"][::-1]],
            y=[*(1 - known["low"]), *(1 - known["high"])[::-1]],
            fill="toself",
            mode="lines",
            line={"width": 0},
            fillcolor=faint(colour, 0.14),
            hoverinfo="skip",
        )


def _band_of(grade: str) -> str:
    place = GRADE_ORDER.index(grade)
    return next(
        (b for b, (a, z) in BAND_EDGES.items() if GRADE_ORDER.index(a) <= place <= GRADE_ORDER.index(z)), "other"
    )


def _pairs(table, column):
    return zip(table[column], table["value"], strict=True)
