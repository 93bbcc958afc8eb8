"""For panels: grade bands compared over the years, from released tables only. No store is opened on this page."""

import streamlit as st

from analytics.figures import national, words
from analytics.measures import MEASURES
from ui import gate, later, release_shown, show

viewer = gate.enter("panel", "district")

PAGE = "Panel"

found = release_shown.published()
if not found.years:
    release_shown.head(PAGE, "Nothing is released yet")
    st.info(
        "A district leader makes a release on the page “Release for panels”. A release that was changed after it was "
        "proved is not shown.",
        icon=":material/lock:",
    )
    st.stop()

top = st.container()
paper = st.toggle("Every measure in one table, to print", key="panel_paper")
measure, group, district = release_shown.choices(found, "panel", every_measure=paper)
days = words.joined(words.day(day) for day in sorted(set(found.made.values())))
with top:
    headline = release_shown.headline(found, measure, district)
    release_shown.head(PAGE, headline, f"Released on {days}. {release_shown.HOW}", found.sample)

if paper:
    release_shown.on_paper(found, district)
else:
    release_shown.charts(found, measure, group, district)
show.national(national.PARTS)

with st.container(border=True, gap="small"):
    st.subheader("What the words mean", anchor=False)
    for name in found.measures:
        show.measure(MEASURES[name], found.measures)

later.finish()
