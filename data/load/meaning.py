"""Cells -> fields, by asking `data.mapping` once for each distinct text and joining the answers back in SQL.

Works on the view `cells{tag}` (sheet_no, sheet, row, tab_student, c0, c1, ...; see `data.load.coded`) of one table
of the file. Builds the FROM clause and one expression for each field; holds no row in Python but distinct texts.
"""

from dataclasses import dataclass, field, replace

import pyarrow as pa

from data import mapping as meaning
from data.ids import number_sql
from data.load import dates
from data.load.coded import Cells
from data.load.fields import CONTACT_WORDS, ROSTER_WORDS, SQL_TYPES
from data.load.sql import as_text, column_of, literal, store_words

# Texts that stand for "nothing" in columns that are taken as they are written.
_NOTHING = "('', '-', '--', '?', 'n/a', 'na', '#n/a', 'none', 'null', 'nan', 'unknown')"
# Written so, some of them are names of people.
_PEOPLE = "('Na', 'None', 'Null', 'Nan')"
_NAMES = frozenset({"first_name", "last_name", "student_name"})
_NUMBERS = frozenset({"student_id", "record_id", "school_code"})
_NO_NUMBER = "('tbd', 'tba', 'pending', 'new', 'new student', 'no id', 'none yet')"
_PORTION = 500_000
# The problem of rows in which the place of a derived field has more than one meaning, by how it is derived.
_UNSURE = {
    "words": "several_values",
    "ticks": "several_ticks",
    "from_to_with": "maybe_staff",
    "roles_with": "unknown_role",
}
_MAY_BE_UNSURE = ("channel", "contact_with")


@dataclass
class Fields:
    """What each field is made of: SQL over `cells` and the joined word tables.

    values    field -> expression
    problems  (field, expression of the problem's code, expression of the text, expression of the offer)
    headers   header -> expression of the text of every column that a field is read from
    alone     field -> (table of readings, column) that are all that its value is made of
    """

    cells: Cells
    values: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    alone: dict[str, tuple[str, int]] = field(default_factory=dict)

    def first(self, *sources: str) -> str:
        """The first source with a value, in each row; those after one that always has a value are left out."""
        some = [source for source in sources if not source.startswith("NULL")]
        always = next((place for place, source in enumerate(some) if source in self.cells.filled), len(some))
        some = some[: always + 1]
        return f"coalesce({', '.join(some)})" if len(some) > 1 else (some or sources)[0]

    def always(self, name: str) -> bool:
        """Is it known that every row has this field?"""
        return self.values[name] in self.cells.filled

    def never(self, name: str) -> bool:
        """Is it known that no row has it?"""
        return self.values[name].startswith("NULL")

    def number(self, name: str, *before: str) -> str:
        """The number (`data.ids.number`) of the SQL texts `before` and a field's text; NULL where it has none.

        Where the field comes from one column, it is computed once for each text of it."""
        if name not in self.alone:
            value = self.values[name]
            return f"CASE WHEN {value} IS NOT NULL THEN {number_sql(*before, value)} END"
        table, column = self.alone[name]
        self.cells.cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE number_{table} AS SELECT raw, {number_sql(*before, 'value')} AS number "
            f"FROM {table} WHERE value IS NOT NULL"
        )
        number = self.cells.join(f"number_{table}", column)["number"]
        self.cells.show()
        return number

    def problem(self, name: str, code: str, text: str, offer: str):
        """Note the problems of a field, where some text has one; most columns have none."""
        if not code.startswith("NULL"):
            self.problems.append((name, code, text, offer))


def read_fields(cells: Cells, mapping, headers: list[str], words, texts, date_fields, context: dict) -> Fields:
    """The fields of one table: `words` are interpreted, `texts` taken as written, `date_fields` read as dates."""
    found, cursor = Fields(cells), cells.cursor
    derived = _derive(cursor, mapping, headers, found)
    for name in texts:
        _text(found, mapping, name, derived)
    for name in words:
        _word(cursor, found, mapping, name, derived)
    for name in date_fields:
        dates.read_dates(cursor, found, mapping, name, headers, context)
    cells.show()
    return found


