"""Two-way: whether the conversation goes both ways, who answers whom, how soon, and who began."""

import streamlit as st

from analytics.figures import bars, findings, headlines, lines, points
from ui import asked, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Two-way"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
before = now.a_year_earlier()
cache.ahead(viewer, *asked.two_way(now))
cache.together(viewer, *asked.in_tiles(now, asked.TILES_TWO_WAY))
cache.together(viewer, *asked.by_band(now))

share = cache.ask(viewer, now.question("two_way_share"))
families = cache.ask(viewer, now.question("family_reply_rate"))
schools = cache.ask(viewer, now.question("school_reply_rate"))
known = cache.ask(viewer, now.question("direction_known", "band"))
show.head(PAGE, headlines.two_way(share, families, schools), now.in_words(), show.rests_on(share))
show.stop_if_empty(share)

tiles = st.container()  # filled in after the charts, which take fewer questions

by_band = cache.ask(viewer, now.question("two_way_share", "band"))
by_month = cache.ask(viewer, now.question("two_way_share", "month", "band"))
a_year_ago = cache.ask(viewer, before.question("two_way_share", "month", "band"))
show.chart(
    by_month,
    lines.by_month(by_month, a_year_ago, findings.bands(by_band), show.mode()),
    beside=findings.bands(known),
)

left, right = st.columns(2)
with left:
    family_rate = cache.ask(viewer, now.question("family_reply_rate", "band"))
    school_rate = cache.ask(viewer, now.question("school_reply_rate", "band"))
    show.chart(family_rate, points.replies(family_rate, school_rate, show.mode()), also=school_rate)
with right:
    reach = cache.ask(viewer, now.question("reach", "band"))
    both = cache.ask(viewer, now.question("two_way_reach", "band"))
    show.chart(both, bars.exchange(reach, both, show.mode()), also=reach)

by_channel = cache.ask(viewer, now.question("two_way_share", "channel", "band"))
show.chart(by_channel, bars.channels(by_channel, mode=show.mode()))

waits = cache.until_reply(viewer, now.question("days_to_reply", "band"))
medians = cache.reply_medians(viewer, now.question("days_to_reply", "band"))
curve = lines.until_reply(waits, medians, show.mode())
show.chart(medians, curve, also=medians, table=waits, file="days_to_reply_curve")

with tiles:
    show.tiles(viewer, now, asked.TILES_TWO_WAY)

later.finish()
