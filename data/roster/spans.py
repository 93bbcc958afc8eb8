"""Roster rows -> spans, students and schools, as temporary tables. A pure function of the rows it is given.

    roster_in       the rows: ids, day numbers, `seq` (later loaded is higher), the date of the roster
    new_enrollment  a span for each student, school and entry date, as the table `enrollment`
    new_student     as `student`
    new_school      as `school`

Decided here: the later loaded value wins, and an empty one erases nothing. Dates that the file gave win over
dates that the school year filled in. A roster without dates that shows a known student at another school,
or again after having been left out, speaks from its own date on: what came before stays. An entry that a later
roster corrects gives way to it (`data.roster.corrections`).
"""

from data.ids import number_sql
from data.roster import closing, corrections, schools
from data.settings import GRADES

ROW_COLUMNS = (
    "upload_id, sheet, source_row, district, school, school_code, local_id, first_name, last_name, school_year, "
    "grade, entry_date, exit_date, home_language, iep, english_learner, low_income, race_ethnicity, gender, dated"
)
_ABOUT = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender")
_DAY = "({} - DATE '1970-01-01')::INTEGER"
# Names are those of the latest school year, and in it of the roster loaded last: a roster of last year may come late.
_OF_LATEST_YEAR = "(year_first, seq)"
_GRADES = "[" + ", ".join(f"'{grade}'" for grade in GRADES) + "]"

_IN = f"""
CREATE OR REPLACE TEMP TABLE roster_in AS
SELECT r.*, s.school_id, s.name AS school_name,
       {number_sql("r.district", "r.local_id")} AS student_id,
       row_number() OVER (ORDER BY r.upload_id, r.sheet, r.source_row) AS seq,
       {_DAY.format("r.entry_date")} AS entry_day,
       {_DAY.format("coalesce(r.exit_date, greatest(r.entry_date, r.year_end))")} AS exit_day,
       {_DAY.format("r.spoken_for")} AS spoken_day,
       {_DAY.format("r.year_start")} AS year_first, {_DAY.format("r.year_end")} AS year_last
FROM (
    SELECT *, make_date(left(school_year, 4)::INTEGER, 7, 1) AS year_start,
           make_date(left(school_year, 4)::INTEGER + 1, 6, 30) AS year_end
    FROM roster_source
) AS r
JOIN roster_school AS s
  ON s.district = r.district AND s.school IS NOT DISTINCT FROM r.school
 AND s.school_code IS NOT DISTINCT FROM r.school_code
"""

# Students whose dates of a school year take some thought: a roster without dates names them, and so does another one.
_UNSURE = """
CREATE OR REPLACE TEMP TABLE roster_unsure AS
SELECT student_id, school_year FROM roster_in GROUP BY student_id, school_year
HAVING NOT bool_and(dated) AND (bool_or(dated) OR min(upload_id) < max(upload_id))
"""

# Their namings, numbered by stay: a new one begins where the student came from elsewhere, or back after being left out.
_STAYS = """
CREATE OR REPLACE TEMP TABLE roster_stay AS
WITH namings AS (SELECT n.* FROM roster_naming AS n SEMI JOIN roster_unsure USING (student_id, school_year)),
seen AS (
    SELECT student_id, school_year, spoken_day,
           lag(spoken_day) OVER (PARTITION BY student_id, school_year ORDER BY spoken_day) AS seen_before
    FROM (SELECT DISTINCT student_id, school_year, spoken_day FROM namings)
),
here AS (
    SELECT student_id, school_id, school_year, spoken_day,
           lag(spoken_day) OVER (PARTITION BY student_id, school_id, school_year ORDER BY spoken_day) AS here_before
    FROM (SELECT DISTINCT student_id, school_id, school_year, spoken_day FROM namings)
),
back AS (
    SELECT n.student_id, n.school_id, n.school_year, n.next_place AS place
    FROM namings AS n
    JOIN roster_left_out AS l ON l.student_id = n.student_id AND l.school_id = n.school_id
                             AND l.school_year = n.school_year AND l.after_place = n.place
),
told AS (
    SELECT n.student_id, n.school_id, n.school_year, n.upload_id, n.place, n.spoken_day, s.seen_before,
           h.here_before IS DISTINCT FROM s.seen_before AS came,
           count(b.place) OVER (PARTITION BY n.student_id, n.school_id, n.school_year ORDER BY n.place
                                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS returns
    FROM namings AS n
    JOIN seen AS s USING (student_id, school_year, spoken_day)
    JOIN here AS h USING (student_id, school_id, school_year, spoken_day)
    LEFT JOIN back AS b USING (student_id, school_id, school_year, place)
)
SELECT *, sum(CASE WHEN came THEN 1 ELSE 0 END) OVER (PARTITION BY student_id, school_id, school_year
           ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) + returns AS stay
FROM told
"""

