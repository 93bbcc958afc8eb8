"""The language of a message that was translated: the one in which the family wrote it or got it, not the school's.

Exports of message systems have both, "Original language" and "Translated language". What goes to a family is read in
the second, what comes from one was written in the first.
"""

from collections.abc import Iterable

from data.mapping import codes, evidence, parties, values
from data.mapping.model import Column, Derived
from data.mapping.words import concepts

_PLAIN = ({"LANGUAGE"}, {"MESSAGE", "LANGUAGE"}, {"SENT", "LANGUAGE"})


def both(found: dict, columns: list[Column]):
    """Set aside both columns as "_written_in" and "_translated_to", where a table has them and the language is free."""
    language = found.get("language")
    tongues = [(column, concepts(column.header)[0]) for column in columns if _of_languages(column)]
    into = next((column for column, named in tongues if {"TRANSLATED", "LANGUAGE"} <= named), None)
    own = [column for column, named in tongues if {"ORIGINAL", "LANGUAGE"} <= named]
    own += [column for column, named in tongues if named in _PLAIN]
    if into and own and language and language[0] in (into, own[0]):
        found["_written_in"], found["_translated_to"] = (own[0], language[1]), (into, language[1])
        del found["language"]


def _of_languages(column: Column) -> bool:
    fit = evidence.fit("language", column)
    return fit is not None and fit > 0


def rule(columns, taken) -> dict[str, Derived]:
    """How the language is read from both columns, and from what tells who wrote to whom."""
    own, into = taken.get("_written_in"), taken.get("_translated_to")
    if not own or not into:
        return {}
    told = [taken["direction"].header] if "direction" in taken else _roles(taken) or _parties(taken)
    how = (
        f"“{own.header}” of what a family wrote, “{into.header}” of what was sent to one"
        if told
        else f"of “{own.header}” and “{into.header}” the one that is not English"
    )
    sentence = f"Language is the one that the family wrote or got: {how}."
    return {"language": Derived("translated", [own.header, into.header, *told], sentence)}


def _roles(taken: dict[str, Column]) -> list[str]:
    roles = [taken.get(name) for name in ("_sender_type", "_recipient_type")]
    return [column.header if column else "" for column in roles] if any(roles) else []


def _parties(taken: dict[str, Column]) -> list[str]:
    if "_from" not in taken or "_to" not in taken:
        return []
    others = [taken[name].header if name in taken else "" for name in ("student_name", "staff")]
    return [taken["_from"].header, taken["_to"].header, *others]


def languages(texts: list[list[str | None] | None], explained: dict[str, str]) -> list[str | None]:
    """The family's language of each row; None where two are named and nothing tells which is the family's.

    `texts`: written in, translated to, and what tells the direction: its own column, the roles of both sides,
    or From, To, students and staff.
    `explained` has what a person said about words of the direction.
    """
    written, into, *told = texts
    nobody = [None] * len(written)
    if len(told) == 2:
        ways: Iterable = parties.of_roles(told[0] or nobody, told[1])
    elif told[1:]:
        ways = parties.of_names(*told)
    else:
        ways = (_way(text, explained) for text in (told[0] if told else nobody))
    return [_of_family(*map(_read, pair), way) for *pair, way in zip(written, into, ways, strict=True)]


def _way(text: str | None, explained: dict[str, str]) -> str | None:
    return explained.get(text) or (values.recognize("direction", text) or (None,))[0] if text else None


def _read(text: str | None) -> str | None:
    return None if values.is_null(text) else codes.language(text).value


def _of_family(written: str | None, into: str | None, way: str | None) -> str | None:
    if not written or not into or written == into:
        return into or written
    if way in ("inbound", "outbound"):
        return written if way == "inbound" else into
    # The school's side is English here, whoever wrote.
    foreign = [one for one in (written, into) if one != "english"]
    return foreign[0] if len(foreign) == 1 else None
