"""Points with intervals: schools sorted by value, drop-off from elementary, two values on one line.

Refuses to hide an interval in a hover, and to rank: schools are sorted so that the eye finds them, the
middle half is shaded, and no place number is printed.
"""

import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.template import blank, colours, faint, finish, nothing
from analytics.figures.words import BANDS, MINUS, axis_format, count, label, missing, percent, short, value

QUESTION = "How much is left of elementary school in the later grades?"
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


def drop_off(compared, mode: str = "light") -> go.Figure:
    """Bars from elementary = 100 with their intervals; a refusal is written where the interval would be.

    `compared.table` is the drop-off: band, value, ratio, drop_off, low, high, note.
    """
    look, measure, table = colours(mode), compared.measure, compared.table
    title, subtitle = QUESTION, f"{measure.label} of each band, elementary = 100"
    rows = [row for row in table.to_dict("records") if not missing(row["ratio"])]
    if not rows:
        reason = ". ".join(dict.fromkeys(note for note in table["note"] if note)) or findings.why_empty(compared)
        return nothing(mode, title, subtitle, reason)
    figure = blank(mode, height=70 + 62 * len(rows))
    for row in rows:
        _bar(figure, row, measure, look)
    figure.add_vline(x=100, line={"color": look.quiet, "width": 1.5, "dash": "dot"})
    reach = max(_right_end(row) for row in rows)
    figure.update_xaxes(range=[0, 1.5 * max(reach, 100)], tickvals=_hundreds(reach), showgrid=True)
    names = [BANDS[row["band"]] for row in rows]
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], showgrid=False)
    figure.update_layout(barmode="overlay")
    notes = tuple(f"{BANDS[row['band']]}: {row['note']}." for row in rows if row["note"])
    lines = "Thin lines: 95 % intervals, allowing for how schools differ."
    return finish(figure, title, subtitle, findings.drop_off(compared), (lines, *notes))


def drop_off_by_channel(table, measure, mode: str = "light") -> go.Figure:
    """The drop-off of each channel: a dot with its interval for middle and for high school, zero marked.

    `table` has channel and the columns of the drop-off.
    """
    look = colours(mode)
    title, subtitle = findings.channels(table), f"{measure.label} of each channel, change from elementary"
    table = table[table["band"].isin(["middle", "high"]) & table["drop_off"].notna()]
    if table.empty:
        return nothing(mode, title, subtitle, "No channel has contacts of elementary grades to compare with.")
    order = list(dict.fromkeys(table.sort_values("drop_off")["channel"]))
    figure = blank(mode, height=90 + 34 * len(order))
    for band, shift in (("middle", 0.16), ("high", -0.16)):
        here = table[table["band"] == band].set_index("channel")
        for place, channel in enumerate(order):
            if channel in here.index:
                _dot(figure, here.loc[channel], place + shift, label("channel", channel), band, look)
    figure.add_vline(x=0, line={"color": look.quiet, "width": 1.5, "dash": "dot"})
    low = -table["high"].fillna(table["drop_off"]).max()
    high = -table["low"].fillna(table["drop_off"]).min()
    ticks = [-1, -0.5, 0, 0.5, 1, 1.5]
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=["0" if not tick else f"{tick:+.0%}".replace("-", MINUS) for tick in ticks],
        range=[max(low, -1) - 0.06, min(max(high, 0), 1.5) + 0.1],
        showgrid=True,
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(order))),
        ticktext=[label("channel", c) for c in order],
        showgrid=False,
    )
    key = "   ".join(
        f'<span style="color:{look.bands[b]}">\N{BLACK CIRCLE}</span>\u00a0{BANDS[b]}' for b in ("middle", "high")
    )
    figure.update_layout(
        title={"text": key, "x": 0, "xref": "container", "y": 1, "yanchor": "top", "pad": {"t": 6, "l": 4}},
        title_font={"size": 13, "color": look.quiet},
        margin_t=30,
    )
    return finish(figure, title, subtitle, f"{title}. {subtitle}", ("Thin lines: 95 % intervals.",))


