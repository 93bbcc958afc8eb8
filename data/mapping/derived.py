"""The values of fields that hide in other columns, row by row, by the rules that `data.mapping.derive` planned."""

import re

from data.mapping import attended, packed, parties, races, shapes, translated, values, ways
from data.mapping.boxes import spelt
from data.mapping.codes import boolean, service
from data.mapping.dates import read_time
from data.mapping.model import Mapping
from data.mapping.words import plain

MASS_RECIPIENTS = 10
_HALF_DAY = 43_200
_LONGEST = 4 * 3600  # an end that is later than this is more likely a slip
_ANSWERS = re.compile(r"[?\s]*[(\[]?\s*\b(y(es)?\s*/\s*n(o)?|check|x)\s*[)\]]?\s*$|[?\s]+$", re.I)
# The hints of words in ways and reasons that say with whom it was.
TO_WHOM = "contact_with_in_words"
_ATTEMPT = re.compile(r"\b(attempt(ed|s)?|tried|intento)\b")
DRAFTS = frozenset({"draft", "borrador", "deleted", "void", "voided"})
_NO_INTERPRETER = re.compile(r"\b(no|not|none|never|without|declined|refused|unavailable|family|parent|sibling)\b")
_WRITTEN = frozenset({"email", "text", "app_message", "letter"})
_FLAGS = frozenset({"draft", "deleted", "void", "voided", "restricted", "sensitive", "private"})


def notes_outcome(text: str | None) -> str | None:
    """The outcome that a note tells by its codes or phrases ("LVM", "spoke with mom"); None where it does not."""
    return None if values.is_null(text) else values.hint("outcome_in_notes", text)


def marked(text: str | None) -> bool | None:
    """A tick or a yes is True, a no or a blank False, anything else None."""
    return False if values.is_null(text) else boolean("interpreter", text).value


def question(header: str) -> str:
    """A header without the answers that it offers: "Called? (Y/N)" -> "Called"."""
    return _ANSWERS.sub("", header).strip()


def answer_of(field: str, header: str) -> str:
    """What a tick under a header stands for: "Phone" under "Method of contact / Phone", a header of two rows. A group
    that is a value of the field itself ("Phone / Email") is a part of the answer."""
    group, _, last = question(header).rpartition(" / ")
    known = values.recognize(field, last) if group and not values.recognize(field, group) else None
    return last if known and known[1] else question(header)


def derive_fields(column_values: dict[str, list[str | None]], mapping: Mapping) -> dict[str, list]:
    """The values of the mapping's derived fields, row by row.

    `column_values` holds the texts of every header that `mapping.derived` names, all of one length. None
    means that nothing could be derived. `left_out` is 'draft', 'restricted' or None.
    """
    derived = {}
    for field, rule in mapping.derived.items():
        texts = [column_values.get(header) for header in rule.headers]
        if rule.how == "initiator":
            derived[field] = _by_initiator(texts[0], mapping.values.get("initiated_by", {}))
        elif rule.how == "translated":
            derived[field] = translated.languages(texts, mapping.values.get("direction", {}))
        elif rule.how == "ticks":
            derived[field] = _by_ticks(field, rule.headers, texts)
        elif rule.how == "races":
            derived[field] = races.of_rows(rule.headers, texts, mapping.values.get(field, {}))
        elif rule.how == "lasted":
            derived[field] = _by_clock(texts, bool(mapping.date and mapping.date.afternoon))
        else:
            derived[field] = _RULES[rule.how](field, texts)
    return derived


def unsure_fields(
    column_values: dict[str, list[str | None]], mapping: Mapping, derived: dict[str, list]
) -> dict[str, list[str | None]]:
    """The texts, row by row, that may mean more than one value of a derived field, so that it has none (or the usual
    one): two ways of contact among the words of a reason or ticked in a row, two people with titles in From and To.

    `derived` is what `derive_fields` says of the same rows; only ticks are looked at where it has a value.
    """
    unsure = {}
    for field, rule in mapping.derived.items():
        texts = [column_values.get(header) for header in rule.headers]
        if (field, rule.how) == ("channel", "words"):
            rows = zip(derived[field], *texts, strict=True)
            unsure[field] = [None if found else _first(filter(_names_several, row)) for found, *row in rows]
        elif rule.how == "ticks":
            unsure[field] = _several_ticked(field, rule.headers, texts)
        elif rule.how == "roles_with":
            unsure[field] = parties.of_unknown_role(*texts, derived[field])
        elif rule.how == "from_to_with":
            unsure[field] = parties.maybe_among_staff(*texts, derived[field])
    return unsure


