"""Grade bands: how much of a measure is lost in middle and high school, with intervals."""

import streamlit as st

from analytics.figures import bars, compared, findings, headlines, lines, national
from ui import asked, cache, filters, gate, later, show

viewer = gate.enter("district", "principal")

PAGE = "Grade bands"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered, also=("measure",), over_all=("band",)).without("band")
top = st.container()
measure = filters.ratio_measure()
question = now.question(measure)
cache.ahead(viewer, *asked.grade_bands(now, measure))

bands = cache.compare_bands(viewer, question)
with top:
    show.head(PAGE, headlines.drop_off(bands), now.in_words(), show.rests_on(bands))
by_grade = cache.by_grade(viewer, question)
show.stop_if_empty(by_grade)

logging = cache.without_low_loggers(viewer, question)
show.chart(bands, compared.drop_off(bands, show.mode()), beside=findings.without(*logging), file=f"drop_off_{measure}")

left, right = st.columns(2)
with left:
    show.chart(by_grade, lines.by_grade(by_grade, show.mode()))
with right:
    spread = cache.contacts_per_family(viewer, now.question("contacts_per_student"))
    show.chart(spread, bars.contacts_per_family(spread, mode=show.mode()), file="contacts_per_family")

channels = cache.compare_channels(viewer, now.without("channel").question(measure))
show.chart(
    bands,
    compared.drop_off_by_channel(channels, bands.measure, show.mode()),
    table=channels,
    file=f"drop_off_{measure}_by_channel",
)

show.context(national.context(show.mode()), national.table(), national.about())

later.finish()
