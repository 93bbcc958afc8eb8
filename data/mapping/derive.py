"""Fields that hide in other columns: what can be derived from where (`plan`), and the values (`derive_fields`).

A derived field stands in only where a row's own column says nothing. Notes give the outcome, by their first
codes and plain phrases, only where no column does; their text is read and forgotten.
"""

import re

from data.mapping import evidence, packed, parties, shapes, values
from data.mapping.codes import boolean
from data.mapping.headers import never
from data.mapping.model import Column, Derived, Mapping
from data.mapping.words import concepts, plain

# Fields that words in a reason, a type or a method may give.
_WORD_FIELDS = ("channel", "direction", "outcome", "initiated_by", "audience", "tone")
_WORD_SOURCES = ("topic", "channel", "outcome", "contact_with", "tone", "audience")
MASS_RECIPIENTS = 10
TICKED = ("channel", "outcome", "direction", "initiated_by", "topic", "tone")
_DRAFTS = frozenset({"draft", "borrador"})


def plan(columns: list[Column], taken: dict[str, Column], kind: str) -> dict[str, Derived]:
    """What can be derived, given the columns that the fields and helpers ("_from", "_notes", ...) took."""
    derived: dict[str, Derived] = {}
    if kind == "roster":
        return _race(columns, taken)
    for rule in (_packed, _ticks, _roles, _from_to, _initiator, _counts, _words, _calls, _notes, _left_out):
        for field, how in rule(columns, taken).items():
            if field not in taken:
                derived.setdefault(field, how)
    return derived


def _packed(columns, taken) -> dict[str, Derived]:
    found = {}
    for column in columns:
        if shapes.share(column, packed.is_packed) > 0.4:
            for field in packed.FIELDS:
                if any(field in packed.unpack(text) for text in column.sample):
                    sentence = f"{_label(field)} is read out of the packed entries in “{column.header}”."
                    found.setdefault(field, Derived("packed", [column.header], sentence))
    return found


def _roles(columns, taken) -> dict[str, Derived]:
    sender, recipient = taken.get("_sender_type"), taken.get("_recipient_type")
    if not sender:
        return {}
    headers = [sender.header] + ([recipient.header] if recipient else [])
    sentence = f"Direction is read from the sender's role in “{sender.header}”."
    found = {"direction": Derived("roles", headers, sentence)}
    if recipient:
        whom = f"With whom it was is read from the roles in “{sender.header}” and “{recipient.header}”."
        found["contact_with"] = Derived("roles_with", headers, whom)
    return found


def _from_to(columns, taken) -> dict[str, Derived]:
    sender, recipient = taken.get("_from"), taken.get("_to")
    if not sender or not recipient:
        return {}
    others = [taken[name].header if name in taken else "" for name in ("student_name", "staff")]
    sentence = f"Direction is read from who stands in “{sender.header}” and “{recipient.header}”."
    return {"direction": Derived("from_to", [sender.header, recipient.header, *others], sentence)}


def _initiator(columns, taken) -> dict[str, Derived]:
    column = taken.get("initiated_by")
    if not column:
        return {}
    sentence = f"Direction is read from who began it in “{column.header}”: family or student inbound, school outbound."
    return {"direction": Derived("initiator", [column.header], sentence)}


def _counts(columns, taken) -> dict[str, Derived]:
    column = taken.get("_recipients")
    if not column:
        return {}
    sentence = f"A row with {MASS_RECIPIENTS} or more in “{column.header}” is a mass message."
    return {"audience": Derived("count", [column.header], sentence)}


def _words(columns, taken) -> dict[str, Derived]:
    owner = {column.index: field for field, column in taken.items()}
    sources = [column for column in columns if _speaks(column, owner.get(column.index))]
    found = {}
    for field in _WORD_FIELDS:
        headers = [
            column.header
            for column in sources
            if owner.get(column.index) != field and any(values.hint(field, text) for text, _ in column.top)
        ]
        if headers:
            listed = ", ".join(f"“{header}”" for header in headers)
            found[field] = Derived("words", headers, f"{_label(field)} is read from words in {listed}.")
    return found


def _speaks(column: Column, field: str | None) -> bool:
    """May words of this column hint at other fields? Types and reasons may; names, notes and contacts may not."""
    if field is not None:
        return field in _WORD_SOURCES
    if evidence.free_text(column) or evidence.never_taken(column) or never(column.header, "contacts")[1] > 0.6:
        return False
    return bool(
        concepts(column.header)[0] & {"TYPE", "LOGTYPE", "TOPIC", "METHOD", "STATUS", "OUTCOME", "SOURCE", "TITLE"}
    )


def _ticks(columns, taken) -> dict[str, Derived]:
    """A column for each method or result with a tick where it was used: "Phone", "Email", "Left message"."""
    used = {column.index for column in taken.values()}
    found = {}
    for field in TICKED:
        headers = [column.header for column in columns if column.index not in used and is_tick(field, column)]
        if len(headers) > 1:
            listed = ", ".join(f"“{header}”" for header in headers)
            found[field] = Derived("ticks", headers, f"{_label(field)} is the first ticked of {listed}.")
    return found


def is_tick(field: str, column: Column) -> bool:
    """Is it a column of ticks whose header is itself a value of the field?"""
    known = values.recognize(field, column.header)
    return bool(known and known[1] and column.top) and all(_marked(text) is not None for text, _ in column.top)


def _marked(text: str | None) -> bool | None:
    """A tick or a yes is True, a no or a blank False, anything else None."""
    return False if values.is_null(text) else boolean("interpreter", text).value


