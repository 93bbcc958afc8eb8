"""Schools and students of the sample district: cohorts that move up, feeder schools, moves, groups.

Everything is columns of equal length (numpy), one element a student, or one element a span. Grades are numbers here:
TK is -1, K is 0.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo import names, planted
from data.demo.seasons import first_lesson, last_lesson, school_years
from data.schoolyear import day_number

OPEN = -1  # no exit date
TK = -1
RACES = ("hispanic", "white", "black", "asian", "two_or_more", "american_indian", "pacific_islander")
RACE_SHARES = (0.29, 0.40, 0.15, 0.08, 0.05, 0.02, 0.01)


@dataclass
class Schools:
    """Names, lowest and highest grade, and how large each is beside the others."""

    name: list[str]
    low: np.ndarray
    high: np.ndarray
    weight: np.ndarray

    def __len__(self):
        return len(self.name)

    def serving(self, grade: int) -> np.ndarray:
        return np.flatnonzero((self.low <= grade) & (grade <= self.high))


@dataclass
class Spans:
    """The rows of the rosters, one element a span, ordered by student and entry. Days are day numbers."""

    student: np.ndarray
    school: np.ndarray
    grade: np.ndarray
    year: np.ndarray  # first calendar year of the school year
    entry: np.ndarray
    exit: np.ndarray  # OPEN where the roster has none
    last: np.ndarray  # the true last day: before the next span begins, 30 June at the latest

    def __len__(self):
        return len(self.student)


def make_schools(dice: np.random.Generator, count: int) -> Schools:
    """`count` schools of uneven sizes: elementary, K-8, middle, 6-12 and high, so that every grade is served."""
    if count <= 3:
        kinds = (["all"], ["k8", "high"], ["elementary", "middle", "high"])[count - 1]
    else:
        high, k8 = max(1, round(0.25 * count)), round(0.15 * count)
        academy, middle = int(count >= 10), max(1, round(0.17 * count))
        elementary = count - high - k8 - academy - middle
        kinds = ["elementary"] * elementary + ["k8"] * k8 + ["middle"] * middle + ["academy"] * academy
        kinds += ["high"] * high
    grades = {"elementary": (TK, 5), "k8": (TK, 8), "middle": (6, 8), "academy": (6, 12), "high": (9, 12)}
    grades["all"] = (TK, 12)
    low, top = np.array([grades[kind] for kind in kinds]).T
    return Schools(names.schools(kinds), low, top, np.exp(dice.normal(0, 0.4, count)))


def make_spans(dice: np.random.Generator, schools: Schools, students: int, until: date, years: int) -> Spans:
    """Each student's spans over the years: one a year, more where a student moves, late entries and early exits."""
    first_years = school_years(until, years)
    cohort = dice.integers(1 - years, 13, students)  # grade in the first year; below K they start in a later one
    early_start = dice.random(students) < 0.25  # in transitional kindergarten
    arrives = np.where(dice.random(students) < 0.06, dice.integers(0, years, students), 0)
    leaves = np.where(dice.random(students) < 0.06, dice.integers(0, years, students), years - 1)
    first_possible = np.maximum(0, -cohort)
    arrives = np.maximum(first_possible, np.minimum(arrives, 12 - cohort))  # everybody is there for a year
    leaves = np.maximum(arrives, leaves)
    homes = _homes(dice, schools, students)
    parts = []
    for place, year in enumerate(first_years):
        grade = cohort + place
        here = (grade <= 12) & (arrives <= place) & (place <= leaves)
        here |= (grade == TK) & early_start & (place == arrives - 1)
        parts.append(_year(dice, schools, np.flatnonzero(here), grade, homes, year, until))
    student, school, grade, year, entry, exit = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((entry, student))
    columns = [column[order] for column in (student, school, grade, year, entry, exit)]
    return Spans(*columns, last=_last_days(*columns))


def _homes(dice, schools: Schools, students: int) -> np.ndarray:
    """The elementary, middle and high school of every student: 3 rows. Most follow the feeder of their school."""

    def draw(grade: int) -> np.ndarray:
        serving = schools.serving(grade)
        share = schools.weight[serving] / schools.weight[serving].sum()
        return dice.choice(serving, size=students, p=share)

    def next_school(before: np.ndarray, last_grade: int) -> np.ndarray:
        serving = schools.serving(last_grade + 1)
        feeders = serving[np.arange(len(schools)) % len(serving)]
        follows = dice.random(students) < 0.8
        after = np.where(follows, feeders[before], draw(last_grade + 1))
        stays = (schools.high[before] > last_grade) & (dice.random(students) < 0.85)
        return np.where(stays, before, after)

    low = draw(3)
    middle = next_school(low, 5)
    return np.stack([low, middle, next_school(middle, 8)])


