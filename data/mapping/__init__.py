"""Headers and values -> meaning. Which row is the header, which column is which field, what a text means.

Pure Python over a `Sheet` and lists of texts: no store, no page, no file. It stores nothing, and it
never takes notes, phone numbers or e-mail addresses for a field. In the order of use:

    find_table(sheet) -> TableShape                 where the table is
    profile(sheet, shape) -> [Column]               what its columns look like
    guess_kind(columns) -> (kind, reason)           a contact log or a roster
    propose(columns, kind, context) -> Mapping      each field's column, with a score and a reason
    interpret(field, texts, mapping) -> [Reading]   what distinct texts mean
    interpret_dates(texts, mapping, context) -> [DateReading]
    derive_fields({header: texts}, mapping) -> {field: values}   what hides in other columns
"""

from data.mapping.model import (
    Choice,
    Column,
    DateChoice,
    DateReading,
    Derived,
    Mapping,
    Question,
    Reading,
    TableShape,
)

__all__ = [
    "Choice",
    "Column",
    "DateChoice",
    "DateReading",
    "Derived",
    "Mapping",
    "Question",
    "Reading",
    "TableShape",
]