def _calls(columns, taken) -> dict[str, Derived]:
    column = taken.get("outcome") or taken.get("contact_date")
    if not column or "CALL" not in concepts(column.header)[0]:
        return {}
    return {
        "channel": Derived("calls", [column.header], f"The header “{column.header}” speaks of calls: all are by phone.")
    }


def _notes(columns, taken) -> dict[str, Derived]:
    used = {column.index for column in taken.values()}
    for column in sorted(columns, key=lambda column: not _is_notes(column)):
        if column.index in used or not (_is_notes(column) or evidence.free_text(column)):
            continue
        hits = sum(notes_outcome(text) is not None for text in column.sample)
        if hits and hits >= len(column.sample) * 0.02:
            sentence = (
                f"No column holds the outcome: it is read from codes and phrases in “{column.header}” "
                "(such as LVM, no answer, spoke with). The notes themselves are not stored."
            )
            return {"outcome": Derived("notes", [column.header], sentence)}
    return {}


def _is_notes(column: Column) -> bool:
    return never(column.header, "contacts")[0] == "notes"


def _left_out(columns, taken) -> dict[str, Derived]:
    headers = [taken[name].header if name in taken else "" for name in ("_is_draft", "_is_restricted")]
    listed = " and ".join(f"“{header}”" for header in headers if header)
    if listed:
        return {"left_out": Derived("flags", headers, f"Rows marked in {listed} are left out and counted.")}
    status = taken.get("outcome")
    if status and any(plain(text) in _DRAFTS for text, _ in status.top):
        sentence = f"Drafts, as “{status.header}” calls them, are left out and counted."
        return {"left_out": Derived("drafts", [status.header], sentence)}
    return {}


def _race(columns, taken) -> dict[str, Derived]:
    column = taken.get("_hispanic")
    if not column:
        return {}
    headers = [taken["race_ethnicity"].header if "race_ethnicity" in taken else "", column.header]
    return {
        "race_ethnicity": Derived("hispanic", headers, f"A yes in “{column.header}” reads as hispanic, of any race.")
    }


def _label(field: str) -> str:
    return field.replace("_", " ").capitalize()


def notes_outcome(text: str | None) -> str | None:
    """The outcome that a note tells by its codes or phrases ("LVM", "spoke with mom"); None where it does not."""
    return None if values.is_null(text) else values.hint("outcome_in_notes", text)


def derive_fields(column_values: dict[str, list[str | None]], mapping: Mapping) -> dict[str, list]:
    """The values of the mapping's derived fields, row by row.

    `column_values` holds the texts of every header that `mapping.derived` names, all of one length. None
    means that nothing could be derived. `left_out` is 'draft', 'restricted' or None.
    """
    derived = {}
    for field, rule in mapping.derived.items():
        texts = [column_values.get(header) for header in rule.headers]
        if rule.how == "ticks":
            derived[field] = _by_ticks(field, rule.headers, texts)
        else:
            derived[field] = _RULES[rule.how](field, texts)
    return derived


def _by_words(field: str, texts: list) -> list:
    return [_first(values.hint(field, text) for text in row if text) for row in zip(*texts, strict=True)]


def _first(found):
    return next((value for value in found if value), None)


def _by_initiator(field: str, texts: list) -> list:
    sides = {"family": "inbound", "student": "inbound", "school": "outbound"}
    return [sides.get((values.recognize("initiated_by", text) or ("",))[0]) if text else None for text in texts[0]]


def _by_count(field: str, texts: list) -> list:
    return [
        "mass" if text and re.fullmatch(r"\d+(\.0)?", text) and float(text) >= MASS_RECIPIENTS else None
        for text in texts[0]
    ]


def _by_flags(field: str, texts: list) -> list:
    length = len(next(column for column in texts if column))
    drafts, restricted = [column or [None] * length for column in texts]
    return [
        "draft" if _yes(draft, "draft") else "restricted" if _yes(secret, "restricted") else None
        for draft, secret in zip(drafts, restricted, strict=True)
    ]


def _by_ticks(field: str, names: list[str], texts: list) -> list:
    meanings = [values.recognize(field, name)[0] for name in names]
    return [
        _first(meaning for meaning, text in zip(meanings, row, strict=True) if _marked(text))
        for row in zip(*texts, strict=True)
    ]


def _yes(text: str | None, word: str) -> bool:
    return bool(text) and (boolean("interpreter", text).value is True or plain(text) in (word, "sensitive", "private"))


def _by_hispanic(field: str, texts: list) -> list:
    return ["hispanic" if text and boolean("hispanic", text).value is True else None for text in texts[-1]]


_RULES = {
    "packed": lambda field, texts: [packed.unpack(text).get(field) if text else None for text in texts[0]],
    "roles": lambda field, texts: parties.of_roles(texts[0], texts[1] if len(texts) > 1 else None),
    "roles_with": lambda field, texts: parties.with_whom(*texts),
    "from_to": lambda field, texts: parties.of_names(*texts),
    "initiator": _by_initiator,
    "count": _by_count,
    "words": _by_words,
    "notes": lambda field, texts: [notes_outcome(text) for text in texts[0]],
    "flags": _by_flags,
    "drafts": lambda field, texts: ["draft" if text and plain(text) in _DRAFTS else None for text in texts[0]],
    "calls": lambda field, texts: ["phone"] * len(texts[0]),
    "hispanic": _by_hispanic,
}
