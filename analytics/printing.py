"""Answers as text: CSV, JSON and a table for a terminal. At full precision; an empty field where there is no value."""

import csv
import io
import json
import math

import pandas as pd

NOT_REACHED = "not reached"


def csv_text(table: pd.DataFrame, measure: str = "") -> str:
    """A header line and one line a row. Numbers are written so that reading them gives the same number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.to_dict("records"):
        writer.writerow(["" if value is None else value for value in plain(row, measure).values()])
    return out.getvalue()


def json_text(answer) -> str:
    """One object: the question's words and period, and `rows` as objects."""
    measure = answer.measure
    said = {
        "measure": measure.name,
        "label": measure.label,
        "unit": measure.unit_words,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "by": list(answer.question.by),
        "from": _iso(answer.start),
        "to": _iso(answer.end),
        "as_of": _iso(answer.as_of),
        "rows": [plain(row, measure.name) for row in answer.table.to_dict("records")],
        "notes": list(answer.notes),
    }
    return object_text(said)


def object_text(said: dict) -> str:
    """One JSON object."""
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def table_text(answer) -> str:
    """The measure in words, then its rows in columns, then the notes."""
    measure = answer.measure
    rows = [plain(row, measure.name) for row in answer.table.to_dict("records")]
    lines = [f"{measure.label}: {measure.unit_words}", f"{measure.numerator} / {measure.denominator}"]
    if answer.start:
        lines.append(f"{answer.start} to {answer.end}, contacts up to {answer.as_of}")
    lines += ["", *columns_text(list(answer.table.columns), rows), *(f"Note: {note}" for note in answer.notes)]
    return "\n".join(lines) + "\n"


def columns_text(names: list[str], rows: list[dict]) -> list[str]:
    """Lines of aligned columns."""
    cells = [names, *[["" if row[name] is None else str(row[name]) for name in names] for row in rows]]
    widths = [max(len(line[place]) for line in cells) for place in range(len(names))]
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in cells]


def plain(row: dict, measure: str = "") -> dict:
    """A row of Python values: None for no value; a median of days is whole, or 'not reached' by the asks."""
    row = {name: _plain(value) for name, value in row.items()}
    if measure == "days_to_reply" and row["value"] is None and row["denominator"]:
        row["value"] = NOT_REACHED
    elif measure == "days_to_reply" and row["value"] is not None:
        row["value"] = int(row["value"])  # a median of whole days
    return row


def _plain(value):
    if value is None or value is pd.NA or isinstance(value, float) and math.isnan(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _iso(day) -> str | None:
    return day.isoformat() if day else None
