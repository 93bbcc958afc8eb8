"""Small pieces of SQL that the cleaning steps share."""

import pyarrow as pa


def literal(value) -> str:
    """A value as a SQL text literal: constants and headers are a person's words, never SQL."""
    return "'" + as_text(value).replace("'", "''") + "'"


def as_text(value) -> str | None:
    """A meaning as the text that SQL casts back: True -> "true"."""
    if value is None:
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def store_words(cursor, table: str, columns: dict[str, pa.Array]):
    """Make a temporary table of Arrow columns."""
    cursor.register("words_given", pa.table(columns))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM words_given")
    cursor.unregister("words_given")


def column_of(mapping, name: str) -> int | None:
    """The number of the column that a field is read from, None where it is in no column."""
    choice = mapping.fields.get(name)
    return choice.column if choice else None