def _bar(figure, row, measure, look):
    level, name, known = row["ratio"] * 100, BANDS[row["band"]], not missing(row["low"])
    figure.add_bar(
        x=[level],
        y=[name],
        orientation="h",
        marker={"color": look.bands[row["band"]]},
        width=0.55,
        error_x=_error(level, 100 * (1 - row["high"]), 100 * (1 - row["low"]), look.text) if known else None,
        hovertemplate=f"{name}: {level:.0f} ({value(row['value'], measure.unit)})<extra></extra>",
    )
    figure.add_annotation(
        x=_right_end(row),
        y=name,
        text=_bar_words(row, measure),
        xanchor="left",
        xshift=10,
        showarrow=False,
        font={"size": 14},
        bgcolor=look.paper,
    )


def _dot(figure, row, place, channel, band, look):
    if not missing(row["low"]):
        figure.add_scatter(
            x=[-row["high"], -row["low"]], y=[place, place], mode="lines", hoverinfo="skip",
            line={"color": faint(look.bands[band], 0.6), "width": 2},
        )  # fmt: skip
    figure.add_scatter(
        x=[-row["drop_off"]],
        y=[place],
        mode="markers",
        marker={"size": 11, "color": look.bands[band]},
        hovertemplate=f"{channel}, {BANDS[band]}: %{{x:+.0%}}<extra></extra>",
    )


def _right_end(row) -> float:
    return 100 * max(row["ratio"], 0 if missing(row["low"]) else 1 - row["low"])


def replies(families, schools, mode: str = "light") -> go.Figure:
    """How often families answered (full) and the school answered (hollow), both on one line a band.

    Two answers by band: `family_reply_rate` and `school_reply_rate`.
    """
    look, subtitle = colours(mode), "Per cent of asks answered within the reply window: families full, schools hollow"
    one, two = (dict(zip(a.table["band"], a.table["value"], strict=True)) for a in (families, schools))
    bands = [b for b in BANDS if b != "other" and not (missing(one.get(b)) and missing(two.get(b)))]
    title = findings.replies(one, two)
    if not bands:
        return nothing(mode, title, subtitle, findings.why_empty(families))
    figure = blank(mode, height=70 + 62 * len(bands))
    for band in bands:
        ends = [v for v in (one.get(band), two.get(band)) if not missing(v)]
        figure.add_scatter(
            x=ends, y=[BANDS[band]] * len(ends), mode="lines", hoverinfo="skip",
            line={"color": faint(look.bands[band], 0.45), "width": 4},
        )  # fmt: skip
    for values, others, symbol, who in ((one, two, "circle", "families"), (two, one, "circle-open", "the school")):
        here = [b for b in bands if not missing(values.get(b))]
        left = [not missing(others.get(b)) and values[b] < others[b] for b in here]
        figure.add_scatter(
            x=[values[b] for b in here],
            y=[BANDS[b] for b in here],
            mode="markers+text",
            text=[f"  {percent(values[b])}  " for b in here],
            textposition=["middle left" if at_left else "middle right" for at_left in left],
            marker={
                "size": 14,
                "symbol": symbol,
                "color": [look.bands[b] for b in here],
                "line": {"width": 3, "color": [look.bands[b] for b in here]},
            },
            cliponaxis=False,
            hovertemplate=f"%{{y}}, {who} answered: %{{x:.0%}}<extra></extra>",
        )
    figure.update_xaxes(tickformat=".0%", range=[0, 1.1], tickvals=[0, 0.25, 0.5, 0.75, 1], showgrid=True)
    names = [BANDS[b] for b in bands][::-1]
    figure.update_yaxes(categoryorder="array", categoryarray=names, range=[-0.6, len(names) - 0.4], showgrid=False)
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
