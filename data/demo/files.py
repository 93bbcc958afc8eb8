"""Sample spreadsheets to try the upload with: a roster, and two contact logs as different as real ones are.

They are made from the same synthetic district, and say on their first rows or in their names that they are samples.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from data.demo import details, tables
from data.demo.exchanges import CHANNELS, DIRECTIONS, NONE, OUTCOMES
from data.demo.make import Asked, District, make
from data.demo.write import DISTRICT
from data.schoolyear import day_date, named

CHANNEL_WORDS = {
    "phone": "Phone call", "email": "Email", "text": "Text message", "app_message": "App message",
    "letter": "Letter", "in_person": "In person", "video": "Video call", "home_visit": "Home visit",
    "conference": "Conference", "event": "Event",
}  # fmt: skip
DIRECTION_WORDS = {"outbound": "Outgoing", "inbound": "Incoming", "two_way": "Two-way", "unknown": None}
OUTCOME_WORDS = {
    "reached": "Spoke with parent", "left_message": "Left message", "sent": "Sent", "replied": "Replied",
    "no_answer": "No answer", "not_delivered": "Not delivered", "unknown": None,
}  # fmt: skip
MOST_ON_PAPER = 150  # rows of the log that a school keeps by hand


def write(folder, **asked) -> list[Path]:
    """Write three workbooks into `folder` (made when missing) and return their paths. `asked` as for `create`."""
    district = make(Asked(**asked))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    sheets = {
        "Sample roster.xlsx": ("Students", _roster(district)),
        "Sample contact log from the office.xlsx": ("Contacts", _office_log(district)),
        "Sample contact log of one school.xlsx": ("Log", _school_log(district)),
    }
    return [_save(folder / name, title, rows) for name, (title, rows) in sheets.items()]


def _save(path: Path, title: str, rows: Iterator[list]) -> Path:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def _roster(district: District) -> Iterator[list]:
    """The newest roster, one row a span, flags as a student system writes them."""
    yield ["Student ID", "Last Name", "First Name", "School", "Grade", "Entry Date", "Exit Date", "Home Language",
           "Special Education", "English Learner", "Free/Reduced Lunch", "Race/Ethnicity", "Gender"]  # fmt: skip
    newest = list(tables.rosters(district, DISTRICT).values())[-1]
    for row in newest.to_pylist():
        words = [(row[name] or "").replace("_", " ").title() for name in ("home_language", "race_ethnicity", "gender")]
        flags = ["Y" if row[name] else "N" for name in ("iep", "english_learner", "low_income")]
        yield [row["local_id"], row["last_name"], row["first_name"], row["school"], row["grade"], row["entry_date"],
               row["exit_date"], words[0], *flags, *words[1:]]  # fmt: skip


def _this_year(district: District) -> np.ndarray:
    first = district.stays.year == district.stays.year.max()
    return first[district.rows.stay]


def _office_log(district: District) -> Iterator[list]:
    """What a system exports: ids, record numbers, date and time apart, a notes column that is never stored."""
    yield ["Record ID", "Student ID", "School", "Contact Date", "Contact Time", "Contact Method", "Direction",
           "Outcome", "Reason", "Staff Member", "Language", "Interpreter Used", "Notes"]  # fmt: skip
    which = np.flatnonzero(_this_year(district) & district.details["numbered"] & ~district.rows.mass)
    for row in tables.contacts(district, DISTRICT, which).to_pylist():
        yield [f"R{row['record_number']:07d}", row["given_id"], row["given_school"], row["contact_date"],
               _clock(row["contact_second"]), CHANNEL_WORDS[row["channel"]], DIRECTION_WORDS[row["direction"]],
               OUTCOME_WORDS[row["outcome"]], row["topic"].title(), row["staff"], (row["language"] or "").title(),
               "Yes" if row["interpreter"] else "No", "Synthetic sample"]  # fmt: skip


def _school_log(district: District) -> Iterator[list]:
    """What a teacher keeps: title rows, names instead of ids, dates as text, words of its own."""
    rows, more, stays = district.rows, district.details, district.stays
    mine = _this_year(district) & ~more["numbered"] & ~rows.mass & (more["school"] == stays.school[rows.stay])
    school = np.bincount(more["school"][mine]).argmax() if mine.any() else 0
    which = np.flatnonzero(mine & (more["school"] == school))[-MOST_ON_PAPER:]
    year = named(int(stays.year.max())) if len(stays.year) else ""
    yield [f"Family contact log {year} (synthetic sample)"]
    yield [district.schools.name[school]]
    yield []
    yield ["Student", "Date", "How", "Initiated by", "Result", "About", "Tone", "Teacher"]
    for place in which:
        student = stays.student[rows.stay[place]]
        day = day_date(rows.day[place])
        direction = DIRECTIONS[rows.direction[place]]
        yield [f"{district.last_names[student]}, {district.first_names[student]}", f"{day.month}/{day.day}/{day.year}",
               CHANNEL_WORDS[CHANNELS[rows.channel[place]]],
               {"outbound": "School", "inbound": "Parent"}.get(direction),
               OUTCOME_WORDS[OUTCOMES[rows.outcome[place]]], details.TOPICS[more["topic"][place]].title(),
               details.TONES[more["tone"][place]].replace("unknown", "").title(),
               more["staff_names"][more["staff"][place]]]  # fmt: skip


def _clock(second: int | None) -> str | None:
    return None if second in (None, NONE) else f"{second // 3600:02d}:{second // 60 % 60:02d}"
