"""Makes the sample district in memory, from a seed: the same numbers give the same district."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo import details, exchanges, names, people, truth
from data.demo.exchanges import Rows
from data.demo.people import Schools, Spans
from data.demo.seasons import Seasons, first_lesson, last_day, school_years
from data.demo.stays import Stays, make_stays
from data.errors import Refusal

MOST = {"students": 2_000_000, "schools": 5_000, "contacts": 50_000_000, "years": 12}


@dataclass(frozen=True)
class Asked:
    """How large a district, over how many school years, up to which day. Raises Refusal for what cannot be made."""

    students: int = 1_600
    schools: int = 12
    contacts: int | None = None  # None: as many as the planted rates give
    years: int = 2
    seed: int = 1
    until: date | None = None  # None: yesterday, or the end of the lessons in summer

    def __post_init__(self):
        for name, most in MOST.items():
            value, least = getattr(self, name), int(name != "contacts")
            if value is not None and not least <= value <= most:
                raise Refusal("demo_size", f"A sample can have {least} to {most:,} {name}, not {value:,}.")
        if self.seed < 0:
            raise Refusal("demo_size", "The seed of a sample is a number from 0 on.")


@dataclass
class District:
    """A made district. `groups` are columns like `spans`; `details` are columns like `rows`."""

    asked: Asked
    until: date
    schools: Schools
    spans: Spans
    groups: dict[str, np.ndarray]
    first_names: np.ndarray
    last_names: np.ndarray
    stays: Stays
    rows: Rows
    details: dict[str, np.ndarray]
    truth: dict


def make(asked: Asked, progress=None) -> District:
    """The district that was asked for. `progress(step, share)` is told what happens."""
    say = progress or (lambda step, share: None)
    dice = np.random.default_rng(asked.seed)
    until = asked.until or last_day(date.today())
    say("Schools and students", 0.0)
    schools = people.make_schools(dice, asked.schools)
    spans = people.make_spans(dice, schools, asked.students, until, asked.years)
    groups = people.make_groups(dice, spans, asked.students)
    first, last = names.people(dice, asked.students)
    say("Contacts and replies", 0.05)
    season = Seasons(dice, len(schools), first_lesson(school_years(until, asked.years)[0]), until)
    language = groups["home_language"]
    other = np.array([value not in ("english", None) for value in language])
    stays, kept = make_stays(dice, spans, other, season, asked.students)
    wanted = round(exchanges.expected_rows(stays)) if asked.contacts is None else asked.contacts
    rows, seen = exchanges.make_rows(dice, stays, season, wanted)
    say("What the logs say", 0.2)
    more = details.make_details(dice, rows, stays, language[kept], len(schools))
    of_stays = {name: column[kept] for name, column in groups.items()}
    planted = {
        "seed": asked.seed, "students": asked.students, "schools": asked.schools, "contacts": len(rows),
        "years": asked.years, **truth.make_truth(rows, seen, stays, more, of_stays, schools.name, season.rare),
    }  # fmt: skip
    return District(asked, until, schools, spans, groups, first, last, stays, rows, more, planted)
