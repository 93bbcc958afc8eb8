"""Heat tables: one hue, the value in every cell, a dash where there is none."""

import pandas as pd
import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.names import shorts
from analytics.figures.once import once
from analytics.figures.template import aloud, blank, colours, finish, nothing
from analytics.figures.words import CUTS, DASH, GRADE_ORDER, count, label, missing, month, short_month, value

ROW = 28


@once
def by_month(answer, rows: str, title: str = "", mode: str = "light") -> go.Figure:
    """Rows (school or grade) by month. `answer.table` has the two cuts, value and students."""
    look, unit = colours(mode), answer.measure.unit
    title, subtitle = (
        title or f"{answer.measure.label} of each {rows}, month by month",
        f"{findings.subtitle(answer)}, by {CUTS[rows].lower()} and month",
    )
    table = answer.table.assign(month=pd.to_datetime(answer.table["month"]))
    table = table[table.groupby(rows)["students"].transform("sum") > 0]
    if findings.with_value(table).empty:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    cells = {(row[rows], row["month"]): (row["value"], row["students"]) for row in table.to_dict("records")}
    places, months = _order({place for place, _ in cells}, rows), sorted({first for _, first in cells})
    grid = [[cells.get((place, first), (None, None))[0] for first in months] for place in places]
    names = list(shorts(places).values() if rows == "school" else [label(rows, name) for name in places])
    columns = [short_month(m) if len(months) <= 12 else month(m) for m in months]
    figure = blank(mode, height=44 + ROW * len(places))
    figure.add_heatmap(
        z=grid,
        x=columns,
        y=names,
        colorscale=[[n / (len(look.heat) - 1), colour] for n, colour in enumerate(look.heat)],
        zmin=0,
        zmax=max(cell for line in grid for cell in line if not missing(cell)) or 1,  # all zero: all of them lowest
        showscale=False,
        xgap=2,
        ygap=2,
        text=[[value(v, unit).replace(" %", "") for v in line] for line in grid],
        texttemplate="%{text}",
        textfont={"size": 12, "color": look.text},
        customdata=[[_hover(label(rows, place), m, cells.get((place, m)), unit) for m in months] for place in places],
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=True,
    )
    _dashes(figure, grid, names, columns, look)
    # Two lines where the year is said too: on one they would stand aslant.
    figure.update_xaxes(
        side="top", showgrid=False, type="category", tickangle=0, tickvals=columns,
        ticktext=[name.replace(" ", "<br>") for name in columns],
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    return finish(figure, title, subtitle, aloud(title, subtitle), width=150 + 44 * len(columns))


def _order(places: set, rows: str) -> list:
    return sorted(places, key=GRADE_ORDER.index if rows == "grade" else None)


def _hover(name: str, first, cell, unit: str) -> str:
    number, students = cell or (None, None)
    return f"{name}, {month(first)}: {value(number, unit)} ({count(students)} students)"


def _dashes(figure, grid, names, columns, look):
    for name, line in zip(names, grid, strict=True):
        for column, cell in zip(columns, line, strict=True):
            if missing(cell):
                figure.add_annotation(x=column, y=name, text=DASH, showarrow=False, font={"color": look.quiet})
