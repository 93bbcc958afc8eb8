"""Points with intervals: schools sorted by value, drop-off from elementary, two values on one line.

Refuses to hide an interval in a hover, and to rank: schools are sorted so that the eye finds them, the
middle half is shaded, and no place number is printed.
"""

import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.template import blank, colours, faint, finish, nothing
from analytics.figures.words import BANDS, axis_format, count, missing, percent, short, value

ROW = 24  # pixels a school takes


def schools(answer, district=None, mode: str = "light") -> go.Figure:
    """Schools as dots sorted by value, the middle half of them shaded, the whole as a line.

    `answer.table` has school, value, students, and `low`, `high` where an interval is known;
    `district` is the same measure without the cut.
    """
    title, subtitle, look = findings.schools(answer), findings.subtitle(answer), colours(mode)
    table = findings.with_value(answer.table).sort_values("value")
    if table.empty:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    unit = answer.measure.unit
    figure = blank(mode, height=70 + ROW * len(table))
    if len(table) >= 4:
        low, high = table["value"].quantile([0.25, 0.75])
        figure.add_vrect(x0=low, x1=high, fillcolor=look.accent, opacity=0.10, line_width=0)
    if {"low", "high"} <= set(table.columns):
        _whiskers(figure, table["low"], table["high"], [short(s) for s in table["school"]], look.accent)
    figure.add_scatter(
        x=table["value"],
        y=[short(s) for s in table["school"]],
        mode="markers",
        marker={"size": 10, "color": look.accent},
        customdata=[
            [name, value(v, unit), count(n)]
            for name, v, n in zip(table["school"], table["value"], table["students"], strict=True)
        ],
        hovertemplate="%{customdata[0]}: %{customdata[1]}, %{customdata[2]} students<extra></extra>",
    )
    notes = ["Shaded: the middle half of the schools."] if len(table) >= 4 else []
    whole = None if district is None or district.table.empty else district.table["value"].iloc[0]
    if not missing(whole):
        figure.add_vline(x=whole, line={"color": look.quiet, "width": 1.5, "dash": "dot"})
        notes.append(f"Dotted: all of these schools together, {value(whole, unit)}.")
    figure.update_xaxes(tickformat=axis_format(unit), rangemode="tozero", showgrid=True, nticks=6, side="top")
    figure.update_yaxes(showgrid=False, type="category")
    return finish(figure, title, subtitle, f"{title}. {subtitle}", tuple(notes))


def drop_off(table, measure, mode: str = "light") -> go.Figure:
    """Bars from elementary = 100 with their intervals; a refusal is written where the interval would be.

    `table` is the drop-off table: band, value, ratio, drop_off, low, high, note.
    """
    title, look = findings.drop_off(table, measure), colours(mode)
    subtitle = f"{measure.label} of each band, elementary = 100"
    rows = [row for row in table.to_dict("records") if not missing(row["ratio"])]
    if not rows:
        notes = " ".join(dict.fromkeys(str(n) for n in table["note"] if n))
        reason = notes or "There are no contacts of elementary grades to compare with."
        return nothing(mode, title, subtitle, reason)
    figure = blank(mode, height=90 + 62 * len(rows))
    names = [BANDS[row["band"]] for row in rows]
    for row, name in zip(rows, names, strict=True):
        level, colour = row["ratio"] * 100, look.bands[row["band"]]
        known = not missing(row["low"])
        figure.add_bar(
            x=[level],
            y=[name],
            orientation="h",
            marker={"color": colour},
            width=0.55,
            error_x=_error(level, 100 * (1 - row["high"]), 100 * (1 - row["low"]), look.text) if known else None,
            hovertemplate=f"{name}: {level:.0f}, {measure.label.lower()} {value(row['value'], measure.unit)}"
            "<extra></extra>",
        )
        figure.add_annotation(
            x=max(level, 100 * (1 - row["low"]) if known else level),
            y=name,
            text=_bar_words(row, measure),
            xanchor="left",
            align="left",
            xshift=8,
            showarrow=False,
            font={"size": 13},
        )
    figure.add_vline(x=100, line={"color": look.quiet, "width": 1.5, "dash": "dot"})
    highest = max(100 * (1 - row["low"]) if not missing(row["low"]) else row["ratio"] * 100 for row in rows)
    figure.update_xaxes(range=[0, 1.55 * max(highest, 100)], tickvals=_hundreds(highest), showgrid=True)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], showgrid=False)
    figure.update_layout(barmode="overlay")
    notes = tuple(f"{BANDS[row['band']]}: {row['note']}." for row in rows if row["note"])
    return finish(figure, title, subtitle, f"{title}. {subtitle}", notes)


def pairs(first, second, names: tuple[str, str], title: str, mode: str = "light") -> go.Figure:
    """Two shares of each band on one line (a dumbbell): `first` full, `second` hollow.

    Both are answers by band in the same unit.
    """
    look, unit = colours(mode), first.measure.unit
    subtitle = f"{names[0]} (full) and {names[1].lower()} (hollow), per cent"
    one = dict(zip(first.table["band"], first.table["value"], strict=True))
    two = dict(zip(second.table["band"], second.table["value"], strict=True))
    bands = [b for b in BANDS if not (missing(one.get(b)) and missing(two.get(b)))]
    if not bands:
        return nothing(mode, title, subtitle, findings.why_empty(first))
    figure = blank(mode, height=80 + 58 * len(bands))
    for band in bands:
        ends = [v for v in (one.get(band), two.get(band)) if not missing(v)]
        figure.add_scatter(
            x=ends, y=[BANDS[band]] * len(ends), mode="lines", hoverinfo="skip",
            line={"color": faint(look.bands[band], 0.45), "width": 4},
        )  # fmt: skip
    for values, symbol, name in ((one, "circle", names[0]), (two, "circle-open", names[1])):
        here = [b for b in bands if not missing(values.get(b))]
        figure.add_scatter(
            x=[values[b] for b in here],
            y=[BANDS[b] for b in here],
            mode="markers+text",
            text=[value(values[b], unit) for b in here],
            textposition="top center",
            marker={"size": 14, "symbol": symbol, "color": [look.bands[b] for b in here], "line": {"width": 3}},
            hovertemplate=f"%{{y}}, {name.lower()}: %{{x:.0%}}<extra></extra>",
        )
    figure.update_xaxes(tickformat=".0%", range=[0, 1.02], showgrid=True, nticks=6)
    figure.update_yaxes(categoryorder="array", categoryarray=[BANDS[b] for b in bands][::-1], showgrid=False)
    return finish(figure, title, subtitle, f"{title}. {subtitle}")


def _bar_words(row, measure) -> str:
    text = value(row["value"], measure.unit)
    if row["band"] == "elementary":
        return text
    sign = "\N{MINUS SIGN}" if row["drop_off"] >= 0 else "+"
    return f"<b>{sign}{percent(abs(row['drop_off']))}</b>  {text}"


def _error(level, low, high, colour):
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - level],
        "arrayminus": [level - low],
        "color": colour,
        "thickness": 1.5,
        "width": 6,
    }


def _hundreds(highest: float) -> list[int]:
    return list(range(0, int(max(highest, 100)) + 1, 25 if highest <= 150 else 50))


def _whiskers(figure, lows, highs, names, colour):
    for low, high, name in zip(lows, highs, names, strict=True):
        if not (missing(low) or missing(high)):
            figure.add_scatter(
                x=[low, high], y=[name, name], mode="lines", line={"color": faint(colour, 0.55), "width": 2},
                hoverinfo="skip",
            )  # fmt: skip
