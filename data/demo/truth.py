"""What was planted, what an estimate should therefore be, and how to check it. Written beside the store."""

import json
import os
from pathlib import Path

import numpy as np

from data.demo import planted
from data.demo.chance import closed_asks
from data.demo.exchanges import IN, OUT, Rows, expected_exchanges
from data.demo.planted import BANDS, DELIVERED
from data.demo.stays import Stays
from data.schoolyear import day_date, named

# What to type after `python -m analytics` to check a truth.
CHECKS = {
    "contact_rate": "contact_rate --by band (or school, school_year, iep, ...; or band,channel)",
    "drop_off": "drop_off --measure contact_rate (its interval should hold the number; --channel for one channel)",
    "transition": "transition --measure contact_rate (before and after; its interval should hold the ratio)",
    "reach": "reach --by band",
    "mass_messages": "mass_messages --by band",
    "family_reply_rate": "family_reply_rate --by band",
    "school_reply_rate": "school_reply_rate --by band",
    "attempt_success": "attempt_success --by band",
    "direction_known": "direction_known --by band",
    "positive_share": "positive_share --by band",
    "student_present": "student_present --by grade",
    "language_match": "language_match",
    "weeks_logged": "weeks_logged --by school (these schools are the lowest)",
}


# Enrolled days in each year that make a student one of the same students.
LEAST_DAYS = 30


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


def make_truth(rows: Rows, seen: np.ndarray, stays: Stays, more: dict, groups: dict, school_names: list, rare) -> dict:
    """Everything that can be recovered, measure by measure, each with the command that checks it.

    seen    for each stay, the share of its contacts that fall on an enrolled day (`exchanges.make_rows`)
    more    the details of the rows;  groups  columns like `stays`;  rare  marks the schools that log in some weeks
    """
    begun = np.count_nonzero((rows.turn == 0) & ~rows.outside)
    scale = begun / expected_exchanges(stays) if begun else 0.0
    delivered = seen * _expected_delivered(stays, scale)
    cuts = {"band": (stays.band, BANDS), "school": (stays.school, school_names), "school_year": _years(stays)}
    cuts |= {name: _values(column) for name, column in groups.items()}
    found = {
        "contact_rate": _planted_rates(scale)
        | {f"by_{cut}": _rates(stays, delivered, _spread(rows), *labels) for cut, labels in cuts.items()},
        "drop_off": _drop_offs(),
        "transition": {"by_grade": _transitions(stays, delivered, _spread(rows))},
        "reach": {"by_band": _reach(stays, scale)},
        "mass_messages": {"by_band": _mass_rates(stays, scale)},
        "family_reply_rate": {"by_band": _reply_rates(rows, stays, OUT, planted.FAMILY_REPLIES)},
        "school_reply_rate": {"by_band": _reply_rates(rows, stays, IN, planted.SCHOOL_REPLIES)},
        **_planted_shares(rows, stays),
        "student_present": {"by_grade": _presence(rows, stays, more["present"])},
        "language_match": {"planted": _language_match()},
        "weeks_logged": {
            "schools_that_log_in_some_weeks": [school_names[place] for place in np.flatnonzero(rare)],
            "share_of_their_weeks": planted.WEEKS_LOGGED,
        },
    }
    return {
        "about": "A synthetic district. An estimate should lie within 4 standard errors of the expected number. What "
        "is expected differs from what was planted where answers fall after a student's last day, or come by chance.",
        "as_of": str(day_date(rows.day.max())) if len(rows) else None,
        **{
            measure: {"check": f"python -m analytics {CHECKS[measure]}", **numbers}
            for measure, numbers in found.items()
        },
    }


def _planted_rates(scale: float) -> dict:
    by_channel = [{name: scale * rate for name, rate in planted.delivered_rates(band).items()} for band in range(3)]
    return {
        "planted_by_band": dict(zip(BANDS, (sum(rates.values()) for rates in by_channel), strict=True)),
        "planted_by_band_and_channel": dict(zip(BANDS, by_channel, strict=True)),
    }


def _drop_offs() -> dict:
    rates = [planted.delivered_rates(band) for band in range(3)]
    return {
        "contact_rate": _drop_off([sum(band.values()) for band in rates]),
        "by_channel": {channel: _drop_off([band[channel] for band in rates]) for channel in rates[0]},
    }


def _transitions(stays: Stays, delivered: np.ndarray, spread: float) -> dict:
    """The same students in a grade and in the next one a year later: both expected rates, and their ratio."""
    found = {}
    for grade in (5, 8):
        sums = {}
        for place, year in enumerate(np.unique(stays.year)[:-1]):
            for later in (0, 1):
                mine = (stays.grade == grade + later) & (stays.year == year + later)
                count = stays.student.max() + 1
                days, contacts = (np.bincount(stays.student[mine], column[mine], minlength=count)
                                  for column in (stays.days, delivered))  # fmt: skip
                sums[place, later] = days, contacts
            same = (sums[place, 0][0] >= LEAST_DAYS) & (sums[place, 1][0] >= LEAST_DAYS)
            for later in (0, 1):
                sums[place, later] = [float(column[same].sum()) for column in sums[place, later]]
        if sums:
            found[str(grade)] = _before_and_after(sums, spread)
    return found


