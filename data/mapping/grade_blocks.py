"""Class lists below each other on a sheet, whose titles say the grade: "Ms. Alder - Grade 1", her students, "Mr. Birch
- Grade 2" and his. A grade counts down to the next title, and never beyond one that says none.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from data.mapping import headers, leftover, tab_grade

# So many rows of titles may stand above column names that are said again.
_TITLE_ROWS = 8
# A title has no more cells than this; a row that is cut short has more, or a number of a student.
_CELLS = 3
_WORDS = 6
_NUMBER = re.compile(r"\W*\d{3,}\W*")


def find(table: pa.Table, names: list[str], labels: list[str], filled, first: int, titles: list, repeats: set[int]):
    """The lists of a sheet by the grades in their titles: [(first row, grade or None, rows of its titles)], the one
    below the `titles` above the table first; empty where a column says the grade, or where no further title does.

    `filled` counts each row's values; `repeats` are the rows that say the column names again.
    """
    if any(_says_otherwise(label) for label in labels):
        return []
    short = pc.and_(pc.greater(filled, 0), pc.less_equal(filled, min(_CELLS, max(1, len(names) - 1))))
    few = table.filter(pc.and_(pc.greater_equal(table["row"], first), short))
    columns = [few[name].to_pylist() for name in names]
    lines = {
        row: [text for text in cells if text] for row, *cells in zip(few["row"].to_pylist(), *columns, strict=True)
    }
    lines = {row: texts for row, texts in lines.items() if row not in repeats and _is_title(texts)}
    full = set(table["row"].filter(pc.greater(filled, 0)).to_pylist()) - set(lines) if lines else set()
    found = []
    for again in sorted(repeats):
        own = _above(again, lines, full)
        if own:
            found.append((own[0], tab_grade.of_texts([text for row in own for text in lines[row]]), set(own)))
    used = set().union(*(rows for _, _, rows in found))
    for row, texts in lines.items():
        if row not in used and len(texts) == 1 and len(texts[0].split()) <= _WORDS:
            grade = tab_grade.of_texts(texts)
            found += [(row, grade, {row})] if grade else []
    if not any(grade for _, grade, _ in found):
        return []
    return [(0, tab_grade.of_texts([text for row in titles for text in row if text]), set()), *sorted(found)]


def merged(facts: dict[str, str], labelled: list[tuple[int, dict[str, str]]], graded: list):
    """(what is said above the first list, [(first row, what its titles say)] of the others): `labelled` blocks (see
    `data.mapping.blocks`) with the grades of `find`."""
    if not graded:
        return facts, labelled
    starts = {row: start for start, _, rows in graded for row in rows}
    said = {starts.get(row, row): words for row, words in labelled}
    grades = {start: grade for start, grade, _ in graded}
    current, found = facts, []
    for row in sorted({0, *said, *grades}):
        current = said.get(row, current)
        grade = grades.get(row)
        found.append((row, {**current, "grade": grade} if grade else current))
    return found[0][1], found[1:]


def _says_otherwise(label: str) -> bool:
    """Does a column say the grade, or the day of a contact, so that the sheet is a log?"""
    if headers.scores(label, "roster").get("grade", 0) >= 0.5:
        return True
    when, of_stay = headers.scores(label, "contacts").get("contact_date", 0), headers.scores(label, "roster")
    return when >= 0.5 and max(of_stay.get("entry_date", 0), of_stay.get("exit_date", 0)) < when


def _is_title(texts: list[str]) -> bool:
    return not any(_NUMBER.fullmatch(text) for text in texts) and not leftover.is_no_data(texts)


def _above(again: int, lines: dict[int, list[str]], full: set[int]) -> list[int]:
    """The rows of titles right above a row of column names; blank ones may stand between them."""
    own = []
    for row in range(again - 1, again - 1 - _TITLE_ROWS, -1):
        if row in full:
            break
        if row in lines:
            own.insert(0, row)
    return own