def _home(homes: np.ndarray, student: np.ndarray, grade: np.ndarray) -> np.ndarray:
    return homes[np.digitize(grade, [6, 9]), student]


def _year(dice, schools: Schools, student, grade_of, homes, year: int, until: date) -> tuple:
    """The spans of one school year, as columns; what happens after `until` is not known yet."""
    count, today = len(student), day_number(until)
    grade = grade_of[student]
    school = _home(homes, student, grade)
    first, last = day_number(first_lesson(year)), day_number(last_lesson(year))
    entry = np.where(dice.random(count) < 0.04, first + dice.integers(20, 150, count), first)
    entry = np.minimum(entry, min(last, today) - 1)
    exit = np.where(dice.random(count) < 0.9, last, OPEN)
    leaves = dice.random(count) < 0.03
    exit = np.where(leaves, np.minimum(entry + dice.integers(15, 200, count), last), exit)
    exit = np.where(exit > today, OPEN, exit)

    day = first + dice.integers(40, 260, count)
    up = (grade == 5) & (dice.random(count) < 0.02)  # from 5 to 6 during the year
    moves = ((dice.random(count) < 0.06) | up) & (day > entry + 25) & (day < today) & ~leaves
    grade_after = np.where(up, 6, grade)
    target = _other_school(dice, schools, school, grade_after)
    target = np.where(up, _home(homes, student, grade_after), target)
    moves &= (target != school) | up
    known = dice.random(count) < 0.6  # else the old school leaves its span open
    gap = np.where(dice.random(count) < 0.2, dice.integers(2, 20, count), 1)
    second = [column[moves] for column in (student, target, grade_after, np.full(count, year), day, exit)]
    exit = np.where(moves, np.where(known, day - gap, OPEN), exit)
    first_spans = (student, school, grade, np.full(count, year), entry, exit)
    return tuple(np.concatenate(pair) for pair in zip(first_spans, second, strict=True))


def _other_school(dice, schools: Schools, school: np.ndarray, grade: np.ndarray) -> np.ndarray:
    target = school.copy()
    for one in np.unique(grade):
        rows = np.flatnonzero(grade == one)
        target[rows] = dice.choice(schools.serving(one), size=len(rows))
    return target


def _last_days(student, school, grade, year, entry, exit) -> np.ndarray:
    """The true last days: an open span ends on 30 June, and any span on the day before the next one begins."""
    ends = {one: day_number(date(int(one) + 1, 6, 30)) for one in np.unique(year)}
    last = np.where(exit == OPEN, np.array([ends[one] for one in year]), exit)
    follows = np.append(student[1:] == student[:-1], False)
    return np.where(follows, np.minimum(last, np.append(entry[1:], 0) - 1), last)


def make_groups(dice: np.random.Generator, spans: Spans, students: int) -> dict[str, np.ndarray]:
    """The groups on every span: language, race and gender stay, the rest can change from year to year."""
    of = spans.student
    languages = np.array(list(planted.HOME_LANGUAGES), dtype=object)
    language = languages[dice.choice(len(languages), size=students, p=list(planted.HOME_LANGUAGES.values()))][of]
    other = np.array([value not in ("english", None) for value in language])
    years_on = spans.year - spans.year.min()
    leaves_support = dice.integers(0, 8, students)[of]
    need, income = dice.random(students)[of], dice.random(students)[of]
    return {
        "home_language": language,
        "iep": need < 0.13 + 0.01 * years_on,
        "english_learner": other & (leaves_support > years_on) & (need < 0.8),
        "low_income": income + 0.02 * years_on < np.where(other, 0.68, 0.42),
        "race_ethnicity": np.array(RACES, dtype=object)[dice.choice(len(RACES), size=students, p=RACE_SHARES)][of],
        "gender": np.array(["female", "male", "nonbinary"], dtype=object)[
            dice.choice(3, size=students, p=(0.488, 0.502, 0.01))
        ][of],
    }
