"""Sheets that are named after schools: a tab for each school, in a file in which no column names one.

A person's word for the whole file counts before the tabs. In a log a tab is a school only where the roster has it; a
roster is where schools come from, so that there the name alone must tell.
"""

from dataclasses import replace

from data import mapping as meaning
from data.readers import Notice
from data.roster import schools

_SHOWN = 8


def read(cursor, table, preview) -> list[Notice]:
    """Let each sheet of a table stand for the school that it is named after, where that is clear for all of them; what
    was done, or was not because somebody said otherwise, in words."""
    names = _schools(cursor, table, preview)
    if not names:
        return []
    tabs = list(dict.fromkeys(names))  # lists below each other are of one tab
    listed = ", ".join(tabs[:_SHOWN]) + (f" and {len(tabs) - _SHOWN} more" if len(tabs) > _SHOWN else "")
    if preview.school:
        if len(tabs) == 1:
            return []
        words = f"The sheets seem to be named after schools ({listed}), but all rows that name no school go to "
        return [Notice("tabs_not_schools", f"{words}{preview.school}, as was said for the whole file.")]
    for part, name in zip(table.parts, names, strict=True):
        part.shape = replace(part.shape, above={**part.shape.above, "school": name})
    words = "each sheet is the school that it is named after" if len(tabs) > 1 else "it is that of the sheet's name"
    return [Notice("tab_schools", f"No column names the school: {words} ({listed}).")]


def _schools(cursor, table, preview) -> list[str]:
    """The name of each sheet, where each is a school's and nothing else in the file names one; else none."""
    names = [" ".join(part.sheet.name.split()) for part in table.parts]
    fields = table.mapping.fields
    if {"school", "school_code"} & set(fields) or any(part.shape.above.get("school") for part in table.parts):
        return []
    known = schools.resolve(cursor, preview.district, names)
    if all(known[name] is not None for name in names):
        # One sheet of a log may be named after a school for many reasons; the page offers it.
        return names if preview.kind == "roster" or len(set(names)) > 1 else []
    of_roster = preview.kind == "roster" and all(known[name] or meaning.names_school(name) for name in names)
    return names if of_roster else []
