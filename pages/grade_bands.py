"""Grade bands: how much of a measure is lost in middle and high school, with intervals."""

import streamlit as st

from analytics.figures import headlines, national
from ui import asked, blocks, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Grade bands"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered, also=("measure",), over_all=("band",)).without("band")
top = st.container()
measure = filters.ratio_measure()
question = now.question(measure)
cache.ahead(viewer, *asked.grade_bands(now, measure))

bands = cache.compare_bands(viewer, question)
with top:
    rests_on = show.rests_on(bands, about=show.about_measure(viewer, now, measure))
    show.head_of(PAGE, headlines.drop_off(bands), now, rests_on)
by_grade = cache.by_grade(viewer, question)
show.stop_if_empty(by_grade)

show.chart(blocks.drop_off(viewer, now, measure, show.mode()))
left, right = st.columns(2)
with left:
    show.chart(blocks.by_grade(viewer, now, measure, show.mode()))
with right:
    show.chart(blocks.contacts_per_family(viewer, now, show.mode()))
show.chart(blocks.drop_off_by_channel(viewer, now, measure, show.mode()))
show.national(national.PARTS[:1])  # by grades, as all of this page is

later.finish()
