"""How well a header names a field, from its words alone: 0 to 1 (`vocab/headers_*.json`).

A pattern is a set of concepts that must all be there ("CONTACT DATE", "STUDENT ID|NUMBER"). Concepts beyond the
pattern cost a little, those that a field excludes rule it out. `never` patterns name what is never taken.
"""

import re
from functools import lru_cache

from data.mapping.words import concepts, read_vocab

EXTRA_CONCEPT = 0.13
EXTRA_WORD = 0.03
# Below this a single word ("Name", "ID") says little once other words stand beside it.
VAGUE = 0.6


# "Visitor 2" and "Second visitor" stand beside a first one.
NOT_THE_FIRST = 0.75
_LATER = re.compile(r"^(second|third|2nd|3rd)\b|[a-z ]\(?[2-9]\)?$", re.I)


def _compiled(raw: list) -> list[tuple[list[frozenset[str]], float]]:
    return [([frozenset(term.split("|")) for term in pattern.split()], score) for pattern, score in raw]


def _vetoes(raw: str) -> list[frozenset[str]]:
    return [frozenset(term.split("_")) if term.isupper() else frozenset({term}) for term in raw.split()]


_PATTERNS = {
    kind: {
        field: (_compiled(entry["patterns"]), _vetoes(entry["not"]))
        for field, entry in read_vocab(f"headers_{kind}.json").items()
    }
    for kind in ("contacts", "roster")
}
_NEVER = {name: _compiled(patterns) for name, patterns in read_vocab("headers_never.json").items()}


def fields_of(kind: str) -> list[str]:
    """The fields that can be read from a column; those with a leading "_" help to derive others."""
    return list(_PATTERNS[kind])


@lru_cache(maxsize=8192)
def scores(header: str, kind: str, rewrite: tuple[tuple[str, str], ...] = ()) -> dict[str, float]:
    """{field: score} of a header, zero ones left out.

    `rewrite` swaps concepts as the header set or the values explain them; one of "" adds a concept, one of "=NAME"
    stands for a header that says nothing else.
    """
    found, unknown = _rewritten(header, rewrite)
    result = {}
    for field, (patterns, vetoes) in _PATTERNS[kind].items():
        if not any(veto <= found for veto in vetoes):
            score = _best(patterns, found, unknown) * (NOT_THE_FIRST if _LATER.search(header) else 1.0)
            if score > 0:
                result[field] = score
    return result


@lru_cache(maxsize=8192)
def never(header: str, kind: str, rewrite: tuple[tuple[str, str], ...] = ()) -> tuple[str, float]:
    """What a header names that is no field (phone, notes, birth date), with its score; ("", 0) where nothing."""
    found, unknown = _rewritten(header, rewrite)
    ranked = [
        (score, name)
        for name, patterns in _NEVER.items()
        if (score := _best(patterns, found, unknown)) > 0 and not (kind == "roster" and name == "school year")
    ]
    score, name = max(ranked, default=(0.0, ""))
    return name, score


def _rewritten(header: str, rewrite: tuple[tuple[str, str], ...]) -> tuple[frozenset[str], int]:
    found, unknown = concepts(header)
    for before, after in rewrite:
        if before.startswith("="):
            found = frozenset({after}) if found == {before[1:]} else found
        elif before in found or not before:
            found = found - {before} | {after}
    return found, unknown


def _best(patterns, found: frozenset[str], unknown: int) -> float:
    """The best score of the patterns that are all there. One that leaves no concept over rules out the looser ones:
    a date of entry is scored as such, and not as any date."""
    best, whole = 0.0, False
    for terms, score in patterns:
        hits = [term & found for term in terms]
        if not all(hits):
            continue
        extra = len(found) - len(frozenset().union(*hits))
        score -= EXTRA_CONCEPT * extra + min(EXTRA_WORD * unknown, 0.15)
        if extra and len(terms) == 1 and score < VAGUE:
            score -= EXTRA_CONCEPT
        if (not extra, score) > (whole, best):
            best, whole = score, not extra
    return max(best, 0.0)


def is_known(header: str) -> bool:
    """Does the header carry a word that any vocabulary knows?"""
    return bool(concepts(header)[0])


def rewrites(headers: list[str], kind: str) -> tuple[tuple[str, str], ...]:
    """Concepts that mean something else in this company: "familyName" beside "givenName" is a last name."""
    found = [concepts(header)[0] for header in headers]
    firsts = any("FIRST" in one and not one & {"FAMILY", "STAFF", "CONTACT"} for one in found)
    # "Last day" and "Last year's grade" are no names.
    lasts = any("LAST" in one and one <= {"LAST", "NAME", "STUDENT", "FULL"} for one in found)
    students = any("STUDENT" in one and one & {"NAME", "FIRST", "LAST", "FULL"} for one in found)
    if students and any(one == {"NAME"} for one in found) and any(one == {"EMAIL"} for one in found):
        # Forms put the name and the address of the person who filled them in before the questions.
        return (("=NAME", "STAFF"),)
    if firsts and not lasts and any(one == {"FAMILY", "NAME"} for one in found):
        return (("FAMILY", "LAST"),)
    # "Nombre" beside "Apellido" is a first name.
    if lasts and not firsts and kind and any(one == {"NAME"} for one in found):
        return (("NAME", "FIRST"),)
    return ()
