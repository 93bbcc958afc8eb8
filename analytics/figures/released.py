"""Released bands drawn as what they are: intervals, each with its words. Refuses to draw a point inside a band.

A hidden cell, and one over nobody, keeps its row and says so; a cell with few schools says so in words.
"""

import pandas as pd
import plotly.graph_objects as go

from analytics.figures.draft import Draft
from analytics.figures.template import aloud, blank, colours, faint, finish, nothing
from analytics.figures.words import BAND_ORDER, BANDS, CUTS, label, published

HIDDEN = "\N{DOUBLE DAGGER} hidden"
CAUTION = "! caution"
NOTE_HIDDEN = f"{HIDDEN}: the number could tell about a few families. One sign, whatever the reason."
NOTE_CAUTION = "! caution: fewer than three schools, so interpret with caution."
ROW, ROW_OF_TWO = 30, 42  # pixels; a caution is a second line, because beside its band it would lie on a phone's names


def over_years(rows: pd.DataFrame, measure, mode: str = "light") -> go.Figure:
    """One bar a band and year (columns band, year, published, flag, low, high); the latest year in full colour."""
    rows = _sorted(rows, ["band", "year"])
    names = [f"{BANDS.get(band, band)} {year}" for band, year in zip(rows["band"], rows["year"], strict=True)]
    latest = rows["year"] == rows["year"].max()
    title = f"{measure.label} by grade band and year"
    return _ranges(rows, names, latest, title, _subtitle(measure), mode)


def by_group(rows: pd.DataFrame, group: str, measure, mode: str = "light") -> go.Figure:
    """One bar a band and member of a group, for the one year in `rows`."""
    rows = _sorted(rows, ["band", group])
    members = [label(group, member).replace(f"{CUTS.get(group)}: ", "") for member in rows[group]]
    names = [f"{BANDS.get(band, band)}, {member}" for band, member in zip(rows["band"], members, strict=True)]
    year = rows["year"].max() if len(rows) else ""
    rows, names = _hidden_together(rows, names)
    title = f"{measure.label} by {CUTS[group] if CUTS[group].isupper() else CUTS[group].lower()}, {year}"
    return _ranges(rows, names, pd.Series(True, index=rows.index), title, _subtitle(measure), mode)


def _hidden_together(rows: pd.DataFrame, names: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """The hidden members of a band as one row with their number, where they are several; the table has each."""
    named, parts = rows.assign(name=names), []
    for band, part in named.groupby("band", sort=False):
        hidden = part["flag"] == "suppressed"
        if hidden.sum() > 1:
            one = part[hidden].head(1).assign(name=f"{BANDS.get(band, band)}, {hidden.sum()} groups")
            part = pd.concat([part[~hidden], one])
        parts.append(part)
    together = pd.concat(parts) if parts else named
    return together, list(together["name"])


def _ranges(rows, names, strong, title: str, subtitle: str, mode: str) -> go.Figure:
    if rows.empty:
        return nothing(mode, title, subtitle, "This release has no such table.")
    look, share = colours(mode), rows["published"].str.contains("%").any()
    end = 1.0 if share else float(rows["high"].max(skipna=True) or 1) * 1.02
    end = 1.0 if pd.isna(end) else end
    figure = blank(mode, height=(ROW_OF_TWO if (rows["flag"] == "caution").any() else ROW) * len(rows) + 50)
    for at, (row, full) in enumerate(zip(rows.itertuples(), strong, strict=True)):
        colour = look.bands.get(row.band, look.quiet)
        _row(figure, at, row, colour if full else faint(colour, 0.5), end)
    figure.update_xaxes(range=[0, end], tickformat=".0%" if share else "~g", showgrid=True, nticks=5)
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.4, -0.6], showgrid=False,
    )  # fmt: skip
    notes = [NOTE_HIDDEN] if (rows["flag"] == "suppressed").any() else []
    notes += [NOTE_CAUTION] if (rows["flag"] == "caution").any() else []
    said = "; ".join(f"{name}: {_words(row)}" for name, row in zip(names, rows.itertuples(), strict=True))
    return finish(figure, title, subtitle, aloud(title, said), tuple(notes))


def _row(figure: Draft, at: int, row, colour: str, end: float):
    """The bar of one cell with its words beside it, on the side where there is room."""
    ranged = not pd.isna(row.low)
    low, high = (row.low, row.high) if ranged else (0, 0)
    if ranged:
        figure.add_bar(
            y=[at], x=[high - low], base=[low], orientation="h", width=0.56,
            marker={"color": colour, "line": {"width": 0}}, hovertext=_words(row), hoverinfo="text",
        )  # fmt: skip
    left = low > end - high
    figure.add_annotation(
        x=low if left else high, y=at, text=_label(row), showarrow=False, xanchor="right" if left else "left",
        align="right" if left else "left", font={"size": 13},
    )  # fmt: skip


def _label(row) -> str:
    if row.flag == "suppressed":
        return f" {HIDDEN} "
    text = f" {published(row.published)} "
    return f"{text}<br> {CAUTION} " if row.flag == "caution" else text


def _words(row) -> str:
    if row.flag == "suppressed":
        return "hidden"
    text = published(row.published)
    return f"{text}, interpret with caution" if row.flag == "caution" else text


def _sorted(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    order = {band: at for at, band in enumerate(BAND_ORDER)}
    return rows.sort_values(by, key=lambda column: column.map(order) if column.name == "band" else column)


def _subtitle(measure) -> str:
    return f"{measure.question} Published as ranges, {measure.unit_words}"
