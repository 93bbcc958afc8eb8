"""Date columns of one table -> days and seconds, as joins for `data.load.meaning`.

Few distinct texts are read one by one by `data.mapping`. Where nearly every row has a text of its own (dates
with times), DuckDB reads those that fit the column's formats and lie in a plausible time; the rest goes
through `data.mapping` as well, so that both ways say the same.
"""

import pyarrow as pa

from data import mapping as meaning
from data.load.sql import column_of, literal, store_words

MANY = 20_000
_EARLIEST = "TIMESTAMP '2000-01-01'"


def read_dates(cursor, found, mapping, name: str, headers: list[str], context: dict):
    """Add the field `name` (a DATE) and `{name}_second` (an INTEGER or NULL) to `found`."""
    column = column_of(mapping, name)
    if column is None:
        _constant(found, mapping, name, context)
        return
    table = f"date_{name}{found.cells.tag}"
    _read_column(cursor, table, found.cells.distinct(column), mapping, name, context)
    said = found.cells.join(table, column)
    found.values[name], second = said["day"], said["second"]
    found.problem(name, said["problem"], f"cells.c{column}", "NULL")
    found.headers[mapping.fields[name].header] = (
        f"coalesce(strftime({said['day']}, '%Y-%m-%d') || CASE WHEN {second} IS NULL THEN '' ELSE "
        f"strftime(TIMESTAMP '2000-01-01' + to_seconds({second}), ' %H:%M:%S') END, cells.c{column})"
    )
    choice = mapping.dates.get(name)
    if choice and choice.otherwise in headers:
        second = _otherwise(cursor, found, mapping, name, headers, said, context)
    if choice and choice.time_column in headers:
        second = found.first(_time(cursor, found, mapping, choice.time_column, headers), second)
    found.values[f"{name}_second"] = second


def _otherwise(cursor, found, mapping, name: str, headers: list[str], said: dict, context: dict) -> str:
    """Let the day of another column count where this one is blank; gives the seconds back, which are not the stamp's.
    A text that cannot be read is no blank."""
    header = mapping.dates[name].otherwise
    column, table = headers.index(header), f"date_stamp{found.cells.tag}"
    _read_column(cursor, table, found.cells.distinct(column), mapping, "_stamp", context)
    stamp = found.cells.join(table, column)
    blank = f"{said['day']} IS NULL AND {said['problem']} IS NULL"
    found.values[name] = f"CASE WHEN {blank} THEN {stamp['day']} ELSE {said['day']} END"
    if not stamp["problem"].startswith("NULL"):
        found.problem(name, f"CASE WHEN {blank} THEN {stamp['problem']} END", f"cells.c{column}", "NULL")
    found.headers[header] = f"cells.c{column}"
    return said["second"]


def _constant(found, mapping, name: str, context: dict):
    found.values[f"{name}_second"] = "NULL::INTEGER"
    text = mapping.constants.get(name)
    reading = meaning.interpret_dates([str(text)], mapping, context, name)[0] if text else None
    day = reading.value.date().isoformat() if reading and reading.value else None
    found.values[name] = f"DATE {literal(day)}" if day else "NULL::DATE"


def _time(cursor, found, mapping, header: str, headers: list[str]) -> str:
    column = headers.index(header)
    table = f"word_time{found.cells.tag}"
    texts = [text for (text,) in cursor.execute(found.cells.distinct(column)).fetchall()]
    readings = meaning.interpret("contact_time", texts, mapping)
    store_words(
        cursor,
        table,
        {
            "raw": pa.array(texts, pa.string()),
            "second": pa.array([reading.value for reading in readings], pa.int32()),
            "problem": pa.array([reading.problem for reading in readings], pa.string()),
        },
    )
    said = found.cells.join(table, column)
    found.problem("contact_time", said["problem"], f"cells.c{column}", "NULL")
    found.headers[header] = f"cells.c{column}"
    return said["second"]


def _read_column(cursor, table: str, distinct: str, mapping, name: str, context: dict):
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE date_text AS {distinct}")
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {table} (raw VARCHAR, day DATE, second INTEGER, problem VARCHAR)")
    choice = mapping.dates.get(name)
    count = cursor.execute("SELECT count(*) FROM date_text").fetchall()[0][0]
    if count > MANY and choice and choice.formats:
        _read_by_format(cursor, table, choice.formats, context["today"])
    rest = [
        text
        for (text,) in cursor.execute(
            f"SELECT raw FROM date_text WHERE raw NOT IN (SELECT raw FROM {table})"
        ).fetchall()
    ]
    _read_one_by_one(cursor, table, rest, mapping, name, context)
    cursor.execute("DROP TABLE date_text")


def _read_by_format(cursor, table: str, formats: list[str], today):
    # Midnight is no time of day.
    known = ", ".join(literal(form) for form in formats)
    cursor.execute(
        f"""
        INSERT INTO {table}
        SELECT raw, moment::DATE, nullif(date_diff('second', moment::DATE::TIMESTAMP, moment), 0)::INTEGER, NULL
        FROM (SELECT raw, try_strptime(raw, [{known}]) AS moment FROM date_text)
        WHERE moment >= {_EARLIEST} AND moment < DATE {literal(today.isoformat())} + 1
        """
    )


def _read_one_by_one(cursor, table: str, texts: list[str], mapping, name: str, context: dict):
    readings = meaning.interpret_dates(texts, mapping, context, name)
    cursor.register(
        "dates_given",
        pa.table(
            {
                "raw": pa.array(texts, pa.string()),
                "day": pa.array([reading.value.date() if reading.value else None for reading in readings], pa.date32()),
                "second": pa.array([_second(reading) for reading in readings], pa.int32()),
                "problem": pa.array([reading.problem for reading in readings], pa.string()),
            }
        ),
    )
    cursor.execute(f"INSERT INTO {table} SELECT * FROM dates_given")
    cursor.unregister("dates_given")


def _second(reading) -> int | None:
    if reading.value is None or not reading.has_time:
        return None
    moment = reading.value
    return moment.hour * 3600 + moment.minute * 60 + moment.second
