"""Contact logs: the cells of a table -> clean contacts, problems, rows that wait.

Fills the plan's temporary tables, one table of the file after another:

    cleaned      a view: a row for each row of the file, with its `fate`: keep, set_aside, not_family, left_out
    row_problem  a row for each thing wrong with a row that could have been stored
    set_aside    the rows that wait: their mapped cells as JSON, never notes
"""

from data.ids import number_sql
from data.load import allow
from data.load.fields import CONTACT_TEXTS, CONTACT_WORDS, DEFAULTS
from data.load.meaning import read_fields
from data.load.sql import literal

_STORED = (
    "channel",
    "direction",
    "outcome",
    "initiated_by",
    "audience",
    "topic",
    "tone",
    "staff",
    "language",
    "interpreter",
    "student_present",
    "minutes",
    "record_id",
    "grade",
)

CREATE = """
CREATE OR REPLACE TEMP TABLE row_problem (
    sheet_no INTEGER, sheet VARCHAR, "row" INTEGER, code VARCHAR, field VARCHAR, value VARCHAR, offer VARCHAR,
    sets_aside BOOLEAN
);
CREATE OR REPLACE TEMP TABLE set_aside (
    sheet_no INTEGER, sheet VARCHAR, "row" INTEGER, cells VARCHAR, reason VARCHAR
);
"""


def clean(cells, table, district: str, school: str | None, allowed: tuple[str, ...] | None, place: int):
    """Add the rows of the table number `place` of a file to `cleaned`, `row_problem` and `set_aside`; its `cells` are
    read again each time that `cleaned` is.

    Rows of schools that are not `allowed` are set aside.
    """
    cursor = cells.cursor
    found = read_fields(
        cells,
        table.mapping,
        table.headers,
        words=CONTACT_WORDS,
        texts=(*CONTACT_TEXTS, "left_out"),
        date_fields=("contact_date",),
        context=table.context,
    )
    told = _told(found, table, district, school)
    if allowed is None:
        cursor.execute(f"CREATE OR REPLACE TEMP VIEW told_{place} AS {told}")
    else:
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE told AS {told}")
        allow.set_contacts_aside(cursor, district, allowed)
        cursor.execute(f"ALTER TABLE told RENAME TO told_{place}")
    _waiting(cursor, found, place)
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW cleaned_{place} AS {_cleaned(place)}")
    every = " UNION ALL BY NAME ".join(f"SELECT * FROM cleaned_{one}" for one in range(place + 1))
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW cleaned AS {every}")


def write_ids(cursor, place: int, written: str, where: str):
    """Read the ids of the table number `place` otherwise: as the SQL `written` says, where the SQL `where` holds."""
    given = f"CASE WHEN {where} THEN {written} ELSE given_id END"
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW cleaned_{place} AS {_cleaned(place, given, number_sql('district', given))}"
    )


def _cleaned(place: int, given: str = "given_id", number: str = "given_number") -> str:
    return f"""
        SELECT sheet_no, sheet, "row" AS source_row, district, {given} AS given_id, {number} AS given_number,
               given_name, given_school, contact_date, contact_second, {", ".join(_STORED)}, fate
        FROM told_{place}
        """


def _told(found, table, district: str, school: str | None) -> str:
    """The SELECT of every field of every row, its fate, and the problems beside it."""
    value = found.values
    # With a comma the order of a name is certain.
    parts = f"nullif(concat_ws(', ', {value['last_name']}, {value['first_name']}), '')"
    number = found.number("student_id", literal(district))
    tabs = {"channel": ["cells.tab_channel"]} if _ways_of_tabs(table) else {}
    words = [f"{found.first(value[name], *tabs.get(name, []), *_default(name))} AS {name}" for name in _STORED]
    problems = [
        f"{code} AS problem_{place}, CASE WHEN {code} IS NOT NULL THEN {text} END AS text_{place}, "
        f"{offer} AS offer_{place}"
        for place, (_, code, text, offer) in enumerate(found.problems)
    ]
    schools = [value["school"], "cells.tab_school", literal(school) if school else "NULL"]
    return f"""
        SELECT * EXCLUDE (left_out, contact_with, {_shown_names(table, found)}),
               {_fate(found)} AS fate,
               json_object({_cells(table, found)}) AS cells
        FROM (
            SELECT cells.sheet_no, cells.sheet, cells."row", {literal(district)} AS district,
                   {value["student_id"]} AS given_id, {number} AS given_number,
                   {found.first(value["student_name"], parts)} AS given_name,
                   {found.first(*schools)} AS given_school,
                   {value["contact_date"]} AS contact_date, {value["contact_date_second"]} AS contact_second,
                   {", ".join((*words, *problems))},
                   {value["contact_with"]} AS contact_with,
                   {value["left_out"]} AS left_out,
                   {_shown(table, found)}
            FROM {found.cells.source}
        )
        """