# The entry day of the span that each row speaks of: its own; of the dated span that covers the roster's date; of the
# roster itself, where it shows a student who was elsewhere before.
_KEYED = """
CREATE OR REPLACE TEMP TABLE roster_keyed AS
WITH covering AS (
    SELECT u.student_id, u.school_id, u.school_year, u.upload_id, max(d.entry_day) AS entry_day
    FROM roster_stay AS u
    JOIN roster_in AS d USING (student_id, school_id, school_year)
    JOIN roster_stay AS known
      ON known.student_id = u.student_id AND known.school_id = u.school_id AND known.school_year = u.school_year
     AND known.upload_id = d.upload_id AND known.returns = u.returns
    WHERE d.dated AND d.entry_day <= u.spoken_day
    GROUP BY u.student_id, u.school_id, u.school_year, u.upload_id
),
stays AS (
    SELECT student_id, school_id, school_year, stay,
           min(spoken_day) AS first_seen, bool_or(seen_before IS NULL) AS first_stay
    FROM roster_stay GROUP BY student_id, school_id, school_year, stay
),
known AS (
    SELECT u.student_id, u.school_id, u.school_year, u.upload_id, s.first_seen, s.first_stay, c.entry_day AS covered
    FROM roster_stay AS u
    JOIN stays AS s USING (student_id, school_id, school_year, stay)
    LEFT JOIN covering AS c USING (student_id, school_id, school_year, upload_id)
)
SELECT r.*, e.place,
       CASE
           WHEN r.dated OR k.student_id IS NULL THEN r.entry_day
           WHEN k.covered IS NOT NULL THEN k.covered
           WHEN k.first_stay OR k.first_seen > r.year_last THEN r.entry_day
           ELSE greatest(r.entry_day, least(k.first_seen, r.exit_day))
       END AS start_day
FROM roster_in AS r
JOIN roster_event AS e USING (school_id, school_year, upload_id)
LEFT JOIN known AS k USING (student_id, school_id, school_year, upload_id)
"""

# An exit that was given holds, unless a later roster named the student after it.
_SPANS = f"""
CREATE OR REPLACE TEMP TABLE roster_span AS
WITH grouped AS (
    SELECT student_id, school_id, start_day, max(place) AS last_place, max(seq) AS seq,
           arg_max(school_year, seq) AS school_year, arg_max(grade, seq) AS grade,
           arg_max(exit_date, seq) FILTER (WHERE dated) AS given_exit,
           max(seq) FILTER (WHERE dated AND exit_date IS NOT NULL) AS given_seq,
           CASE WHEN NOT bool_or(dated) THEN arg_max(exit_date, seq) END AS filled_exit,
           arg_max(year_last, seq) AS year_last,
           {", ".join(f"arg_max({name}, seq) AS {name}" for name in _ABOUT)}
    FROM roster_keyed GROUP BY student_id, school_id, start_day
),
reopened AS (
    SELECT DISTINCT g.student_id, g.school_id, g.start_day
    FROM grouped AS g JOIN roster_keyed AS k USING (student_id, school_id, start_day)
    WHERE k.seq > g.given_seq AND k.spoken_day > {_DAY.format("g.given_exit")} AND k.spoken_day <= k.year_last
),
ended AS (
    SELECT g.*,
           CASE WHEN r.student_id IS NOT NULL THEN NULL ELSE coalesce(g.given_exit, g.filled_exit) END AS own_exit
    FROM grouped AS g LEFT JOIN reopened AS r USING (student_id, school_id, start_day)
),
dayed AS (
    SELECT *, coalesce({_DAY.format("own_exit")}, greatest(start_day, year_last)) AS own_day FROM ended
),
left_out AS (
    SELECT d.student_id, d.school_id, d.start_day, min(o.spoken_day) - 1 AS last_day
    FROM dayed AS d
    JOIN roster_left_out AS o USING (student_id, school_id, school_year)
    WHERE o.place > d.last_place AND o.spoken_day > d.start_day AND o.spoken_day <= d.own_day
    GROUP BY d.student_id, d.school_id, d.start_day
)
SELECT d.*, l.last_day FROM dayed AS d LEFT JOIN left_out AS l USING (student_id, school_id, start_day)
"""

