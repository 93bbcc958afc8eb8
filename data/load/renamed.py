"""Schools of a roster whose code stands beside another name in earlier rosters: renamed, or written in another way.

A school is what its name says (docs/decisions/002), so a new name begins a second school: the old one has nobody any
more, and its trend breaks off. They are not joined by the code: a code can be given again to another school, or be one
that each school fills in for itself, and then the families of one would be seen by the other's. So a person is asked.
"""

from data.ids import plain_name, plain_school
from data.mapping.model import Question

_SHOWN = 3
_PLANNED = (
    "SELECT DISTINCT district, school, school_code FROM planned_roster "
    "WHERE school IS NOT NULL AND school_code IS NOT NULL ORDER BY ALL"
)
_KNOWN = (
    "SELECT DISTINCT r.district, r.upload_id, r.school, r.school_code FROM roster_row AS r "
    "JOIN upload AS u ON u.upload_id = r.upload_id WHERE u.state = 'loaded' AND r.school IS NOT NULL ORDER BY ALL"
)

# How many students the planned roster has at the new school, and how many of them an earlier one has at the old.
_STAYED = """
WITH here AS (
    SELECT DISTINCT local_id FROM planned_roster WHERE district = $district AND school = $new
)
SELECT count(*), count(*) FILTER (WHERE local_id IN (
    SELECT r.local_id FROM roster_row AS r JOIN upload AS u ON u.upload_id = r.upload_id
    WHERE u.state = 'loaded' AND r.district = $district AND r.school IN (SELECT unnest($old::VARCHAR[]))
)) FROM here
"""
# A school keeps most of its students from one year to the next; another school with the same code has few of them.
_FEWEST_STAYED = 0.25


def find(cursor) -> list[tuple[str, str, str]]:
    """(code, name in an earlier roster, name in the planned one) of schools that seem to have another name now.

    Names that stand in one roster are of two schools, whatever their codes say; a name that is known already, with
    whatever code, is no new one; and a school has another one's students where it is the same.
    """
    planned = cursor.execute(_PLANNED).fetchall()
    rosters: dict[tuple, set[str]] = {}
    spellings: dict[tuple, set[str]] = {}
    codes: dict[tuple, dict[str, str]] = {}
    for district, upload, school, code in cursor.execute(_KNOWN).fetchall() if planned else []:
        rosters.setdefault((district, upload), set()).add(plain_school(school))
        spellings.setdefault((district, plain_school(school)), set()).add(school)
        if code is not None:
            codes.setdefault((district, _plain_code(code)), {})[plain_school(school)] = school  # the latest spelling
    known = {(district, name) for (district, _), names in rosters.items() for name in names}
    here = {plain_school(school) for _, school, _ in planned}
    found = {}
    for district, school, code in planned:
        new = plain_school(school)
        if (district, new) in known:
            continue
        for old, written in codes.get((district, _plain_code(code)), {}).items():
            if old not in here and _stayed(cursor, district, spellings[district, old], school):
                found.setdefault((district, old, new), (code, written, school))
    return list(found.values())


def _stayed(cursor, district: str, old: set[str], new: str) -> bool:
    """Are enough of the new school's students those whom an earlier roster has at the old one?"""
    named = {"district": district, "old": sorted(old), "new": new}
    students, stayed = cursor.execute(_STAYED, named).fetchall()[0]
    return stayed >= _FEWEST_STAYED * students


def question(found: list[tuple[str, str, str]]) -> Question | None:
    """The question that stops such a roster."""
    if not found:
        return None
    listed = "; ".join(f"“{new}” has the code {code}, which was that of “{old}”" for code, old, new in found[:_SHOWN])
    more = f"; and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    words = (
        f"Schools of this roster have the code of one by another name in earlier rosters: {listed}{more}. By another "
        "name it counts as another school: the old one keeps what came before and the new one begins without it. If "
        "it is the same school, write the earlier name in this file, or take the earlier rosters back and load them "
        "again with the new name. Load it if they are different schools, or if the years should stay apart."
    )
    return Question("renamed_schools", words, ["they are different schools", "stop"])


def _plain_code(code: str) -> str:
    """A code without what spreadsheets do to it: 006 and 6 are one."""
    return plain_name(code).lstrip("0")
