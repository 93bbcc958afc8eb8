"""Rosters: the cells of a table -> roster rows, problems, rows that wait. `data.roster.prepare` decides.

Fills the plan's temporary tables `planned_roster` (columns of `roster_row`), `row_problem` and `set_aside`, and
gives back what became of the other rows.
"""

import json

import pandas as pd

from data import roster
from data.errors import Refusal
from data.load import allow, leavers, renamed, same_names, same_numbers
from data.load.contacts import shown
from data.load.fields import ROSTER_DATES, ROSTER_TEXTS, ROSTER_WORDS
from data.load.meaning import read_fields
from data.load.refresh import ROSTER_SAYS
from data.load.sql import literal
from data.readers import Notice
from data.roster.rows import REQUIRED

_FIELDS = (*ROSTER_TEXTS, *ROSTER_WORDS, *ROSTER_DATES)


def read_cells(given, table) -> pd.DataFrame:
    """The interpreted cells of one table (`given`, which are let go then), with what `prepare` wants: a row each,
    `bad` names the fields that could not be read; `shown` is the row as it can be mended, as JSON."""
    cursor = given.cursor
    says_left = leavers.told_by(given, table)
    found = read_fields(
        given,
        table.mapping,
        table.headers,
        words=ROSTER_WORDS,
        texts=ROSTER_TEXTS,
        date_fields=ROSTER_DATES,
        context=table.context,
    )
    values = [f"{found.values[name]} AS {name}" for name in _FIELDS]
    bad = [f"CASE WHEN {code} IS NOT NULL THEN {literal(name)} END" for name, code, _, _ in found.problems]
    cells = ", ".join(f"{literal(header)}, {text}" for header, text in shown(table, found))
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE told AS
        SELECT cells.sheet_no, cells.sheet, cells."row", cells.tab_school, cells.tab_grade, {", ".join(values)},
               concat_ws(' ', {", ".join(bad) or "''"}) AS bad, json_object({cells})::VARCHAR AS shown,
               {says_left} AS says_left,
               {", ".join(_problem_columns(found)) or "NULL AS no_problem"}
        FROM {given.source}
        """
    )
    for place, (name, _, _, _) in enumerate(found.problems):
        cursor.execute(
            f"""
            INSERT INTO row_problem
            SELECT sheet_no, sheet, "row", problem_{place}, {literal(name)}, text_{place}, offer_{place},
                   {name in REQUIRED}
            FROM told WHERE problem_{place} IS NOT NULL
            """
        )
    cells = cursor.execute(
        f'SELECT sheet_no, sheet, "row", {", ".join(_FIELDS)}, bad, shown, says_left, tab_school, tab_grade '
        'FROM told ORDER BY sheet_no, "row"'
    ).df()
    cursor.execute("DROP TABLE told")
    given.forget()
    for name in ("school", "grade"):
        cells[name] = cells[name].astype(object).where(cells[name].notna(), cells[f"tab_{name}"])
    return leavers.take_flags(cells.astype(object).where(cells.notna(), None))


def write_ids(cells: pd.DataFrame, digits: int) -> pd.DataFrame:
    """The cells with ids of so many digits, zeros first (0: without leading zeros). Raises Refusal where two ids of the
    roster would become one."""
    ids = cells["student_id"]
    bare = ids.map(lambda text: isinstance(text, str) and text.isascii() and text.isdigit())
    written = ids.where(~bare, ids[bare].map(lambda text: text.zfill(digits) if digits else text.lstrip("0") or text))
    if written.nunique() < ids.nunique():
        same = written[bare].groupby(written[bare]).agg(lambda texts: ids[texts.index].nunique())
        one = same[same > 1].index[0]
        raise Refusal(
            "same_ids",
            f"Two student ids of this roster would both be {one}, and the two students one. Load it with the ids as "
            "they are written.",
        )
    return cells.assign(student_id=written)


def _problem_columns(found) -> list[str]:
    return [
        f"{code} AS problem_{place}, {text} AS text_{place}, {offer} AS offer_{place}"
        for place, (_, code, text, offer) in enumerate(found.problems)
    ]


def plan(cursor, preview, cells: pd.DataFrame, about: roster.RosterFile):
    """Prepare the rows of all tables together, and fill in what the preview shows of a roster."""
    prepared = roster.prepare(cells, about)
    if preview.allowed_schools is not None:
        prepared = allow.set_roster_rows_aside(cursor, prepared, preview.district, preview.allowed_schools)
    _store(cursor, cells, prepared)
    preview.notices += [Notice(code, words) for code, words in prepared.notices]
    preview.notices += leavers.notices(cells) if "says_left" in cells else []
    preview.old_entries = prepared.old
    preview.full_roster, preview.roster_date = preview.choices.full_roster, prepared.roster_date
    found = roster.changes(cursor, "planned_roster", closes=preview.full_roster, spoken_for=prepared.roster_date)
    preview.changes, preview.schools, preview.moved_entries = found.counts, found.schools, found.moved_later
    preview.notices += [Notice("roster", school.sentence) for school in found.schools]
    preview.notices += [Notice(code, words) for code, words in found.corrected]
    preview.namesakes = [] if preview.already else same_names.find(cursor)
    preview.other_names = ([], 0) if preview.already else same_numbers.find(cursor)
    preview.notices += same_numbers.notice(preview.other_names)
    preview.renamed = [] if preview.already else renamed.find(cursor)
    new, duplicate, changed = _known(cursor)
    preview.counts.update(
        rows_read=len(cells),
        rows_new=new,
        rows_duplicate=duplicate + prepared.repeated,
        rows_changed=changed,
        rows_set_aside=len(cells) - len(prepared.rows) - prepared.repeated - prepared.left_out,
        rows_left_out=prepared.left_out,
    )
    preview.first_rows = cursor.execute(
        "SELECT * EXCLUDE (upload_id) FROM planned_roster ORDER BY sheet, source_row LIMIT 20"
    ).df()


def with_shown(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of a OneRoster export with what `plan` needs beside them: `sheet_no`, and `shown` as JSON."""
    told = [name for name in cells.columns if name not in ("sheet", "row", "filled", "bad")]
    texts = cells[told].astype(object).where(cells[told].notna(), None)
    shown = [
        json.dumps({name: None if value is None else str(value) for name, value in row.items()})
        for row in texts.to_dict("records")
    ]
    return cells.assign(sheet_no=0, shown=shown)


