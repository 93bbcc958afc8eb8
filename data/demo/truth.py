"""What was planted, what an estimate should therefore be, and how to check it. Written beside the store.

An ask can be answered by chance: another exchange of the same family falls into its window. Of those asks the planted
probability says nothing, so they are counted here and the expected reply rate is  chance + (1 - chance) x planted.
"""

import json
import os
from pathlib import Path

import numpy as np

from data.demo import planted
from data.demo.exchanges import IN, LEFT_MESSAGE, NONE, OUT, REACHED, REPLIED, SENT, Rows, Stays, expected_rows
from data.demo.planted import BANDS, DELIVERED
from data.schoolyear import day_date, named

WINDOW = 7
DAY = 86_400


def path_of(store_path) -> Path:
    """Where the truth of a store lies: beside it."""
    return Path(f"{store_path}.truth.json")


def save(store_path, truth: dict) -> Path:
    """Write the truth beside the store, readable by this user only like the store itself."""
    path = path_of(store_path)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(truth, file, indent=2)
        file.write("\n")
    return path


def make_truth(rows: Rows, stays: Stays, groups: dict[str, np.ndarray], school_names: list[str], rare) -> dict:
    """Everything that can be recovered. `groups` are columns like `stays`; `rare` marks the schools that log little."""
    scale = len(rows) / expected_rows(stays) if len(rows) else 0.0
    delivered = _expected_delivered(stays, scale)
    return {
        "about": "A synthetic district. The numbers below were planted; the estimates should agree within 4 standard "
        "errors and half a percent (a few answers fall after a student's last day).",
        "as_of": str(day_date(rows.day.max())) if len(rows) else None,
        "contact_rate": {
            "check": "python -m analytics contact_rate --by band (or band,channel; band,school_year; school; ...)",
            "by_band": _rates(stays, delivered, stays.band, BANDS),
            "by_band_and_channel": {
                band: {channel: scale * rate for channel, rate in planted.delivered_rates(place).items()}
                for place, band in enumerate(BANDS)
            },
            "by_school": _rates(stays, delivered, stays.school, school_names),
            "by_school_year": _rates(stays, delivered, *_years(stays)),
            **{f"by_{name}": _rates(stays, delivered, *_values(column)) for name, column in groups.items()},
        },
        "drop_off": {
            "check": "python -m analytics drop_off --measure contact_rate (its interval should hold the number)",
            "contact_rate": _drop_off([sum(planted.delivered_rates(place).values()) for place in range(3)]),
            "by_channel": {
                channel: _drop_off([planted.delivered_rates(place)[channel] for place in range(3)])
                for channel in planted.delivered_rates(0)
            },
        },
        "reach": {"check": "python -m analytics reach --by band", "by_band": _reach(stays, scale)},
        "attempt_success": {
            "check": "python -m analytics attempt_success --by band",
            "by_band": _shares(rows, stays, lambda band, rate: rate / (rate + planted.rates_of("failed", band))),
        },
        "direction_known": {
            "check": "python -m analytics direction_known --by band",
            "by_band": _shares(rows, stays, lambda band, rate: 1 - planted.rates_of("unknown", band) / rate),
        },
        "mass_messages": {
            "check": "python -m analytics mass_messages --by band",
            "by_band": {band: {"planted": scale * planted.rates_of("mass", place)} for place, band in enumerate(BANDS)},
        },
        "family_reply_rate": {
            "check": "python -m analytics family_reply_rate --by band",
            "by_band": _reply_rates(rows, stays, OUT, planted.FAMILY_REPLIES),
        },
        "school_reply_rate": {
            "check": "python -m analytics school_reply_rate --by band",
            "by_band": _reply_rates(rows, stays, IN, planted.SCHOOL_REPLIES),
        },
        "positive_share": {
            "check": "python -m analytics positive_share --by band",
            "by_band": _shares(rows, stays, lambda band, rate: planted.POSITIVE[band], known=planted.TONE_KNOWN),
        },
        "student_present": {
            "check": "python -m analytics student_present --by grade",
            "by_grade": {
                _grade(grade): {"planted": planted.PRESENT_AT_TK + planted.PRESENT_PER_GRADE * (grade + 1)}
                for grade in sorted(set(stays.grade.tolist()))
            },
        },
        "language_match": {
            "check": "python -m analytics language_match",
            "planted": planted.HOME_LANGUAGE_SPOKEN + (1 - planted.HOME_LANGUAGE_SPOKEN) * planted.INTERPRETER,
        },
        "weeks_logged": {
            "check": "python -m analytics weeks_logged --by school (these schools are the lowest)",
            "schools_that_log_in_some_weeks": [school_names[place] for place in np.flatnonzero(rare)],
            "share_of_their_weeks": planted.WEEKS_LOGGED,
        },
    }


def _expected_delivered(stays: Stays, scale: float) -> np.ndarray:
    """The expected delivered contacts of every stay, answers included."""
    expected = np.zeros(len(stays.student))
    for band in range(3):
        mine = stays.band == band
        for start in DELIVERED:
            each = scale * start.rate_in(band) / 30 * planted.exchange_rows(start.side, band)
            expected[mine] += each * stays.mass[start.season][mine]
    return expected


