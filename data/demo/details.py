"""What else a log says about a contact: tone, topic, who took part, language, staff, record numbers."""

import numpy as np

from data.demo import names, planted
from data.demo.exchanges import IN, OUT, REACHED, Rows
from data.demo.stays import Stays

TONES = ("positive", "neutral", "concern", "unknown")
TOPICS = tuple(planted.TOPICS)
BEGINNERS = ("unknown", "school", "family", "student")
TITLES = ("Mr.", "Ms.", "Mx.", "Dr.")
STUDENTS_PER_STAFF = 18


def make_details(dice: np.random.Generator, rows: Rows, stays: Stays, languages: np.ndarray, schools: int) -> dict:
    """Columns for `rows`: codes into the tuples above, or values. `languages` is the home language of each stay."""
    count = len(rows)
    band, grade = stays.band[rows.stay], stays.grade[rows.stay]
    topic = np.zeros(count, dtype=np.int8)
    for place in range(3):
        mine = np.flatnonzero(band == place)
        shares = np.array([shares[place] for shares in planted.TOPICS.values()])
        topic[mine] = dice.choice(len(TOPICS), size=len(mine), p=shares / shares.sum())
    spoken, interpreter = _language(dice, languages[rows.stay])
    staff_of, staff_names = _staff(dice, stays, schools)
    place = (dice.random(count) ** 1.6 * staff_of[1][stays.school[rows.stay]]).astype(np.int64)  # some write more
    numbered = dice.random(schools) < 0.6
    return {
        "tone": _tone(dice, band),
        "topic": topic,
        "initiated_by": _beginner(dice, rows, stays, schools),
        "language": spoken,
        "interpreter": interpreter,
        "present": _presence(dice, rows, grade),
        "minutes": np.where(rows.outcome == REACHED, np.ceil(dice.gamma(2.0, 5.0, count)), np.nan),
        "staff": staff_of[0][stays.school[rows.stay]] + place,
        "staff_names": staff_names,
        "numbered": numbered[stays.school[rows.stay]],
        "school": _logging_school(dice, stays.school[rows.stay], schools),
    }


def _tone(dice, band: np.ndarray) -> np.ndarray:
    first, second, known = (dice.random(len(band)) for _ in range(3))
    positive = first < np.array(planted.POSITIVE)[band]
    tone = np.where(positive, 0, np.where(second < planted.NEUTRAL_OF_REST, 1, 2))
    return np.where(known < planted.TONE_KNOWN, tone, 3).astype(np.int8)


def _presence(dice, rows: Rows, grade: np.ndarray) -> np.ndarray:
    """1 the student took part, 0 not, -1 not known."""
    took_part = dice.random(len(rows)) < planted.PRESENT_AT_TK + planted.PRESENT_PER_GRADE * (grade + 1)
    known = (rows.outcome == REACHED) & (dice.random(len(rows)) < planted.PRESENCE_KNOWN)
    return np.where(known, took_part, -1).astype(np.int8)


def _language(dice, home: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The language of the contact (None: not known), and whether an interpreter helped (1, 0)."""
    count = len(home)
    other = (home != "english") & (home != None)  # noqa: E711  an array of texts and None
    own = dice.random(count) < planted.HOME_LANGUAGE_SPOKEN
    spoken = np.where(other & own, home, "english")
    spoken[dice.random(count) >= planted.LANGUAGE_KNOWN] = None
    return spoken, (other & ~own & (dice.random(count) < planted.INTERPRETER)).astype(np.int8)


def _beginner(dice, rows: Rows, stays: Stays, schools: int) -> np.ndarray:
    """Who began it, in the logs of some schools only; an answer was begun by nobody, so it says nothing."""
    logs = (dice.random(schools) < 0.4)[stays.school[rows.stay]] & (rows.turn == 0)
    draw = dice.random(len(rows))
    talk = np.where(draw < 0.68, 1, np.where(draw < 0.96, 2, 3))
    began = np.where(rows.direction == IN, 2, np.where(rows.direction == OUT, 1, talk))
    return np.where(logs, began, 0).astype(np.int8)


def _staff(dice, stays: Stays, schools: int) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray]:
    """(first place, number) of each school's staff in a list of names, and the list."""
    students = np.bincount(stays.school, minlength=schools)
    number = np.maximum(3, students // STUDENTS_PER_STAFF)
    first = np.cumsum(number) - number
    _, last = names.people(dice, number.sum())
    title = np.array(TITLES, dtype=object)[dice.choice(4, size=len(last), p=(0.32, 0.56, 0.04, 0.08))]
    return (first, number), title + " " + last


def _logging_school(dice, school: np.ndarray, schools: int) -> np.ndarray:
    """The school whose log it is: the own one, now and then another; -1 where the log does not say."""
    other = dice.integers(0, schools, len(school))
    draw = dice.random(len(school))
    return np.where(draw < 0.97, school, np.where(draw < 0.985, other, -1))
