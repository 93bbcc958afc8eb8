"""Moving up: the same students from one grade to the next, beside the grades of one year."""

import streamlit as st

from analytics.figures import headlines, printed
from ui import blocks, cache, filters, gate, later, show, tables

viewer = gate.enter("district", "principal")

PAGE = "Moving up"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
chosen = filters.sidebar(viewer, offered, also=("measure",), over_all=("year", "band"))
now = chosen.without("band").over_all_years(offered)
top = st.container()
measure = filters.student_measure()

steps = cache.same_students(viewer, now.question(measure))
with top:
    show.head_of(PAGE, headlines.same_students(steps), now, show.rests_on(steps, elsewhere=steps.notes))

show.chart(blocks.same_students(viewer, now, measure, show.mode()))
later.let_charts_show()
about, file = "Numbers of students and both years' values by step", f"{measure}_same_students"
under = printed.first_years(steps)
tables.table("Who was compared", steps.table, printed.steps(steps), about, file, answer=steps, under=under)

later.finish()