def _rates(stays: Stays, delivered: np.ndarray, group: np.ndarray, labels) -> dict:
    """Planted rate of each group, with the standard error of an estimate (exchanges vary more than single contacts)."""
    days = np.bincount(group, stays.days, minlength=len(labels))
    contacts = np.bincount(group, delivered, minlength=len(labels))
    return {
        str(label): {"planted": 30 * contacts[place] / days[place],
                     "standard_error": 1.4 * 30 * float(np.sqrt(contacts[place])) / days[place]}
        for place, label in enumerate(labels)
        if days[place]
    }  # fmt: skip


def _years(stays: Stays) -> tuple[np.ndarray, list[str]]:
    years, place = np.unique(stays.year, return_inverse=True)
    return place, [named(int(year)) for year in years]


def _values(column: np.ndarray) -> tuple[np.ndarray, list[str]]:
    words = np.array([{True: "yes", False: "no", None: "unknown"}.get(value, value) for value in column.tolist()])
    labels, place = np.unique(words, return_inverse=True)
    return place, labels.tolist()


def _drop_off(rates: list[float]) -> dict:
    return {band: 1 - rates[place] / rates[0] for place, band in enumerate(BANDS)}


def _reach(stays: Stays, scale: float) -> dict:
    """Students with at least one delivered contact: 1 - exp(-expected beginnings), averaged over the students."""
    found = {}
    for place, band in enumerate(BANDS):
        mine = stays.band == place
        begun = np.zeros(mine.sum())
        for start in DELIVERED:
            begun += scale * start.rate_in(place) / 30 * stays.mass[start.season][mine]
        _, student = np.unique(stays.student[mine], return_inverse=True)
        if len(student):
            chance = 1 - np.exp(-np.bincount(student, begun))
            error = float(np.sqrt((chance * (1 - chance)).sum())) / len(chance)
            found[band] = {"planted": float(chance.mean()), "standard_error": error}
    return found


def _shares(rows: Rows, stays: Stays, share, known: float = 1.0) -> dict:
    """A planted share of contacts by band, with its standard error. `share(band, delivered rate)` gives it."""
    counts = known * np.bincount(stays.band[rows.stay], minlength=3) if len(rows) else np.zeros(3)
    found = {}
    for place, band in enumerate(BANDS):
        value = share(place, sum(planted.delivered_rates(place).values()))
        if counts[place]:
            error = 1.4 * float(np.sqrt(value * (1 - value) / counts[place]))
            found[band] = {"planted": value, "standard_error": error}
    return found


def _reply_rates(rows: Rows, stays: Stays, side: int, chances) -> dict:
    """The planted probability, the share of asks that some other contact answers anyway, and the rate to expect."""
    asks, band, anyway = _asks(rows, stays, side)
    found = {}
    for place, name in enumerate(BANDS):
        mine = band == place
        if mine.any():
            p, chance = chances[place], float(anyway[mine].mean())
            error = float(np.sqrt(p * (1 - p) * (1 - chance) / mine.sum()))
            found[name] = {"planted": p, "answered_by_chance": chance, "expected": chance + (1 - chance) * p,
                           "standard_error": error}  # fmt: skip
    return found


def _asks(rows: Rows, stays: Stays, side: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The closed asks of one side while enrolled: their rows, bands, and whether another exchange answers them."""
    if not len(rows):
        return np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0, dtype=bool)
    student = stays.student[rows.stay].astype(np.int64) << 32
    asking = (rows.direction == side) & np.isin(rows.outcome, (LEFT_MESSAGE, SENT)) & ~rows.mass
    stay = _stay_of(rows, stays)
    asks = np.flatnonzero(asking & (rows.day <= rows.day.max() - WINDOW) & (stay >= 0))
    answers = ((rows.direction == 1 - side) & ~rows.mass) | np.isin(rows.outcome, (REACHED, REPLIED))
    moment = student + rows.day * DAY
    latest = moment + np.where(rows.second == NONE, DAY - 1, rows.second)  # as an answer
    earliest = moment + np.where(rows.second == NONE, 0, rows.second)  # as an ask
    end = moment + (WINDOW + 1) * DAY - 1
    line = np.sort(latest[answers])
    count = np.searchsorted(line, end[asks], side="right") - np.searchsorted(line, earliest[asks])
    count -= _own_answers(rows, answers, latest, earliest, end)[asks]
    return asks, stays.band[stay[asks]], count > 0


def _own_answers(rows: Rows, answers, latest, earliest, end) -> np.ndarray:
    """Of each row: the answers inside its window that come later in its own exchange."""
    order = np.lexsort((rows.turn, rows.exchange))
    found = np.zeros(len(rows), dtype=np.int64)
    for step in range(1, int(rows.turn.max()) + 1):
        ask, answer = order[:-step], order[step:]
        same = (rows.exchange[ask] == rows.exchange[answer]) & answers[answer]
        inside = (earliest[ask] <= latest[answer]) & (latest[answer] <= end[ask])
        found[ask] += same & inside
    return found


def _stay_of(rows: Rows, stays: Stays) -> np.ndarray:
    """The stay in which each row's student is on that day, -1 where the student is not enrolled."""
    order = np.lexsort((stays.start, stays.student))
    starts = (stays.student[order].astype(np.int64) << 32) + stays.start[order]
    student = stays.student[rows.stay].astype(np.int64)
    place = np.searchsorted(starts, (student << 32) + rows.day, side="right") - 1
    stay = order[place.clip(min=0)]
    there = (place >= 0) & (stays.student[stay] == student) & (rows.day < stays.end[stay])
    return np.where(there, stay, -1)


def _grade(number: int) -> str:
    return {-1: "TK", 0: "K"}.get(number, str(number))
