"""Sheets that are lists of one grade: a tab for each grade, or a class list whose title says it, without a column."""

from dataclasses import replace

from data import mapping as meaning
from data.readers import Notice

_SHOWN = 8


def read(table, preview) -> list[Notice]:
    """Let each sheet of a roster stand for the grade that its name or title says, where all of them say one."""
    if preview.kind != "roster" or "grade" in table.mapping.fields:
        return []
    grades = [meaning.titled_grade([part.sheet.name or "", *part.shape.titles]) for part in table.parts]
    if not all(grades):
        return []
    for part, grade in zip(table.parts, grades, strict=True):
        part.shape = replace(part.shape, above={**part.shape.above, "grade": grade})
    named = [f"{part.sheet.name}: {grade}" if part.sheet.name else grade
             for part, grade in zip(table.parts, grades, strict=True)]  # fmt: skip
    listed = ", ".join(named[:_SHOWN]) + (f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else "")
    return [
        Notice(
            "tab_grades", f"No column holds the grade: it is the one that the sheet's name or title says ({listed})."
        )
    ]
