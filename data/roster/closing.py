"""Which rosters are full, and whom they leave out. Works on the temporary table `roster_in`.

A roster closes the open spans of students whom it does not name, at a school that it names and in that
school year only: their last day is the day before the roster's date. It does so where it is full: it names
at least half of the students who are open there on its date, or a person said that it is full. Rosters are
taken in the order of the dates for which they speak, so the order of loading does not matter here.
"""

# A roster of one school and school year; `place` is its turn among them.
_EVENT = """
CREATE OR REPLACE TEMP TABLE roster_event AS
SELECT school_id, school_year, upload_id, spoken_day, closes,
       row_number() OVER (PARTITION BY school_id, school_year ORDER BY spoken_day, upload_id) AS place,
       spoken_day BETWEEN year_first AND year_last AND closes IS DISTINCT FROM FALSE AS is_full,
       NULL::BIGINT AS open, NULL::BIGINT AS named  -- students open there on its date, and those of them it names
FROM (
    SELECT school_id, school_year, upload_id, any_value(spoken_day) AS spoken_day, any_value(closes) AS closes,
           any_value(year_first) AS year_first, any_value(year_last) AS year_last
    FROM roster_in GROUP BY school_id, school_year, upload_id
)
"""

# A student named by a roster of a school and year, with the place of the next roster there that names the student.
_NAMING = """
CREATE OR REPLACE TEMP TABLE roster_naming AS
WITH named AS (
    SELECT student_id, school_id, school_year, upload_id,
           min(entry_day) AS first_day, max(exit_day) AS last_day
    FROM roster_in GROUP BY student_id, school_id, school_year, upload_id
)
SELECT named.*, event.spoken_day, event.place,
       lead(event.place) OVER (PARTITION BY student_id, named.school_id, named.school_year ORDER BY event.place)
           AS next_place
FROM named JOIN roster_event AS event USING (school_id, school_year, upload_id)
"""

# Of each naming the first full roster that could close the student: until then the student was open.
_ASKED = """
CREATE OR REPLACE TEMP TABLE roster_asked AS
SELECT n.student_id, n.school_id, n.school_year, n.place AS after_place,
       min(e.place) AS place, min(e.place) IS NOT DISTINCT FROM any_value(n.next_place) AS named
FROM roster_naming AS n
JOIN roster_event AS e
  ON e.school_id = n.school_id AND e.school_year = n.school_year AND e.is_full
 AND e.place > n.place AND (n.next_place IS NULL OR e.place <= n.next_place)
 AND e.spoken_day > n.first_day AND e.spoken_day <= n.last_day
GROUP BY n.student_id, n.school_id, n.school_year, n.place
"""

_COUNTED = """
SELECT a.school_id, a.school_year, a.place, any_value(e.closes) AS closes, count(DISTINCT a.student_id) AS open,
       count(DISTINCT a.student_id) FILTER (WHERE a.named) AS named
FROM roster_asked AS a JOIN roster_event AS e USING (school_id, school_year, place)
GROUP BY a.school_id, a.school_year, a.place
"""

# The earliest roster of each school and year that names under half of the open students: it only adds.
_TOO_FEW = f"""
SELECT open, named, school_id, school_year, place FROM ({_COUNTED})
WHERE closes IS NULL AND 2 * named < open
QUALIFY place = min(place) OVER (PARTITION BY school_id, school_year)
"""

_FULL = f"""
UPDATE roster_event AS e SET open = c.open, named = c.named FROM ({_COUNTED}) AS c
WHERE c.school_id = e.school_id AND c.school_year = e.school_year AND c.place = e.place
"""

_LEFT_OUT = """
CREATE OR REPLACE TEMP TABLE roster_left_out AS
SELECT DISTINCT a.student_id, a.school_id, a.school_year, a.after_place, a.place, e.spoken_day
FROM roster_asked AS a JOIN roster_event AS e USING (school_id, school_year, place)
WHERE NOT a.named
"""


def find_left_out(cursor):
    """Fill `roster_event` (with what it found), `roster_naming` and `roster_left_out`."""
    cursor.execute(_EVENT)
    cursor.execute(_NAMING)
    while True:
        cursor.execute(_ASKED)
        too_few = cursor.execute(_TOO_FEW).fetchall()
        if not too_few:
            break
        # What follows a roster that only adds has to be counted anew, so one round settles one roster a school.
        cursor.executemany(
            "UPDATE roster_event SET is_full = FALSE, open = ?, named = ? "
            "WHERE school_id = ? AND school_year = ? AND place = ?",
            too_few,
        )
    cursor.execute(_FULL)
    cursor.execute(_LEFT_OUT)
