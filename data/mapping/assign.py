"""Which column is which field: a score for every pair, then the assignment with the best total.

A score joins what the header says with what the values say. A field gets at most one column and a column
at most one field; columns of notes, phone numbers and e-mail addresses get none.
"""

import numpy as np

from data.mapping import evidence, headers, shapes, telling, values
from data.mapping.model import Column

THRESHOLD = 0.33
# A clear header keeps its column although its words are unknown: they are noted one by one.
_KEEPS = frozenset({"channel", "direction", "outcome", "topic", "tone", "initiated_by", "audience"})
# A header that clearly says so makes an id even of 1, 2, 3, or A1, which else only number the rows.
_IDS = frozenset({"student_id", "record_id"})
# Fields that systems write as numbers of their own: an unknown code is noted, the column is still theirs.
_NUMBERED = frozenset({"home_language", "language", "race_ethnicity"})


def best(columns: list[Column], kind: str, without: frozenset[str] = frozenset()) -> dict[str, tuple[Column, float]]:
    """{field: (column, score)} with the greatest sum of scores. `without` are fields left aside."""
    from scipy.optimize import linear_sum_assignment  # half a second to import, and most commands map no columns

    rewrite = headers.rewrites([column.header for column in columns], kind)
    fields = [field for field in headers.fields_of(kind) if field not in without]
    looks = [_Look(column, kind, rewrite) for column in columns]
    matrix = np.array([[look.score(field) for look in looks] for field in fields])
    if not matrix.size:
        return {}
    # A weak pair must not tip the balance between strong ones.
    matrix[matrix < THRESHOLD] = 0.0
    rows, places = linear_sum_assignment(matrix, maximize=True)
    return {
        fields[row]: (columns[place], float(matrix[row, place]))
        for row, place in zip(rows, places, strict=True)
        if matrix[row, place] >= THRESHOLD
    }


class _Look:
    """What a column's header and values say, asked once for all fields."""

    def __init__(self, column: Column, kind: str, rewrite: tuple):
        self.column, self.kind = column, kind
        self.named = telling.scores(column, kind, rewrite)
        self.never = headers.never(column.header, kind, rewrite)[1]
        self.closed = bool(column.filled) and evidence.free_text(column)

    def score(self, field: str) -> float:
        """How well the column fits a field, 0 to 1."""
        name = self.named.get(field, 0.0)
        if self.closed:
            return 0.0
        total = 0.0
        if name and self.never <= name:
            total = _joined(field, name, evidence.fit(field, self.column), self.column)
        return max(total, telling.strength(field, self.column, self.kind, self.named, self.never))


def _joined(field: str, name: float, fit: float | None, column: Column) -> float:
    if fit is None:
        return name * 0.9
    if fit == -1.0:
        return 0.0
    if fit >= 0:
        return name * (0.6 + 0.4 * fit)
    total = max(0.0, name * (0.6 + fit))
    if field in _KEEPS and name >= 0.9 and not _personal(column):
        return max(total, 0.4)
    if field in _IDS and name >= 0.8 and shapes.share(column, str.isalnum) > 0.8:
        return max(total, 0.4 * name)
    if field in _NUMBERED and name >= 0.9 and column.distinct < 60 and not shapes.share(column, shapes.is_name) > 0.5:
        return max(total, 0.4)
    return total


def _personal(column: Column) -> bool:
    """Names of people or bare numbers: no words of a vocabulary, however the header reads."""

    def named(text: str) -> bool:
        return shapes.is_name(text) and values.recognize("channel", text) is None

    return shapes.share(column, named) > 0.6 or shapes.share(column, shapes.is_number) > 0.6
