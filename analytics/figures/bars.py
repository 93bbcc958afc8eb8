"""Bars: how many contacts families have, how far exchanges go, and one measure by channel.

Bars start at zero. Full colour is the thing counted, a third of it is the weaker form, gray is none.
"""

import plotly.graph_objects as go

from analytics.figures import findings
from analytics.figures.once import once
from analytics.figures.template import aloud, blank, colours, faint, finish, ink_on, nothing, panel_name, panels
from analytics.figures.words import BANDS, WAYS, axis_format, joined, label, missing, percent, value

BUCKETS = ["0", "1", "2", "3-5", "6+"]
BUCKET_NAMES = {"0": "none", "1": "1", "2": "2", "3-5": "3 to 5", "6+": "6 and more"}
STRENGTH = {"0": 1.0, "1": 0.62, "2": 0.44, "3-5": 0.28, "6+": 0.14}
NARROW = 0.045  # a part smaller than this has no room for its number


@once
def contacts_per_family(answer, title: str = "", mode: str = "light") -> go.Figure:
    """One stacked bar a band: the share of families with 0, 1, 2, 3-5 and 6 or more contacts, none darkest.

    `answer.table` has band, bucket and value (share).
    """
    look, subtitle = colours(mode), "Share of families by the number of contacts that reached them in the period"
    table = findings.with_value(answer.table)
    bands = [b for b in BANDS if b in set(table["band"]) and b != "other"]
    title = title or none_yet(table, bands)
    if not bands:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    figure = blank(mode, height=110 + 62 * len(bands))
    shares = {(row["band"], row["bucket"]): row["value"] for row in table.to_dict("records")}
    for bucket in BUCKETS:
        figure.add_bar(
            x=[shares.get((b, bucket), 0) for b in bands],
            y=[BANDS[b] for b in bands],
            orientation="h",
            marker={"color": [faint(look.bands[b], STRENGTH[bucket]) for b in bands], "line": {"width": 0}},
            text=[_inside(shares.get((b, bucket), 0)) for b in bands],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": [ink_on(look.bands[b], STRENGTH[bucket], mode) for b in bands], "size": 13},
            hovertemplate=f"%{{y}}, {BUCKET_NAMES[bucket]}: %{{x:.0%}}<extra></extra>",
        )
    _key(figure, [(BUCKET_NAMES[bucket], faint(look.text, STRENGTH[bucket])) for bucket in BUCKETS], look)
    _stacked(figure, [BANDS[b] for b in bands])
    return finish(figure, title, subtitle, aloud(title, subtitle))


@once
def exchange(reach, two_way, mode: str = "light") -> go.Figure:
    """One stacked bar a band: families with an exchange in both directions, with contact one way only, with none.

    `reach` and `two_way` are `reach` and `two_way_reach` by band.
    """
    look, subtitle = colours(mode), "Share of families enrolled in the period, per cent"
    reached = dict(zip(reach.table["band"], reach.table["value"], strict=True))
    both = dict(zip(two_way.table["band"], two_way.table["value"], strict=True))
    bands = [b for b in BANDS if b != "other" and not missing(reached.get(b)) and not missing(both.get(b))]
    missed = [f"{findings.NAMES[b]} {percent(1 - both[b])}" for b in bands]
    title = (
        "Families without an exchange in both directions: " + ", ".join(missed) if missed else two_way.measure.question
    )
    if not bands:
        return nothing(mode, title, subtitle, findings.why_empty(two_way))
    figure = blank(mode, height=110 + 62 * len(bands))
    parts = [
        ("both ways", [both[b] for b in bands], 1.0),
        ("one way only", [reached[b] - both[b] for b in bands], 0.33),
        ("not yet reached", [1 - reached[b] for b in bands], 0.0),
    ]
    none = faint(look.last_year, 0.3)
    for name, shares, strength in parts:
        figure.add_bar(
            x=shares,
            y=[BANDS[b] for b in bands],
            orientation="h",
            marker={"color": [faint(look.bands[b], strength) if strength else none for b in bands]},
            text=[_inside(share) for share in shares],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": [ink_on(look.bands[b], strength, mode) for b in bands], "size": 13},
            hovertemplate=f"%{{y}}, {name}: %{{x:.0%}}<extra></extra>",
        )
    _key(figure, [("both ways", look.text), ("one way only", faint(look.text, 0.33)), ("not yet reached", none)], look)
    _stacked(figure, [BANDS[b] for b in bands])
    return finish(figure, title, subtitle, aloud(title, subtitle))


