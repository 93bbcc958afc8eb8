"""Students of a roster who seem to be there already under another number: their ids lost zeros, or are of another kind.

Each would count twice: as two students, of whom the logs reach one. One namesake is nothing; many are no chance.
"""

from data.mapping.model import Question

# Of the students whom a roster brings: the share with a namesake in the same grade at which it is asked about.
MOST_NAMESAKES = 0.10

_CUT_HERE = (
    "Let the ids of this roster be read with their zeros, export it again without opening it in Excel, or fill them in."
)
_CUT_THERE = "Undo the roster that was loaded without the zeros, and load this one then."

_FOUND = """
WITH given AS (
    SELECT DISTINCT district, local_id, school_year, grade, split_part(lower(first_name), ' ', 1) AS first,
           lower(last_name) AS last
    FROM planned_roster
),
here AS (
    SELECT DISTINCT s.district, s.local_id, e.school_year, e.grade, split_part(lower(s.first_name), ' ', 1) AS first,
           lower(s.last_name) AS last
    FROM student AS s JOIN enrollment AS e ON e.student_id = s.student_id
    WHERE (s.district, s.local_id) NOT IN (SELECT (district, local_id) FROM given)
)
SELECT g.local_id, min(h.local_id), bool_or(ltrim(g.local_id, '0') = ltrim(h.local_id, '0'))
FROM given AS g JOIN here AS h ON h.district = g.district AND h.first = g.first AND h.last = g.last
WHERE (g.district, g.local_id) NOT IN (SELECT (district, local_id) FROM student)
  AND (h.school_year = g.school_year AND h.grade = g.grade OR ltrim(g.local_id, '0') = ltrim(h.local_id, '0'))
GROUP BY g.local_id ORDER BY g.local_id
"""


def find(cursor) -> list[tuple]:
    """(id here, id there, whether they differ by zeros alone) of the planned students with a namesake in the store."""
    return cursor.execute(_FOUND).fetchall()


def question(cursor, found: list[tuple]) -> Question | None:
    """The question that stops a roster of which many students have a namesake under another number (`find`)."""
    cut = _cut_here(found)
    students = cursor.execute("SELECT count(DISTINCT (district, local_id)) FROM planned_roster").fetchall()[0][0]
    zeros = sum(lost for _, _, lost in found)
    if not zeros and len(found) <= MOST_NAMESAKES * students:
        return None
    given, other, _ = next(one for one in cut or found if one[2] or not zeros)
    many = zeros or len(found)
    who = "1 student has" if many == 1 else f"{many:,} students have"
    return Question("same_names", _words(who, given, other, bool(zeros)), ["they are other students", "stop"])


def offer(found: list[tuple]) -> Question | None:
    """The question whether the ids of this roster lost their zeros; its only option is the number of digits with which
    they are those of the students who are there. None where these have no one number of digits."""
    cut = _cut_here(found)
    digits = {len(other) for _, other, _ in cut if other.isdigit()}
    if len(digits) != 1:
        return None
    given, other, _ = cut[0]
    words = (
        f"With {len(other)} digits each ({given} as {other}), ids of this roster are those of {len(cut):,} "
        f"{'student' if len(cut) == 1 else 'students'} who {'is' if len(cut) == 1 else 'are'} there by the same name: "
        "a spreadsheet program may have cut their leading zeros off."
    )
    return Question("lost_zeros", words, [str(len(other))])


def _cut_here(found: list[tuple]) -> list[tuple]:
    """Those whose number is the shorter one in this roster."""
    return [one for one in found if one[2] and len(one[0]) < len(one[1])]


def _words(who: str, given: str, other: str, zeros: bool) -> str:
    if zeros:
        return (
            f"{who} the name and, but for zeros at its beginning, the number of one who is there ({given} here, "
            f"{other} there): loaded so, each would count twice. A spreadsheet program may have cut the zeros off. "
            f"{_CUT_HERE if len(given) < len(other) else _CUT_THERE}"
        )
    if " @ " in given:
        return (
            f"{who} the name and grade of one who is there with a number (such as {other}), while this roster has no "
            "student numbers: if they are the same, each would count twice. Add a column with the numbers."
        )
    return (
        f"{who} the name and grade of one who is there under another number (such as {given} here, {other} there): if "
        "they are the same, each would count twice. Does this roster give another kind of number, such as the state's? "
        "Choose the column with the numbers of the earlier roster, or undo that one first."
    )