def _text(found: Fields, mapping, name: str, derived: dict):
    column, others = column_of(mapping, name), _other(mapping, name, derived)
    sources = []
    if column in found.cells.coded:
        table = f"text_{name}{found.cells.tag}"
        cursor = found.cells.cursor
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT raw, {_tidy('raw', name)} AS value "
            f"FROM ({found.cells.distinct(column)})"
        )
        sources.append(found.cells.join(table, column)["value"])
        if not others:
            found.alone[name] = (table, column)
    elif column is not None:
        sources.append(_tidy(f"cells.c{column}", name))
    if column is not None:
        found.headers[mapping.fields[name].header] = f"cells.c{column}"
    elif name == "student_name" and name in mapping.fields:
        sources.append("cells.tab_student")
    # Whoever never came is not here, whatever else the status says.
    sources = others + sources if name == "status" else sources + others
    found.values[name] = found.first(*sources, "NULL::VARCHAR")


def _tidy(cell: str, name: str) -> str:
    # Whole names below each other in a cell are several; one that is broken over two lines is not.
    lines = f"regexp_replace({cell}, '(\\S[ ,]+[^\\s(][^\\n]*?)\\s*\\n\\s*([^\\s(]+[ ,]+[^\\s(])', '\\1; \\2', 'g')"
    text = f"regexp_replace(trim({lines if name == 'student_name' else cell}), '\\s+', ' ', 'g')"
    if name in _NUMBERS:
        # 1234.0 is what programs write that take ids for quantities.
        text = f"regexp_replace({text}, '^(\\d+)\\.0+$', '\\1')"
    but = f" AND {text} NOT IN {_PEOPLE}" if name in _NAMES else ""
    no_number = f" OR lower({text}) IN {_NO_NUMBER}" if name in _NUMBERS else ""
    return f"CASE WHEN lower({text}) IN {_NOTHING}{but}{no_number} THEN NULL ELSE {text} END"


def _word(cursor, found: Fields, mapping, name: str, derived: dict):
    column = column_of(mapping, name)
    kind = SQL_TYPES.get(name, "VARCHAR")
    sources = []
    if column is not None:
        table = f"word_{name}{found.cells.tag}"
        _read_words(cursor, table, name, kind, found.cells.distinct(column), mapping)
        said = found.cells.join(table, column)
        sources.append(said["value"])
        found.problem(name, said["problem"], f"cells.c{column}", said["offer"])
        found.headers[mapping.fields[name].header] = f"cells.c{column}"
        blank = mapping.values.get(name, {}).get("")
        if blank is not None:
            # In a column of ticks a blank means no.
            sources.append(f"{literal(blank)}::{kind}")
    sources += _other(mapping, name, derived)
    if name == "race_ethnicity" and name in derived:
        # A yes in the Hispanic column counts whatever the race column says.
        sources.reverse()
    found.values[name] = found.first(*sources, f"NULL::{kind}")
    unsure = derived.get(f"{name}_unsure", "NULL")
    if not unsure.startswith("NULL"):
        how = mapping.derived[name].how
        # Of several ticks the first counts; the others are rows in which nothing else gave a value.
        here = unsure if how == "ticks" else f"CASE WHEN {found.values[name]} IS NULL THEN {unsure} END"
        # Two ways of contact may be two contacts; two topics are not.
        kind = "several_first" if how == "ticks" and name != "channel" else _UNSURE[how]
        code = f"CASE WHEN {here} IS NOT NULL THEN {literal(kind)} END"
        found.problem(name, code, unsure, "NULL::VARCHAR")


