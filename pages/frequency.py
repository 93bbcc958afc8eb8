"""Contact frequency: by month, school, family, channel and grade."""

import streamlit as st

from analytics.figures import headlines
from ui import asked, blocks, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Contact frequency"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
cache.ahead(viewer, *asked.frequency(now))

by_band = cache.ask(viewer, now.question("contact_rate", "band"))
reach = cache.ask(viewer, now.question("reach"))
rests_on = show.rests_on(by_band, about=show.without_log(viewer, now))
show.head_of(PAGE, headlines.frequency(by_band, reach), now, rests_on)
show.stop_if_empty(by_band)

show.chart(blocks.by_month(viewer, now, "contact_rate", show.mode()))
left, right = st.columns(2)
with left:
    show.chart(blocks.contacts_per_family(viewer, now, show.mode()))
with right:
    show.chart(blocks.by_channel(viewer, now, "contact_rate", show.mode()))
show.chart(blocks.by_school(viewer, now, "contact_rate", show.mode()))
show.chart(blocks.by_month_and(viewer, now, "contact_rate", "grade", show.mode()))

later.finish()
