"""Schools: one measure, each school beside what chance and the usual spread of schools explain. No ranks."""

import streamlit as st

from analytics.figures import findings, points
from ui import asked, cache, filters, gate, later, show

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
    rests_on = show.rests_on(schools, about=show.without_log(viewer, now), elsewhere=schools.notes)
    show.head(PAGE, findings.funnel(limits, schools), now.in_words(), rests_on)
show.stop_if_empty(schools)

show.chart(schools, points.funnel(schools, limits, show.mode()), file=f"schools_{measure}")
left, right = st.columns(2)
with left:
    show.chart(schools, points.schools(schools, limits, show.mode(), by_name=True), file=f"schools_{measure}")
if measure != "weeks_logged":
    with right:
        weeks = cache.ask(viewer, now.question("weeks_logged", "school"))
        show.chart(weeks, points.schools(weeks, mode=show.mode(), by_name=True))

later.finish()