def _other(mapping, name: str, derived: dict) -> list[str]:
    """Where a field comes from when its column says nothing: derived from others, else a constant."""
    sources = [derived[name]] if name in derived else []
    if mapping.constants.get(name) not in (None, ""):
        constant = mapping.constants[name]
        if name in _INTERPRETED:
            constant = meaning.interpret(name, [str(constant)], mapping)[0].value
        if constant is not None:
            sources.append(f"{literal(constant)}::{SQL_TYPES.get(name, 'VARCHAR')}")
    return sources


def _read_words(cursor, table: str, name: str, kind: str, distinct: str, mapping):
    texts = [text for (text,) in cursor.execute(distinct).fetchall()]
    readings = meaning.interpret(name, texts, mapping)
    store_words(
        cursor,
        table,
        {
            "raw": pa.array(texts, pa.string()),
            "value": pa.array([as_text(reading.value) for reading in readings], pa.string()),
            "problem": pa.array([reading.problem for reading in readings], pa.string()),
            "offer": pa.array([as_text(reading.offer) for reading in readings], pa.string()),
        },
    )
    if kind != "VARCHAR":
        cursor.execute(f"ALTER TABLE {table} ALTER value TYPE {kind}")


def _derive(cursor, mapping, headers: list[str], found: Fields) -> dict[str, str]:
    """Fields that hide in other columns: a temporary table of distinct cells for each set of headers."""
    by_headers: dict[tuple, list[str]] = {}
    for name, how in mapping.derived.items():
        present = tuple(header for header in how.headers if header in headers)
        if present:
            by_headers.setdefault(present, []).append(name)
    expressions = {}
    for number, (present, names) in enumerate(by_headers.items()):
        table = f"derived_{number}{found.cells.tag}"
        columns = [f"c{headers.index(header)}" for header in present]
        part = replace(mapping, derived={name: mapping.derived[name] for name in names})
        names = names + [f"{name}_unsure" for name in names if _may_be_unsure(mapping, name)]
        if len(columns) == 1:
            texts = f"{found.cells.distinct(int(columns[0][1:]))} UNION ALL SELECT NULL"
            _derive_table(cursor, table, ["raw"], texts, present, names, part)
            said = found.cells.join(table, int(columns[0][1:]))
        else:
            texts = f"SELECT DISTINCT {', '.join(columns)} FROM cells{found.cells.tag}"
            _derive_table(cursor, table, columns, texts, present, names, part)
            same = " AND ".join(f"{table}.{column} IS NOT DISTINCT FROM cells.{column}" for column in columns)
            found.cells.joins.append(f"LEFT JOIN {table} ON {same}")
            said = {name: f"{table}.{name}" for name in names}
        for name in names:
            expressions[name] = said[name]
    return expressions


def _may_be_unsure(mapping, name: str) -> bool:
    how = mapping.derived[name].how
    return how == "ticks" or name in _MAY_BE_UNSURE and how in _UNSURE


def _derive_table(cursor, table: str, columns: list[str], texts: str, headers: tuple, names: list[str], mapping):
    types = ", ".join(f"{column} {SQL_TYPES.get(column, 'VARCHAR')}" for column in (*columns, *names))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({types})")
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE distinct_cells AS {texts}")
    for batch in cursor.sql("SELECT * FROM distinct_cells").to_arrow_table().to_batches(_PORTION):
        given = {header: batch.column(place).to_pylist() for place, header in enumerate(headers)}
        values = meaning.derive_fields(given, mapping)
        unsure = meaning.unsure_fields(given, mapping, values)
        values |= {f"{name}_unsure": texts for name, texts in unsure.items()}
        nothing = [None] * len(batch)
        derived = [pa.array([as_text(value) for value in values.get(name, nothing)], pa.string()) for name in names]
        cursor.register("derived_given", pa.table([*batch.columns, *derived], names=[*columns, *names]))
        cursor.execute(f"INSERT INTO {table} SELECT * FROM derived_given")
        cursor.unregister("derived_given")
    cursor.execute("DROP TABLE distinct_cells")


_INTERPRETED = frozenset((*CONTACT_WORDS, *ROSTER_WORDS))
