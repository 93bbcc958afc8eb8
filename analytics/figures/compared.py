"""Grades and bands compared: what is left of elementary, each channel, and the same students one grade on.

Every point has its interval drawn; where one is refused, the refusal is written instead.
"""

import plotly.graph_objects as go

from analytics.figures import findings, grade_findings
from analytics.figures.once import once
from analytics.figures.strip import Strip, broken
from analytics.figures.template import aloud, blank, colours, faint, finish, mark, nothing, panels
from analytics.figures.words import BANDS, MINUS, label, missing, percent, value

QUESTION = "How much is left of elementary school in the later grades?"
ACROSS = 2  # panels in a row: both fit a phone with the whole of their names
FURTHEST = 1.0  # a channel's change beyond +100 % is cut, or one rare channel would squeeze all others
ARROW = "\N{RIGHTWARDS ARROW}"
SCALE_MOVED = (-1.05, 1.3)
FURTHEST_MOVED = 1.25  # a change beyond +125 % stands at the end of the scale: one rare group would squeeze all
MOVING = "What happens to the same students when they move up?"


@once
def drop_off(compared, mode: str = "light") -> go.Figure:
    """Bars from elementary = 100 with their intervals; a refusal is written where the interval would be.

    `compared.table` is the drop-off: band, value, ratio, drop_off, low, high, note.
    """
    look, measure, table = colours(mode), compared.measure, compared.table
    title, subtitle = QUESTION, f"{measure.label} of each band, elementary = 100"
    rows = [row for row in table.to_dict("records") if not missing(row["ratio"])]
    if not rows:
        return nothing(mode, title, subtitle, grade_findings.why_no_drop_off(compared))
    figure = blank(mode, height=70 + 62 * len(rows))
    for row in rows:
        _bar(figure, row, measure, look)
    mark(figure, {"x": 100, "line": {"color": look.quiet, "width": 1.5, "dash": "dot"}})
    reach = max(_right_end(row) for row in rows)
    figure.update_xaxes(range=[0, 1.5 * max(reach, 100)], tickvals=_hundreds(reach), showgrid=True)
    names = [BANDS[row["band"]] for row in rows]
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], showgrid=False)
    figure.update_layout(barmode="overlay")
    notes = tuple(f"{BANDS[row['band']]}: {row['note']}." for row in rows if row["note"])
    if any(not missing(row["low"]) for row in rows):
        notes = ("Thin lines: 95 % intervals, allowing for how schools differ.", *notes)
    return finish(figure, title, subtitle, grade_findings.drop_off(compared), notes)


