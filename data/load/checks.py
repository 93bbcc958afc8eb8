"""When a file cannot be loaded at all: a column is missing, a school is unknown, the same bytes with other choices."""

import difflib
import json

from data import mapping as meaning
from data.errors import Refusal
from data.ids import plain_school
from data.load import tab_grades
from data.load.choices import Asked
from data.roster import schools


def missing_field(table, preview) -> Refusal | None:
    """The refusal of a table that lacks what its kind cannot do without, or None."""
    refusal = _missing_field(table, preview)
    weeks = _weeks(table) if refusal else []
    if weeks:
        return Refusal("by_week", meaning.by_week_sentence(weeks))
    return _of_cells(table, refusal) or refusal


def _of_cells(table, refusal: Refusal | None) -> Refusal | None:
    """Why there is no date, or why a log looks like a roster: its cells hold weeks, or several contacts."""
    if not refusal or refusal.code not in ("no_date_column", "no_grade_column", "no_school_column"):
        return None
    several = meaning.several_in_a_cell(table.columns)
    if several:
        return Refusal("several_in_a_cell", several)
    weeks = meaning.days_of_spans(table.columns) if refusal.code == "no_date_column" else ""
    return Refusal("no_days", weeks) if weeks else None


def _weeks(table) -> list[str]:
    """The weeks or days that columns are named after. A row of days may have been taken for one above the table."""
    above = [meaning.by_week(part.shape.titles) for part in table.parts]
    return meaning.by_week(table.headers) or next((days for days in above if len(days) > 2), [])


def _missing_field(table, preview) -> Refusal | None:
    fields = table.mapping.fields
    columns = ", ".join(table.headers[:12])
    has_student = {"student_id", "student_name", "last_name", "first_name"} & set(fields)
    if not has_student and not _said_above(table, "student_name"):
        by_student = meaning.by_student_sentence(table.headers) if preview.kind == "contacts" else ""
        if by_student:
            return Refusal("by_student", by_student)
        return Refusal(
            "no_student_column",
            f"No column holds the student's id or name. The columns are: {columns}. Add "
            "one, or say which column it is.",
        )
    others = meaning.of_others(table.columns, table.mapping) if preview.kind == "roster" else ""
    if others:
        return Refusal(
            "not_students",
            f"This is a list of {others}, not of students. If it is one of students, name the column of their numbers "
            "“Student ID”.",
        )
    if preview.kind == "contacts" and "contact_date" not in fields:
        return Refusal(
            "no_date_column",
            f"No column holds the date of the contact. The columns are: {columns}. Add one, or say which column it is.",
        )
    if preview.kind == "roster" and "grade" not in fields and not _said_above(table, "grade"):
        return _no_grade(table, columns)
    if (
        preview.kind == "roster"
        and not {"school", "school_code"} & set(fields)
        and not preview.school
        and not _said_above(table, "school")
    ):
        titled = table.titled_school
        title = f" Above the table stands “{titled}”: if that is the school, say so." if titled else ""
        several = " name each sheet after its school (such as “Lincoln Elementary”)," if len(table.parts) > 1 else ""
        return Refusal(
            "no_school_column",
            "No column holds the school. Name the school that this roster is of (--school on the command line),"
            f"{several} or add a column.{title}",
        )
    return None


def _no_grade(table, columns: str) -> Refusal:
    """What is said of a roster without a column of grades. `columns` lists those there are."""
    unsaid = tab_grades.without_one(table)
    if unsaid and any(tab_grades.is_stacked(part) for part in table.parts):
        return Refusal(
            "no_grade_column",
            "No column holds the student's grade. Lists stand below each other, and of some the title says the "
            "grade, but not of all: write it above each list (such as “Grade 3”), or add a column.",
        )
    if unsaid and len(unsaid) < len(table.parts):
        return Refusal(
            "no_grade_column",
            "No column holds the student's grade. The other sheets are named after one grade, but not "
            f"{', '.join(f'“{name}”' for name in unsaid[:8])}: name "
            "each sheet after its grade (such as “Grade 3”), or add a column.",
        )
    if meaning.says_classes(table.headers):
        return Refusal(
            "not_students",
            "This list says who is in which class, and has no column of grades. Load the list of students of the "
            "same export (such as students.csv) instead: it says who is at which school in which grade.",
        )
    return Refusal(
        "no_grade_column",
        f"No column holds the student's grade, which a roster needs. The columns are: "
        f"{columns}. Add one, say which column it is, or name each sheet after its grade (such as “Grade 3”).",
    )


def _said_above(table, name: str) -> bool:
    """Do the rows above the table, or its tabs, say it for every sheet?"""
    tab = name == "student_name"
    return all(part.shape.above.get(name) or (tab and part.shape.student_from_tab) for part in table.parts)


def refuse_unknown_school(cursor, district: str, school: str):
    """Refuse a school that the roster does not have, where there is a roster."""
    known = [
        name
        for (name,) in cursor.execute("SELECT name FROM school WHERE district = ? ORDER BY name", [district]).fetchall()
    ]
    if not known or schools.resolve(cursor, district, [school])[school] is not None:
        return
    by_plain = {plain_school(name): name for name in known}
    near = difflib.get_close_matches(plain_school(school), by_plain, 1, 0.5)
    hint = f"Did you mean {by_plain[near[0]]}?" if near else f"It has {', '.join(known[:8])}."
    raise Refusal("unknown_school", f"The roster has no school {school}. {hint}")


def refuse_other_choices(earlier: dict, asked: Asked):
    """Refuse the bytes of an upload that is in force where somebody now says something else about them."""
    mapped = {}
    for sheet in json.loads(earlier["mapping"]):
        mapped.update({name: choice["header"] for name, choice in sheet["fields"].items()})
    differs = (
        (asked.kind and asked.kind != earlier["kind"])
        or (asked.district_said and asked.district != earlier["district"])
        or (asked.school and plain_school(asked.school) != plain_school(earlier["school"] or ""))
        or any((mapped.get(name) or "") != (header or "") for name, header in asked.choices.fields.items())
        or asked.choices.constants
        or asked.choices.values
        or asked.choices.date_order
        or asked.choices.grade_scale
        or asked.choices.id_digits is not None
    )
    if differs:
        raise Refusal(
            "other_choices",
            f"This file is loaded already (upload {earlier['upload_id']}, by {earlier['loaded_by']}"
            "), and was read in another way. Undo that upload first, then load the file again.",
        )
