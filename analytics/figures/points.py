"""Points: schools by name, by value or against their size, and two values of a band on one line.

Refuses to hide an interval in a hover, and to rank: where schools are sorted by value, it is so that the eye finds
them; the range that chance explains stands behind each, and no place number is printed.
"""

import plotly.graph_objects as go

from analytics.figures import findings, school_findings
from analytics.figures.names import shorts
from analytics.figures.once import once
from analytics.figures.strip import broken
from analytics.figures.template import aloud, blank, colours, faint, finish, mark, nothing
from analytics.figures.words import BANDS, axis_format, count, missing, percent, value
from analytics.funnel import lines

QUESTION = "Which schools differ more than chance explains?"
ROW = 24  # pixels a school takes
NAME = 17  # pixels between two names


@once
def schools(answer, found=None, mode: str = "light", by_name: bool = False) -> go.Figure:
    """Schools as dots, each before the range in which chance and the usual spread would leave it.

    `answer` and `found` come from `analytics.funnel`; without `found` an answer by school is drawn without ranges.
    Sorted by value, or `by_name`, so that two charts beside one another have the same rows.
    """
    title, subtitle, look = school_findings.schools(answer), findings.subtitle(answer), colours(mode)
    table = findings.with_value(answer.table)
    table = table.sort_values("school", ascending=False) if by_name else table.sort_values("value")
    if table.empty:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    unit, cut = answer.measure.unit, shorts(table["school"])
    names = [cut[name] for name in table["school"]]
    figure = blank(mode, height=70 + ROW * len(table))
    notes = _ranges(figure, answer, found, table, names, look) if found else ()
    figure.add_scatter(
        x=table["value"],
        y=names,
        mode="markers",
        cliponaxis=False,
        marker={"size": 10, "color": look.accent},
        customdata=_about_schools(table, unit),
        hovertemplate="%{customdata}<extra></extra>",
    )
    ends = [table["value"].max(), *(table["high_95"].dropna() if found else ())]
    # Per cents are wide: more of them would stand aslant on a phone.
    figure.update_xaxes(tickformat=axis_format(unit), showgrid=True, nticks=4 if unit == "share" else 6, side="top")
    figure.update_xaxes(tickangle=0, range=[-0.03 * max(ends), 1.05 * max(ends)] if max(ends) > 0 else [-0.05, 1])
    figure.update_yaxes(showgrid=False, type="category")
    return finish(figure, title, subtitle, aloud(title, subtitle), notes)


@once
def funnel(answer, found, mode: str = "light", height: int = 400) -> go.Figure:
    """A funnel: value against students, with limits at 95 and 99.8 %. Named are schools outside the outer ones, and
    those that logged nothing, which says so.

    `answer` and `found` come from `analytics.funnel`.
    """
    title, subtitle, look = QUESTION, f"{findings.subtitle(answer)}, by size of school", colours(mode)
    table, unit = findings.with_value(answer.table), answer.measure.unit
    if table.empty:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    figure = blank(mode, height)
    limits = lines(found, unit == "share", answer.measure.factor)
    for name, dash in (("95", "solid"), ("998", "dot")):
        for side in ("low", "high"):
            figure.add_scatter(
                x=limits["students"], y=limits[f"{side}_{name}"], mode="lines", hoverinfo="skip",
                line={"color": look.last_year, "width": 1.5, "dash": dash},
            )  # fmt: skip
    figure.add_scatter(
        x=table["students"],
        y=table["value"],
        mode="markers",
        cliponaxis=False,
        marker={"size": 10, "color": look.accent},
        customdata=_about_schools(table, unit),
        hovertemplate="%{customdata}<extra></extra>",
    )
    names = shorts(table["school"])
    named = [
        (row["students"], row["value"], names[row["school"]] + ending)
        for rows, ending in ((found.outside(), ""), (found.without_log().dropna(subset=["value"]), ", no log"))
        for row in rows.to_dict("records")
    ]
    _names(figure, named, widest=table["students"].max(), highest=max(table["value"].max(), *limits["high_998"], 0))
    notes = ["Lines: limits of chance and the usual spread of schools, 95 % solid, 99.8 % dotted."]
    if limits.empty:
        notes = ["No limits are drawn: they take three schools that differ."]
    if not missing(found.target) and len(table) > 1:
        mark(figure, {"y": found.target, "line": {"color": look.quiet, "width": 1.5, "dash": "dash"}})
        notes.append(f"Dashed: all of these schools together, {value(found.target, unit)}.")
    figure.update_xaxes(title_text="Students", showgrid=True, rangemode="tozero", nticks=6)
    figure.update_yaxes(tickformat=axis_format(unit), rangemode="tozero", nticks=6)
    notes += [said for said in (school_findings.usual_range(found),) if said]
    return finish(figure, title, subtitle, school_findings.funnel(found, answer), tuple(notes))


