"""Data quality: what was loaded, how complete the logs are, and what each gap does to which measure."""

from analytics.figures import headlines, heat, points, words
from ui import cache, filters, gate, later, show

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
show.head(PAGE, headlines.quality(found, weeks, known), now.in_words(), show.rests_on(weeks, known))

title, about = "What does not count, or counts with a caution", "Rows that need care"
show.table(title, found.checks, words.checks(found.checks), about, lead="What")

by_month = cache.ask(viewer, now.question("weeks_logged", "school", "month"))
show.chart(by_month, heat.by_month(by_month, "school", mode=show.mode()))

by_school, limits = cache.schools(viewer, now.question("direction_known"))
show.chart(by_school, points.schools(by_school, limits, show.mode()))

show.files(cache.uploads(viewer))

later.finish()
