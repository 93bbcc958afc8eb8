"""What a panel sees of released tables: the comparison of grade bands, one group at a time, signs in words.

Owns the panel's charts and sentences. Reads a `Shown` and nothing else: no store is opened from here, neither
by the panel's page nor by the district's look at a draft.
"""

import pandas as pd
import streamlit as st

from analytics.disclosure import release
from analytics.disclosure import shown as shown_of
from analytics.disclosure.shown import Shown
from analytics.figures import released, words
from analytics.measures import MEASURES
from data.home import release_folder
from ui import frame, show

SAMPLE = "Sample district: every student and contact here is made up."
HOW = (
    "A release shows ranges instead of exact numbers, wider for smaller groups, and hides what could tell about a few "
    "families. “25–30 %” means 25 % or more, but under 30 %. It holds no number of students. That nobody can work a "
    "hidden number out was proved before it was published."
)
SIGNS = (
    "A difference is called one only where chance, and how much schools differ anyway, would hardly make it, and where "
    "the two published ranges lie apart. The more comparisons a page has, the more would look like a difference by "
    "chance; that is allowed for: of all the differences that are called one here, no more than about 5 in 100 "
    "should be the work of chance."
)


def published() -> Shown:
    """Every release that may be shown; reads folders and opens no store."""
    return shown_of.of_releases(release.releases(release_folder()))


def head(page: str, headline: str, rests_on: str = "", sample: bool = False):
    """The top of a page that opens no store."""
    with st.container(gap="xsmall"):
        st.caption(" \u2003 ".join([f"**{page}**", *([f":material/science: {SAMPLE}"] if sample else [])]))
        st.title(show.plain(headline), anchor=False)
        if rests_on:
            st.caption(show.plain(rests_on))


def choices(shown: Shown, key: str, every_measure: bool = False) -> tuple[str, str, str]:
    """The measure, the student group and the district to look at, in one row.

    `every_measure`: all measures are shown and no groups, so that there is only a district to choose; what was chosen
    comes back with the charts.
    """
    left, middle, right = st.columns(3)
    measure, group = shown.measures[0], ""
    if every_measure:
        right = left
    else:
        measure = left.selectbox(
            "Measure", shown.measures, format_func=lambda m: MEASURES[m].label, key=f"{key}_measure",
            persist_state="session",
        )  # fmt: skip
    if shown.groups and not every_measure:
        group = middle.selectbox(
            "Student group", shown.groups, format_func=words.CUTS.get, key=f"{key}_group", persist_state="session",
            help="For the chart of student groups; the other charts count all students.",
        )  # fmt: skip
    district = ""
    if shown.districts:
        named = ["", *shown.districts]
        district = right.selectbox("District", named, format_func=lambda d: d or "All districts", key=f"{key}_district")
    return measure, group, district


def headline(shown: Shown, measure: str, district: str = "") -> str:
    """The answer of the latest year in published bands."""
    year = shown.years[-1]
    rows = shown.rows(measure, district=district)
    rows = rows[rows["year"] == year].set_index("band")
    bands = [band for band in words.BAND_ORDER[:3] if band in rows.index]
    said = [f"{words.BANDS[band].lower()} {_said(rows.loc[band])}" for band in bands]
    place = f", {district}" if district else ""
    return f"{MEASURES[measure].label} in {year}{place}: {', '.join(said)}" if said else f"Nothing in {year}{place}"


def signs(shown: Shown, measure: str) -> list[str]:
    """One sentence a year: which bands differ from elementary."""
    found = []
    for year in reversed(shown.years):
        by_sign, known = {}, shown.signs(measure, year)
        for band, sign in known.items():
            by_sign.setdefault(sign, []).append(words.BANDS[band].lower())
        parts = [f"{sign} in {words.joined(bands)} school" for sign, bands in by_sign.items()]
        rows = shown.rows(measure)
        rows = rows[rows["year"] == year]
        there, nobody = set(rows["band"]), (rows["flag"] == "nobody").any()
        why = f"{'has nobody enrolled at the end, ' if nobody else ''}is hidden or has too few schools"
        left = [words.BANDS[band].lower() for band in ("middle", "high") if band in there and band not in known]
        if parts and left:
            parts.append(f"no comparison in {words.joined(left)} school, which {why}")
        if parts:
            found.append(f"**{year}**, against elementary: {', '.join(parts)}.")
        else:
            found.append(f"**{year}**: no comparison can be made, because a band {why}.")
    return found


def charts(shown: Shown, measure: str, group: str = "", district: str = ""):
    """The bands over the years, the signs, and one student group in the latest year."""
    one, mode = MEASURES[measure], frame.mode()
    rows = shown.rows(measure, district=district)
    place = f"_{district}" if district else ""
    about = (show.about(one), HOW)
    show.context(released.over_years(rows, one, mode), printed(rows), about, f"{measure}_by_band{place}")
    if not district:
        with st.container(border=True, gap="small"):
            st.subheader("Differences that hold", anchor=False)
            for sentence in signs(shown, measure):
                st.markdown(sentence)
            st.caption(SIGNS)
    if group:
        rows = shown.rows(measure, group, district)
        latest = rows[rows["year"] == shown.years[-1]]
        figure = released.by_group(latest, group, one, mode)
        show.context(figure, printed(rows), about, f"{measure}_by_{group}{place}")


def on_paper(shown: Shown, district: str = ""):
    """Every measure in a table a year, as published, without anything to click: to print."""
    for year in reversed(shown.years):
        lines = []
        for name in shown.measures:
            rows = shown.rows(name, district=district)
            rows = rows[rows["year"] == year].set_index("band")
            signs = {} if district else shown.signs(name, year)
            told = {words.BANDS[band]: _on_paper(rows.loc[band], signs.get(band, ""))
                    for band in words.BAND_ORDER if band in rows.index}  # fmt: skip
            lines.append({"Measure": MEASURES[name].label, **told})
        with st.container(border=True, gap="small"):
            place = f", {district}" if district else ""
            st.subheader(show.plain(f"Every measure by grade band, {year}{place}"), anchor=False)
            st.table(
                pd.DataFrame(lines).fillna("").map(show.plain), border="horizontal", hide_index=True,
                alt=f"Every measure by grade band, {year}",
            )  # fmt: skip
    st.caption(SIGNS if district else f"Lower, higher, no clear difference: against elementary. {SIGNS}")


def _on_paper(row, sign: str) -> str:
    """A cell and its sign, in one place, so that a phone has room for all bands; no range breaks over two lines."""
    said = _said(row).replace(words.DASH, f"\N{WORD JOINER}{words.DASH}\N{WORD JOINER}")
    return f"{said}, {sign}" if sign else said


def printed(rows: pd.DataFrame) -> pd.DataFrame:
    """The table under a chart: cuts, year, band as published, its sign in words; no ends, no counts."""
    flags = {"suppressed": "hidden", "caution": "interpret with caution"}
    said = [words.published(text) for text in rows["published"]]
    return rows.drop(columns=["low", "high"]).assign(published=said, flag=rows["flag"].map(flags).fillna(""))


def _said(row) -> str:
    if row["flag"] == "suppressed":
        return "hidden"
    return f"{words.published(row['published'])}{' (with caution)' if row['flag'] == 'caution' else ''}"
