"""The chart blocks of the pages: each an answer, the figure drawn from it, and what a click under it opens.

A page shows its blocks in its own order; `ui/foreseen.py` has the same ones drawn before somebody opens the page. Owns
which answers a figure is drawn from; draws nothing itself (`analytics/figures/`) and shows nothing (`ui/show.py`).
Every function takes the viewer, the filters in force and "dark" or "light".
"""

from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from access.viewer import Viewer
from analytics.answer import Answer
from analytics.figures import bars, compared, findings, grade_findings, groups, heat, lines, months, points
from analytics.partnership import Practice
from ui import cache
from ui.filters import Filters


@dataclass(frozen=True)
class Block:
    """`also` is a second answer drawn in the figure, `table` replaces the answer's where it was reshaped, `beside` has
    to be read with it, `file` is the CSV's name where it is not the measure's.
    """

    answer: Answer
    figure: go.Figure
    also: Answer | None = None
    beside: str = ""
    table: pd.DataFrame | None = None
    file: str = ""


def by_month(viewer: Viewer, now: Filters, measure: str, mode: str, beside: str = "") -> Block:
    """A measure by month and band, last year's behind."""
    by_band = cache.ask(viewer, now.question(measure, "band"))
    answer = cache.ask(viewer, now.question(measure, "month", "band"))
    a_year_ago = cache.ask(viewer, now.a_year_earlier().question(measure, "month", "band"))
    return Block(answer, months.by_month(answer, a_year_ago, findings.bands(by_band), mode), beside=beside)


def two_way_by_month(viewer: Viewer, now: Filters, mode: str) -> Block:
    """The two-way share by month and band, beside how many directions are known."""
    known = cache.ask(viewer, now.question("direction_known", "band"))
    said = findings.bands(known)
    return by_month(viewer, now, "two_way_share", mode, said if said.endswith("?") else f"{said}.")


def by_month_and(viewer: Viewer, now: Filters, measure: str, cut: str, mode: str) -> Block:
    """A measure by month in each school or grade."""
    answer = cache.ask(viewer, now.question(measure, cut, "month"))
    return Block(answer, heat.by_month(answer, cut, mode=mode))


def by_school(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """A measure by school, beside what chance explains."""
    answer, limits = cache.schools(viewer, now.question(measure))
    return Block(answer, points.schools(answer, limits, mode))


def contacts_per_family(viewer: Viewer, now: Filters, mode: str) -> Block:
    """How many families had none, one, two or more contacts."""
    spread = cache.contacts_per_family(viewer, now.question("contacts_per_student"))
    return Block(spread, bars.contacts_per_family(spread, mode=mode), file="contacts_per_family")


def by_channel(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """A measure by channel and band."""
    answer = cache.ask(viewer, now.question(measure, "channel", "band"))
    return Block(answer, bars.channels(answer, mode=mode))


def replies(viewer: Viewer, now: Filters, mode: str) -> Block:
    """Who answers whom, by band."""
    families = cache.ask(viewer, now.question("family_reply_rate", "band"))
    schools = cache.ask(viewer, now.question("school_reply_rate", "band"))
    return Block(families, points.replies(families, schools, mode), also=schools)


def exchange(viewer: Viewer, now: Filters, mode: str) -> Block:
    """Families reached, and those with an exchange in both directions, by band."""
    reach = cache.ask(viewer, now.question("reach", "band"))
    both = cache.ask(viewer, now.question("two_way_reach", "band"))
    return Block(both, bars.exchange(reach, both, mode), also=reach)


def until_reply(viewer: Viewer, now: Filters, mode: str) -> Block:
    """The share of asks without an answer, day by day."""
    waits = cache.until_reply(viewer, now.question("days_to_reply", "band"))
    medians = cache.reply_medians(viewer, now.question("days_to_reply", "band"))
    curve = lines.until_reply(waits, medians, mode)
    return Block(medians, curve, also=medians, table=waits, file="days_to_reply_curve")


def drop_off(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """What middle and high school lose, with and without the schools that hardly log."""
    bands = cache.compare_bands(viewer, now.question(measure))
    logging = grade_findings.without(*cache.without_low_loggers(viewer, now.question(measure)))
    return Block(bands, compared.drop_off(bands, mode), beside=logging, file=f"drop_off_{measure}")


def drop_off_by_channel(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """What middle and high school lose in each channel."""
    all_channels = now.without("channel").question(measure)
    bands = replace(cache.compare_bands(viewer, now.question(measure)), question=all_channels)  # what the chart counts
    channels = cache.compare_channels(viewer, all_channels)
    figure = compared.drop_off_by_channel(channels, bands.measure, mode)
    beside = findings.EVERY_CHANNEL if now.channels() else ""
    return Block(bands, figure, beside=beside, table=channels, file=f"drop_off_{measure}_by_channel")


def by_grade(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """A measure grade by grade, with intervals."""
    answer = cache.by_grade(viewer, now.question(measure))
    return Block(answer, lines.by_grade(answer, mode))


def same_students(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """A measure of the same students from one grade to the next."""
    steps = cache.same_students(viewer, now.question(measure))
    return Block(steps, compared.same_students(steps, mode), file=f"same_students_{measure}")


def funnel(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """Schools by their size, with the limits of chance."""
    schools, limits = cache.schools(viewer, now.question(measure))
    return Block(schools, points.funnel(schools, limits, mode), file=f"schools_{measure}")


def schools_by_name(viewer: Viewer, now: Filters, measure: str, mode: str) -> Block:
    """The same schools by name."""
    schools, limits = cache.schools(viewer, now.question(measure))
    return Block(schools, points.schools(schools, limits, mode, by_name=True), file=f"schools_{measure}")


def weeks_logged(viewer: Viewer, now: Filters, mode: str) -> Block:
    """In how many of its weeks each school logged."""
    weeks = cache.ask(viewer, now.question("weeks_logged", "school"))
    return Block(weeks, points.schools(weeks, mode=mode, by_name=True))


def gaps(viewer: Viewer, now: Filters, measure: str, cut: str, mode: str) -> Block:
    """Groups of students beside the others of the same schools and grades."""
    answer = cache.gaps(viewer, now.question(measure), cut)
    return Block(answer, groups.gaps(answer, cut, mode), file=f"{measure}_by_{cut}")


def practices(viewer: Viewer, now: Filters, mode: str) -> list[tuple[Practice, go.Figure]]:
    """The practices of partnership that have a figure of their own; the last one is shown grade by grade."""
    *three, _ = cache.partnership(viewer, now.question("contact_rate"))
    return [(practice, groups.practice(practice, mode)) for practice in three]
