"""Sheets that are lists of one grade: a tab for each grade, or a class list whose title says it, without a column."""

import re
from dataclasses import replace

from data import mapping as meaning
from data.mapping import codes
from data.readers import Notice

_SHOWN = 8
_BARE = re.compile(r"k|\d{1,2}(st|nd|rd|th)?", re.I)


def read(table, preview) -> list[Notice]:
    """Let each sheet of a roster stand for the grade that its name or title says, where all of them say one."""
    if preview.kind != "roster" or "grade" in table.mapping.fields:
        return []
    grades = _grades(table)
    if not all(grades):
        return []
    for part, grade in zip(table.parts, grades, strict=True):
        part.shape = replace(part.shape, above={**part.shape.above, "grade": grade})
    of_sheets: dict[str, list[str]] = {}
    for part, grade in zip(table.parts, grades, strict=True):
        of_sheets.setdefault(part.sheet.name or "", []).append(grade)
    named = [": ".join(filter(None, (name, ", ".join(dict.fromkeys(told))))) for name, told in of_sheets.items()]
    listed = ", ".join(named[:_SHOWN]) + (f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else "")
    return [
        Notice(
            "tab_grades", f"No column holds the grade: it is the one that the sheet's name or title says ({listed})."
        )
    ]


def without_one(table) -> list[str]:
    """The sheets whose names and titles say no grade, or more than one."""
    return [part.sheet.name or "" for part, grade in zip(table.parts, _grades(table), strict=True) if not grade]


def _grades(table) -> list[str | None]:
    """The grade of each sheet. "1st" alone may be a period or a quarter, but beside "Kinder" it is a grade."""
    names = [part.sheet.name or "" for part in table.parts]
    found = [
        part.shape.above.get("grade") if is_stacked(part) else meaning.titled_grade([name, *part.shape.titles])
        for name, part in zip(names, table.parts, strict=True)
    ]
    if not any(found):
        return found
    return [
        grade or (codes.grade(name).value if _BARE.fullmatch(name.strip()) and not is_stacked(part) else None)
        for grade, name, part in zip(found, names, table.parts, strict=True)
    ]


def is_stacked(part) -> bool:
    """Does the sheet hold lists below each other whose own titles say their grades?"""
    return "grade" in part.shape.above or any("grade" in said for _, said in part.shape.blocks)
