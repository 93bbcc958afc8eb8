"""Overview: what changed against the same days of last year, in one sentence, six numbers and two charts."""

import streamlit as st

from analytics.figures import findings, headlines, heat, lines
from ui import cache, filters, gate, show

viewer = gate.enter("district", "principal")

TILES = ["contact_rate", "reach", "two_way_share", "family_reply_rate", "school_reply_rate", "silent"]
PAGE = "Overview"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
before = now.a_year_earlier()

rate = cache.ask(viewer, now.question("contact_rate"))
rate_before = cache.ask(viewer, before.question("contact_rate"))
by_band = cache.ask(viewer, now.question("contact_rate", "band"))
show.head(PAGE, headlines.overview(rate, rate_before, by_band), now.in_words(), show.rests_on(rate))
show.stop_if_empty(rate)

with st.grid(3, min_column_width=250):
    for measure in TILES:
        value = cache.ask(viewer, now.question(measure))
        show.tile(
            value,
            headlines.change_text(value, cache.ask(viewer, before.question(measure))),
            cache.ask(viewer, now.question(measure, "month")),
        )

by_month = cache.ask(viewer, now.question("contact_rate", "month", "band"))
a_year_ago = cache.ask(viewer, before.question("contact_rate", "month", "band"))
show.chart(by_month, lines.by_month(by_month, a_year_ago, findings.bands(by_band), show.mode()))

by_school = cache.ask(viewer, now.question("contact_rate", "school", "month"))
show.chart(by_school, heat.by_month(by_school, "school", mode=show.mode()), wide=True)
