"""Contact logs: the cells of a table -> clean contacts, problems, rows that wait.

Fills the plan's temporary tables, one table of the file after another:

    cleaned      a row for each row of the file, with its `fate`: keep, set_aside, not_family, left_out
    row_problem  a row for each thing wrong with a row that could have been stored
    set_aside    the rows that wait: their mapped cells as JSON, never notes
"""

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
CREATE OR REPLACE TEMP TABLE cleaned (
    sheet_no INTEGER, sheet VARCHAR, source_row INTEGER, district VARCHAR,
    given_id VARCHAR, given_name VARCHAR, given_school VARCHAR, contact_date DATE, contact_second INTEGER,
    channel VARCHAR, direction VARCHAR, outcome VARCHAR, initiated_by VARCHAR, audience VARCHAR, topic VARCHAR,
    tone VARCHAR, staff VARCHAR, language VARCHAR, interpreter BOOLEAN, student_present BOOLEAN, minutes DOUBLE,
    record_id VARCHAR, grade VARCHAR, fate VARCHAR
);
CREATE OR REPLACE TEMP TABLE row_problem (
    sheet_no INTEGER, sheet VARCHAR, "row" INTEGER, code VARCHAR, field VARCHAR, value VARCHAR, offer VARCHAR,
    sets_aside BOOLEAN
);
CREATE OR REPLACE TEMP TABLE set_aside (
    sheet_no INTEGER, sheet VARCHAR, "row" INTEGER, cells VARCHAR, reason VARCHAR
);
"""


def clean(cursor, table, district: str, school: str | None, context: dict, allowed: tuple[str, ...] | None = None):
    """Add the rows of one table (its `cells` are registered) to `cleaned`, `row_problem` and `set_aside`.

    Rows of schools that are not `allowed` are set aside.
    """
    found = read_fields(
        cursor,
        table.mapping,
        table.headers,
        words=CONTACT_WORDS,
        texts=(*CONTACT_TEXTS, "left_out"),
        date_fields=("contact_date",),
        context=context,
    )
    _tell(cursor, found, table, district, school, allowed is not None)
    if allowed is not None:
        allow.set_contacts_aside(cursor, district, allowed)
    columns = ", ".join(_STORED)
    cursor.execute(
        f"""
        INSERT INTO cleaned BY NAME
        SELECT sheet_no, sheet, "row" AS source_row, district, given_id, given_name, given_school,
               contact_date, contact_second, {columns}, fate FROM told
        """
    )
    _problems(cursor, found)
    cursor.execute(
        "INSERT INTO set_aside SELECT sheet_no, sheet, \"row\", cells, NULL FROM told WHERE fate = 'set_aside'"
    )
    cursor.execute("DROP TABLE told")


def _tell(cursor, found, table, district: str, school: str | None, all_cells: bool):
    """The temporary table `told`: every field of every row, its fate, and the problems beside it."""
    value = found.values
    # With a comma the order of a name is certain.
    parts = f"nullif(concat_ws(', ', {value['last_name']}, {value['first_name']}), '')"
    words = [f"{_filled(value[name], name)} AS {name}" for name in _STORED]
    problems = [
        f"{code} AS problem_{place}, CASE WHEN {code} IS NOT NULL THEN {text} END AS text_{place}, "
        f"{offer} AS offer_{place}"
        for place, (_, code, text, offer) in enumerate(found.problems)
    ]
    schools = [value["school"], "cells.tab_school", literal(school) if school else "NULL"]
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE told AS
        SELECT * EXCLUDE (left_out, contact_with, {_shown_names(table, found)}),
               CASE WHEN left_out IS NOT NULL THEN 'left_out' WHEN contact_with <> 'family' THEN 'not_family'
                    WHEN contact_date IS NULL OR (given_id IS NULL AND given_name IS NULL) THEN 'set_aside'
                    ELSE 'keep' END AS fate,
               CASE WHEN fate = 'set_aside' OR {all_cells} THEN json_object({_cells(table, found)}) END AS cells
        FROM (
            SELECT cells.sheet_no, cells.sheet, cells."row", {literal(district)} AS district,
                   {value["student_id"]} AS given_id, coalesce({value["student_name"]}, {parts}) AS given_name,
                   coalesce({", ".join(schools)}) AS given_school,
                   {value["contact_date"]} AS contact_date, {value["contact_date_second"]} AS contact_second,
                   {", ".join((*words, *problems))},
                   {value["contact_with"]} AS contact_with,
                   {value["left_out"]} AS left_out,
                   {_shown(table, found)}
            FROM {found.source}
        )
        """
    )


def _filled(expression: str, name: str) -> str:
    return f"coalesce({expression}, {literal(DEFAULTS[name])})" if name in DEFAULTS else expression


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
    return list(cells.items())


def _problems(cursor, found):
    for place, (field, _, _, _) in enumerate(found.problems):
        sets_aside = field == "contact_date"
        cursor.execute(
            f"""
            INSERT INTO row_problem
            SELECT sheet_no, sheet, "row", problem_{place}, {literal(field)}, text_{place}, offer_{place}, {sets_aside}
            FROM told WHERE problem_{place} IS NOT NULL AND fate IN ('keep', 'set_aside')
            """
        )
    cursor.execute(
        """
        INSERT INTO row_problem
        SELECT sheet_no, sheet, "row", 'no_student', 'student_id', NULL, NULL, TRUE FROM told
        WHERE fate = 'set_aside' AND given_id IS NULL AND given_name IS NULL
        UNION ALL
        SELECT sheet_no, sheet, "row", 'no_date', 'contact_date', NULL, NULL, TRUE FROM told
        WHERE fate = 'set_aside' AND contact_date IS NULL AND "row" NOT IN (
            SELECT problem."row" FROM row_problem AS problem
            WHERE problem.sheet_no = told.sheet_no AND problem.field = 'contact_date')
        """
    )
