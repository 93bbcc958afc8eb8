"""What each page asks, said once: the page asks it ahead at its top, and others work it out before a page is opened.

A page's entries are functions of `ui/cache.py` with what they are asked, what its charts need first. Owns the
questions and their order; it asks nothing itself, and leaving an entry out costs time and no answer.
"""

from analytics.measures import MEASURES
from analytics.question import Question
from ui import cache
from ui.filters import Filters

TILES = ("contact_rate", "reach", "two_way_share", "family_reply_rate", "school_reply_rate", "silent")
TILES_TWO_WAY = (
    "two_way_share", "direction_known", "family_reply_rate", "school_reply_rate", "family_initiated", "days_to_reply",
)  # fmt: skip
BY_BAND = ("two_way_share", "direction_known", "family_reply_rate", "school_reply_rate", "reach", "two_way_reach")
GENERATION = ("student_present", "contact_rate")


def overview(now: Filters) -> list[tuple]:
    """The two charts of the Overview."""
    return [
        (cache.ask, now.question("contact_rate", "month", "band")),
        (cache.ask, now.a_year_earlier().question("contact_rate", "month", "band")),
        (cache.ask, now.question("contact_rate")),
        (cache.ask, now.question("contact_rate", "band")),
        (cache.ask, now.question("contact_rate", "school", "month")),
    ]


def overview_top(now: Filters) -> list[tuple]:
    """The headline of the Overview with the line under it, and the changes on its tiles."""
    return [
        (cache.changes, *changes(now, TILES)),
        (cache.compare_bands, now.question("contact_rate")),
        (cache.schools, now.question("contact_rate")),
        (cache.schools, now.a_year_earlier().question("contact_rate")),
    ]


def in_tiles(now: Filters, measures: tuple[str, ...]) -> list[Question]:
    """The questions of tiles: each number, and its line by month."""
    return [now.question(name, *by) for name in measures for by in ((), ("month",))]


def changes(now: Filters, measures: tuple[str, ...]) -> list[Question]:
    """The questions of tiles that are compared with the same days of last year."""
    return [now.question(name) for name in measures if MEASURES[name].ratio]


def by_band(now: Filters) -> list[Question]:
    """What the Two-way page asks by band."""
    return [now.question(name, "band") for name in BY_BAND]


def frequency(now: Filters) -> list[tuple]:
    """Contact frequency."""
    return [
        (cache.ask, now.question("contact_rate", "band")),
        (cache.ask, now.question("reach")),
        (cache.schools, now.question("contact_rate")),
        (cache.ask, now.question("contact_rate", "month", "band")),
        (cache.ask, now.a_year_earlier().question("contact_rate", "month", "band")),
        (cache.contacts_per_family, now.question("contacts_per_student")),
        (cache.ask, now.question("contact_rate", "channel", "band")),
        (cache.ask, now.question("contact_rate", "grade", "month")),
    ]


def two_way(now: Filters) -> list[tuple]:
    """Two-way."""
    return [
        (cache.together, *in_tiles(now, TILES_TWO_WAY)),
        (cache.together, *by_band(now)),
        (cache.ask, now.question("two_way_share", "month", "band")),
        (cache.ask, now.a_year_earlier().question("two_way_share", "month", "band")),
        (cache.ask, now.question("two_way_share", "channel", "band")),
        (cache.until_reply, now.question("days_to_reply", "band")),
        (cache.reply_medians, now.question("days_to_reply", "band")),
    ]


def grade_bands(now: Filters, measure: str) -> list[tuple]:
    """Grade bands; `now` without a choice of bands."""
    return [
        (cache.compare_bands, now.question(measure)),
        (cache.schools, now.question("contact_rate")),
        (cache.by_grade, now.question(measure)),
        (cache.without_low_loggers, now.question(measure)),
        (cache.contacts_per_family, now.question("contacts_per_student")),
        (cache.compare_channels, now.without("channel").question(measure)),
    ]


def moving_up(now: Filters, measure: str) -> list[tuple]:
    """Moving up; `now` over all years and without a choice of bands."""
    return [(cache.same_students, now.question(measure))]


def schools(now: Filters, measure: str) -> list[tuple]:
    """Schools."""
    return [
        (cache.schools, now.question(measure)),
        (cache.schools, now.question("contact_rate")),
        (cache.ask, now.question("weeks_logged", "school")),
    ]


def equity(now: Filters, measure: str, cut: str) -> list[tuple]:
    """Equity."""
    return [(cache.gaps, now.question(measure), cut), (cache.ask, now.question(measure))]


def partnership(now: Filters) -> list[tuple]:
    """Partnership."""
    return [
        (cache.ask, now.question("contact_rate")),
        (cache.partnership, now.question("contact_rate")),
        (cache.schools, now.question("contact_rate")),
        *((cache.by_grade, now.question(measure)) for measure in GENERATION),
    ]