def _ways_of_tabs(table) -> bool:
    return any(part.shape.above.get("channel") for part in table.parts)


def _default(name: str) -> list[str]:
    return [literal(DEFAULTS[name])] if name in DEFAULTS else []


def _fate(found) -> str:
    """What becomes of a row. Where every row is kept, that is said without looking at any."""
    cases = []
    if not found.never("left_out"):
        cases.append("WHEN left_out IS NOT NULL THEN 'left_out'")
    if not found.never("contact_with"):
        cases.append("WHEN contact_with <> 'family' THEN 'not_family'")
    named = found.always("student_id") or found.always("student_name")
    if not (named and found.always("contact_date")):
        cases.append("WHEN contact_date IS NULL OR (given_id IS NULL AND given_name IS NULL) THEN 'set_aside'")
    return f"CASE {' '.join(cases)} ELSE 'keep' END" if cases else "'keep'"


def _shown(table, found) -> str:
    """The cells that a row that waits shows, as columns shown_0, shown_1, ..."""
    return ", ".join(f"{text} AS shown_{place}" for place, (_, text) in enumerate(shown(table, found)))


def _shown_names(table, found) -> str:
    return ", ".join(f"shown_{place}" for place in range(len(shown(table, found))))


def _cells(table, found) -> str:
    return ", ".join(f"{literal(header)}, shown_{place}" for place, (header, _) in enumerate(shown(table, found)))


def shown(table, found) -> list[tuple[str, str]]:
    """(header, expression) of the mapped columns; what was derived stands under the field's own name.

    Dates that were understood are shown as year-month-day: alone in a workbook their order could not be told.
    """
    cells = dict(sorted(found.headers.items(), key=lambda item: table.headers.index(item[0])))
    for name in table.mapping.derived:
        if name in found.values and name not in cells and name != "left_out":
            cells[name] = f"({found.values[name]})::VARCHAR"
    if any(part.shape.student_from_tab or part.shape.above.get("student_name") for part in table.parts):
        cells.setdefault("student_name", "cells.tab_student")
    if _ways_of_tabs(table):
        cells.setdefault("channel", "cells.tab_channel")
    return list(cells.items())


def _waiting(cursor, found, place: int):
    """Write down the rows that wait and all that is wrong with rows; most rows are neither, and are not stored."""
    places = range(len(found.problems))
    wrong = "".join(f" OR problem_{one} IS NOT NULL" for one in places)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE wrong AS SELECT * FROM told_{place} WHERE fate = 'set_aside'{wrong}")
    for one in places:
        field = found.problems[one][0]
        cursor.execute(
            f"""
            INSERT INTO row_problem
            SELECT sheet_no, sheet, "row", problem_{one}, {literal(field)}, text_{one}, offer_{one},
                   {field == "contact_date"}
            FROM wrong WHERE problem_{one} IS NOT NULL AND fate IN ('keep', 'set_aside')
            """
        )
    cursor.execute(
        """
        INSERT INTO row_problem
        SELECT sheet_no, sheet, "row", 'no_student', 'student_id', NULL, NULL, TRUE FROM wrong
        WHERE fate = 'set_aside' AND given_id IS NULL AND given_name IS NULL
        UNION ALL
        SELECT sheet_no, sheet, "row", 'no_date', 'contact_date', NULL, NULL, TRUE FROM wrong
        WHERE fate = 'set_aside' AND contact_date IS NULL AND "row" NOT IN (
            SELECT problem."row" FROM row_problem AS problem
            WHERE problem.sheet_no = wrong.sheet_no AND problem.field = 'contact_date')
        """
    )
    cursor.execute(
        "INSERT INTO set_aside SELECT sheet_no, sheet, \"row\", cells, NULL FROM wrong WHERE fate = 'set_aside'"
    )
    cursor.execute("DROP TABLE wrong")