def _known(cursor) -> tuple[int, int, int]:
    """How many rows are new, there word for word, and of a known student in other words (as `refresh` counts)."""
    return cursor.execute(
        f"""
        SELECT count(*) FILTER (WHERE NOT there), count(*) FILTER (WHERE there),
               count(*) FILTER (WHERE known AND NOT there)
        FROM (
            SELECT {ROSTER_SAYS} IN (SELECT {ROSTER_SAYS} FROM roster_row) AS there,
                   (district, local_id) IN (SELECT (district, local_id) FROM roster_row) AS known
            FROM planned_roster
        )
        """
    ).fetchall()[0]


def _store(cursor, cells: pd.DataFrame, prepared):
    """Put what `prepare` made of the cells into the plan's temporary tables."""
    cursor.register("prepared_rows", prepared.rows)
    cursor.execute("CREATE OR REPLACE TEMP TABLE planned_roster AS SELECT * FROM roster_row LIMIT 0")
    cursor.execute("INSERT INTO planned_roster BY NAME SELECT 0 AS upload_id, * FROM prepared_rows")
    cursor.unregister("prepared_rows")
    numbers = {
        (sheet, int(row)): number for number, sheet, row in cells[["sheet_no", "sheet", "row"]].itertuples(index=False)
    }
    problems = [
        (numbers[(p.sheet, int(p.row))], p.sheet, int(p.row), p.code, p.field, _none(p.value), p.message)
        for p in prepared.problems.itertuples(index=False)
    ]
    if problems:
        cursor.executemany("INSERT INTO row_problem VALUES (?, ?, ?, ?, ?, ?, NULL, TRUE)", [p[:6] for p in problems])
    waiting = [
        (int(row.sheet_no), row.sheet, int(row.row), row.shown)
        for row in cells.itertuples(index=False)
        if (row.sheet, int(row.row)) in prepared.set_aside
    ]
    if waiting:
        cursor.executemany("INSERT INTO set_aside VALUES (?, ?, ?, ?, NULL)", waiting)
    _drop_problems_of_the_gone(cursor, cells, prepared)


def _drop_problems_of_the_gone(cursor, cells: pd.DataFrame, prepared):
    """Rows that are left out (students marked as gone) have no problems worth mending."""
    if not prepared.left_out:
        return
    cursor.execute(
        """
        DELETE FROM row_problem WHERE (sheet, "row") NOT IN (SELECT (sheet, source_row) FROM planned_roster)
        AND (sheet, "row") NOT IN (SELECT (sheet, "row") FROM set_aside)
        """
    )


def _none(value):
    return None if value is None or value != value else str(value)
