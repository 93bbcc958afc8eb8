"""Schools: one measure, each school beside what chance and the usual spread of schools explain. No ranks."""

import streamlit as st

from analytics.figures import school_findings
from ui import asked, blocks, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Schools"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered, also=("measure",))
top = st.container()
measure = filters.ratio_measure()
cache.ahead(viewer, *asked.schools(now, measure))

schools, limits = cache.schools(viewer, now.question(measure))
with top:
    rests_on = show.rests_on(schools, about=show.about_measure(viewer, now, measure), elsewhere=schools.notes)
    show.head_of(PAGE, school_findings.funnel_short(limits, schools), now, rests_on)
show.stop_if_empty(schools)

show.chart(blocks.funnel(viewer, now, measure, show.mode()))
left, right = st.columns(2)
with left:
    show.chart(blocks.schools_by_name(viewer, now, measure, show.mode()))
if measure != "weeks_logged":
    with right:
        show.chart(blocks.weeks_logged(viewer, now, show.mode()))

later.finish()
