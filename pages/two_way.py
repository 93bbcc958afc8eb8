"""Two-way: whether the conversation goes both ways, who answers whom, how soon, and who began."""

import streamlit as st

from analytics.figures import headlines
from ui import asked, blocks, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Two-way"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
cache.ahead(viewer, *asked.two_way(now))
cache.together(viewer, *asked.in_tiles(now, asked.TILES_TWO_WAY))
cache.together(viewer, *asked.by_band(now))

share = cache.ask(viewer, now.question("two_way_share"))
families = cache.ask(viewer, now.question("family_reply_rate"))
schools = cache.ask(viewer, now.question("school_reply_rate"))
known = cache.ask(viewer, now.question("direction_known"))
reach = cache.ask(viewer, now.question("reach", "band"))  # asked by a chart, too
show.head_of(PAGE, headlines.two_way(share, families, schools, known, reach), now, show.rests_on(share))
show.stop_if_empty(share)

tiles = st.container()  # filled in after the charts, which take fewer questions

show.chart(blocks.two_way_by_month(viewer, now, show.mode()))
left, right = st.columns(2)
with left:
    show.chart(blocks.replies(viewer, now, show.mode()))
with right:
    show.chart(blocks.exchange(viewer, now, show.mode()))
show.chart(blocks.by_channel(viewer, now, "two_way_share", show.mode()))
show.chart(blocks.until_reply(viewer, now, show.mode()))

later.let_charts_show()
with tiles:
    show.tiles(viewer, now, asked.TILES_TWO_WAY)

later.finish()
