"""Who came to a meeting or an event: "Attended" with Mother, Both parents and None, maybe beside who was invited.

Owns that a "None" there is an answer and no blank: nobody came.
"""

import re

from data.mapping import values
from data.mapping.model import Column, Derived
from data.mapping.words import concepts, plain

_CAME = re.compile(r"\b(attended|attendees?|attending|in attendance|who came|came|asistio|asistieron|asistentes?)\b")
_ASKED = re.compile(r"\b(invited|invitees?|invitados?|invitad[oa]|notified|expected)\b")
_OTHERS = frozenset({"STAFF", "STUDENT", "COUNT", "NUMBER", "DATE", "TIME", "NOTES"})
_NOBODY = frozenset(
    {"none", "no one", "nobody", "noone", "nadie", "ninguno", "ninguna", "0", "no", "no show", "did not attend"}
)
_MOST = 0.5


def came(columns: list[Column]) -> Column | None:
    """The column of who came, which says with whom it was."""
    return next((column for column in columns if _says_who(column)), None)


def _says_who(column: Column) -> bool:
    header = plain(column.header)
    if not _CAME.search(header) or _ASKED.search(header) or concepts(column.header)[0] & _OTHERS:
        return False
    told = [text for text, _ in column.top if plain(text) not in _NOBODY and not values.is_null(text)]
    return bool(told) and sum(_is_family(text) is not None for text in told) > _MOST * len(told)


def prefer(found: dict, column: Column):
    """With whom it was says who came, and not who was invited."""
    whom = found.get("contact_with")
    if not whom or _ASKED.search(plain(whom[0].header)):
        found["contact_with"] = (column, whom[1] if whom else 0.5)


def rule(columns: list[Column], taken: dict[str, Column]) -> dict[str, Derived]:
    """The outcome, from who came."""
    column = came(columns)
    if not column or taken.get("outcome") is column:  # a person may have said so
        return {}
    sentence = f"“{column.header}” says who came: somebody of the family is reached, “None” or “No one” is no answer."
    return {"outcome": Derived("attended", [column.header], sentence)}


def outcomes(texts: list[str | None]) -> list[str | None]:
    """What became of it, by who came; None where that is blank or says nobody of the family."""
    return [_outcome(text) for text in texts]


def _outcome(text: str | None) -> str | None:
    if text and plain(text) in _NOBODY:
        return "no_answer"
    return "reached" if not values.is_null(text) and _is_family(text) else None


def _is_family(text: str) -> bool | None:
    known = values.recognize("contact_with", text)
    return known[0] == "family" if known else None
