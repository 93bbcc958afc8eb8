"""What a person should know about the rows of a log before they come in, each in a sentence."""

from data import matching
from data.load import corrected, place, twins
from data.load.preview import Preview
from data.readers import Notice

# Of fewer rows that wait nothing can be said of the whole file.
FEWEST = 3
_MATCHED = ("rows_new", "rows_duplicate", "rows_changed")
# Of so many contradictions the first row is looked for.
_LOOKED_UP = 20


def of_contacts(cursor, preview: Preview) -> list[Notice]:
    """The notices of a plan whose rows were placed (`data.load.place`) and counted."""
    told = {
        "no_roster": (without := _no_roster(cursor, preview.district)),
        "nobody_known": "" if without else _nobody_known(preview),
        "repeated": _repeated(place.repeated(cursor)),
        "not_enrolled": _not_enrolled(*place.not_enrolled(cursor), preview),
        "name_contradicts_id": _contradicted(cursor),
        "corrected": corrected.sentence(cursor, preview),
        "other_grade": _other_grade(*place.other_grade(cursor)),
        "same_id_elsewhere": twins.same_id_elsewhere(cursor, preview.signature)
        if preview.counts["rows_changed"]
        else "",
    }
    return [Notice(code, words) for code, words in told.items() if words]


def _no_roster(cursor, district: str) -> str:
    if cursor.execute("SELECT 1 FROM student WHERE district = ? LIMIT 1", [district]).fetchall():
        return ""
    known = [name for (name,) in cursor.execute("SELECT DISTINCT district FROM school ORDER BY 1").fetchall()]
    if not known:
        return "No roster is loaded yet, so these contacts wait: they join by themselves when one names their students."
    return (
        f"No roster of {district} is loaded, so these contacts wait. The rosters here are of {', '.join(known[:8])}"
        f"{' and others' if len(known) > 8 else ''}: if the file is of one of them, load it on the command line with "
        "--district and its name."
    )


def _nobody_known(preview: Preview) -> str:
    """A log of another district, or a wrong column of numbers, shows in students of whom none is on a roster."""
    counts = preview.counts
    if counts["rows_unmatched"] < FEWEST or any(counts[name] for name in _MATCHED):
        return ""
    return (
        f"No student of this file is on a roster of {preview.district}, so all its rows wait. If it is of another "
        "district, do not load it here. If these are your students, check which column holds their numbers, or load "
        "their roster."
    )


def _repeated(many: int) -> str:
    if not many:
        return ""
    return (
        f"{_rows(many, 'says', 'say')} exactly what an earlier row of this file says. Each counts: if the file was put "
        "together from others that overlap, load those one by one instead, and what they share is counted once."
    )


def _not_enrolled(many: int, first, last, preview: Preview) -> str:
    """A wrong order or year of dates, or a roster of another year, shows in contacts of days outside enrollment."""
    if not many:
        return ""
    days = f"{first}" if first == last else f"{first} to {last}"
    orders = [sheet.mapping.date for sheet in preview.sheets if sheet.mapping and sheet.mapping.date]
    year = "say the school year if it is another, as the dates name none, " if any(o.no_year for o in orders) else ""
    rows = f"{many:,} of {preview.counts['rows_new']:,} new rows {'is' if many == 1 else 'are'}"
    return (
        f"{rows} of a day on which the student was not enrolled ({days}): stored, but counted in no measure. Check "
        f"the order of the dates, {year}and whether a roster of that school year is missing."
    )


def _contradicted(cursor) -> str:
    found = matching.contradicted(cursor, "planned")
    if not found:
        return ""
    first = min(
        cursor.execute(
            "SELECT min(source_row) FROM planned WHERE student_id = ? AND given_name = ?", [student, name]
        ).fetchall()[0][0]
        for student, name, _ in found[:_LOOKED_UP]
    )
    many = sum(rows for *_, rows in found)
    return (
        f"{_rows(many, 'has', 'have')} the id of one student and the name of another (row {first:,}, for example); the "
        "id was followed. Compare the names with the roster before you load."
    )


def _other_grade(many: int, first: int | None) -> str:
    if not many:
        return ""
    return (
        f"{_rows(many, 'gives', 'give')} a grade in which the student of that name was not that school year (row "
        f"{first:,}, for example). If another child of the same name is meant, fill in the student's id."
    )


def _rows(many: int, one: str, several: str) -> str:
    return f"{many:,} rows {several}" if many > 1 else f"1 row {one}"
