"""Student ids that a spreadsheet program made shorter: 0012 became 12, in the log or in the roster.

An id is text and counts as it is written. So this only makes an offer, for the whole column, where it is clear: no
id of that form fits as it is, and nearly all do when they are written with the roster's number of digits. A person
accepts it; it is remembered for these headers, shown, and can be forgotten.
"""

from data import matching
from data.mapping.model import Question

# The share of the rows without a student that must fit (or all but those of one id, who may have left), and the fewest
# different ids that make a pattern.
NEARLY_ALL = 0.9
FEWEST_IDS = 3
# Where the log has names as well: the share of pairs that may be of somebody else.
MOST_CONTRADICTIONS = 0.1

_DIGITS = "regexp_full_match({0}, '[0-9]+')"

_FORMS = f"""
CREATE OR REPLACE TEMP TABLE id_form AS
WITH known AS (
    SELECT local_id FROM student WHERE district = ? AND {_DIGITS.format("local_id")}
),
given AS (
    SELECT given_id, given_name, student_id, count(*) AS rows FROM planned
    WHERE {_DIGITS.format("given_id")} GROUP BY ALL
),
form AS (
    SELECT DISTINCT length(local_id) AS digits FROM known WHERE starts_with(local_id, '0')
    UNION ALL SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM known WHERE starts_with(local_id, '0'))
),
told AS (
    SELECT digits, given.*, CASE WHEN digits = 0 THEN ltrim(given_id, '0')
                                 WHEN length(given_id) < digits THEN lpad(given_id, digits::INTEGER, '0')
                                 ELSE given_id END AS written
    FROM given CROSS JOIN form
)
SELECT told.*, known.local_id IS NOT NULL AS fits FROM told LEFT JOIN known ON known.local_id = told.written
"""

_COUNTED = f"""
SELECT digits, count(DISTINCT given_id) FILTER (WHERE helped) AS ids, count(DISTINCT written) FILTER (WHERE helped),
       coalesce(sum(rows) FILTER (WHERE helped), 0)::BIGINT AS helped, sum(rows)::BIGINT AS waiting,
       max(given_id) FILTER (WHERE helped), arg_max(written, given_id) FILTER (WHERE helped)
FROM (SELECT *, fits AND written <> given_id AS helped FROM id_form WHERE student_id IS NULL)
WHERE digits NOT IN (SELECT digits FROM id_form WHERE student_id IS NOT NULL AND written <> given_id)
GROUP BY digits
HAVING ids >= {FEWEST_IDS} AND (helped >= {NEARLY_ALL} * waiting OR count(DISTINCT given_id) = ids + 1)
"""


def offer(cursor, district: str) -> Question | None:
    """The question whether ids lost their zeros, from the plan's table `planned`; its only option is the number of
    digits (0: the roster lost them). None where it is not clear."""
    cursor.execute(_FORMS, [district])
    clear = [row for row in cursor.execute(_COUNTED).fetchall() if row[1] == row[2]]
    if len(clear) != 1 or _contradicted(cursor, district, clear[0][0], clear[0][1]):
        return None
    digits, _, _, helped, waiting, text, written = clear[0]
    if digits:
        begins = "The ids of this file seem to have lost their leading zeros in a spreadsheet program: with"
        begins = f"{begins} {digits} digits each ({text} as {written})"
    else:
        begins = "The ids of the roster seem to have lost their leading zeros in a spreadsheet program: without them"
        begins = f"{begins} ({text} as {written})"
    words = f"{begins}, {helped:,} of the {waiting:,} rows that wait match one student each."
    return Question("lost_zeros", words, [str(digits)])


def _contradicted(cursor, district: str, digits: int, ids: int) -> bool:
    """Do the names beside the ids belong to other students than the ids would mean?"""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE id_named AS SELECT DISTINCT s.district, written AS given_id, given_name, "
        "s.student_id "
        "FROM id_form JOIN student AS s ON s.district = ? AND s.local_id = written "
        "WHERE digits = ? AND fits AND id_form.student_id IS NULL",
        [district, digits],
    )
    return sum(rows for *_, rows in matching.contradicted(cursor, "id_named")) > MOST_CONTRADICTIONS * ids


def written(digits: int) -> tuple[str, str]:
    """The SQL that writes a `given_id` with so many digits (0: without leading zeros), and which ones it is for."""
    if digits:
        sql, where = f"lpad(given_id, {int(digits)}, '0')", f"length(given_id) < {int(digits)}"
    else:
        sql, where = "ltrim(given_id, '0')", "starts_with(given_id, '0') AND ltrim(given_id, '0') <> ''"
    return sql, f"{_DIGITS.format('given_id')} AND {where}"


def in_words(digits: int) -> str:
    """What the choice does, for a list of choices."""
    return f"ids are read with {digits} digits each, zeros first" if digits else "ids are read without leading zeros"
