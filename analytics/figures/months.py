"""A measure over the months, a line a band, last year's faint behind.

Months that are not complete are dashed, those without lessons shaded. Refuses to draw a line through months that
have no value.
"""

import pandas as pd
import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.lines import bands, from_zero, name_ends
from analytics.figures.once import once
from analytics.figures.template import aloud, blank, colours, faint, finish, mark, nothing
from analytics.figures.words import BANDS, joined, month, value


@once
def by_month(answer, before=None, title: str = "", mode: str = "light", height: int = 340) -> go.Figure:
    """A measure by month, one line a band, last year's faint behind.

    `answer.table` has month, band and value; `before` is the same question a year earlier.
    """
    title, subtitle, look = title or findings.question(answer), findings.subtitle(answer), colours(mode)
    table = _months(answer.table)
    if table["value"].notna().sum() == 0:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    figure = blank(mode, height)
    earlier = None if before is None else _months(before.table)
    if earlier is not None:
        _last_year(figure, earlier, look)
    open_months, holidays = incomplete(answer, table), without_lessons(answer, table)
    half = pd.Timedelta(days=15)
    gray = {"fillcolor": look.grid, "opacity": 0.6, "line": {"width": 0}, "layer": "below"}
    mark(figure, *({"x0": first - half, "x1": first + half, **gray} for first in holidays))
    ends = []
    for band, line in bands(table):
        _month_line(figure, line, band, open_months, look, answer.measure.unit)
        last = line.dropna(subset=["value"])
        if len(last):
            ends.append((BANDS[band], last["month"].iloc[-1], last["value"].iloc[-1], look.written(band)))
    from_zero(figure, answer.measure.unit)
    name_ends(figure, ends, table["value"].max(), height)
    _month_axis(figure, table["month"], None if earlier is None else earlier["month"])
    figure.update_layout(margin_r=92)
    single = _is_single(table)
    notes = [_not_whole(open_months, single)] if open_months else []
    if holidays:
        notes.append(f"Shaded: no lessons in {joined(month(first) for first in holidays)}.")
    if earlier is not None and len(findings.with_value(earlier)):
        days = "Gray circle: the same days" if _is_single(earlier) else "Gray, thin: the same months"
        notes.append(f"{days} a year earlier.")
    return finish(figure, title, subtitle, aloud(title, subtitle), tuple(notes))


def incomplete(answer, table: pd.DataFrame) -> list[pd.Timestamp]:
    """The months of the table that the period, the log or the lessons cover only in part."""
    stretches = [(pd.Timestamp(answer.start), pd.Timestamp(answer.end)), *_terms(answer)]
    partial = []
    for first in sorted(table["month"].unique()):
        last = first + pd.offsets.MonthEnd(1)
        if any(first < start <= last or first <= end < last for start, end in stretches):
            partial.append(pd.Timestamp(first))
    return partial


def without_lessons(answer, table: pd.DataFrame) -> list[pd.Timestamp]:
    """The months of the table in which the term calendar has no day of lessons; none where it is not known."""
    terms = _terms(answer)
    return [
        pd.Timestamp(first)
        for first in sorted(table["month"].unique())
        if terms and not any(start <= first + pd.offsets.MonthEnd(1) and end >= first for start, end in terms)
    ]


def _terms(answer) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    return [(pd.Timestamp(first), pd.Timestamp(last)) for first, last in answer.lessons]


def _month_axis(figure, months, earlier):
    """Ticks on months, at most six of them; the range ends with the data, so that names stand beside it."""
    shown = sorted(months.unique())
    first, last = shown[0], shown[-1]
    if earlier is not None and len(earlier):
        last = max(last, earlier.max() + pd.DateOffset(years=1))
    step = -(-len(shown) // 6)
    margin = pd.Timedelta(days=8)
    figure.update_xaxes(
        tickvals=shown[::step], tickformat="%b<br>%Y", tickangle=0, range=[first - margin, last + margin]
    )


def _is_single(table: pd.DataFrame) -> bool:
    """Has no band two values, so that there is no line to draw and points stand alone?"""
    return bool((findings.with_value(table).groupby("band").size() < 2).all())


def _not_whole(months: list, single: bool) -> str:
    said = joined(month(m) for m in months)
    verb = "is not a whole month" if len(months) == 1 else "are not whole months"
    return f"{'Hollow circle' if single else 'Dashed'}: {said} {verb} of lessons or log."


def _months(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(month=pd.to_datetime(table["month"])).sort_values("month")


def _month_line(figure, line, band, open_months, look, unit):
    colour, name = look.bands[band], BANDS[band]
    solid = line[~line["month"].isin(open_months)]
    shown = [value(v, unit) for v in line["value"]]
    alone = line["value"].notna().sum() == 1 and solid["value"].notna().sum() == 0
    for part, dash, width in ((line, "dot", 2), (solid, "solid", 2.5)):
        figure.add_scatter(
            x=part["month"],
            y=part["value"],
            name=name,
            mode="lines+markers" if dash == "solid" or alone else "lines",
            line={"color": colour, "width": width, "dash": dash},
            marker={"size": 6} if dash == "solid" else {"size": 10, "symbol": "circle-open", "line": {"width": 2.5}},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=line["month"],
        y=line["value"],
        name=name,
        mode="markers",
        marker={"size": 16, "color": "rgba(0,0,0,0)"},
        customdata=list(zip([month(m) for m in line["month"]], shown, strict=True)),
        hovertemplate=f"{name}, %{{customdata[0]}}: %{{customdata[1]}}<extra></extra>",
    )


def _last_year(figure, table, look):
    for band, line in bands(table):
        figure.add_scatter(
            x=line["month"] + pd.DateOffset(years=1),
            y=line["value"],
            name=f"{BANDS[band]}, a year earlier",
            mode="lines" if line["value"].notna().sum() > 1 else "markers",
            line={"color": faint(look.last_year, 0.8), "width": 1.5},
            marker={"size": 8, "color": faint(look.last_year, 0.8)},
            hoverinfo="skip",
        )
