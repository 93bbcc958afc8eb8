"""The steps of the district's release page: years, proof, what is hidden, what a panel will see, publish.

A draft lives in the session of the person who made it and belongs to one state of the store: after any change of
the data it is gone, and has to be proved again. Refuses to publish anything else than the draft that was seen.
"""

from datetime import date

import streamlit as st

from access.viewer import Viewer
from analytics.disclosure import cube, listed, release
from analytics.disclosure import years as school_years
from analytics.disclosure.draft import Draft, draft
from analytics.disclosure.shown import of_draft
from analytics.figures import words
from analytics.measures import MEASURES
from data.errors import Refusal
from data.home import release_folder
from data.priority import giving_way
from data.schoolyear import bounds
from ui import release_shown, show, tables

DRAFT = "release_draft"
PUBLISHED = "release_published"
UNFINISHED = "release_unfinished"
FRESH = "release_fresh"  # the years are chosen anew at the next run


def choose_years(store) -> list[str]:
    """The school years to release: those that are over and not released yet, unless the person says otherwise."""
    known, there = school_years.enrolled(store), school_years.released(store)
    over, as_of = school_years.years_over(store), school_years.as_of(store)
    if "release_years" not in st.session_state or st.session_state.pop(FRESH, False):
        st.session_state["release_years"] = [year for year in over if year not in there]
    chosen = st.multiselect("School years", known, key="release_years", placeholder="Choose school years")
    early = [year for year in chosen if as_of is not None and as_of < bounds(year)[1] and year not in there]
    if early:
        st.warning(
            f"{words.joined(early)}: contacts are loaded up to {words.day(as_of)}. A year can be released once only: "
            "after that, contacts that are loaded later cannot be released for it.",
            icon=":material/event_upcoming:",
        )
    if running := [year for year in chosen if year not in over and year not in there]:
        st.checkbox(f"Release {words.joined(running)} although it is not over", key=UNFINISHED)
    again = [year for year in chosen if year in there]
    if again:
        st.info(
            f"{words.joined(again)} is released already. It can be in a release again only while its data give the "
            "very same tables.",
            icon=":material/history:",
        )
    if not known or as_of is None:
        st.info("There is nothing to release yet: load a roster and contacts first.", icon=":material/upload_file:")
    return sorted(chosen)


def lists(store):
    """What a release will hold, from the settings, in words; a setting that cannot be used is a Refusal."""
    now = listed.of(store.settings())
    groups = words.joined(words.CUTS[group] for group in now.groups)
    with st.expander("What a release holds", icon=":material/list:"):
        measures = words.joined(MEASURES[name].label for name in now.measures)
        st.markdown(
            f"- **Measures:** {measures}\n"
            f"- **By** grade band and school year, by district where there are several"
            f"{f', and by {groups}, one at a time' if groups else ''}\n"
            "- **Shown** as ranges, never exactly. Width of a share in per cent: "
            f"{listed.widths_in_words(now.widths)}\n"
            f"- **Hidden:** groups of fewer than {now.n_min} students, and whatever would give them away"
        )
        st.caption(
            "These are settings: `python -m analytics release_settings --help`. They can release less or show it "
            "coarser, never more or finer."
        )


def prove(store, viewer: Viewer, years: list[str]) -> bool:
    """The button and its progress; True when a new draft is there."""
    pressed = st.button("Prove that it is safe", type="secondary", disabled=not years, icon=":material/verified_user:")
    st.caption(
        "Seconds for one district, minutes for a state. Nothing is published by it: you see first what is hidden."
    )
    if not pressed:
        return False
    st.session_state.pop(DRAFT, None)
    st.session_state.pop(PUBLISHED, None)
    bar = st.progress(0.0, text="Counting")
    version = store.version
    try:
        early = st.session_state.get(UNFINISHED, False)
        made = giving_way(
            lambda tell: draft(store, viewer, years, early=early, progress=tell),
            lambda share, said: bar.progress(min(share, 1.0), text=said),
        )
    except Refusal as refusal:
        bar.empty()
        st.error(show.plain(refusal.sentence), icon=":material/block:")
        return False
    st.session_state[DRAFT] = (str(store.path), version, tuple(years), made)
    return True


