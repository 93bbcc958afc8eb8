"""What is wrong with a row, in one sentence that says what to do. {value} stands for the cell's text."""

from data.load.sql import literal
from data.roster.names import SEVERAL
from data.roster.problems import SENTENCES as ROSTER_SENTENCES
from data.roster.problems import SHORTENED

SENTENCES = {
    "no_student": "The row names no student. If a blank means the same student as in the row above, copy the id or "
    "name down; else fill it in. Then load the row again.",
    "no_date": "The date is missing. Fill it in and load the row again. A line that is no contact, such as a total or "
    "a note, can stay out.",
    "unsaved_date": "The date is missing and may be one of the formulas without a saved result. Open the file in "
    "Excel, save it, and load it again; fill the date in where it is still blank.",
    "unreadable_date": "“{value}” is not a date that can be read. Write it like 9/30/2025 and load the row again.",
    "impossible_date": "“{value}” is no day of the calendar in the order in which this column is "
    "read. Correct the date and load the row again.",
    "date_before_2000": "“{value}” lies before the year 2000. Correct the date and load the row again.",
    "date_in_future": "“{value}” lies in the future. Correct the date and load the row again.",
    "unreadable_time": "“{value}” is not a time of day. The contact is stored without one.",
    "unknown_value": "“{value}” is not a known word for {field}, so the row is stored without it{without}. Say what it "
    "means, or correct it in the file.",
    "kept_as_written": "“{value}” is not a known word for {field}. It is kept as it is written, as a group of its own; "
    "if it is another word for one that is known, write that one in the file.",
    "several_values": "“{value}” names more than one {field}, so the row is stored without it{without}. Say which one "
    "counts, or give each a row of its own in the file.",
    "several_first": "“{value}” names more than one {field}; the first of them is stored. Say which one counts if it "
    "is another, or correct it in the file.",
    "several_languages": "“{value}” names more than one language, so the row is stored without it, as it does not say "
    "in which the family was spoken with. Write that one in the file.",
    "several_ticks": "“{value}” are ticked in one row, which counts once, as the first of them. If each was used, give "
    "each a row of its own in the file.",
    "several_contacts": "“{value}” speaks of more than one contact, and the row counts as one. If each should count, "
    "give each a row of its own, with its date, in the file.",
    "maybe_staff": "“{value}”: both names carry titles, so this may be staff to staff; it counts as a contact with the "
    "family. If it is not one, delete the row, or add a column “Contact with” to the file that says Family or Staff.",
    "unknown_role": "“{value}” does not say whether a family took part; the row counts as a contact with the family. "
    "If it is not one, delete the row, or write Parent, Student or Staff for the roles in the file.",
    "unclear_minutes": "“{value}” can mean more than one length of time, so the row is stored without minutes. Write "
    "it like 15 min or 1 hr 5 min in the file.",
    "long_minutes": "“{value}” would be more than four hours, so the row is stored without minutes. If the column "
    "holds seconds, say so in its name (such as Seconds); else correct the length in the file.",
    "unknown_grade": "“{value}” is not a grade. Write PK, TK, K or 1 to 13.",
    "ask_grade": "“{value}” can mean pre-kindergarten or transitional kindergarten. Say which it is here.",
    "graduated": "“{value}” is not a grade of a student who is still at school.",
    "unknown_school": "The roster has no school “{value}”. Correct the name, or load that school's roster; the contact "
    "is stored all the same.",
    "other_school": "The row is of “{value}”, which is not one of your schools: it is for the district to load.",
    "unknown_student": "No student of the roster is “{value}”. The row waits and joins by itself when a roster names "
    "the student; or correct it and load the row again.",
    "shortened_id": "“{value}” is a student number that a spreadsheet program shortened, so that digits are lost. "
    "The row waits. Export the file again and load it without opening it there, or write the whole number.",
    "several_students": "“{value}” names more than one student. The row waits: give each student a row of its own and "
    "load the rows again.",
    "ambiguous_student": "Several students of the roster may be “{value}”. The row waits: fill in the student's id and "
    "load the row again.",
}