def _by_words(field: str, texts: list) -> list:
    """Words that name two ways of contact ("Phone/text home") tell none."""
    return [
        _first(
            told
            for text in row
            if text and (told := values.hint(field, text)) and not (field == "channel" and _names_several(text))
        )
        for row in zip(*texts, strict=True)
    ]


def _names_several(text: str | None) -> bool:
    return bool(text) and bool(values.several("channel", text))


def _first(found):
    return next((value for value in found if value), None)


def _by_initiator(texts: list, explained: dict) -> list:
    """`explained` has what a yes means under a header such as "Parent initiated?", and what a person said."""
    sides = {"family": "inbound", "student": "inbound", "school": "outbound"}
    began = [
        explained.get(text) or (values.recognize("initiated_by", text) or ("",))[0] if text else "" for text in texts
    ]
    return [sides.get(side) for side in began]


def _by_count(field: str, texts: list) -> list:
    return [
        "mass" if text and re.fullmatch(r"\d+(\.0)?", text) and float(text) >= MASS_RECIPIENTS else None
        for text in texts[0]
    ]


def _by_clock(texts: list, afternoon: bool) -> list:
    return [_minutes_between(*pair, afternoon) for pair in zip(*texts, strict=True)]


def _minutes_between(start: str | None, end: str | None, afternoon: bool) -> float | None:
    """Minutes from one time of day to a later one; None where either is missing or the end is not later.

    `afternoon`: the clock has twelve hours (see `dates.of_the_afternoon`), so that 6:10 is after 5:30, in the evening.
    """
    first, last = [read_time(text, afternoon).value if text else None for text in (start, end)]
    if first is None or last is None:
        return None
    if afternoon and last < first and last + _HALF_DAY - first <= _LONGEST:
        last += _HALF_DAY
    return (last - first) / 60 if last > first else None


def _by_flags(field: str, texts: list) -> list:
    length = len(next(column for column in texts if column))
    drafts, restricted, *active = [column or [None] * length for column in texts]
    return [
        "draft" if flagged(draft) or denied(alive) else "restricted" if flagged(secret) else None
        for draft, secret, alive in zip(drafts, restricted, active[0] if active else [None] * length, strict=True)
    ]


def denied(text: str | None) -> bool:
    """Is a no in a column of flags?"""
    return bool(text) and boolean("interpreter", text).value is False


def _ticked_meanings(field: str, names: list[str]) -> list[str]:
    asked = [answer_of(field, name) for name in names]
    return [values.among(field, name, asked) or values.recognize(field, name)[0] for name in asked]


def _ticked(field: str, names: list[str], texts: list) -> list[list[int]]:
    """The places of the ticks of each row. One for an attempt says nothing beside one for what became of it."""
    tries = {place for place, name in enumerate(names) if field == "outcome" and _ATTEMPT.search(plain(name))}
    rows = [[place for place, text in enumerate(row) if marked(text)] for row in zip(*map(spelt, texts), strict=True)]
    return [[place for place in row if place not in tries] or row for row in rows]


def _several_ticked(field: str, names: list[str], texts: list) -> list[str | None]:
    names, texts = names[: _own(names)], texts[: _own(names)]
    meanings, found = _ticked_meanings(field, names), []
    for ticked in _ticked(field, names, texts):
        meant = {meanings[place] for place in ticked}
        several = len(meant) > 1 and not (field == "outcome" and values.settled(meant))
        found.append(", ".join(names[place] for place in ticked) if several else None)
    return found


def _own(names: list[str]) -> int:
    """How many of the headers of a rule of ticks are its own; behind a blank one stand those of the way of contact."""
    return names.index("") if "" in names else len(names)


