"""A made district as Arrow tables with the columns of the store's durable tables. Knows no database."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pyarrow as pa

from data import ids
from data.demo import details
from data.demo.exchanges import CHANNELS, DIRECTIONS, NONE, OUTCOMES
from data.demo.make import District
from data.demo.people import OPEN
from data.schoolyear import day_date, named

LATE = 0.03  # share of the rows with a record number that are entered a month late


def local_ids(district: District) -> np.ndarray:
    """The students' ids as the district's system has them: six digits, leading zeros and all."""
    numbers = np.random.default_rng([district.asked.seed, 1]).permutation(10 * district.asked.students)
    return np.array([f"{number:06d}" for number in numbers[: district.asked.students]], dtype=object)


def rosters(district: District, name: str) -> dict[str, pa.Table]:
    """School year -> the rows of its roster. `name` is the district's."""
    spans, ids_ = district.spans, local_ids(district)
    found = {}
    for year in np.unique(spans.year):
        mine = np.flatnonzero(spans.year == year)
        student, count = spans.student[mine], len(mine)
        exit_days = spans.exit[mine]
        columns = {
            "sheet": [""] * count,
            "source_row": np.arange(2, count + 2),
            "district": [name] * count,
            "school": _picked(district.schools.name, spans.school[mine]),
            "local_id": ids_[student],
            "first_name": district.first_names[student],
            "last_name": district.last_names[student],
            "school_year": [named(int(year))] * count,
            "grade": [{-1: "TK", 0: "K"}.get(grade, str(grade)) for grade in spans.grade[mine].tolist()],
            "entry_date": pa.array(spans.entry[mine].astype(np.int32)).cast(pa.date32()),
            "exit_date": pa.array(exit_days.astype(np.int32), mask=exit_days == OPEN).cast(pa.date32()),
            **{group: column[mine] for group, column in district.groups.items()},
        }
        found[named(int(year))] = pa.table(columns)
    return found


def months(district: District) -> list[tuple[date, datetime, np.ndarray]]:
    """The monthly logs: (first of the month, when it was loaded, places of its rows). A few rows come a month late."""
    rows = district.rows
    if not len(rows):
        return []
    days = np.arange(rows.day.min(), rows.day.max() + 1)
    number = np.array([12 * day.year + day.month for day in map(day_date, days)])
    month = number[rows.day - days[0]]
    dice = np.random.default_rng([district.asked.seed, 2])
    late = district.details["numbered"] & (dice.random(len(rows)) < LATE) & (month < month.max())
    month = month + late
    return [
        (date((one - 1) // 12, (one - 1) % 12 + 1, 1), _loaded_at(one, district.until), np.flatnonzero(month == one))
        for one in np.unique(month).tolist()
    ]


def _loaded_at(month: int, until: date) -> datetime:
    """The afternoon of the first weekday after the month, the day after the sample's last day at the latest."""
    after = date(month // 12, month % 12 + 1, 1)
    after += timedelta({5: 2, 6: 1}.get(after.weekday(), 0))
    return datetime.combine(min(after, until + timedelta(1)), time(15, 30))


def contacts(district: District, name: str, which: np.ndarray) -> pa.Table:
    """The rows at the places `which`, as a log has them; ids of contacts are left to the store's own rule."""
    rows, more, stays, count = district.rows, district.details, district.stays, len(which)
    student = stays.student[rows.stay[which]]
    named_school = more["school"][which]
    school_ids = np.array([ids.school_id(name, school) for school in district.schools.name])
    student_ids = np.array([ids.student_id(name, one) for one in local_ids(district)])
    second = rows.second[which]
    present, numbered = more["present"][which], more["numbered"][which]
    minutes = more["minutes"][which]
    return pa.table(
        {
            "sheet": _picked([""], np.zeros(count, dtype=np.int32)),
            "source_row": np.arange(2, count + 2, dtype=np.int32),
            "district": _picked([name], np.zeros(count, dtype=np.int32)),
            "given_id": _picked(local_ids(district), student),
            "given_school": _picked(district.schools.name, named_school),
            "student_id": student_ids[student],
            "school_id": pa.array(school_ids[named_school], mask=named_school < 0),
            "contact_date": pa.array(rows.day[which].astype(np.int32)).cast(pa.date32()),
            "contact_day": rows.day[which].astype(np.int32),
            "contact_second": pa.array(second.astype(np.int32), mask=second == NONE),
            "channel": _picked(CHANNELS, rows.channel[which]),
            "direction": _picked(DIRECTIONS, rows.direction[which]),
            "outcome": _picked(OUTCOMES, rows.outcome[which]),
            "initiated_by": _picked(details.BEGINNERS, more["initiated_by"][which]),
            "audience": _picked(("personal", "mass"), rows.mass[which].astype(np.int8)),
            "topic": _picked(details.TOPICS, more["topic"][which]),
            "tone": _picked(details.TONES, more["tone"][which]),
            "staff": _picked(more["staff_names"], more["staff"][which]),
            "language": pa.array(more["language"][which], type=pa.string()),
            "interpreter": more["interpreter"][which].astype(bool),
            "student_present": pa.array(present == 1, mask=present < 0),
            "minutes": pa.array(minutes, mask=np.isnan(minutes)),
            "record_number": pa.array(which, mask=~numbered),
        }
    )


def _picked(values, places: np.ndarray) -> pa.DictionaryArray:
    """values[places] without a copy of the texts; a negative place is NULL."""
    places = np.asarray(places, dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), pa.array(list(values), type=pa.string()))
