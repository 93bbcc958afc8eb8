"""Students of a roster who have the number of a student by another name: in the store, or in the same roster.

They would count as one, with the spans and contacts of both. One is a number that was given again or a name that was
changed; many are numbers of a list (1, 2, 3) or of one school, and not of the district.
"""

from rapidfuzz import fuzz

from data.mapping.model import Question
from data.readers import Notice
from data.roster import names

# Of the students whose number is known with a name: the share by another name at which it is asked about.
MOST_OTHERS = 0.10
# Out of 100: from this share of common letters on, a name is the other one spelled otherwise.
_ALIKE = 75
_SHOWN = 3

_FOUND = """
WITH given AS (
    SELECT district, local_id, first_name, last_name, min(source_row) AS first_row
    FROM planned_roster WHERE coalesce(first_name, last_name) IS NOT NULL GROUP BY ALL
),
known AS (
    SELECT district, local_id, first_name, last_name, 0 AS first_row
    FROM student SEMI JOIN given USING (district, local_id) WHERE coalesce(first_name, last_name) IS NOT NULL
    UNION ALL SELECT district, local_id, first_name, last_name, first_row FROM given
)
SELECT g.local_id, [g.first_name, g.last_name], [k.first_name, k.last_name], k.first_row = 0, g.first_row
FROM given AS g JOIN known AS k ON k.district = g.district AND k.local_id = g.local_id AND k.first_row < g.first_row
ORDER BY g.first_row
"""


def find(cursor) -> tuple[list[tuple[str, int]], int]:
    """(number, row) of each planned student by another name, and how many have a number that is known with a name."""
    rows = cursor.execute(_FOUND).fetchall()
    others = {}
    for number, here, there, of_before, row in rows:
        if here != there and _differ(names.of_parts(*here), names.of_parts(*there), changed=of_before):
            others.setdefault(number, row)
    return list(others.items()), len({number for number, *_ in rows})


def _differ(here, there, changed: bool) -> bool:
    """Have two names a first or a last name that share no word and few letters? Where one may have `changed` since an
    earlier roster (a marriage, the name that a child goes by), the first and the last name have to."""
    if set(here.words) <= set(there.words) or set(there.words) <= set(here.words):
        return False  # a name left out, or the two in the other order
    both = _other(here.first, there.first), _other(here.last, there.last)
    return all(both) and not set(here.words) & set(there.words) if changed else any(both)


def _other(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if not one or not two or set(one) & set(two):
        return False
    short, long = sorted((" ".join(one), " ".join(two)), key=len)
    return not long.startswith(short) and fuzz.ratio(short, long) < _ALIKE  # "J." and "Joe" may be one


def notice(found: tuple[list, int]) -> list[Notice]:
    """What is said of a few such students."""
    others, _ = found
    if not others or _many(found):
        return []
    listed = ", ".join(f"row {row:,}: {number}" for number, row in others[:_SHOWN])
    more = f" and {len(others) - _SHOWN:,} more" if len(others) > _SHOWN else ""
    who = "1 student has" if len(others) == 1 else f"{len(others):,} students have"
    words = (
        f"{who} a number that stands beside another name in an earlier row or roster ({listed}{more}); two rows with "
        "one number count as one student. If the number was given to another child, give one of the two a number of "
        "their own."
    )
    return [Notice("other_names", words)]


def question(found: tuple[list, int]) -> Question | None:
    """The question that stops a roster of which many students have the number of another one."""
    others, _ = found
    if not _many(found):
        return None
    words = (
        f"{len(others):,} students of this roster have the number of one by another name, in an earlier row or roster "
        f"(such as row {others[0][1]:,}: {others[0][0]}): each two would count as one student. Are these numbers of a "
        "list (1, 2, 3 and so on) or of one school, and not the district's? Choose the column with the district's "
        "numbers, or none, so that the names count. Load it if all these names were changed."
    )
    return Question("other_names", words, ["the names were changed", "stop"])


def _many(found: tuple[list, int]) -> bool:
    others, known = found
    return len(others) > max(1, MOST_OTHERS * known)
