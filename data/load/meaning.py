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
_PORTION = 500_000


@dataclass
class Fields:
    """What each field is made of: SQL over `cells` and the joined word tables.

    values    field -> expression
    problems  (field, expression of the problem's code, expression of the text, expression of the offer)
    headers   header -> expression of the text of every column that a field is read from
    alone     field -> the table of readings that is all that its value is made of
    """

    cells: Cells
    values: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    alone: dict[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The FROM clause."""
        return f"cells{self.cells.tag} AS cells {' '.join(self.joins)}"

    def join(self, table: str, column: int):
        """Join a table of readings to a column."""
        self.joins.append(self.cells.join(table, column))

    def number(self, name: str, *before: str) -> str:
        """The number (`data.ids.number`) of the SQL texts `before` and a field's text; NULL where it has none.

        Where the field comes from coded texts, it is computed once for each of them."""
        table = self.alone.get(name)
        if table is None:
            value = self.values[name]
            return f"CASE WHEN {value} IS NOT NULL THEN {number_sql(*before, value)} END"
        self.cells.cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT *, "
            f"CASE WHEN value IS NOT NULL THEN {number_sql(*before, 'value')} END AS number FROM {table}"
        )
        return f"{table}.number"

    @property
    def may_have_problems(self) -> list[int]:
        """The places of the problems that some text has; most columns have none."""
        return [place for place, problem in enumerate(self.problems) if self._there(problem[1])]

    def _there(self, code: str) -> bool:
        table, column = code.split(".")
        return bool(self.cells.cursor.execute(f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL LIMIT 1").fetchall())


def read_fields(cursor, mapping, headers: list[str], words, texts, date_fields, context: dict, tag: str = "") -> Fields:
    """The fields of one table: `words` are interpreted, `texts` taken as written, `date_fields` read as dates."""
    found = Fields(Cells.of(cursor, tag))
    derived = _derive(cursor, mapping, headers, found)
    for name in texts:
        _text(found, mapping, name, derived)
    for name in words:
        _word(cursor, found, mapping, name, derived)
    for name in date_fields:
        dates.read_dates(cursor, found, mapping, name, headers, context)
    return found


def _text(found: Fields, mapping, name: str, derived: dict):
    column, others = column_of(mapping, name), _other(mapping, name, derived)
    sources = []
    if column in found.cells.coded:
        table = f"text_{name}{found.cells.tag}"
        cursor = found.cells.cursor
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT raw, {_tidy('raw')} AS value "
            f"FROM ({found.cells.distinct(column)})"
        )
        found.join(table, column)
        sources.append(f"{table}.value")
        if not others:
            found.alone[name] = table
    elif column is not None:
        sources.append(_tidy(f"cells.c{column}"))
    if column is not None:
        found.headers[mapping.fields[name].header] = f"cells.c{column}"
    elif name == "student_name" and name in mapping.fields:
        sources.append("cells.tab_student")
    sources += others
    found.values[name] = f"coalesce({', '.join(sources)})" if sources else "NULL::VARCHAR"


def _tidy(cell: str) -> str:
    text = f"regexp_replace(trim({cell}), '\\s+', ' ', 'g')"
    return f"CASE WHEN lower({text}) IN {_NOTHING} THEN NULL ELSE {text} END"


def _word(cursor, found: Fields, mapping, name: str, derived: dict):
    column = column_of(mapping, name)
    kind = SQL_TYPES.get(name, "VARCHAR")
    sources = []
    if column is not None:
        table = f"word_{name}{found.cells.tag}"
        _read_words(cursor, table, name, found.cells.distinct(column), mapping)
        found.join(table, column)
        sources.append(f"{table}.value::{kind}")
        found.problems.append((name, f"{table}.problem", f"cells.c{column}", f"{table}.offer"))
        found.headers[mapping.fields[name].header] = f"cells.c{column}"
        blank = mapping.values.get(name, {}).get("")
        if blank is not None:
            # In a column of ticks a blank means no.
            sources.append(f"{literal(blank)}::{kind}")
    sources += [f"({other})::{kind}" for other in _other(mapping, name, derived)]
    if name == "race_ethnicity" and name in derived:
        # A yes in the Hispanic column counts whatever the race column says.
        sources.reverse()
    found.values[name] = f"coalesce({', '.join(sources)})" if sources else f"NULL::{kind}"


def _other(mapping, name: str, derived: dict) -> list[str]:
    """Where a field comes from when its column says nothing: derived from others, else a constant."""
    sources = [derived[name]] if name in derived else []
    if mapping.constants.get(name) not in (None, ""):
        constant = mapping.constants[name]
        if name in _INTERPRETED:
            constant = meaning.interpret(name, [str(constant)], mapping)[0].value
        if constant is not None:
            sources.append(literal(constant))
    return sources


def _read_words(cursor, table: str, name: str, distinct: str, mapping):
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
        if len(columns) == 1:
            texts = f"{found.cells.distinct(int(columns[0][1:]))} UNION ALL SELECT NULL"
            _derive_table(cursor, table, ["raw"], texts, present, names, part)
            found.join(table, int(columns[0][1:]))
        else:
            texts = f"SELECT DISTINCT {', '.join(columns)} FROM cells{found.cells.tag}"
            _derive_table(cursor, table, columns, texts, present, names, part)
            same = " AND ".join(f"{table}.{column} IS NOT DISTINCT FROM cells.{column}" for column in columns)
            found.joins.append(f"LEFT JOIN {table} ON {same}")
        for name in names:
            expressions[name] = f"{table}.{name}::{SQL_TYPES.get(name, 'VARCHAR')}"
    return expressions


def _derive_table(cursor, table: str, columns: list[str], texts: str, headers: tuple, names: list[str], mapping):
    types = ", ".join(f"{column} VARCHAR" for column in (*columns, *names))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({types})")
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE distinct_cells AS {texts}")
    for batch in cursor.sql("SELECT * FROM distinct_cells").to_arrow_table().to_batches(_PORTION):
        given = {header: batch.column(place).to_pylist() for place, header in enumerate(headers)}
        values = meaning.derive_fields(given, mapping)
        derived = [pa.array([as_text(value) for value in values[name]], pa.string()) for name in names]
        cursor.register("derived_given", pa.table([*batch.columns, *derived], names=[*columns, *names]))
        cursor.execute(f"INSERT INTO {table} SELECT * FROM derived_given")
        cursor.unregister("derived_given")
    cursor.execute("DROP TABLE distinct_cells")


_INTERPRETED = frozenset((*CONTACT_WORDS, *ROSTER_WORDS))
