"""What a screen may need next: what the pages ask and draw under its filters, and its own charts after one more click.

Owns which pages and choices are foreseen, and in which order. Its entries are the very calls of the pages, functions of
`ui/cache.py` and `ui/blocks.py` with what they are asked; when they are worked out is another matter
(`ui/next_pages.py`). Leaving one out costs time and no answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ui import asked, blocks, cache, filters
from ui.filters import Filters

MOST_CHOICES = 16  # of the clicks that may follow: each costs a processor a quarter to three quarters of a second


@dataclass(frozen=True)
class Screen:
    """What is seen: a page by its file's name, its filters, what its own lists say, and "dark" or "light"."""

    page: str
    drawn: filters.Drawn
    measure: str
    student_measure: str
    cut: str
    mode: str


def entries(screen: Screen) -> Iterator[tuple]:
    """All that may be needed, the other pages first; what this screen has asked itself is known, and found at once."""
    now = screen.drawn.filters
    for page in PAGES.values():
        yield from page(screen, now)
    yield from _heads(now)
    if screen.page in PAGES:
        for after_a_click in islice(screen.drawn.one_click_away(), MOST_CHOICES):
            yield from PAGES[screen.page](screen, after_a_click)


def _heads(now: Filters) -> Iterator[tuple]:
    """What pages ask once their charts are there."""
    yield cache.together, *asked.in_tiles(now, asked.TILES)
    yield from asked.overview_top(now)
    yield cache.changes, *asked.changes(now, asked.TILES_TWO_WAY)


def _overview(screen: Screen, now: Filters) -> Iterator[tuple]:
    yield from asked.overview(now)
    yield blocks.by_month, now, "contact_rate", screen.mode
    yield blocks.by_month_and, now, "contact_rate", "school", screen.mode


def _frequency(screen: Screen, now: Filters) -> Iterator[tuple]:
    yield from asked.frequency(now)
    yield blocks.by_month, now, "contact_rate", screen.mode
    yield blocks.contacts_per_family, now, screen.mode
    yield blocks.by_channel, now, "contact_rate", screen.mode
    yield blocks.by_school, now, "contact_rate", screen.mode
    yield blocks.by_month_and, now, "contact_rate", "grade", screen.mode


def _two_way(screen: Screen, now: Filters) -> Iterator[tuple]:
    yield from asked.two_way(now)
    yield blocks.two_way_by_month, now, screen.mode
    yield blocks.replies, now, screen.mode
    yield blocks.exchange, now, screen.mode
    yield blocks.by_channel, now, "two_way_share", screen.mode
    yield blocks.until_reply, now, screen.mode


def _grade_bands(screen: Screen, now: Filters) -> Iterator[tuple]:
    now = now.without("band")
    yield from asked.grade_bands(now, screen.measure)
    yield blocks.drop_off, now, screen.measure, screen.mode
    yield blocks.by_grade, now, screen.measure, screen.mode
    yield blocks.contacts_per_family, now, screen.mode
    yield blocks.drop_off_by_channel, now, screen.measure, screen.mode


def _moving_up(screen: Screen, now: Filters) -> Iterator[tuple]:
    now = now.without("band").over_all_years(screen.drawn.offered)
    yield blocks.same_students, now, screen.student_measure, screen.mode


def _schools(screen: Screen, now: Filters) -> Iterator[tuple]:
    yield from asked.schools(now, screen.measure)
    yield blocks.funnel, now, screen.measure, screen.mode
    yield blocks.schools_by_name, now, screen.measure, screen.mode
    yield blocks.weeks_logged, now, screen.mode


def _equity(screen: Screen, now: Filters) -> Iterator[tuple]:
    yield from asked.equity(now, screen.measure, screen.cut)
    yield blocks.gaps, now, screen.measure, screen.cut, screen.mode


def _partnership(screen: Screen, now: Filters) -> Iterator[tuple]:
    yield from asked.partnership(now)
    yield blocks.practices, now, screen.mode
    for measure in asked.GENERATION:
        yield blocks.by_grade, now, measure, screen.mode


# By the names of their files, in the order of the menu.
PAGES = {
    "overview": _overview, "frequency": _frequency, "two_way": _two_way, "grade_bands": _grade_bands,
    "moving_up": _moving_up, "schools": _schools, "equity": _equity, "partnership": _partnership,
}  # fmt: skip