@once
def drop_off_by_channel(table, measure, mode: str = "light") -> go.Figure:
    """The drop-off by channel as small multiples: a panel a channel, all on one scale, middle and high with intervals.

    `table` has channel, the columns of the drop-off and `called`; the channel that falls most comes first.
    """
    look = colours(mode)
    title, subtitle = findings.channels(table), f"{measure.label} of each channel, change from elementary"
    counted, table = table, table[table["band"].isin(["middle", "high"]) & table["drop_off"].notna()]
    if table.empty:
        return nothing(mode, title, subtitle, grade_findings.why_no_channel(counted))
    order = list(dict.fromkeys(table.sort_values("drop_off", ascending=False)["channel"]))
    rows, strip = -(-len(order) // ACROSS), _one_scale(table)
    figure = panels(mode, 1, height=30 + 140 * rows, rows=rows, between=62)
    for row in range(1, rows + 1):
        here = order[(row - 1) * ACROSS : row * ACROSS]
        _channels(figure, row, strip, [(c, table[table["channel"] == c].to_dict("records")) for c in here], look)
    names = [BANDS["high"], BANDS["middle"]]
    figure.update_xaxes(tickfont_size=11, tickangle=0, showgrid=True)
    figure.update_yaxes(categoryorder="array", categoryarray=names, range=[-0.6, 1.6], showgrid=False, showline=False)
    figure.update_layout(margin_t=30)
    notes = (
        "Thin lines: 95 % intervals, cut where they leave the scale. A channel is named only where its fall also holds "
        "among all channels (false discovery rate 5 %).",
    )
    if table["low"].isna().all():
        notes = ("Too few schools or contacts for an interval, so no channel is named.",)
    if not all(strip.holds(-change) for change in table["drop_off"]):
        notes += (f"Arrow: more than {_percents([FURTHEST])[0]}, beyond the scale.",)
    return finish(figure, title, subtitle, aloud(title, subtitle), notes)


def _one_scale(table) -> Strip:
    """The same scale in every panel: from the lowest interval to the highest, no further than +100 %."""
    low = -table["high"].fillna(table["drop_off"]).max()
    high = -table["low"].fillna(table["drop_off"]).min()
    return Strip(ACROSS, max(low, -1) - 0.1, min(max(high, 0), FURTHEST) + 0.1)


def _channels(figure, row: int, strip: Strip, channels: list[tuple[str, list[dict]]], look):
    """One row of panels, a panel a channel: the dots of its bands before their intervals."""
    panel = {"row": row, "col": 1}
    found = [(place, channel, one) for place, (channel, bands) in enumerate(channels) for one in bands]
    for band in ("middle", "high"):
        known = [(place, one) for place, _, one in found if one["band"] == band and not missing(one["low"])]
        figure.add_scatter(
            x=broken([strip.at(place, -one["high"]), strip.at(place, -one["low"])] for place, one in known),
            y=broken([BANDS[band]] * 2 for _ in known),
            mode="lines", hoverinfo="skip", line={"color": faint(look.bands[band], 0.6), "width": 2}, **panel,
        )  # fmt: skip
    dots = [(place, channel, one) for place, channel, one in found if strip.holds(-one["drop_off"])]
    figure.add_scatter(
        x=[strip.at(place, -one["drop_off"]) for place, _, one in dots],
        y=[BANDS[one["band"]] for _, _, one in dots],
        mode="markers",
        marker={"size": 10, "color": [look.bands[one["band"]] for _, _, one in dots]},
        hovertext=[f"{label('channel', channel)}, {BANDS[one['band']]}: {_percents([-one['drop_off']])[0]}"
                   for _, channel, one in dots],
        hovertemplate="%{hovertext}<extra></extra>",
        **panel,
    )  # fmt: skip
    _beyond(figure, strip, [dot for dot in found if not strip.holds(-dot[2]["drop_off"])], look, panel)
    ticks = [-0.5, 0, 0.5]
    figure.update_xaxes(strip.axis(len(channels), ticks, _percents(ticks)), row=row)
    strip.edges(figure, row, len(channels), look.grid)
    for place, (channel, _) in enumerate(channels):
        strip.name(figure, row, place, label("channel", channel), look.text)
        zero = {"x": strip.at(place, 0), "line": {"color": look.quiet, "width": 1, "dash": "dot"}}
        mark(figure, zero, first=row)


def _beyond(figure, strip: Strip, dots: list[tuple[int, str, dict]], look, panel: dict):
    """Arrows at the end of the scale for changes beyond it, with the number: an empty panel would say no contact."""
    if not dots:
        return
    figure.add_scatter(
        x=[strip.at(place, strip.high) for place, _, _ in dots],
        y=[BANDS[one["band"]] for _, _, one in dots],
        mode="markers+text",
        text=[f"{_percents([-one['drop_off']])[0]} " for _, _, one in dots],
        textposition="middle left",
        textfont={"size": 12, "color": look.text},
        marker={
            "size": 11, "symbol": "triangle-right", "color": [look.bands[one["band"]] for _, _, one in dots],
        },
        cliponaxis=False,
        hovertext=[f"{label('channel', channel)}, {BANDS[one['band']]}: {_percents([-one['drop_off']])[0]}"
                   for _, channel, one in dots],
        hovertemplate="%{hovertext}<extra></extra>",
        **panel,
    )  # fmt: skip


@once
def same_students(answer, mode: str = "light") -> go.Figure:
    """The same students one grade on: full with its interval; hollow, the grades of one year side by side.

    `answer.table` is that of `analytics.transition`, a row a step.
    """
    look, measure = colours(mode), answer.measure
    title, subtitle = MOVING, f"{measure.label} in the higher grade, change from the lower"
    rows = [row for row in answer.table.to_dict("records") if not missing(row["ratio"])]
    if not rows:
        return nothing(mode, title, subtitle, grade_findings.why_nobody_moved(answer))
    figure = blank(mode, height=100 + 96 * len(rows))
    names, ticks = [], []
    for place, row in enumerate(reversed(rows)):
        band = "middle" if row["grade"] == "5" else "high" if row["grade"] == "8" else "other"
        for kind, shift in (("", 0.22), ("cross_", -0.06), ("difference_", -0.34)):
            _change(figure, row, kind, place + shift, look.bands[band], look)
        names.append(f"Grade {row['grade']} to {row['to_grade']}")
        ticks.append(place)
    mark(figure, {"x": 0, "line": {"color": look.quiet, "width": 1.5, "dash": "dot"}})
    figure.update_xaxes(
        tickvals=[-1, -0.5, 0, 0.5, 1, 1.5],
        ticktext=_percents([-1, -0.5, 0, 0.5, 1, 1.5]),
        range=list(SCALE_MOVED),
        showgrid=True,
    )
    figure.update_yaxes(tickmode="array", tickvals=ticks, ticktext=names, showgrid=False, range=[-0.6, len(rows) - 0.5])
    kinds = [(row, kind) for row in rows for kind in ("", "cross_", "difference_")]
    known = any(not missing(row[f"{kind}low"]) for row, kind in kinds)
    cut = any(row[f"{kind}high"] - 1 > SCALE_MOVED[1] for row, kind in kinds)
    beyond = any(row[f"{kind}ratio"] - 1 > FURTHEST_MOVED for row, kind in kinds)
    notes = ("Full: the same students. Hollow: two grades of one year, different students. Diamond: the same students, "
             "less what changed from the grade before in the same schools.",
             *([f"Lines: 95 % intervals{', cut where they leave the scale' if cut else ''}."] if known else []),
             *([f"{ARROW}: beyond the scale, which ends here; the number is written."] if beyond else []),
             *(f"Grade {row['grade']} to {row['to_grade']}: {row['note']}." for row in rows if row["note"]),
             *answer.notes)  # fmt: skip
    return finish(figure, title, subtitle, grade_findings.same_students(answer), notes)


def _change(figure, row, kind, place, colour, look):
    """One point of a step with its interval; nothing where there is no value."""
    ratio, low, high = (row[f"{kind}{part}"] for part in ("ratio", "low", "high"))
    if missing(ratio):
        return
    if not missing(low):
        figure.add_scatter(
            x=[low - 1, high - 1], y=[place, place], mode="lines", hoverinfo="skip",
            line={"color": faint(colour, 0.6), "width": 2},
        )  # fmt: skip
    symbol = {"": "circle", "cross_": "circle-open", "difference_": "diamond"}[kind]
    said = _percents([ratio - 1])[0]
    figure.add_scatter(
        x=[min(ratio - 1, FURTHEST_MOVED)],
        y=[place],
        mode="markers+text",
        text=[f"{said} {ARROW}" if ratio - 1 > FURTHEST_MOVED else ""],
        textposition="top left",
        cliponaxis=False,
        textfont={"size": 12, "color": look.text},
        marker={"size": 12, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}},
        hovertext=[said],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _percents(ticks) -> list[str]:
    return ["0" if not tick else f"{tick:+.0%}".replace("-", MINUS) for tick in ticks]


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


def _right_end(row) -> float:
    return 100 * max(row["ratio"], 0 if missing(row["low"]) else 1 - row["low"])


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
