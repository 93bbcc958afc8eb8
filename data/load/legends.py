"""A sheet that says what the codes of a log stand for ("Code | Meaning", "P = Phone"): the log is read in its words.

What a school calls P is for its own legend to say, before any list of usual abbreviations.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from data.mapping import headers, values
from data.mapping.words import plain
from data.readers import Notice

_MOST_ROWS = 200
_LONGEST_CODE = 8
_SHOWN = 6
_NAMED = re.compile(r"\b(legend|key|codes?|abbreviations?|glossary|leyenda|clave|c[oó]digos?|siglas)\b", re.I)
_CODE = re.compile(r"^(.*\b(codes?|abbreviations?|abbr|symbol|letter|key|c[oó]digo|sigla)|initials?)\b", re.I)
_MEANING = re.compile(
    r"\b(meaning|means|description|definition|stands for|explanation|label|full name|significado|descripci[oó]n)\b",
    re.I,
)
_IN_ONE_CELL = re.compile(r"^\s*([^\s=:]{1,8})\s*(?:=|:|–|—|\s-\s)\s*(\S.*)$")
_WORDS = ("channel", "outcome", "direction", "initiated_by", "topic", "tone", "contact_with", "audience")
# Columns that hold no codes, whatever their numbers or letters are.
_NEVER = ("student_id", "student_name", "contact_date", "grade", "minutes", "record_id", "school", "first_name",
          "last_name", "contact_time")  # fmt: skip


def read(parts: list, sheets: list, notices: list[Notice]) -> tuple[list, list[Notice]]:
    """The parts of a workbook with the codes of their columns in the words of its legend, without the legend itself;
    and the notices with what was done, without those of a legend that is no table."""
    known, names, of_columns = {}, set(), set()
    for sheet in sheets:
        told = _pairs(sheet)
        if told:
            names.add(sheet.name)
            of_columns.add(told[0])
            for code, words in told[1]:
                known.setdefault(plain(code) or code, set()).add(words)
    # A code that stands for two things stands for neither.
    known = {code: words.pop() for code, words in known.items() if len(words) == 1}
    logs = [part for part in parts if part.sheet.name not in names]
    if len(known) < 2 or not logs:
        return parts, notices
    said = {}
    for part in logs:
        part.rows = _translated(part, known, of_columns, said)
    if not said:
        return parts, notices
    others = [one for one in notices if not any(f"“{name}”" in one.sentence for name in names)]
    return logs, [*others, _notice(said, sorted(names))]


def _pairs(sheet) -> tuple[str, list[tuple[str, str]]] | None:
    """(the name of the column of codes, [(code, what it stands for)]) of a sheet that is a legend."""
    if not 2 <= len(sheet.table) <= _MOST_ROWS:
        return None
    columns = [sheet.table[name].to_pylist() for name in sheet.table.column_names if name != "row"]
    rows = [[text.strip() for text in row if text and text.strip()] for row in zip(*columns, strict=True)]
    rows = [row for row in rows if row]
    header = next((row for row in rows[:4] if len(row) > 1 and _CODE.search(row[0]) and _MEANING.search(row[1])), None)
    if not header and not _NAMED.search(sheet.name or ""):
        return None
    pairs = [pair for row in rows if row is not header and (pair := _pair(row))]
    if len(pairs) < 2 or len(pairs) < 0.6 * (len(rows) - bool(header)):
        return None
    return (plain(header[0]) if header else ""), pairs


def _pair(row: list[str]) -> tuple[str, str] | None:
    if len(row) == 1:
        told = _IN_ONE_CELL.match(row[0])
        row = [told[1], told[2]] if told else row
    if len(row) < 2 or len(row[0]) > _LONGEST_CODE or not re.search(r"[^\W\d_]{3}", row[1]):
        return None
    return row[0], row[1]


def _translated(part, known: dict[str, str], of_columns: set[str], said: dict) -> pa.Table:
    rows = part.rows
    for place, header in enumerate(part.shape.headers):
        name = f"c{place}"
        if name not in rows.column_names:
            continue
        column = rows[name].cast(pa.string())
        texts = [text for text in pc.unique(column.combine_chunks()).to_pylist() if text and text.strip()]
        codes = {text: known[code] for text in texts if (code := plain(text) or text.strip()) in known}
        # A few words that are written out stay as they are.
        if not codes or 2 * len(codes) < len(texts) or not _is_of_codes(header, codes, of_columns):
            continue
        said.setdefault(header, {}).update(codes)
        spelt = pa.array([codes.get(text, text) for text in column.to_pylist()], pa.string())
        rows = rows.set_column(rows.column_names.index(name), name, pa.chunked_array([spelt]))
    return rows


def _is_of_codes(header: str, codes: dict[str, str], of_columns: set[str]) -> bool:
    """Are these the legend's codes: is the column named as there, or do most stand for what such a column holds?"""
    if plain(header) in of_columns:
        return True
    scored = headers.scores(header, "contacts")
    field = max(scored, key=scored.get, default=None)
    if field in _NEVER and scored[field] >= 0.5:
        return False
    fields = [field] if field in _WORDS and scored[field] >= 0.5 else _WORDS
    meant = set(codes.values())
    fits = max(sum(bool(values.recognize(one, words) or values.hint(one, words)) for words in meant) for one in fields)
    return fits >= 0.5 * len(meant) and not (all(text.isdigit() for text in codes) and len(fields) > 1)


def _notice(said: dict[str, dict[str, str]], names: list[str]) -> Notice:
    listed = [f"{code} = {words}" for codes in said.values() for code, words in codes.items()]
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    columns, sheets = (", ".join(f"“{one}”" for one in some) for some in (said, names))
    words = f"The codes in {columns} are read as the sheet {sheets} says: {', '.join(listed[:_SHOWN])}{more}."
    return Notice("legend", words)
