"""The words of a file that no vocabulary has, for a person to explain."""

from data.mapping.choices import offered_values
from data.mapping.evidence import VOCABULARIES
from data.mapping.interpret import interpret
from data.mapping.model import Column, Mapping

# Of a code ("3" among races); what is merely written in another way is taken as it is.
_NOT_READ = frozenset({"unknown_value", "unknown_grade"})


def unknown_words(mapping: Mapping, columns: list[Column]) -> dict[str, list[tuple[str, int, str | None]]]:
    """{field: [(text, rows, nearest value or None)]} of the frequent texts that no vocabulary has. Not kept."""
    found: dict[str, list[tuple[str, int, str | None]]] = {}
    for field, choice in mapping.fields.items():
        if choice.column is None or not offered_values(field):
            continue
        top = columns[choice.column].top
        readings = interpret(field, [text for text, _ in top], mapping)
        for (text, count), reading in zip(top, readings, strict=True):
            if reading.problem and (field in VOCABULARIES or reading.problem in _NOT_READ):
                found.setdefault(field, []).append((text, count, reading.offer))
    return found
