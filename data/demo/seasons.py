"""When contacts happen: school days and terms, holidays, conference weeks, and schools that log in some weeks only."""

from datetime import date, timedelta

import numpy as np

from data.demo import planted
from data.schoolyear import day_number, named, start_year

SEASONS = ("even", "conferences", "newsletters")
WEEKEND = 0.04


def first_lesson(year: int) -> date:
    """The first Monday on or after 15 August: lessons begin."""
    middle = date(year, 8, 15)
    return middle + timedelta(-middle.weekday() % 7)


def last_lesson(year: int) -> date:
    """The Friday on or before 13 June of the school year that begins in `year`."""
    late = date(year + 1, 6, 13)
    return late - timedelta((late.weekday() - 4) % 7)


def last_day(today: date) -> date:
    """The last day of a sample made today: yesterday, or the end of the lessons before where a year is young."""
    if 7 <= today.month <= 9:
        return last_lesson(today.year - 1)
    year = today.year if today.month > 9 else today.year - 1
    day = min(today - timedelta(1), last_lesson(year))
    return day - timedelta(max(0, day.weekday() - 4))


def school_years(until: date, years: int) -> list[int]:
    """The first calendar years of the `years` school years up to `until`."""
    last = until.year if until.month > 6 else until.year - 1
    return list(range(last - years + 1, last + 1))


class Seasons:
    """For every school and season, how much of the contacts falls on each day, and draws of days from it."""

    def __init__(self, dice: np.random.Generator, schools: int, first: date, until: date):
        self.first_day = day_number(first)
        self.days = day_number(until) - self.first_day + 1
        dates = [first + timedelta(n) for n in range(self.days)]
        self.rare = np.zeros(schools, dtype=bool)
        if schools > 3:
            self.rare[dice.permutation(schools)[: round(planted.RARELY_LOGGING * schools)]] = True
        logged = _logged_weeks(dice, self.rare, np.array([(day_number(d) + 3) // 7 for d in dates]))
        self._before = {}
        for season in SEASONS:
            every_week = np.array([_weight(day, season) for day in dates])
            weights = every_week * logged
            weights *= self._effort(every_week.sum() / np.maximum(weights.sum(axis=1), 1e-9))[:, None]
            sums = np.zeros((schools, self.days + 1))
            np.cumsum(weights, axis=1, out=sums[:, 1:])
            self._before[season] = sums

    def _effort(self, missed: np.ndarray) -> np.ndarray:
        """What a school logs in the weeks in which it logs: those that log rarely catch up on part of the rest."""
        return np.where(self.rare, np.minimum(planted.RARELY_LOGGED * missed, 10.0), 1.0)

    def mass(self, season: str, school: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """The weight of the days from start up to, not including, end, at these schools."""
        sums = self._before[season]
        return sums[school, end - self.first_day] - sums[school, start - self.first_day]

    def draw(self, dice: np.random.Generator, season: str, school: np.ndarray, start: np.ndarray, end: np.ndarray):
        """A day for each (school, start, end), by the weights of the days between."""
        sums = self._before[season]
        low = sums[school, start - self.first_day]
        high = sums[school, end - self.first_day]
        step = sums[:, -1].max() + 1.0
        line = (sums + step * np.arange(len(sums))[:, None]).ravel()
        place = np.searchsorted(line, low + dice.random(len(school)) * (high - low) + step * school, side="right") - 1
        day = place - school * (self.days + 1) + self.first_day
        return np.clip(day, start, end - 1).astype(np.int32)


def _logged_weeks(dice, rare: np.ndarray, week: np.ndarray) -> np.ndarray:
    """1 where a school logs in that week, else 0: schools x days. A school logs, or does not, for weeks on end."""
    block = (week - week[0]) // planted.WEEKS_ON_END
    blocks = block[-1] + 1
    order = np.argsort(dice.random((len(rare), blocks)), axis=1)
    kept = np.zeros((len(rare), blocks), dtype=bool)
    np.put_along_axis(kept, order[:, : max(1, round(planted.WEEKS_LOGGED * blocks))], True, axis=1)
    return np.where(rare[:, None], kept[:, block], True).astype(float)


def _weight(day: date, season: str) -> float:
    if not _in_term(day):
        return 0.0
    weekday = 1.0 if day.weekday() < 5 else WEEKEND
    week = int(f"{day:%V}")
    if season == "conferences":
        return weekday * (8.0 if week in (44, 45, 46) else 4.0 if week in (10, 11) else 0.4)
    if season == "newsletters":  # one Thursday in three weeks
        return 1.0 if day.weekday() == 3 and week % 3 == 0 else 0.02 * weekday
    return weekday * (1.5 if week in (34, 35, 36) else 1.2 if week in (44, 45, 3, 4) else 1.0)


def _in_term(day: date) -> bool:
    year = start_year(named(day.year if day.month > 6 else day.year - 1))
    if not first_lesson(year) <= day <= last_lesson(year):
        return False
    thanksgiving = date(year, 11, 1) + timedelta((3 - date(year, 11, 1).weekday()) % 7 + 21)
    if thanksgiving <= day <= thanksgiving + timedelta(3):
        return False
    return not (date(year, 12, 21) <= day <= date(year + 1, 1, 3) or f"{day:%m-%d}" in _SPRING_BREAK)


_SPRING_BREAK = {f"04-{n:02d}" for n in range(6, 13)}
