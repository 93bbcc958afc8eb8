"""Whose rows a person may load: a principal loads the rows of own schools, the district loads the rest.

A row of another school, or of none, is set aside with a sentence; it is never loaded and never lost.
"""

from dataclasses import replace

import pandas as pd

from data.ids import plain_school
from data.load.problems import sentence
from data.roster import schools

_NONE = "no school named"
# Each way in which an upload, or a row of it, says its school; NULL: it says none.
_WRITTEN = """
SELECT upload_id, school FROM upload WHERE upload_id IN (SELECT unnest($uploads))
UNION SELECT upload_id, given_school FROM contact_row WHERE upload_id IN (SELECT unnest($uploads))
UNION SELECT upload_id, coalesce(school, school_code) FROM roster_row WHERE upload_id IN (SELECT unnest($uploads))
"""


def set_contacts_aside(cursor, district: str, allowed: tuple[str, ...]):
    """Set the rows of `told` aside that are not of the `allowed` schools."""
    texts = [text for (text,) in cursor.execute("SELECT DISTINCT given_school FROM told").fetchall() if text]
    own = _own(cursor, district, allowed, texts)
    other = f"fate = 'keep' AND (given_school IS NULL OR NOT list_contains({_listed(own)}, given_school))"
    cursor.execute(
        f"""
        INSERT INTO row_problem
        SELECT sheet_no, sheet, "row", 'other_school', 'school', coalesce(given_school, '{_NONE}'), NULL, TRUE
        FROM told WHERE {other}
        """,
        [own] if own else [],
    )
    cursor.execute(f"UPDATE told SET fate = 'set_aside' WHERE {other}", [own] if own else [])


def set_roster_rows_aside(cursor, prepared, district: str, allowed: tuple[str, ...]):
    """A copy of a `roster.Prepared` in which the rows of other schools wait."""
    rows = prepared.rows
    written = rows["school"].where(rows["school"].notna(), rows["school_code"]).astype(object)
    own = _own(cursor, district, allowed, list(written.dropna().unique()))
    other = ~written.isin(own)
    told = rows[other]
    problems = pd.DataFrame(
        {
            "code": "other_school",
            "field": "school",
            "value": written[other].fillna(_NONE),
            "sheet": told["sheet"],
            "row": told["source_row"],
            "message": [
                sentence("other_school", "school").replace("{value}", str(text))
                for text in written[other].fillna(_NONE)
            ],
        }
    )
    waiting = {(sheet, int(row)) for sheet, row in zip(told["sheet"], told["source_row"], strict=True)}
    return replace(
        prepared,
        rows=rows[~other],
        problems=pd.concat([prepared.problems, problems], ignore_index=True),
        set_aside=prepared.set_aside | waiting,
    )


def of_these_schools_alone(store, uploads, allowed: tuple[str, ...]) -> list[int]:
    """Which of the `uploads` (upload_id, district) were made for an allowed school and hold rows of no other."""
    found = []
    with store.scratch() as cursor:
        for district, here in uploads.groupby("district"):
            numbers = [int(number) for number in here["upload_id"]]
            written = cursor.execute(_WRITTEN, {"uploads": numbers}).fetchall()
            own = set(_own(cursor, district, allowed, sorted({text for _, text in written if text})))
            others = {number for number, text in written if text not in own}
            found += [number for number in numbers if number not in others]
    return found


def _own(cursor, district: str, allowed: tuple[str, ...], texts: list[str]) -> list[str]:
    """The texts that mean one of the allowed schools, by the roster or by the same name."""
    found = schools.resolve(cursor, district, [*texts, *allowed])
    numbers = {found[name] for name in allowed if found[name] is not None}
    names = {plain_school(name) for name in allowed}
    return [text for text in texts if found[text] in numbers or plain_school(text) in names]


def _listed(own: list[str]) -> str:
    return "?::VARCHAR[]" if own else "[]::VARCHAR[]"
