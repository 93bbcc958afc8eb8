"""Contact frequency: by month, school, family, channel and grade."""

import streamlit as st

from analytics.figures import bars, findings, headlines, heat, lines, points
from ui import asked, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Contact frequency"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
before = now.a_year_earlier()
cache.ahead(viewer, *asked.frequency(now))

by_band = cache.ask(viewer, now.question("contact_rate", "band"))
reach = cache.ask(viewer, now.question("reach"))
rests_on = show.rests_on(by_band, about=show.without_log(viewer, now))
show.head(PAGE, headlines.frequency(by_band, reach), now.in_words(), rests_on)
show.stop_if_empty(by_band)

by_month = cache.ask(viewer, now.question("contact_rate", "month", "band"))
a_year_ago = cache.ask(viewer, before.question("contact_rate", "month", "band"))
show.chart(by_month, lines.by_month(by_month, a_year_ago, findings.bands(by_band), show.mode()))

left, right = st.columns(2)
with left:
    spread = cache.contacts_per_family(viewer, now.question("contacts_per_student"))
    show.chart(spread, bars.contacts_per_family(spread, mode=show.mode()), file="contacts_per_family")
with right:
    by_channel = cache.ask(viewer, now.question("contact_rate", "channel", "band"))
    show.chart(by_channel, bars.channels(by_channel, mode=show.mode()))

by_school, limits = cache.schools(viewer, now.question("contact_rate"))
show.chart(by_school, points.schools(by_school, limits, show.mode()))

by_grade = cache.ask(viewer, now.question("contact_rate", "grade", "month"))
show.chart(by_grade, heat.by_month(by_grade, "grade", mode=show.mode()))

later.finish()