@once
def channels(answer, title: str = "", mode: str = "light") -> go.Figure:
    """One measure by channel: a small panel a band, all on one scale. `answer.table` has channel, band, value."""
    look, unit = colours(mode), answer.measure.unit
    title, subtitle = title or ways(answer), f"{findings.subtitle(answer)}, by channel"
    table = findings.with_value(answer.table)
    table = table[(table["denominator"] > 0) & table["band"].isin(list(findings.NAMES))]
    if table.empty:
        return nothing(mode, title, subtitle, findings.why_empty(answer))
    bands = [b for b in BANDS if b in set(table["band"])]
    order = table.groupby("channel")["numerator"].sum().sort_values().index
    names = [label("channel", c) for c in order]
    figure = panels(mode, len(bands), height=80 + 30 * len(names))
    top = table["value"].max() * 1.32 or 1
    for place, band in enumerate(bands, start=1):
        here = table[table["band"] == band].set_index("channel")["value"].reindex(order)
        figure.add_bar(
            x=list(here),
            y=names,
            orientation="h",
            marker={"color": look.bands[band]},
            text=[value(v, unit).removesuffix(" %") if not missing(v) else "" for v in here],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12},
            hovertemplate=f"{BANDS[band]}, %{{y}}: %{{x:{axis_format(unit)}}}<extra></extra>",
            row=1,
            col=place,
        )
        panel_name(figure, place, BANDS[band], look.written(band))
    figure.update_xaxes(range=[0, top])
    figure.update_layout(margin_t=34)
    return finish(figure, title, subtitle, aloud(title, subtitle))


def ways(answer) -> str:
    """The way in which most contacts were made, by band; without one, or of a share, what is shown."""
    table, shown = findings.with_value(answer.table), f"{answer.measure.label} by channel"
    if answer.measure.unit == "share" or table["channel"].nunique() < 2:
        return shown
    used = {}
    for band in findings.NAMES:
        here = table[table["band"] == band]
        most = here.loc[here["numerator"] == here["numerator"].max(), "channel"]
        if here["numerator"].any():
            used[band] = WAYS.get(most.iloc[0]) if len(most) == 1 else None
    if not used or None in used.values():
        return shown
    if len(set(used.values())) == 1:
        where = ", in every grade band" if len(used) > 1 else ""
        return f"More contacts were made {next(iter(used.values()))} than in any other way{where}"
    return f"Used most: {joined(f'{way} in {findings.NAMES[band]}' for band, way in used.items())}"


def none_yet(table, bands) -> str:
    """The title of the contacts chart: who has had no contact that reached them."""
    zero = {row["band"]: row["value"] for row in table.to_dict("records") if row["bucket"] == "0"}
    parts = [f"{findings.NAMES[b]} {percent(zero[b])}" for b in bands if b in zero]
    return f"Families not yet reached: {', '.join(parts)}" if parts else "How many contacts does a family have?"


def _inside(share: float) -> str:
    return percent(share) if share >= NARROW else ""


def _stacked(figure, names):
    figure.update_layout(barmode="stack", margin_t=30, uniformtext={"minsize": 12, "mode": "hide"})
    figure.update_xaxes(range=[0, 1], tickformat=".0%", nticks=6)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], showgrid=False)


def _key(figure, parts, look):
    """One line above the bars that names the parts in their order, each behind a square of its strength."""
    text = "   ".join(f'<span style="color:{colour}">\N{BLACK SQUARE}</span>\u00a0{name}' for name, colour in parts)
    figure.update_layout(
        title={"text": text, "x": 0, "xref": "container", "y": 1, "yanchor": "top", "pad": {"t": 6, "l": 4}},
        title_font={"size": 13, "color": look.quiet},
    )