# What becomes of a row that is stored without the field, where that moves a number.
WITHOUT = {"outcome": " and counts as one that reached the family"}


def sentence(code: str, field: str) -> str:
    """The sentence of a problem with {value} still in it."""
    words = SENTENCES.get(code) or ROSTER_SENTENCES[code][1]
    words = words.replace("{without}", WITHOUT.get(field, ""))
    return words.replace("{field}", field.replace("_", " "))


# Texts with the sentence of their problem; and problems of rows that wait for a student, which are never stored:
# they go by themselves when a roster names the student.
_VIEW = """
CREATE OR REPLACE TEMP VIEW all_problems AS
SELECT problem.sheet_no, problem.sheet, problem."row", problem.code, problem.field, problem.value, problem.sets_aside,
       problem.offer,
       replace(said.sentence, '{value}', coalesce(problem.value, ''))
           || CASE WHEN problem.offer IS NULL THEN '' ELSE ' Did you mean “' || problem.offer || '”?' END AS message
FROM row_problem AS problem JOIN problem_sentence AS said USING (code, field)
"""

_REASONS = """
UPDATE set_aside SET reason = told.reason
FROM (
    SELECT sheet_no, "row", string_agg(message, ' ' ORDER BY field) AS reason
    FROM all_problems WHERE sets_aside GROUP BY sheet_no, "row"
) AS told
WHERE told.sheet_no = set_aside.sheet_no AND told."row" = set_aside."row"
"""


def explain(cursor):
    """Give every problem its sentence (`all_problems`) and every row that waits its reasons."""
    kinds = cursor.execute("SELECT DISTINCT code, field FROM row_problem").fetchall()
    cursor.execute("CREATE OR REPLACE TEMP TABLE problem_sentence (code VARCHAR, field VARCHAR, sentence VARCHAR)")
    if kinds:
        cursor.executemany(
            "INSERT INTO problem_sentence VALUES (?, ?, ?)",
            [(code, field, sentence(code, field)) for code, field in kinds],
        )
    cursor.execute(_VIEW)
    cursor.execute(_REASONS)


def of_unsaved_formulas(cursor):
    """In a file with formulas that have no saved results, a missing date is not one to be typed."""
    cursor.execute("UPDATE row_problem SET code = 'unsaved_date' WHERE code = 'no_date'")


def add_waiting(cursor):
    """Add the problems of contact rows whose student or school the roster does not know. Where the different texts
    show that there are none, no row is looked at."""
    if _any(cursor, "who WHERE student_id IS NULL"):
        _add_unknown_students(cursor)
    if _any(cursor, "school_word WHERE NOT known"):
        _add_unknown_schools(cursor)


def _any(cursor, rows: str) -> bool:
    return bool(cursor.execute(f"SELECT 1 FROM {rows} LIMIT 1").fetchall())


def _add_unknown_students(cursor):
    cursor.execute(
        f"""
        INSERT INTO row_problem
        SELECT sheet_no, sheet, source_row,
               CASE WHEN found = 'ambiguous' THEN 'ambiguous_student'
                    WHEN found = 'several' THEN 'several_students'
                    WHEN given_id IS NULL AND regexp_matches(given_name, {literal(SEVERAL)}) THEN 'several_students'
                    WHEN regexp_full_match(given_id, {literal(SHORTENED)}, 'i') THEN 'shortened_id'
                    ELSE 'unknown_student' END,
               CASE WHEN given_id IS NULL THEN 'student_name' ELSE 'student_id' END,
               coalesce(given_id, given_name), NULL, FALSE
        FROM named WHERE student_id IS NULL AND EXISTS (SELECT 1 FROM student)
        """
    )


def _add_unknown_schools(cursor):
    cursor.execute(
        """
        INSERT INTO row_problem
        SELECT cleaned.sheet_no, cleaned.sheet, cleaned.source_row, 'unknown_school', 'school', cleaned.given_school,
               NULL, FALSE
        FROM cleaned JOIN school_word AS word USING (district, given_school)
        WHERE cleaned.fate = 'keep' AND NOT word.known
          AND cleaned.district IN (SELECT district FROM school)
        """
    )