def draft_of(store) -> Draft | None:
    """The draft that was proved for the years now chosen and the data as they are; None where there is none."""
    kept = st.session_state.get(DRAFT)
    if kept is None:
        return None
    path, version, years, made = kept
    if (path, version) != (str(store.path), store.version):
        st.info("The data have changed since the proof. Prove again.", icon=":material/sync:")
        return None
    return made if list(years) == sorted(st.session_state.get("release_years", [])) else None


def hidden(made: Draft):
    """What will be hidden and why, for the district's eyes."""
    rows = made.hidden()
    with st.container(border=True, gap="small"):
        st.subheader("What will be hidden, and why", anchor=False)
        st.markdown(
            f"The proof passed. **{len(rows):,} of {made.places():,} cells** will be hidden, in every measure alike. "
            "A panel sees one sign for all of them, and no reason."
        )
        if len(rows):
            said = rows.assign(
                band=rows["band"].map(lambda band: words.BANDS.get(band, band)),
                place=rows["place"],
                cell=[_cell(group, member) for group, member in zip(rows["group"], rows["member"], strict=True)],
            )
            grouped = said.groupby("why", sort=False).size().sort_values(ascending=False)
            for why, count in grouped.items():
                st.markdown(f"- {count:,} because {show.plain(_because(why))}")
            with st.expander("Each hidden cell"):
                tables.grid(said[["year", "band", "place", "cell", "why"]], "Hidden cells and why")


def preview(made: Draft, sample: bool):
    """Exactly what a panel will see, drawn by the panel's own page."""
    shown = of_draft(made, sample)
    with st.container(gap="small"):
        st.header("What a panel will see", anchor=False)
        measure, group, district = release_shown.choices(shown, "draft")
        st.markdown(show.plain(release_shown.headline(shown, measure, district)))
        release_shown.charts(shown, measure, group, district)


def publish(store, viewer: Viewer, made: Draft):
    """The last step; what is published is the draft above."""
    years = words.joined([year.name for year in made.years])
    st.markdown(
        f"Publishing makes this readable for everyone with the role “panel”. {years} cannot be released a second time "
        "with other numbers."
    )
    if not st.button(f"Publish {years}", type="primary", icon=":material/publish:"):
        return
    name = f"{date.today().isoformat()}-{release.mark(made)}"
    try:
        with st.spinner("Checking every witness of the proof, and writing"):
            release.publish(store, viewer, made, release_folder() / name)
    except Refusal as refusal:
        st.error(show.plain(refusal.sentence), icon=":material/block:")
        return
    st.session_state.pop(DRAFT, None)
    st.session_state[FRESH] = True
    st.session_state[PUBLISHED] = f"Released {years}. Panels see it now on the page “Panel”."
    st.rerun()


def done():
    """What was just published."""
    if said := st.session_state.get(PUBLISHED):
        st.success(said, icon=":material/check:")


def earlier():
    """The releases that panels can read now."""
    found = release.releases(release_folder())
    if not found:
        return
    with st.container(border=True, gap="small"):
        st.subheader("Earlier releases", anchor=False)
        for one in found:
            sample = " (sample district)" if one.about.get("sample") else ""
            st.markdown(
                f"**{words.joined(one.about['years'])}**, released on {words.day(one.about['made_at'][:10])}{sample}: "
                f"{len(one.tables)} tables in the folder `{one.folder.name}`, proof passed."
            )


def _cell(group: str, member: str) -> str:
    return member if group == cube.ALL else f"{words.CUTS.get(group, group)}: {words.spoken(member)}"


def _because(why: str) -> str:
    return why if why.startswith(("it ", "one ")) else f"there are {why}"
