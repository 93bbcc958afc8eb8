"""Heat tables: one hue, the value in every cell, a dash where there is none."""

import pandas as pd
import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.once import once
from analytics.figures.template import blank, colours, finish, nothing
from analytics.figures.words import CUTS, DASH, GRADE_ORDER, count, label, month, short, short_month, value

ROW = 28


@once
def by_month(answer, rows: str, title: str = "", mode: str = "light") -> go.Figure:
    """Rows (school or grade) by month. `answer.table` has the two cuts, value and students."""
    look, unit = colours(mode), answer.measure.unit
    title, subtitle = (
        title or findings.question(answer),
        f"{findings.subtitle(answer)}, by {CUTS[rows].lower()} and month",
    )
    table = answer.table.assign(month=pd.to_datetime(answer.table["month"]))
    table = table[table.groupby(rows)["students"].transform("sum") > 0]
    if findings.with_value(table).empty:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    grid = table.pivot_table(index=rows, columns="month", values="value", dropna=False)
    students = table.pivot_table(index=rows, columns="month", values="students", dropna=False)
    grid = grid.loc[_order(grid, rows)]
    students = students.reindex(index=grid.index, columns=grid.columns)
    names = [short(str(name)) if rows == "school" else label(rows, name) for name in grid.index]
    columns = [short_month(m) if len(grid.columns) <= 12 else month(m) for m in grid.columns]
    figure = blank(mode, height=44 + ROW * len(grid))
    figure.add_heatmap(
        z=grid.to_numpy(),
        x=columns,
        y=names,
        colorscale=[[n / (len(look.heat) - 1), colour] for n, colour in enumerate(look.heat)],
        zmin=0,
        zmax=float(grid.max().max()),
        showscale=False,
        xgap=2,
        ygap=2,
        text=[[value(v, unit).replace(" %", "") for v in line] for line in grid.to_numpy()],
        texttemplate="%{text}",
        textfont={"size": 12, "color": look.text},
        customdata=_hover(grid, students, rows, unit),
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=True,
    )
    _dashes(figure, grid, names, columns, look)
    figure.update_xaxes(side="top", showgrid=False, type="category")
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    return finish(figure, title, subtitle, f"{title} {subtitle}", width=150 + 44 * len(columns))


def _order(grid: pd.DataFrame, rows: str) -> list:
    if rows == "grade":
        return sorted(grid.index, key=GRADE_ORDER.index)
    return sorted(grid.index)


def _hover(grid, students, rows, unit):
    return [
        [
            f"{label(rows, name)}, {month(column)}: {value(grid.at[name, column], unit)}"
            f" ({count(students.at[name, column])} students)"
            for column in grid.columns
        ]
        for name in grid.index
    ]


def _dashes(figure, grid, names, columns, look):
    for name, line in zip(names, grid.to_numpy(), strict=True):
        for column, cell in zip(columns, line, strict=True):
            if pd.isna(cell):
                figure.add_annotation(x=column, y=name, text=DASH, showarrow=False, font={"color": look.quiet})
