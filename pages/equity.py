"""Equity: groups of students beside the others of the same schools and grades."""

import streamlit as st

from analytics.figures import findings
from ui import asked, blocks, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Equity"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered, also=("measure", "cut"))
top = st.container()
left, right = st.columns(2)
with left:
    measure = filters.ratio_measure()
with right:
    cut = filters.group_cut()
cache.ahead(viewer, *asked.equity(now, measure, cut))

gaps = cache.gaps(viewer, now.question(measure), cut)
with top:
    about = show.few_left(viewer, now) if measure == "silent" else ""
    rests_on = show.rests_on(gaps, about=about, elsewhere=gaps.notes if gaps.table.empty else ())
    show.head_of(PAGE, findings.gaps(gaps, cut), now, rests_on)
show.stop_if_empty(cache.ask(viewer, now.question(measure)))

show.chart(blocks.gaps(viewer, now, measure, cut, show.mode()))

later.finish()
