"""How well a column's values fit a field that only rosters have, as `data.mapping.evidence` says it: -1 to 1."""

import re
from datetime import date

from data.mapping import codes, shapes, values
from data.mapping.model import Column
from data.mapping.words import concepts, plain

_GENERATION = re.compile(r"(?:jr|junior|sr|senior|i{1,3}|iv|v|vi|2nd|3rd|4th)\.?", re.I)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_OF_STATUS = frozenset({"STATUS", "ENROLL", "STUDENT", "CODE", "NAME", "TYPE", "SCHOOL", "RECORD"})
_COMING_AND_LEAVING = frozenset(
    ("enrolled", "withdrawn", "withdrew", "transferred", "transfer", "dropped", "exited", "graduated", "preenrolled")
)


def _service(column: Column) -> float:
    """Which of a student's schools is the first one: only codes of that, and both of them."""
    said = {codes.service(text) for text in column.seen if not values.is_null(text)}
    return 1.0 if {"primary", "secondary"} <= said and None not in said else -1.0


def _school_year(column: Column) -> float:
    if shapes.share(column, _far_ahead) > 0.2:
        return -1.0  # students graduate in such years
    years = shapes.share(column, lambda text: text[:2] in ("19", "20") and text.count("/") < 2 and len(text) <= 10)
    return years if years > 0.5 else -0.5


def _far_ahead(text: str) -> bool:
    return any(int(year) > date.today().year + 2 for year in _YEAR.findall(text)[:1])


def _status(column: Column) -> float:
    """A status of something else ("Residency Status", "504 Status") says nothing of enrollment, whatever its codes:
    only words of coming and leaving make it one. "Start Status" is how a student came."""
    found, unknown = concepts(column.header)
    if "TAG" in found:
        return 0.5 if _tags_the_gone(column) else -1.0
    if found <= _OF_STATUS and not unknown and not re.search(r"\d", column.header):
        return 0.3
    told = shapes.share(column, lambda text: any(word in _COMING_AND_LEAVING for word in plain(text).split()))
    return 0.3 if told > 0.3 and not found & {"ENTRY", "EXIT"} else -1.0


def _tags_the_gone(column: Column) -> bool:
    """Most students have no tag, those who left an I, and those enrolled for next year an asterisk."""
    return all(len(text.strip()) == 1 for text in column.seen) and bool({"I", "*"} & column.seen)


def _middle(column: Column) -> float:
    return 0.8 if shapes.share(column, lambda text: len(text) <= 2 or shapes.is_one_name(text)) > 0.5 else 0.1


def _suffix(column: Column) -> float:
    """ "Generation" may as well be the first of a family at college: only words for father and son count."""
    return 0.9 if shapes.share(column, lambda text: bool(_GENERATION.fullmatch(text.strip()))) > 0.5 else -1.0


SHAPES = {
    "_service": _service,
    "school_year": _school_year,
    "status": _status,
    "middle_name": _middle,
    "name_suffix": _suffix,
}
