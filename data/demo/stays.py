"""Where and when students are enrolled, and how the contacts spread over them.

Within a band the expected number of exchanges is exactly rate x enrolled days: differences between families, schools
and years only move them about. So the planted rate of a band can be recovered, while schools and families differ.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

from data.demo import planted
from data.demo.people import Spans
from data.demo.seasons import SEASONS, Seasons


@dataclass
class Stays:
    """Enrolled stretches up to the last day, half open, with their band and the expected share of the contacts.

    `mass[season]` adds up, in each band, to the enrolled days of the band.
    """

    student: np.ndarray
    school: np.ndarray
    grade: np.ndarray
    band: np.ndarray
    year: np.ndarray
    start: np.ndarray
    end: np.ndarray
    timed: np.ndarray  # does the school's log have times of day?
    mass: dict[str, np.ndarray]

    @property
    def days(self) -> np.ndarray:
        return self.end - self.start


def make_stays(dice: np.random.Generator, spans: Spans, other_language, seasons: Seasons, students: int):
    """(the stays, the places of their spans), with the spread between families, schools, years and languages.

    Whatever the spread, the mass of a band adds up to its enrolled days.
    """
    end = np.minimum(spans.last + 1, seasons.first_day + seasons.days)
    some = np.flatnonzero(end > spans.entry)
    student, school, grade, year = (column[some] for column in (spans.student, spans.school, spans.grade, spans.year))
    start, end = spans.entry[some], end[some]
    band = np.digitize(grade, [6, 9])
    timed = dice.random(len(seasons.rare)) < 0.7

    luck = dice.random(students)[student]
    effect = np.zeros(len(some))
    for place, shape in enumerate(planted.FAMILY_SPREAD):
        mine = band == place
        effect[mine] = gammaincinv(shape, 0.002 + 0.996 * luck[mine]) / shape
        effect[mine & (luck < planted.NEVER_REACHED[place])] = 0
    level = np.exp(dice.normal(0, planted.SCHOOL_SPREAD, len(seasons.rare)))
    effect *= level[school] * planted.YEAR_GROWTH ** (year - year.min())
    effect *= np.where(other_language[some], planted.OTHER_LANGUAGE, 1.0)
    mass = {}
    for season in SEASONS:
        own = effect * seasons.mass(season, school, start, end)
        total, days = (np.bincount(band, column, minlength=3) for column in (own, end - start))
        mass[season] = own * np.divide(days, total, out=np.zeros(3), where=total > 0)[band]
    return Stays(student, school, grade, band, year, start, end, timed[school], mass), some
