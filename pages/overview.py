"""Overview: what changed against the same days of last year, in one sentence, six numbers and two charts."""

import streamlit as st

from analytics.figures import findings, headlines, heat, lines
from ui import cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

TILES = ["contact_rate", "reach", "two_way_share", "family_reply_rate", "school_reply_rate", "silent"]
PAGE = "Overview"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
before = now.a_year_earlier()
compared = [now.question(name) for name in TILES]
in_tiles = [now.question(name, *by) for name in TILES for by in ((), ("month",))]
cache.ahead(
    viewer,
    (cache.ask, now.question("contact_rate", "month", "band")),
    (cache.ask, before.question("contact_rate", "month", "band")),
    (cache.ask, now.question("contact_rate")),
    (cache.ask, now.question("contact_rate", "band")),
    (cache.ask, now.question("contact_rate", "school", "month")),
)

top = st.container()
rate = cache.ask(viewer, now.question("contact_rate"))
if not rate.empty:
    # The charts come before the headline and the tiles above them, which take more questions.
    by_band = cache.ask(viewer, now.question("contact_rate", "band"))
    by_month = cache.ask(viewer, now.question("contact_rate", "month", "band"))
    a_year_ago = cache.ask(viewer, before.question("contact_rate", "month", "band"))
    show.chart(by_month, lines.by_month(by_month, a_year_ago, findings.bands(by_band), show.mode()))

    by_school = cache.ask(viewer, now.question("contact_rate", "school", "month"))
    show.chart(by_school, heat.by_month(by_school, "school", mode=show.mode()))

cache.ahead(viewer, (cache.changes, *compared), (cache.compare_bands, now.question("contact_rate")))
with top:
    cache.together(viewer, *in_tiles)
    changed = headlines.change_of(cache.changes(viewer, *compared), "contact_rate")
    drop_off = cache.compare_bands(viewer, now.question("contact_rate"))
    show.head(PAGE, headlines.overview(rate, changed, drop_off), now.in_words(), show.rests_on(rate))
    show.stop_if_empty(rate)
    show.tiles(viewer, now, TILES)

later.finish()
