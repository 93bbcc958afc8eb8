"""Data quality: what was loaded, how complete the logs are, and what each gap does to which measure."""

from analytics.figures import headlines, printed
from ui import blocks, cache, filters, gate, later, show, tables

viewer = gate.enter("district", "principal")

PAGE = "Data quality"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
now = filters.sidebar(viewer, offered)
cache.ahead(
    viewer,
    (cache.ask, now.question("weeks_logged")),
    (cache.ask, now.question("direction_known")),
    (cache.completeness, now.question("contact_rate")),
    (cache.ask, now.question("weeks_logged", "school", "month")),
    (cache.schools, now.question("direction_known")),
)

weeks = cache.ask(viewer, now.question("weeks_logged"))
known = cache.ask(viewer, now.question("direction_known"))
found = cache.completeness(viewer, now.question("contact_rate"))
show.head_of(PAGE, headlines.quality(found, weeks, known), now, show.rests_on(weeks, known))

title, about = "What does not count, or counts with a caution", "Rows that need care"
tables.table(title, found.checks, printed.checks(found.checks), about, file="data_quality", now=now, lead="What")

show.chart(blocks.by_month_and(viewer, now, "weeks_logged", "school", show.mode()))
show.chart(blocks.by_school(viewer, now, "direction_known", show.mode()))

tables.files(cache.uploads(viewer))

later.finish()
