"""Partnership: the four practices, each with its figures by band, its change, and what it can and cannot say."""

import streamlit as st

from analytics.figures import headlines
from ui import asked, blocks, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Partnership"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
cache.ahead(viewer, *asked.partnership(now))

rate = cache.ask(viewer, now.question("contact_rate"))
practices = cache.partnership(viewer, now.question("contact_rate"))
rests_on = show.rests_on(rate, about=show.without_log(viewer, now))
show.head_of(PAGE, headlines.partnership(practices, rate), now, rests_on)
show.stop_if_empty(rate)

for practice, figure in blocks.practices(viewer, now, show.mode()):
    show.context(
        figure,
        practice.figures,
        (practice.says, practice.cannot_say),
        file=practice.name,
        now=now,
    )

generation = practices[-1]
st.subheader(generation.label, anchor=False)
st.caption(f"{generation.says} {generation.cannot_say}")
for side, measure in zip(st.columns(2), asked.GENERATION, strict=True):
    with side:
        show.chart(blocks.by_grade(viewer, now, measure, show.mode()))

later.finish()
