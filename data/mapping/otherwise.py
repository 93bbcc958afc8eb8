"""Sheets that schools keep beside logs and rosters, told by their headers: who signed in, a column for each week.

Read as a roster or a log they would say what nobody wrote, so they are asked about or refused in words of their own.
"""

import re

from data.mapping import by_year, shapes
from data.mapping.dates import MONTHS
from data.mapping.model import Column, Mapping, Question
from data.mapping.words import concepts, plain

_IN = re.compile(r"^(time|sign|signed|check|checked|clock|clocked) ?in( time)?$")
_OUT = re.compile(r"^(time|sign|signed|check|checked|clock|clocked) ?out( time)?$")
_VISITOR = re.compile(r"\b(visitors?|visiting)\b|^(sign|signed|check|checked) ?in\b")
_WEEK = re.compile(r"^(week|wk|semana)\b.*\d")
_CLASS_NUMBER = re.compile(r"\b(section|course|class) ?(id|number|no|num|key|sourced ?id)\b")
_MONTH_DAY = re.compile(r"^\d{1,2}[/-]\d{1,2}$")

_BY_WEEK = (
    "The sheet has a column for each week, day or month ({columns}), as one that ticks off who was contacted. A log "
    "has a row for each contact: write student, date and way of contact (such as Phone) beside each other, a row for "
    "each tick, and load that."
)
_BY_STUDENT = (
    "The columns seem to be named after students ({columns}). A log has a row for each contact: write student, date "
    "and way of contact (such as Phone) beside each other, a row for each cell that is filled in, and load that."
)
_SIGN_IN = {
    "roster": "{columns} are columns of a sign-in sheet. A roster names all students of a school; this sheet names who "
    "came and went, so that visitors may come in as students. Load the list of your students instead.",
    "contacts": "{columns} are columns of a sign-in sheet. Each row would come in as a contact with a family, although "
    "who signed in may be a student or a guest. Load it if every row is a visit of a family.",
}


def by_week(headers: list[str]) -> list[str]:
    """The headers that are weeks, days or months ("Week of 9/7", "9/14/2025", "Oct"), where several are."""
    found = [
        header for header in headers
        if _WEEK.match(plain(header)) or is_month(header) or _is_day(header) and not by_year.year_of(header)
    ]  # fmt: skip
    return found if len(found) > 1 else []


def by_week_sentence(found: list[str]) -> str:
    """What is said of a sheet with a column for each week."""
    shown = ", ".join(f"“{header}”" for header in found[:3])
    return _BY_WEEK.format(columns=f"{shown}{' and others' if len(found) > 3 else ''}")


def by_student_sentence(headers: list[str]) -> str:
    """What is said of a sheet with a column for each student ("Ana Lopez", "Ben Smith"); "" where it is none."""
    names = [one for one in headers if shapes.is_name(one) and concepts(one)[1] >= len(plain(one).split())]
    if len(names) < 2 or len(names) < len(headers) / 2:
        return ""
    shown = ", ".join(f"“{header}”" for header in names[:3])
    return _BY_STUDENT.format(columns=f"{shown}{' and others' if len(names) > 3 else ''}")


def is_month(header: str) -> bool:
    """Is it the name of a month alone, or with its year?"""
    first, *more = plain(header).split() or [""]
    return first in MONTHS and all(word.isdigit() for word in more)


def _is_day(header: str) -> bool:
    return shapes.is_date(header) or bool(_MONTH_DAY.match(header.strip()))


def questions(kind: str, headers: list[str]) -> list[Question]:
    """What to ask before such a sheet comes in as a table of this kind."""
    asked = []
    if signed := _signed_in(kind, headers):
        asked.append(Question("sign_in", _SIGN_IN[kind].format(columns=", ".join(signed)), ["load it", "stop"]))
    weeks = by_week(headers) if kind == "roster" else []
    if weeks:
        sentence = f"{by_week_sentence(weeks)} As a roster, only the students come in, and none of the ticks."
        asked.append(Question("by_week", sentence, ["it is a roster", "stop"]))
    return asked


def _signed_in(kind: str, headers: list[str]) -> list[str]:
    """The columns, quoted, of coming and going; in a log, which may say when a call began, only beside a visitor."""
    ways = [[header for header in headers if way.match(plain(header))] for way in (_IN, _OUT)]
    visitor = [header for header in headers if _VISITOR.search(plain(header))]
    if not all(ways) or kind == "contacts" and not visitor:
        return []
    told = dict.fromkeys([*(visitor[:1] if kind == "contacts" else []), ways[0][0], ways[1][0]])
    return [f"“{header}”" for header in told]


def of_others(columns: list[Column], mapping: Mapping) -> str:
    """What a list of other things than students lists ("classes" or "staff members"), else "".

    Its rows have a number of such a thing, each its own (a class list repeats the class and the teacher), and none of a
    student: the name in them is that of a class or a teacher.
    """
    named = mapping.fields.get("student_name")
    if "student_id" in mapping.fields or named and named.source in ("person", "remembered"):
        return ""
    if any("STUDENT" in concepts(column.header)[0] for column in columns):
        return ""
    for column in columns:
        found = concepts(column.header)[0]
        if found & {"ID", "NUMBER"} and 0 < column.filled == column.distinct:
            if "COURSE" in found:
                return "classes"
            if "STAFF" in found:
                return "staff members"
    return ""


def says_classes(headers: list[str]) -> bool:
    """Does a list name classes by a number of theirs ("Section_id"), as one of who is in which class does?"""
    return any(_CLASS_NUMBER.search(plain(header)) for header in headers)