def _before_and_after(sums: dict, spread: float) -> dict:
    rates = []
    for later in (0, 1):
        days, contacts = (sum(pair[part] for (_, when), pair in sums.items() if when == later) for part in (0, 1))
        rates.append(_number(30 * contacts / days, 30 * spread * np.sqrt(contacts) / days) if days else None)
    if None in rates:
        return {}
    return {"before": rates[0], "after": rates[1], "ratio": rates[1]["expected"] / rates[0]["expected"]}


def _planted_shares(rows: Rows, stays: Stays) -> dict:
    def delivered(band, rate):
        return rate / (rate + planted.rates_of("failed", band))

    def known(band, rate):
        return 1 - planted.rates_of("unknown", band) / rate

    return {
        "attempt_success": {"by_band": _shares(rows, stays, delivered)},
        "direction_known": {"by_band": _shares(rows, stays, known)},
        "positive_share": {
            "by_band": _shares(rows, stays, lambda band, rate: planted.POSITIVE[band], counted=planted.TONE_KNOWN)
        },
    }


def _language_match() -> float:
    return planted.HOME_LANGUAGE_SPOKEN + (1 - planted.HOME_LANGUAGE_SPOKEN) * planted.INTERPRETER


def _expected_delivered(stays: Stays, scale: float) -> np.ndarray:
    """The expected delivered contacts of every stay, answers included."""
    expected = np.zeros(len(stays.student))
    for band in range(3):
        mine = stays.band == band
        for start in DELIVERED:
            each = scale * start.rate_in(band) / 30 * planted.exchange_rows(start.side, band)
            expected[mine] += each * stays.mass[start.season][mine]
    return expected


def _spread(rows: Rows) -> float:
    """Exchanges come and go as a whole, so counts of contacts vary more than single contacts would: by this factor."""
    sizes = np.bincount(rows.exchange[~rows.mass]).astype(float)
    return float(np.sqrt((sizes**2).sum() / sizes.sum())) if sizes.sum() else 1.0


def _rates(stays: Stays, contacts: np.ndarray, spread: float, group: np.ndarray, labels) -> dict:
    """Expected rate of each group per 30 enrolled days, with the standard error of an estimate."""
    days = np.bincount(group, stays.days, minlength=len(labels))
    contacts = np.bincount(group, contacts, minlength=len(labels))
    return {
        str(label): _number(30 * contacts[place] / days[place], 30 * spread * np.sqrt(contacts[place]) / days[place])
        for place, label in enumerate(labels)
        if days[place]
    }


def _mass_rates(stays: Stays, scale: float) -> dict:
    rates = np.array([scale * planted.rates_of("mass", band) for band in range(3)])
    return _rates(stays, rates[stays.band] / 30 * stays.days, 1.0, stays.band, BANDS)


def _number(expected: float, standard_error: float) -> dict:
    return {"expected": float(expected), "standard_error": float(standard_error)}


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
            found[band] = _number(chance.mean(), np.sqrt((chance * (1 - chance)).sum()) / len(chance))
    return found


def _shares(rows: Rows, stays: Stays, share, counted: float = 1.0) -> dict:
    """A planted share of contacts by band, with its standard error. `share(band, delivered rate)` gives it."""
    counts = counted * np.bincount(stays.band[rows.stay], minlength=3)
    found = {}
    for place, band in enumerate(BANDS):
        value = share(place, sum(planted.delivered_rates(place).values()))
        if counts[place]:
            found[band] = _number(value, _spread(rows) * np.sqrt(value * (1 - value) / counts[place]))
    return found


def _presence(rows: Rows, stays: Stays, present: np.ndarray) -> dict:
    """The planted share of conversations in which the student took part, by grade."""
    known = np.bincount(stays.grade[rows.stay[present >= 0]] + 1, minlength=14)
    chances = planted.PRESENT_AT_TK + planted.PRESENT_PER_GRADE * np.arange(14)
    errors = np.sqrt(chances * (1 - chances) / np.maximum(known, 1))
    return {_grade(place - 1): _number(chances[place], errors[place]) for place in np.flatnonzero(known)}


def _reply_rates(rows: Rows, stays: Stays, side: int, chances) -> dict:
    """The planted probability, the share of asks that some other contact answers anyway, and the rate to expect."""
    asks, band, anyway = closed_asks(rows, stays, side)
    found = {}
    for place, name in enumerate(BANDS):
        mine = band == place
        if mine.any():
            p, chance = chances[place], float(anyway[mine].mean())
            error = np.sqrt(p * (1 - p) * (1 - chance) / mine.sum())
            expected = _number(chance + (1 - chance) * p, error)
            found[name] = {"planted": p, "answered_by_chance": chance, **expected}
    return found


def _grade(number: int) -> str:
    return {-1: "TK", 0: "K"}.get(number, str(number))
