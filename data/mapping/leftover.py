"""Rows inside a table that are no data: blank ones, headers said again, totals, footers, names of months.

A row with a date is never skipped: what cannot be read is set aside with a reason, not passed over.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.mapping import shapes

_TOTAL = re.compile(
    r"^(grand |sub ?)?totals?\b|^(sum|average|avg|mean|median|count|gran total|suma|promedio)\b"
    r"|^(minutes?|hours?|calls?|texts?|e-?mails?|letters?|visits?|contacts?|attempts?|monthly|weekly|class|grade|page)"
    r" (sub)?totals?\b",
    re.I,
)
_FOOTER = re.compile(
    r"^(page \d+|printed|report (run|generated|date)|generated (on|by|at)|confidential|end of (report|file|list)"
    r"|\(?cont(inued|['’]d)\b|copyright|©|source:|exported|notes?:|key:|legend|run date|run on"
    r"|number of (rows|records)|p[aá]gina \d+"
    r"|\d+ (rows|records|results|students|contacts)\b|records? (found|count)|rows? (returned|count)|downloaded"
    r"|codes?:|abbreviations?:|c[oó]digos?:|clave:"
    r"|last updated|\*+\s*$|-{2,}\s*$|={2,}\s*$|(reviewed|approved|signed|verified|checked) by\b|signature\b"
    r"|[\w/]{1,6}\s*=\s*[^\W\d])",
    re.I,
)
# What a code or a mark stands for, alone in its row: "LM: left message", "* LM = left message".
_CODE = re.compile(r"^([A-Z]{1,4}\s*[:–-]\s+[a-z]{3,}|[*†‡]+\s*\S)")
_SECTION = re.compile(
    r"^(week (of|\d+)|(quarter|term|semester|trimester|month|page|q) ?\d+\b|q[1-4]$|"
    r"(january|february|march|april|may|june|july|august|september|october|november|december)( \d{4})?$)",
    re.I,
)


def skipped(table: pa.Table, names: list[str], filled, first: int) -> set[int]:
    """The numbers of the rows from `first` on that are no data, beside those that say the column names again
    (`repeated`). `filled` counts each row's values."""
    rows = table["row"]
    inside = pc.greater_equal(rows, first)
    skip = set(rows.filter(pc.and_(inside, pc.equal(filled, 0))).to_pylist())
    sparse = pc.and_(inside, pc.and_(pc.greater(filled, 0), pc.less_equal(filled, max(2, len(names) * 2 // 3))))
    few = table.filter(sparse)
    if len(few) <= 50000:
        columns = [few[name].to_pylist() for name in names]
        for number, *cells in zip(few["row"].to_pylist(), *columns, strict=True):
            if is_no_data([text for text in cells if text]):
                skip.add(number)
    return skip


def repeated(table: pa.Table, names: list[str], labels: list[str], first: int) -> set[int]:
    """The numbers of the rows from `first` on that say the column names again."""
    inside = pc.greater_equal(table["row"], first)
    own = [(name, label.split(" / ")[-1]) for name, label in zip(names, labels, strict=True) if label]
    if len(own) < 2:
        return set()
    same = pa.chunked_array([np.zeros(len(table), np.int16)])
    for name, label in own:
        equal = pc.and_(inside, pc.fill_null(_says(table[name], label), False))
        if pc.any(equal).as_py():
            same = pc.add(same, pc.cast(equal, pa.int16()))
    again = pc.greater_equal(same, max(2, int(len(own) * 0.6)))
    return set(table["row"].filter(again).to_pylist())


def _says(column: pa.ChunkedArray, text: str) -> pa.ChunkedArray:
    """Which rows of a column say exactly this; codes are compared instead of texts where the column has them."""
    if not pa.types.is_dictionary(column.type):
        return pc.equal(column, text)
    chunks = [pc.equal(chunk.indices, pc.index(chunk.dictionary, text)) for chunk in column.chunks]
    return pa.chunked_array(chunks, pa.bool_())


def is_no_data(texts: list[str]) -> bool:
    """A total, a footer, a word on a code, or a line that only names a month or a term."""
    # An average of 5.5 minutes is no fifth of May.
    if _TOTAL.match(texts[0]) and not any(shapes.is_date(text) and not shapes.is_number(text) for text in texts):
        return True
    if len(texts) <= 2 and _FOOTER.match(texts[0]):
        return True
    return len(texts) == 1 and bool(_SECTION.match(texts[0]) or _CODE.match(texts[0]))