def _names(figure, named: list[tuple[float, float, str]], widest: float, highest: float):
    """Write schools' names over their dots, inside the chart, and one above the other where a phone has no room."""
    taken: list[tuple[float, float, int]] = []
    for x, y, text in sorted(named):
        near = [level for at, high, level in taken if x - at < 0.6 * widest and abs(y - high) < 0.15 * highest]
        level = max(near) + 1 if near else 0
        taken.append((x, y, level))
        figure.add_annotation(
            x=x,
            y=y,
            text=text,
            showarrow=False,
            xanchor="left" if x < widest / 3 else "right" if x > 2 * widest / 3 else "center",
            yshift=16 + NAME * level,
            font={"size": 13},
        )


def _ranges(figure, answer, found, table, names, look) -> tuple[str, ...]:
    """Draw each school's range and the value of all; returns what the reader has to know of them."""
    known = [one for one in zip(table["low_95"], table["high_95"], names, strict=True) if not missing(one[0])]
    figure.add_scatter(
        x=broken([low, high] for low, high, _ in known), y=broken([name, name] for *_, name in known), mode="lines",
        hoverinfo="skip", line={"color": faint(look.last_year, 0.35), "width": 9},
    )  # fmt: skip
    notes = list(answer.notes[-1:])
    if table["low_95"].notna().any():
        notes.append("Gray: where a school of its size would lie by chance and the usual spread of schools (95 %).")
    if not missing(found.target) and len(table) > 1:
        mark(figure, {"x": found.target, "line": {"color": look.quiet, "width": 1.5, "dash": "dot"}})
        notes.append(f"Dotted: all of these schools together, {value(found.target, answer.measure.unit)}.")
    return tuple(notes)


def _about_schools(table, unit: str) -> list[str]:
    return [
        f"{row['school']}: {value(row['value'], unit)}, {count(row['students'])} students"
        + (f", {percent(row['weeks_logged'])} of weeks logged" if "weeks_logged" in row else "")
        for row in table.to_dict("records")
    ]


DOT = 0.06  # of the scale: what a dot at 0 % takes beside the names of the bands
ROOM_LEFT = 0.34  # of the scale: what "10 %" takes on the left of its dot where a chart is half a page wide, or a phone
NO_ASKS = "No ask under these filters is 7 days old or older. Conversations ask for no answer."


@once
def replies(families, schools, mode: str = "light") -> go.Figure:
    """How often families answered (full) and the school answered (hollow), both on one line a band.

    Two answers by band: `family_reply_rate` and `school_reply_rate`.
    """
    look, subtitle = colours(mode), "Per cent of asks answered within the reply window: families full, schools hollow"
    one, two = (dict(zip(a.table["band"], a.table["value"], strict=True)) for a in (families, schools))
    bands = [b for b in BANDS if b != "other" and not (missing(one.get(b)) and missing(two.get(b)))]
    title = findings.replies(one, two)
    if not bands:
        return nothing(mode, title, subtitle, " ".join(families.notes) or NO_ASKS)
    figure = blank(mode, height=70 + 62 * len(bands))
    lowest = 1.0  # of the numbers that stand on the left of their dots
    for band in bands:
        ends = [v for v in (one.get(band), two.get(band)) if not missing(v)]
        figure.add_scatter(
            x=ends, y=[BANDS[band]] * len(ends), mode="lines", hoverinfo="skip",
            line={"color": faint(look.bands[band], 0.45), "width": 4},
        )  # fmt: skip
    for values, others, symbol, who in ((one, two, "circle", "families"), (two, one, "circle-open", "the school")):
        here = [b for b in bands if not missing(values.get(b))]
        left = [not missing(others.get(b)) and values[b] < others[b] for b in here]
        lowest = min([lowest, *(values[b] for b, at_left in zip(here, left, strict=True) if at_left)])
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
    scale = [min(-DOT, lowest - ROOM_LEFT), 1.1]
    figure.update_xaxes(tickformat=".0%", range=scale, tickvals=[0, 0.25, 0.5, 0.75, 1], showgrid=True)
    names = [BANDS[b] for b in bands][::-1]
    figure.update_yaxes(categoryorder="array", categoryarray=names, range=[-0.6, len(names) - 0.4], showgrid=False)
    return finish(figure, title, subtitle, aloud(title, subtitle))
