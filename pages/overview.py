"""Overview: what changed against the same days of last year, in one sentence, six numbers and two charts."""

import streamlit as st

from analytics.figures import headlines
from ui import asked, blocks, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Overview"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
cache.ahead(viewer, *asked.overview(now))

top = st.container()
rate = cache.ask(viewer, now.question("contact_rate"))
if not rate.empty:
    # The charts come before the headline and the tiles above them, which take more questions.
    show.chart(blocks.by_month(viewer, now, "contact_rate", show.mode()))
    show.chart(blocks.by_month_and(viewer, now, "contact_rate", "school", show.mode()))

cache.ahead(viewer, *asked.overview_top(now))
later.let_charts_show()
with top:
    cache.together(viewer, *asked.in_tiles(now, asked.TILES))
    changes = cache.changes(viewer, *asked.changes(now, asked.TILES))
    rate_changed = headlines.changes_of(changes).get("contact_rate")
    drop_off = cache.compare_bands(viewer, now.question("contact_rate"))
    rests_on = show.rests_on(rate, about=show.without_log(viewer, now))
    show.head_of(PAGE, headlines.overview(rate, rate_changed, drop_off), now, rests_on)
    show.stop_if_empty(rate)
    show.tiles(viewer, now, asked.TILES)

later.finish()
