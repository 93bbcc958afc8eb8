"""Small facts about a store that every question needs: its schools, as-of dates, first day, group values.

Read once for each version of the store; nothing here is about a student, and nothing depends on a viewer.
"""

from dataclasses import dataclass
from functools import lru_cache

from analytics.measures import MEASURES
from data.store import Store

# Counts of contacts that say a thing which many logs have no column for.
SAID = tuple(dict.fromkeys(measure.needs for measure in MEASURES.values() if measure.needs))
GROUPS = ("home_language", "race_ethnicity", "gender")


@dataclass(frozen=True)
class School:
    """A school as a person picks it: `label` is its name, with the district where two share the name."""

    school_id: int
    name: str
    district: str
    label: str


@dataclass(frozen=True)
class Lookups:
    """What a store is about.

    as_of        day number by district; districts without contacts are left out
    enrolled     the stretches of days [first, stop) on which anybody was enrolled
    longest_days how far replies were looked for
    groups       the values that occur of each student group;  channels  those that occur
    unsaid       of `SAID` what no delivered contact of the store says, where there are such contacts
    version      of the store when they were read
    """

    schools: tuple[School, ...]
    as_of: dict[str, int]
    enrolled: tuple[tuple[int, int], ...]
    longest_days: int
    groups: dict[str, tuple[str, ...]]
    channels: tuple[str, ...]
    settings: dict
    version: int
    unsaid: frozenset[str] = frozenset()

    @property
    def first_day(self) -> int | None:
        """The first enrolled day."""
        return self.enrolled[0][0] if self.enrolled else None

    def nobody(self, first: int, stop: int) -> bool:
        """Was nobody enrolled on any day of [first, stop)?"""
        return all(end <= first or begin >= stop for begin, end in self.enrolled)

    @property
    def districts(self) -> tuple[str, ...]:
        """The districts, by name."""
        return tuple(sorted({school.district for school in self.schools}))


def lookups(store: Store) -> Lookups:
    """The lookups of a store as it is now."""
    return _lookups(store, store.version)


@lru_cache(maxsize=8)
def _lookups(store: Store, version: int) -> Lookups:
    named = store.rows("SELECT school_id, name, district FROM school ORDER BY name, district")
    names = [name.casefold() for _, name, _ in named]
    return Lookups(
        schools=tuple(
            School(school_id, name, district, f"{name} ({district})" if names.count(name.casefold()) > 1 else name)
            for school_id, name, district in named
        ),
        as_of=dict(
            store.rows(
                "SELECT s.district, max(m.last_day) FROM student_month AS m JOIN student AS s USING (student_id) "
                "GROUP BY s.district"
            )
        ),
        enrolled=_enrolled(store),
        longest_days=store.value("SELECT longest_days FROM reply_rule"),
        groups={
            group: tuple(
                value for (value,) in store.rows(f"SELECT DISTINCT {group} FROM span WHERE {group} IS NOT NULL")
            )
            for group in GROUPS
        },
        channels=tuple(
            channel
            for (channel,) in store.rows("SELECT DISTINCT channel FROM student_month_channel ORDER BY channel")
            if channel
        ),
        settings=store.settings(),
        version=version,
        unsaid=_unsaid(store),
    )


def _unsaid(store: Store) -> frozenset[str]:
    found = store.rows(f"SELECT max(delivered), {', '.join(f'max({name})' for name in SAID)} FROM student_month")[0]
    return frozenset(name for name, most in zip(SAID, found[1:], strict=True) if found[0] and not most)


def _enrolled(store: Store) -> tuple[tuple[int, int], ...]:
    """The days of all spans together, as stretches that do not touch."""
    found: list[tuple[int, int]] = []
    for first, stop in store.rows("SELECT DISTINCT start_day, end_day FROM span ORDER BY start_day"):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((first, stop))
    return tuple(found)