def _by_ticks(field: str, names: list[str], texts: list) -> list:
    own = _own(names)
    meanings = _ticked_meanings(field, names[:own])
    rows = [[meanings[place] for place in ticked] for ticked in _ticked(field, names[:own], texts[:own])]
    found = [(values.settled(row) if field == "outcome" else None) or _first(row) for row in rows]
    if field != "outcome" or "reached" not in meanings:
        return found
    asked = [column for column, meant in zip(texts[:own], meanings, strict=True) if meant == "reached"]
    wrote = _in_writing(names[own + 1 :], texts[own + 1 :], len(found))
    missed = [any(denied(text) for text in row) for row in zip(*map(spelt, asked), strict=True)]
    # A "no" that is written down says more than a blank; of an e-mail it is only that nobody was spoken to.
    return [
        told or ("no_answer" if no and not wrote[row] else None)
        for row, (told, no) in enumerate(zip(found, missed, strict=True))
    ]


def _in_writing(names: list[str], texts: list, length: int) -> list[bool]:
    """Which rows were written and not spoken, by the ways that are ticked or stand in a column."""
    found = [False] * length
    for name, column in zip(names, texts, strict=True):
        for row, text in enumerate(column):
            tick = marked(text)
            said = text if tick is None else answer_of("channel", name)
            known = values.recognize("channel", said) if tick is not False else None
            found[row] = found[row] or bool(known) and known[0] in _WRITTEN
    return found


def flagged(text: str | None) -> bool:
    """Is a row marked by this text of a column of flags: a yes, a tick, or the flag's own word?"""
    return bool(text) and (boolean("interpreter", text).value is True or plain(text) in _FLAGS)


def _by_no_show(field: str, texts: list) -> list:
    return ["No show" if text and boolean("no_show", text).value is True else None for text in texts[0]]


def _by_service(field: str, texts: list) -> list:
    """As `_by_no_show` for a second column, if there is one; else whether this is a student's second school."""
    absent = _by_no_show(field, texts[1:]) if len(texts) > 1 else [None] * len(texts[0])
    second = ["Secondary enrollment" if text and service(text) == "secondary" else None for text in texts[0]]
    return [gone or also for gone, also in zip(absent, second, strict=True)]


def _interpreter(text: str | None) -> bool | None:
    """Does a text under "Interpreter ID" or "Interpreter name" stand for somebody? "Not needed" does not."""
    if values.is_null(text) or _NO_INTERPRETER.search(plain(text)):
        return None
    return True if any(sign.isdigit() for sign in text) or shapes.is_name(text) or shapes.has_title(text) else None


_RULES = {
    "attended": lambda field, texts: attended.outcomes(texts[0]),
    "packed": lambda field, texts: [packed.unpack(text).get(field) if text else None for text in texts[0]],
    "roles": lambda field, texts: parties.of_roles(texts[0], texts[1] if len(texts) > 1 else None),
    "roles_with": lambda field, texts: parties.with_whom(*texts),
    "to_roles": lambda field, texts: [told[0] for told in parties.to_roles(*texts)],
    "to_roles_with": lambda field, texts: [told[1] for told in parties.to_roles(*texts)],
    "from_to": lambda field, texts: parties.of_names(*texts),
    "from_to_with": lambda field, texts: parties.among_staff(*texts),
    "sender_with": lambda field, texts: ["student" if parties.role(text) == "student" else None for text in texts[0]],
    "interpreter": lambda field, texts: [_interpreter(text) for text in texts[0]],
    "from": lambda field, texts: [told[0] for told in parties.of_senders(texts[0])],
    "from_with": lambda field, texts: [told[1] for told in parties.of_senders(texts[0])],
    "count": _by_count,
    "addresses": lambda field, texts: [
        "mass" if sum(text.count("@") for text in row if text) >= MASS_RECIPIENTS else None
        for row in zip(*texts, strict=True)
    ],
    "words": _by_words,
    "whom": lambda field, texts: _by_words(TO_WHOM, texts),
    "notes": lambda field, texts: [notes_outcome(text) for text in texts[0]],
    "flags": _by_flags,
    "drafts": lambda field, texts: ["draft" if text and plain(text) in DRAFTS else None for text in texts[0]],
    **{how: lambda field, texts, way=way: [way] * len(texts[0]) for how, way in ways.WAYS.items()},
    "no_show": _by_no_show,
    "service": _by_service,
}
