"""Synthetic rosters and contact logs of any size, as files: eleven columns, some 130 bytes a row, no real person."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from openpyxl import Workbook
from pyarrow import csv

HEADERS = ("Student ID", "Student Name", "School", "Date", "Time", "Method", "Direction", "Result", "Topic",
           "Staff", "Language")  # fmt: skip
FIRST_DAY = date(2024, 8, 19)
DAYS = range(440)  # after the first day: to the autumn of the next year
NEXT_MONTH = range(440, 470)
BATCH = 1_000_000

_FIRST = ("Ana", "Ben", "Chloe", "Diego", "Emma", "Farid", "Grace", "Hugo", "Iris", "Jamal")
_LAST = ("Lopez", "Smith", "Nguyen", "Garcia", "Johnson", "Kim", "Okafor", "Patel", "Rossi", "Young")
_WORDS = {
    "Method": ["Phone call", "Email", "Text message", "App message", "Letter", "In person", "Conference"],
    "Direction": ["Outgoing", "Incoming", "Two-way"],
    "Result": ["Spoke with parent", "Left message", "Sent", "Replied", "No answer"],
    "Topic": ["Academics", "Attendance", "Behavior", "Health", "Event", "Other"],
    "Staff": [f"Staff member {number:03d}" for number in range(400)],
    "Language": ["English", "Spanish", "Vietnamese"],
}


def schools(students: int) -> list[str]:
    """Names of schools, one for each 500 students."""
    return [f"Sample School {number:02d}" for number in range(max(3, students // 500))]


def made(folder: Path, make: Callable[..., Path], rows: int, students: int, seed: int = 1, days: range = DAYS) -> Path:
    """A log that `make` (`log_csv`, `log_xlsx`) writes into the folder, or the same one from an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    month = "-next-month" if days == NEXT_MONTH else ""
    path = folder / f"log-{rows}-{students}-{seed}{month}.{make.__name__.removeprefix('log_')}"
    if not path.exists():
        make(folder / f"part-{path.name}", rows, students, seed, days).rename(path)
    return path


def roster(path: Path, students: int) -> Path:
    """Write the roster of both school years as CSV."""
    number = np.arange(students)
    places = schools(students)
    columns = {
        "Student ID": [f"{one:06d}" for one in number],
        "First Name": [_FIRST[one % 10] for one in number],
        "Last Name": [f"{_LAST[one // 10 % 10]}{one}" for one in number],
        "School": [places[one % len(places)] for one in number],
    }
    years = [("8/15/2024", "6/30/2025", 0), ("8/15/2025", "6/30/2026", 1)]
    parts = [
        pa.table(
            columns
            | {
                "Grade": [str(one // 7 % 11 + 1 + older) for one in number],
                "Entry Date": [entry] * students,
                "Exit Date": [left] * students,
            }
        )
        for entry, left, older in years
    ]
    csv.write_csv(pa.concat_tables(parts), path)
    return path


def log_csv(path: Path, rows: int, students: int, seed: int = 1, days: range = DAYS) -> Path:
    """Write a contact log as CSV."""
    with csv.CSVWriter(path, _batch(1, students, seed, days).schema) as out:
        for place, start in enumerate(range(0, rows, BATCH)):
            out.write_table(_batch(min(BATCH, rows - start), students, seed * 1000 + place, days))
    return path


def log_xlsx(path: Path, rows: int, students: int, seed: int = 1, days: range = DAYS) -> Path:
    """Write a contact log as a workbook with real date cells."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Contacts")
    sheet.append(HEADERS)
    table = _batch(rows, students, seed, days)
    columns = [table[name].to_pylist() for name in HEADERS]
    dates = {_us(day): day for day in (FIRST_DAY + timedelta(number) for number in days)}
    columns[3] = [dates[text] for text in columns[3]]
    for row in zip(*columns, strict=True):
        sheet.append(row)
    workbook.save(path)
    return path


def _us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _batch(rows: int, students: int, seed: int, days: range) -> pa.Table:
    dice = np.random.default_rng(seed)
    who = dice.integers(students, size=rows)
    places = schools(students)
    minute = dice.integers(8 * 60, 17 * 60, size=rows)
    picked = {
        "Student ID": _taken([f"{one:06d}" for one in range(students)], who),
        "Student Name": _taken([f"{_FIRST[one % 10]} {_LAST[one // 10 % 10]}{one}" for one in range(students)], who),
        "School": _taken(places, who % len(places)),
        "Date": _taken([_us(FIRST_DAY + timedelta(one)) for one in days], dice.integers(len(days), size=rows)),
        "Time": _taken([f"{one // 60}:{one % 60:02d}" for one in range(24 * 60)], minute),
    }
    for name, words in _WORDS.items():
        picked[name] = _taken(words, dice.integers(len(words), size=rows))
    return pa.table({name: picked[name] for name in HEADERS})


def _taken(words: list[str], places: np.ndarray) -> pa.Array:
    return pa.array(words).take(pa.array(places))
