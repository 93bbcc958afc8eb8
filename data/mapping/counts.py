"""Sheets of counts ("Calls: 3, Texts: 1"), which are no logs: in a log each contact has a row."""

import re

from data.mapping import values
from data.mapping.model import Column, Mapping, Question
from data.mapping.words import plain

_NUMBER = re.compile(r"\d{1,2}(\.0)?")
_TICKS = frozenset({"0", "1", "0.0", "1.0"})


def questions(mapping: Mapping, columns: list[Column]) -> list[Question]:
    """The question whether a row is one contact, where columns named after ways of contact hold numbers and no column
    says the way."""
    if "channel" in mapping.fields or "channel" in mapping.derived:
        return []
    counted = [column for column in columns if column.header in mapping.not_stored and _counts(column)]
    if not any(text not in _TICKS for column in counted for text, _ in column.top):
        return []
    listed = ", ".join(f"“{column.header}”" for column in counted)
    sentence = (
        f"{listed} hold{'s' if len(counted) == 1 else ''} numbers, as in a sheet that counts contacts. A log has a row "
        "for each contact: here each row would come in as one contact, whatever its numbers are."
    )
    return [Question("counts", sentence, ["a row is one contact", "stop"])]


def _counts(column: Column) -> bool:
    named = len(plain(column.header).split()) <= 2 and values.recognize("channel", column.header)
    return bool(named) and all(_NUMBER.fullmatch(text) for text, _ in column.top)
