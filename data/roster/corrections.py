"""Entry dates that a later roster corrects. Works on the temporary tables of `closing`, and `roster_in`.

A full roster speaks for its school year: where it and an earlier roster each give one stay of a student at a school
in the same grade, and the two overlap, its entry is the one that counts, so that the day which turned out wrong does
not stay beside it. An entry after the day for which the earlier roster spoke may be a return of a student who was
there on that day; then both stays are kept. Rosters are taken in the order of the dates for which they speak. Full is
here (of a year that is over, too) a roster that names at least half of those whom earlier ones name at its school, or
of which a person said so: the list of a program may give the days on which students entered that.
"""

from data.schoolyear import day_date

_SHOWN = 5

# For each earlier naming the entry of the latest roster that speaks of the same stay, if it is another one.
_FIND = """
CREATE OR REPLACE TEMP TABLE roster_corrected AS
WITH single AS (
    SELECT student_id, school_id, school_year, upload_id, any_value(grade) AS grade, any_value(entry_day) AS entry_day,
           max(exit_day) AS exit_day, max(source_row) AS source_row
    FROM roster_in GROUP BY student_id, school_id, school_year, upload_id
    HAVING bool_and(dated) AND count(DISTINCT entry_day) = 1 AND count(DISTINCT grade) = 1
),
shared AS (
    SELECT later.school_id, later.school_year, later.upload_id, count(DISTINCT earlier.student_id) AS known,
           count(DISTINCT earlier.student_id) FILTER (WHERE again.student_id IS NOT NULL) AS named
    FROM roster_event AS later
    JOIN roster_naming AS earlier
      ON earlier.school_id = later.school_id AND earlier.school_year = later.school_year AND earlier.place < later.place
    LEFT JOIN roster_naming AS again
      ON again.school_id = later.school_id AND again.school_year = later.school_year
     AND again.upload_id = later.upload_id AND again.student_id = earlier.student_id
    GROUP BY ALL
),
said AS (
    SELECT single.*, e.spoken_day, e.place, coalesce(e.closes, 2 * shared.named >= shared.known) AS is_full
    FROM single JOIN roster_event AS e USING (school_id, school_year, upload_id)
    LEFT JOIN shared USING (school_id, school_year, upload_id)
)
SELECT earlier.student_id, earlier.school_id, earlier.school_year, earlier.upload_id,
       earlier.source_row AS was_row, earlier.entry_day AS was,
       arg_max(later.upload_id, later.place) AS by_upload, arg_max(later.source_row, later.place) AS by_row,
       arg_max(later.entry_day, later.place) AS entry_day
FROM said AS earlier JOIN said AS later USING (student_id, school_id, school_year)
WHERE later.place > earlier.place AND later.is_full AND later.grade = earlier.grade
  AND later.entry_day <= earlier.exit_day AND earlier.entry_day <= later.exit_day
  AND (later.entry_day <= earlier.spoken_day OR earlier.entry_day > earlier.spoken_day)
GROUP BY ALL HAVING arg_max(later.entry_day, later.place) <> earlier.entry_day
"""

_TAKE = """
UPDATE roster_in AS r SET entry_day = c.entry_day FROM roster_corrected AS c
WHERE c.student_id = r.student_id AND c.school_id = r.school_id AND c.school_year = r.school_year
  AND c.upload_id = r.upload_id
"""

# Of one roster: the rows that correct an earlier roster, or are corrected by one of a later day.
_TOLD = """
SELECT {row} AS source_row, any_value(was), any_value(entry_day) FROM roster_corrected
WHERE {upload} = (SELECT max(upload_id) FROM roster_source) GROUP BY student_id, source_row ORDER BY source_row
"""


def take(cursor):
    """Give each naming of a stay the entry that counts, and keep in `roster_corrected` which ones changed."""
    cursor.execute(_FIND)
    cursor.execute(_TAKE)


def told(cursor) -> tuple[list[tuple[str, str]], int]:
    """What to say of the roster loaded last, as (code, sentence), and how many entries it moves to a later day."""
    own = cursor.execute(_TOLD.format(row="by_row", upload="by_upload")).fetchall()
    other = cursor.execute(_TOLD.format(row="was_row", upload="upload_id")).fetchall()
    later = sum(now > was for _, was, now in own)
    said = []
    if own:
        row, was, now = own[0]
        lost = ", and contacts of days that are no longer part of the stay do not count there" if later else ""
        said.append(
            f"{_who(own)} another entry date than an earlier roster gave for the same stay (row {row:,}: {_day(was)} "
            f"before, {_day(now)} now). The date of this roster counts{lost}."
        )
    if other:
        row, was, now = other[0]
        said.append(
            f"{_who(other)} an entry date that a roster of a later day corrects (row {row:,}: {_day(was)} here, "
            f"{_day(now)} there). The date of that roster counts."
        )
    return [("corrected_entries", sentence) for sentence in said], later


def _who(found: list[tuple]) -> str:
    listed = ", ".join(f"{row:,}" for row, _, _ in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    if len(found) == 1:
        return f"1 student (row {listed}) has"
    return f"{len(found):,} students (rows {listed}{more}) have"


def _day(number: int) -> str:
    day = day_date(number)
    return f"{day.month}/{day.day}/{day.year}"