_ENROLLMENT = f"""
CREATE OR REPLACE TEMP TABLE new_enrollment AS
SELECT student_id, school_id, school_year, grade,
       DATE '1970-01-01' + start_day AS entry_date,
       CASE WHEN last_day IS NULL THEN own_exit ELSE DATE '1970-01-01' + last_day END AS exit_date,
       start_day AS entry_day, coalesce(last_day, own_day)::INTEGER AS exit_day,
       row_number() OVER (PARTITION BY student_id ORDER BY seq) AS load_order,
       {", ".join(_ABOUT)}
FROM roster_span
"""

_STUDENT = f"""
CREATE OR REPLACE TEMP TABLE new_student AS
SELECT student_id, any_value(district) AS district, any_value(local_id) AS local_id,
       arg_max(first_name, {_OF_LATEST_YEAR}) AS first_name, arg_max(last_name, {_OF_LATEST_YEAR}) AS last_name
FROM roster_in GROUP BY student_id
"""

_SCHOOL = f"""
CREATE OR REPLACE TEMP TABLE new_school AS
WITH grades AS (
    SELECT school_id, min(list_position({_GRADES}, grade)) AS low, max(list_position({_GRADES}, grade)) AS high
    FROM new_enrollment GROUP BY school_id
)
SELECT r.school_id, any_value(r.district) AS district, arg_max(r.school_name, {_OF_LATEST_YEAR}) AS name,
       {_GRADES}[any_value(g.low)] AS low_grade, {_GRADES}[any_value(g.high)] AS high_grade
FROM roster_in AS r LEFT JOIN grades AS g USING (school_id) GROUP BY r.school_id
"""

_STEPS = (_UNSURE, _STAYS, _KEYED, _SPANS, _ENROLLMENT, _STUDENT, _SCHOOL)
_SCRATCH = ("roster_in", "roster_naming", "roster_unsure", "roster_stay", "roster_keyed", "roster_span")
_RESULTS = (
    "new_enrollment", "new_student", "new_school", "roster_source", "roster_school", "roster_event", "roster_asked",
    "roster_left_out", "roster_corrected",
)  # fmt: skip


def build(cursor):
    """From the temporary table `roster_source` (columns of `roster_row`, `closes`, `spoken_for`) to `new_*`.

    The tables of `closing` stay too, for the preview. `drop` takes all of them away.
    """
    schools.number_schools(cursor, "roster_source")
    cursor.execute(_IN)
    closing.find_left_out(cursor)
    corrections.take(cursor)
    for step in _STEPS:
        cursor.execute(step)
    _drop(cursor, _SCRATCH)


def drop(cursor):
    """Take away the temporary tables that `build` left."""
    _drop(cursor, _RESULTS)


def _drop(cursor, tables: tuple[str, ...]):
    for table in tables:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def load_source(cursor, planned: str | None = None, closes: bool | None = None, spoken_for=None):
    """Fill `roster_source` with the rows of the rosters in force, and with those of `planned`.

    `planned` is a table or registered frame with the columns of `roster_row` but `upload_id`; its rows count as
    loaded last. `closes` and `spoken_for` are what `upload.full_roster` and `upload.roster_date` would be.
    """
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE roster_source AS SELECT {ROW_COLUMNS}, closes, spoken_for FROM roster_row "
        "JOIN (SELECT upload_id, full_roster AS closes, coalesce(roster_date, loaded_at::DATE) AS spoken_for "
        "      FROM upload WHERE state = 'loaded') USING (upload_id)"
    )
    if planned:
        others = ROW_COLUMNS.removeprefix("upload_id, ")
        cursor.execute(
            f"INSERT INTO roster_source SELECT (SELECT coalesce(max(upload_id), 0) + 1 FROM upload), {others}, "
            f"?::BOOLEAN, ?::DATE FROM {planned}",
            [closes, spoken_for],
        )
