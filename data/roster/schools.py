"""Which school a text means. Owns the schools of the roster rows and how other files' texts point at them.

A school is what its name says (`data.ids.school_id`). A roster may give a code in place of a name or beside
it; where any roster row of the district has both, the code stands for that name.
"""

import pandas as pd

from data.ids import plain_school, school_id

_SHORT = {"elementary": "ES", "middle": "MS", "high": "HS", "elem": "ES", "school": ""}


def number_schools(cursor, source: str):
    """Fill the temporary table `roster_school` (district, school, school_code, school_id, name).

    One row for each way in which the rows of `source` (a table with district, school, school_code,
    upload_id) write a school. `name` is the name that the code stands for, else the text itself.
    """
    written = cursor.execute(
        f"SELECT district, school, school_code, max(upload_id) AS last FROM {source} GROUP BY 1, 2, 3 "
        "ORDER BY last, school, school_code"
    ).fetchall()
    names = _names_of_codes(written)
    found = []
    for district, school, code, _ in written:
        name = names.get((district, plain_school(school or code or "")), school or code)
        number = school_id(district, name) if name else None
        found.append((district, school, code, number, name))
    frame = pd.DataFrame(found, columns=["district", "school", "school_code", "school_id", "name"])
    frame = frame.astype({"school_id": "Int64"}).astype({"district": "str"})
    cursor.register("roster_school_found", frame)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE roster_school AS SELECT district::VARCHAR AS district, "
        "school::VARCHAR AS school, school_code::VARCHAR AS school_code, school_id::BIGINT AS school_id, "
        "name::VARCHAR AS name FROM roster_school_found"
    )
    cursor.unregister("roster_school_found")


def resolve(cursor, district: str, texts: list[str]) -> dict[str, int | None]:
    """The school of the roster that each text means: by name in any spelling, by short name, by code.

    None where the roster has no such school, or where a short name stands for several.
    """
    known: dict[str, set[int]] = {}
    rows = cursor.execute(
        "SELECT school_id, name, short_name FROM school WHERE district = ? ORDER BY school_id", [district]
    ).fetchall()
    ids = {number for number, _, _ in rows}
    for number, name, short in rows:
        for text in {plain_school(name), plain_school(short or name)}:
            known.setdefault(text, set()).add(number)
    for code, name in _codes(cursor, district):
        known.setdefault(plain_school(code), set()).add(school_id(district, name))
    return {text: _only(text, district, known, ids) for text in texts}


def short_name(name: str) -> str:
    """A name for narrow places: "Lincoln Elementary School" -> "Lincoln ES"."""
    words = [_SHORT.get(word.casefold().strip("."), word) for word in name.split()]
    return " ".join(word for word in words if word) or name


def _only(text: str, district: str, known: dict, ids: set[int]) -> int | None:
    exact = school_id(district, text)
    if exact in ids:
        return exact
    found = known.get(plain_school(text), set()) & ids
    return next(iter(found)) if len(found) == 1 else None


def _codes(cursor, district: str) -> list[tuple[str, str]]:
    return cursor.execute(
        "SELECT r.school_code, arg_max(r.school, r.upload_id) FROM roster_row AS r JOIN upload AS u "
        "ON u.upload_id = r.upload_id WHERE u.state = 'loaded' AND r.district = ? AND r.school IS NOT NULL "
        "AND r.school_code IS NOT NULL GROUP BY 1 ORDER BY 1",
        [district],
    ).fetchall()


def _names_of_codes(written: list[tuple]) -> dict[tuple[str, str], str]:
    # In the order of loading, so that the latest name of a code stays.
    return {(district, plain_school(code)): school for district, school, code, _ in written if school and code}
