"""Headers and values -> meaning. Which row is the header, which column is which field, what a text means.

Pure Python over a `Sheet` and lists of texts: no store, no page, no file. It stores nothing, and it
never takes notes, phone numbers or e-mail addresses for a field. In the order of use:

    find_table(sheet) -> TableShape                 where the table is
    days_sentence(sheet, days) -> text              what is said of a sheet whose days stand in rows of their own
    names_school(tab)                               whether a sheet is named after a school
    titled_school(titles)                           the school that the rows above a table name
    titled_grade(texts)                             the grade that a tab and the rows above its table name
    titled_way(texts)                               the way of contact that they name
    profile(sheet, shape) -> [Column]               what its columns look like
    guess_kind(columns, said) -> (kind, reason)     a contact log or a roster
    propose(columns, kind, context) -> Mapping      each field's column, with a score and a reason
    unknown_words(mapping, columns)                 what a person may want to explain
    interpret(field, texts, mapping) -> [Reading]   what distinct texts mean
    interpret_dates(texts, mapping, context) -> [DateReading]
    by_week(headers) -> [header]                    the columns of a sheet that has one for each week
    of_others(columns, mapping) -> text             what a list of other things than students lists, or ""
    by_student_sentence(headers) -> text            what is said of one that has one for each student, or ""
    derive_fields({header: texts}, mapping) -> {field: values}   what hides in other columns
    unsure_fields(...) -> {field: texts}   of the same: texts of more than one meaning
    header_signature(headers) -> text               under which a corrected mapping is remembered
"""

from data.mapping.cells import days_of_spans, several_in_a_cell
from data.mapping.choices import allowed_values, fields_of, offered_values
from data.mapping.columns import column_of, header_signature, profile, table_rows
from data.mapping.dates import interpret_dates
from data.mapping.days import sentence as days_sentence
from data.mapping.derived import derive_fields, unsure_fields
from data.mapping.interpret import interpret
from data.mapping.kinds import guess_kind
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
from data.mapping.otherwise import by_student_sentence, by_week, by_week_sentence, of_others, says_classes
from data.mapping.propose import derived_headers, propose
from data.mapping.tab_grade import of_texts as titled_grade
from data.mapping.table import find_table
from data.mapping.titles import names_school, titled_school
from data.mapping.unknown_words import unknown_words
from data.mapping.ways import titled_way

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
    "allowed_values",
    "by_student_sentence",
    "by_week",
    "by_week_sentence",
    "column_of",
    "days_of_spans",
    "days_sentence",
    "derive_fields",
    "derived_headers",
    "fields_of",
    "find_table",
    "guess_kind",
    "header_signature",
    "interpret",
    "interpret_dates",
    "names_school",
    "of_others",
    "offered_values",
    "profile",
    "propose",
    "says_classes",
    "several_in_a_cell",
    "table_rows",
    "titled_grade",
    "titled_school",
    "titled_way",
    "unknown_words",
    "unsure_fields",
]
