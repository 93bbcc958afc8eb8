"""Which column is which field: a score for every pair, then the assignment with the best total.

A score joins what the header says with what the values say. A field gets at most one column and a column
at most one field; columns of notes, phone numbers and e-mail addresses get none.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from data.mapping import evidence, headers, shapes, values
from data.mapping.model import Column

THRESHOLD = 0.33
# Fields whose values alone may name them, whatever the header is, with the score at best.
_BY_VALUES = {
    "contacts": {"channel": 0.62, "direction": 0.56, "outcome": 0.52, "contact_date": 0.5, "tone": 0.5},
    "roster": {
        "english_learner": 0.5,
        "gender": 0.45,
        "race_ethnicity": 0.45,
        "low_income": 0.42,
        "home_language": 0.42,
    },
}
# Sets of values that tell a roster's field when its header does not: all texts of one set must be there.
_SIGNS = {
    "english_learner": [{"rfep"}, {"ifep"}, {"ell"}, {"lep"}, {"eo", "el"}],
    "gender": [{"m", "f"}, {"male", "female"}],
    "race_ethnicity": [{"white", "black"}, {"white", "hispanic"}, {"white", "asian"}, {"hispanic", "black"}],
    "low_income": [{"free", "paid"}, {"f", "r", "p"}, {"free", "reduced"}],
    "home_language": [{"english", "spanish"}, {"spanish", "arabic"}],
}
# A clear header keeps its column although its words are unknown: they are noted one by one.
_KEEPS = frozenset({"channel", "direction", "outcome", "topic", "tone", "initiated_by", "audience"})


def best(columns: list[Column], kind: str, without: frozenset[str] = frozenset()) -> dict[str, tuple[Column, float]]:
    """{field: (column, score)} with the greatest sum of scores. `without` are fields left aside."""
    rewrite = headers.rewrites([column.header for column in columns], kind)
    fields = [field for field in headers.fields_of(kind) if field not in without]
    matrix = np.array([[score(field, column, kind, rewrite) for column in columns] for field in fields])
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


def score(field: str, column: Column, kind: str, rewrite: tuple = ()) -> float:
    """How well a column fits a field, 0 to 1."""
    named = headers.scores(column.header, kind, rewrite)
    name = named.get(field, 0.0)
    by_values = _BY_VALUES[kind].get(field, 0.0)
    if not name and not by_values:
        return 0.0
    fit = evidence.fit(field, column)
    if fit == -1.0 or evidence.free_text(column):
        return 0.0
    _, never = headers.never(column.header, kind, rewrite)
    total = 0.0
    if name and never <= name:
        total = _joined(field, name, fit, column)
    if by_values and fit is not None and fit >= 0.85:
        total = max(total, by_values * fit * _telling(field, column, named, never))
    return total


def _joined(field: str, name: float, fit: float | None, column: Column) -> float:
    if fit is None:
        return name * 0.9
    if fit >= 0:
        return name * (0.6 + 0.4 * fit)
    total = max(0.0, name * (0.6 + fit))
    if field in _KEEPS and name >= 0.9 and not _personal(column):
        return max(total, 0.4)
    return total


def _personal(column: Column) -> bool:
    """Names of people or bare numbers: no words of a vocabulary, however the header reads."""

    def named(text: str) -> bool:
        return shapes.is_name(text) and values.recognize("channel", text) is None

    return shapes.share(column, named) > 0.6 or shapes.share(column, shapes.is_number) > 0.6


def _telling(field: str, column: Column, named: dict[str, float], never: float) -> bool:
    """A column of P, E, IP and SMS is a channel whatever it is called, unless its header and values say otherwise."""
    if field == "contact_date":
        return never <= 0.5 and max(named.values(), default=0) <= 0.5
    texts = shapes.words_of(column) - {""}
    if field in _SIGNS:
        # Codes that nothing else has; one or two plain letters must not name a column.
        return never <= 0.5 and any(sign <= texts for sign in _SIGNS[field])
    meanings = {known[0] for text in texts if (known := values.recognize(field, text))} - {"unknown", "other"}
    if len(meanings) < 2 or texts <= evidence.YES_NO or (never > 0.5 and field != "channel"):
        return False
    return not any(
        score >= 0.8 and (evidence.fit(other, column) or 0) >= 0.3 for other, score in named.items() if other != field
    )
