"""Draws header sets with values out of the lexicons: many small tables with a known truth, the same for a seed."""

import random

from data.mapping import column_of
from tests.support.header_values import WORDS, values_for

KEPT = {
    "student_id": 0.7,
    "contact_date": 1.0,
    "channel": 0.9,
    "outcome": 0.65,
    "topic": 0.65,
    "staff": 0.7,
    "grade": 0.5,
}
ROSTER_KEPT = {
    "student_id": 1.0,
    "first_name": 1.0,
    "last_name": 1.0,
    "student_name": 1.0,
    "school": 0.95,
    "grade": 1.0,
}


def lexicon(text: str) -> dict[str, list[str]]:
    """{field or "!values": [header]} of a lexicon's text."""
    lines = [line.split(":", 1) for line in text.strip().splitlines()]
    return {field: [header.strip() for header in rest.split(" | ")] for field, rest in lines}


def draw(text: str, kind: str, seed: str) -> tuple[list[tuple[str, list[str]]], dict[str, str]]:
    """([(header, values)], {field: header}) of one table, shuffled, with 30 to 80 rows."""
    rng = random.Random(seed)
    words = lexicon(text)
    kept = KEPT if kind == "contacts" else ROSTER_KEPT
    fields = [field for field in words if not field.startswith("!") and rng.random() < kept.get(field, 0.4)]
    names = {"student_name"} if "student_name" in words else {"first_name", "last_name"}
    if not {"student_id", *names} & set(fields):
        fields.extend(field for field in words if field in names or field == "student_id" and rng.random() < 0.5)
    if "first_name" in words and "first_name" in fields != "last_name" in fields:
        fields = [*{*fields, "first_name", "last_name"}]
    rows = rng.randrange(30, 80)
    table, truth, used = [], {}, set()
    people = rng.randrange(6, 30)
    for field in sorted(fields):
        header = rng.choice(words[field])
        if header.casefold() in used:
            continue
        used.add(header.casefold())
        truth[field] = header
        table.append((header, values_for(field, header, rows, people, rng)))
    for field in words:
        if field.startswith("!") and rng.random() < 0.6:
            header = rng.choice(words[field])
            if header.casefold() not in used:
                used.add(header.casefold())
                table.append((header, values_for(field, header, rows, people, rng)))
    rng.shuffle(table)
    return table, truth


def columns(table) -> list:
    """The profiles of a drawn table."""
    return [column_of(index, header, values) for index, (header, values) in enumerate(table)]


def scored(found: dict[str, str], truth: dict[str, str], compared=None) -> tuple[int, int]:
    """(right, all) fields: those that the truth has or that were found, each right where both say the same header."""
    fields = {field for field in {*found, *truth} if compared is None or field in compared}
    return sum(found.get(field) == truth.get(field) for field in fields), len(fields)


__all__ = ["WORDS", "columns", "draw", "lexicon", "scored"]
