"""What a viewer may choose from: years, dates, schools, bands, channels, student groups.

Read within the viewer's schools, so that a filter never offers what its owner may not see. Also says
what is missing, so that a page can tell an empty store from a roster without contacts.
"""

from dataclasses import dataclass
from datetime import date

from access.viewer import Viewer
from analytics.lookups import lookups
from analytics.measures import CUTS
from analytics.scope import visible_schools
from data.schoolyear import bounds, day_date
from data.settings import BANDS
from data.store import Store

GROUPS = ("english_learner", "iep", "low_income", "home_language", "race_ethnicity", "gender")
FLAGS = ("english_learner", "iep", "low_income")
MOST_VALUES = 30  # of one group: a filter is no dictionary
INSIDE = "school_id IN (SELECT unnest($ids::BIGINT[]))"


@dataclass(frozen=True)
class Choices:
    """The options of the filters.

    years     school year -> first and last day to count in it, the latest first
    groups    printed name -> (cut, value)
    students  in the rosters of the viewer's schools;  waiting  contacts that no roster explains yet
    districts those of the schools, where there are several; else ()
    named     the schools, or districts, that alone this viewer may see; () where that is all of the store
    """

    years: dict[str, tuple[date, date]]
    first_day: date | None
    last_day: date | None
    schools: tuple[str, ...]
    bands: tuple[str, ...]
    channels: tuple[str, ...]
    groups: dict[str, tuple[str, str]]
    students: int
    has_contacts: bool
    waiting: int
    named: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()


def offered(store: Store, viewer: Viewer) -> Choices:
    """The options for this viewer. Without a roster or contacts they are empty, never an error."""
    schools = visible_schools(store, viewer)
    given = {"ids": [school.school_id for school in schools]}
    first, stop, students = store.rows(
        f"SELECT min(start_day), max(end_day), count(DISTINCT student_id) FROM span WHERE {INSIDE}", given
    )[0]
    as_of = [day for district, day in lookups(store).as_of.items() if district in {s.district for s in schools}]
    last = None if first is None else min([stop - 1, *([max(as_of)] if as_of else [])])
    taught = {school_id for (school_id,) in store.rows(f"SELECT DISTINCT school_id FROM span WHERE {INSIDE}", given)}
    bands = {band for (band,) in store.rows(f"SELECT DISTINCT band FROM span WHERE {INSIDE}", given)}
    return Choices(
        years=_years(store, given, first, last),
        first_day=None if first is None else day_date(first),
        last_day=None if first is None else day_date(max(first, last)),
        schools=tuple(school.label for school in schools if school.school_id in taught),
        bands=tuple(band for band in BANDS if band in bands),
        channels=lookups(store).channels,
        groups=_groups(store, given),
        students=students,
        has_contacts=bool(as_of),
        waiting=store.value("SELECT count(*) FROM contact_row WHERE status = 'unmatched'"),
        named=viewer.schools or viewer.districts or (),
        districts=_several({school.district for school in schools if school.school_id in taught}),
    )


def _several(districts: set[str]) -> tuple[str, ...]:
    return tuple(sorted(districts)) if len(districts) > 1 else ()


def _years(store: Store, given: dict, first: int | None, last: int | None) -> dict[str, tuple[date, date]]:
    if first is None:
        return {}
    begun = store.rows(
        f"SELECT school_year, min(start_day), max(end_day) - 1 FROM span WHERE {INSIDE} GROUP BY school_year", given
    )
    years = {}
    for name, starts, ends in sorted(begun, reverse=True):
        begin, end = bounds(name)
        if starts <= last:
            # From the first to the last enrolled day: in the summer after it there is nobody to be silent.
            years[name] = (max(begin, day_date(starts)), min(end, day_date(min(last, ends))))
    return years


def _groups(store: Store, given: dict) -> dict[str, tuple[str, str]]:
    """Flags as yes and no, the other groups by their most frequent values."""
    groups = {}
    for cut in GROUPS:
        values = store.rows(
            f"SELECT {cut}, count(DISTINCT student_id) AS students FROM span WHERE {INSIDE} AND {cut} IS NOT NULL "
            f"GROUP BY {cut} ORDER BY students DESC, {cut} LIMIT {MOST_VALUES}",
            given,
        )
        for value, _ in values:
            text = ("yes" if value else "no") if cut in FLAGS else value
            groups[f"{CUTS[cut].label}: {text.replace('_', ' ')}"] = (cut, text)
    return groups
