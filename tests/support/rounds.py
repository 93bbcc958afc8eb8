"""The retained rounds of unseen files: tables with a known truth, and how much of it a proposal has right.

A round is a JSON list of tables: the header, the texts of the first rows (texts that repeat are told by number), the
column or columns of each field, `either` (may be read so too) and `never` (no field at all). All people are made up.
"""

import json
from pathlib import Path

from data.mapping import column_of, propose

FOLDER = Path(__file__).parents[1] / "data" / "mapping" / "rounds"
_NAMES = ("student_name", "first_name", "last_name")
# What the program reads besides the fields that a round asks for: never false by itself.
_MORE = {"middle_name", "school_code", "school_year", "status"}


def tables(name: str) -> list[dict]:
    """The tables of a round."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def found(table: dict) -> dict[str, set[str]]:
    """{field: headers} that the program reads each field from, by its own proposal."""
    made = [
        column_of(place, header, [rest[0][number] for number in rest[1]] if len(rest) > 1 else rest[0])
        for place, (header, *rest) in enumerate(table["columns"])
    ]
    mapping = propose(made, table["kind"], {"file_name": table["file"], "student_from_tab": table["tab"] or None})
    taken: dict[str, set[str]] = {}
    for field, choice in mapping.fields.items():
        if choice.column is not None:
            taken.setdefault(field, set()).add(choice.header)
    for field, rule in mapping.derived.items():
        taken.setdefault(field, set()).update(header for header in rule.headers if header)
    date = mapping.date
    if date and "contact_time" not in taken and date.has_time:
        taken["contact_time"] = set(taken["contact_date"])
    return taken


def right(table: dict, taken: dict[str, set[str]]) -> list[str]:
    """The fields of a table's truth that are read from their column."""
    return [field for field in table["fields"] if _is_right(table, taken, field)]


def _is_right(table: dict, taken: dict[str, set[str]], field: str) -> bool:
    others = _NAMES if field in _NAMES else ()
    told = _listed(table["fields"][field])
    return any(taken.get(name, set()) & told for name in (field, *others, *table["accept"].get(field, [])))


def too_many(table: dict, taken: dict[str, set[str]]) -> list[tuple[str, str]]:
    """[(field, header)] of fields that the table does not have. The outcome may be read from notes where none is."""
    names = {header for name in _NAMES for header in _listed(table["fields"].get(name, []))}
    wrong = []
    for field, headers in taken.items():
        allowed = _listed(table["either"].get(field, [])) | (names if field in _NAMES else set())
        for own, fields in table["accept"].items():
            allowed |= _listed(table["fields"][own]) if field in fields else set()
        if field == "contact_time":
            allowed |= taken.get("contact_date", set())
        if field in table["fields"] or field in _MORE or (field == "outcome" and headers <= set(table["never"])):
            continue
        wrong.extend((field, header) for header in sorted(headers - allowed))
    return wrong


def private(table: dict, taken: dict[str, set[str]]) -> list[tuple[str, str]]:
    """[(field, header)] read from columns that are never to be taken; codes of notes may give a missing outcome."""
    return [
        (field, header)
        for field, headers in taken.items()
        for header in sorted(headers & set(table["never"]))
        if not (field == "outcome" and field not in table["fields"])
    ]


def _listed(headers: str | list[str]) -> set[str]:
    return {headers} if isinstance(headers, str) else set(headers)
