"""The scope: what a question may count. The one place where the viewer's schools meet the facts.

A measure's SQL names only `scoped_...` tables (`analytics.scoped`), each already narrowed to the
viewer's schools, the question's schools and filters, and the period. An unscoped number cannot be asked for.
"""

from dataclasses import dataclass, replace

import pandas as pd

from access.viewer import Viewer
from analytics import filters, periods, scoped
from analytics.lookups import Lookups, School, lookups
from analytics.measures import MEASURES, Measure
from analytics.question import Question, check
from data.errors import Refusal
from data.schoolyear import day_number
from data.store import Store


@dataclass(frozen=True)
class Scope:
    """What a question may count, resolved.

    schools    those in scope, with or without contacts
    as_of      day number by district in scope that has contacts
    stretches  the days asked for, half open, up to the latest as-of date; a district may end earlier
    wanted     wanted values of span and contact cuts, by cut
    by_school  add up by school as well: `place` holds the school
    """

    question: Question
    measure: Measure
    known: Lookups
    schools: tuple[School, ...]
    as_of: dict[str, int]
    stretches: tuple[tuple[int, int], ...]
    wanted: dict[str, frozenset[str]]
    by_school: bool = False

    @property
    def last_as_of(self) -> int | None:
        """The latest as-of date in scope."""
        return max(self.as_of.values(), default=None)

    @property
    def counted(self) -> tuple[School, ...]:
        """The schools whose district has contacts, so that its days can be counted."""
        return tuple(school for school in self.schools if school.district in self.as_of)

    @property
    def alike(self) -> tuple:
        """What the scoped tables depend on: measures of one such scope can be read from the same tables."""
        own_values = self.measure.name in ("mass_messages", "silent") and {"channel", "topic"} & {*self.question.by}
        place = self.by_school and self.measure.counts_students
        return replace(self.question, measure=""), self.by_school, place, self.measure.name if own_values else None

    def run(self, store: Store, sql: str, *, students: bool = False) -> pd.DataFrame:
        """The result of a SELECT over scoped tables; one with a row for each student (`students`) is never kept."""
        return store.query_kept(*scoped.complete(self, sql), self.known.version, keep=not students)


def scope_of(store: Store, viewer: Viewer, question: Question, *, by_school: bool = False) -> Scope:
    """The scope of a question. Raises Refusal for a panel viewer and for unknown measures, cuts, values, schools."""
    if not viewer.reads_rows:
        raise Refusal("panel_reads_releases", "A panel sees released tables only. Open a release instead.")
    check(question)
    known = lookups(store)
    wanted, times = filters.read(question, known)
    schools = filters.schools(question, visible_schools(store, viewer))
    as_of = {school.district: known.as_of[school.district] for school in schools if school.district in known.as_of}
    return Scope(
        question=question,
        measure=MEASURES[question.measure],
        known=known,
        schools=schools,
        as_of=as_of,
        stretches=tuple(_stretches(question, known, as_of, times)),
        wanted=wanted,
        by_school=by_school,
    )


def visible_schools(store: Store, viewer: Viewer) -> tuple[School, ...]:
    """The schools that a viewer may choose from, by name; none for a panel."""
    return tuple(school for school in lookups(store).schools if viewer.reads_rows and _may_see(viewer, school))


def _may_see(viewer: Viewer, school: School) -> bool:
    """Is a school among the viewer's? Where two districts share a name, the name alone is not enough."""
    if viewer.districts is not None and school.district not in viewer.districts:
        return False
    if viewer.schools is None or school.label in viewer.schools:
        return True
    return viewer.districts is not None and school.name in viewer.schools


def _stretches(question: Question, known: Lookups, as_of: dict, times: dict) -> list[tuple[int, int]]:
    """The days asked for, never after the latest as-of date of the districts in scope."""
    if not as_of or known.first_day is None:
        return []
    first = known.first_day if question.start is None else day_number(question.start)
    last = max(as_of.values())
    if question.end is not None:
        last = min(last, day_number(question.end))
    return periods.narrowed(first, last + 1, times)
