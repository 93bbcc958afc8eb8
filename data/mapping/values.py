"""Cell texts -> the vocabularies of channel, direction, outcome, topic and so on (`vocab/values.json`).

A text is first looked up as a whole, then by the words in it (`vocab/hints.json`). What neither knows
stays unknown: the nearest known word is offered, never taken.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from data.mapping.boxes import chosen
from data.mapping.model import Reading
from data.mapping.words import plain, read_vocab

FIELDS = read_vocab("values.json")
# What an unknown text becomes where the field has no value for it.
UNKNOWN = {"channel": "other", "topic": "other", "audience": "personal", "contact_with": None}

_EXACT = {
    field: {word: canonical for canonical, words in groups.items() for word in words}
    for field, groups in FIELDS.items()
}
_HINTS = {
    field: [(re.compile(pattern), canonical) for pattern, canonical in rules]
    for field, rules in read_vocab("hints.json").items()
}
# "As above": it says something, though not here.
_DITTO = frozenset({'"', "''", "“", "”", "〃"})
_NULL_TEXTS = frozenset({"", "n a", "no data", "not applicable", "none", "null", "nil", "blank", "nan", "undefined"})
_PHONE_CODES = frozenset({"tc", "ph", "tel"})
_SIGNS = {"+": "positive", "-": "concern", "–": "concern", "−": "concern", "+/-": "neutral", "=": "neutral"}
# What stands between the answers of a cell that a form with check boxes, or a teacher, put several into.
_BETWEEN = re.compile(r"[/;,&+|>→\n]+|\b(?:and|then|y)\b")
_OF_CODES = frozenset({"channel", "outcome"})
_OF_ANYTHING = frozenset({"yes", "no", "si", "true", "false", "none", "contact", "outreach", "person", "response"})
_ONE_OF_SEVERAL = frozenset({"channel", "topic", "outcome"})
# What may come before an outcome: nobody answered, so a message was left, and the family called back.
_LEAD_TO = {
    "replied": {"no_answer", "left_message", "sent"},
    "left_message": {"no_answer", "sent"},
    "reached": {"replied", "sent"},
}
# "Called back, no answer" may be what staff did, too: what came before a reply stands before it.
_NOT_MET = frozenset({"no_answer", "left_message"})
# What was sent and not replied to was delivered all the same.
_NO_REPLY = re.compile(r"\b(no|without|sin) (reply|response|respuesta)\b")
# What stands in brackets says more of an answer: "Attended (Zoom)".
_BRACKETS = re.compile(r"\([^)]*\)")
_LEADING_NUMBER = re.compile(r"^(\d+|the|el|la|los|las) (?=[a-z])")
# "3 calls", "Phone x2", "called twice": more contacts than the one that a row is. "2 way text" and "2. Phone" are one.
_MANY = r"(?:[2-9]|[1-9]\d|two|three|four|five|six)"
_SEVERAL_CONTACTS = re.compile(
    rf"(?<![\w/:.-]){_MANY}\)? (?:(?:phone|text|missed|voice|home) )?(?:calls|texts|e[- ]?mails|messages|voice ?mails"
    r"|vms|letters|visits|attempts|times|tries|llamadas|correos|mensajes|veces)\b"
    r"|\bx ?[2-9]\b|(?<![\w/:.-])[2-9] ?x\b|\btwice\b"
)
_MAY_BE_MANY = frozenset({"channel", "outcome"})
# Codes put together: "TEL - LM", "PC: NA".
_CODES = re.compile(r"\s+[-–—]+\s+|\s*[:/;,|]\s*")


def bare(text: str) -> str:
    """The last part of a descriptor of the Ed-Fi kind ("uri://ed-fi.org/GradeLevelDescriptor#First grade")."""
    return text.rsplit("#", 1)[-1] if text.startswith("uri://") else text


def is_null(text: str | None) -> bool:
    """Does this cell say nothing: blank, "N/A", "NULL", "None", a dash? Words in other letters than ours, and ditto
    marks, do."""
    if text is None:
        return True
    if text.strip() in _DITTO:
        return False
    return plain(text) in _NULL_TEXTS and not re.search(r"[+✓✔☑√☒✗✘✖]", text) and not _other_letters(text)


def _other_letters(text: str) -> bool:
    return not plain(text) and any(sign.isalnum() for sign in text)


@lru_cache(maxsize=65536)
def recognize(field: str, text: str) -> tuple[str, bool] | None:
    """(canonical, exact) for a text of a vocabulary field; None where it is not known.

    exact is False where only words inside the text gave the meaning. "N/A" is known to no field.
    """
    if is_null(text):
        return None
    text = chosen(text)
    words = plain(bare(text))
    known = _EXACT[field]
    for form in (words, _LEADING_NUMBER.sub("", words), words.replace(" ", "")):
        if form in known:
            return known[form], not many_contacts(field, text)
    if twice := _said_twice(field, text):
        return twice, True
    told = hint(field, text) or _EXACT[field].get(plain(_BRACKETS.sub(" ", text)))
    return (told, False) if told else None


def _said_twice(field: str, text: str) -> str | None:
    """The meaning of a text that says the same in two languages: "Escuela / School"."""
    parts = [plain(part) for part in text.split("/")]
    meant = {_EXACT[field].get(part) for part in parts}
    return meant.pop() if len(parts) > 1 and len(meant) == 1 and all(len(part) > 2 for part in parts) else None


def _by_codes(field: str, words: str) -> str | None:
    """What one of several short codes in a text says, such as LM in "TEL - LM"; a yes or a letter alone may be of
    anything."""
    parts = [plain(part) for part in _CODES.split(words)]
    if len(parts) < 2 or field not in _OF_CODES:
        return None
    told = [_EXACT[field][part] for part in parts if part in _EXACT[field] and part not in _OF_ANYTHING and part[1:]]
    return next((one for one in told if one not in ("unknown", "other")), None)


def many_contacts(field: str, text: str) -> bool:
    """Does a text speak of more contacts than one ("3 calls", "no answer x3")?"""
    return field in _MAY_BE_MANY and bool(_SEVERAL_CONTACTS.search(text.lower()))


@lru_cache(maxsize=65536)
def hint(field: str, text: str) -> str | None:
    """The value of a field that words inside a text point to ("Parent initiated" -> inbound)."""
    text = chosen(text)
    words = plain(text)
    if field == "contact_with" and (family := _with_family(text)):
        return family
    found = next((rule for rule in _HINTS.get(field, ()) if rule[0].search(words)), None)
    return found[1] if found else _by_codes(field, text)


def _with_family(text: str) -> str | None:
    """Of several who took part ("Mother, social worker") the family is the one that counts."""
    parts = [plain(part) for part in _BETWEEN.split(text.lower())]
    family = any(_EXACT["contact_with"].get(part) == "family" for part in parts)
    return "family" if family and len(parts) > 1 else None


@lru_cache(maxsize=65536)
def several(field: str, text: str) -> list[str]:
    """The different values of the short answers in one text ("Phone/Text": phone and text), where there are more than
    one; a text that is known as a whole ("Mail/Letter/Postcard") is one answer."""
    known = recognize(field, text)
    if known is None or known[1]:
        return []
    parts = [part for part in _BETWEEN.split(chosen(text).lower()) if len(plain(part).split()) <= 3]
    found = [told[0] for part in parts if (told := recognize(field, part))]
    return list(dict.fromkeys(found)) if len(set(found)) > 1 else []


def settled(found: Iterable[str]) -> str | None:
    """The outcome of a contact of which several are said, where the others only led to it; None where they cannot
    both be ("Reached / No answer")."""
    left = set(found) - {"unknown"}
    for last in ("replied", "left_message", "reached"):
        if last in left and left - {last} <= _LEAD_TO[last]:
            return last
    return None


def _of_several(field: str, text: str, found: list[str]) -> Reading:
    """A conversation in person is counted otherwise than a letter, and a family reached otherwise than one that was
    not: each would be a guess. Of topics the first stands, as a form's boxes and teachers put the main one first."""
    if field == "topic":
        return Reading(found[0], "several_first")
    if field == "outcome" and (told := settled(found)) and not (told == "replied" and found[-1] in _NOT_MET):
        return Reading(told)
    if set(found) == {"sent", "no_answer"} and _NO_REPLY.search(plain(text)):
        return Reading("sent")
    return Reading(UNKNOWN.get(field, "unknown"), "several_values")


def among(field: str, text: str, others: list[str]) -> str | None:
    """What a text means because of the others of its column (or row of headers); None where it means what it always
    does. PC is a phone call, but a parent conference beside TC; "-" is no value, but the concern beside "+"."""
    beside = {plain(other) for other in others}
    if field == "channel" and plain(text) == "pc":
        return "conference" if beside & _PHONE_CODES else None
    if field == "tone" and not plain(text) and any(other.strip() == "+" for other in others):
        return _SIGNS.get(text.strip())
    return None


@lru_cache(maxsize=8192)
def offer(field: str, text: str) -> str | None:
    """The value of the known word nearest to a misspelt text ("Phne" -> phone), None where none is near."""
    words = plain(text)
    if len(words) < 3:
        return None
    near = process.extractOne(
        words, [word for word in _EXACT[field] if len(word) > 2], scorer=fuzz.ratio, score_cutoff=74
    )
    return _EXACT[field][near[0]] if near else None


def numbers_of_its_own(texts: Iterable[str | None]) -> frozenset[str]:
    """The numbers of a column that are codes of its file, whose legend no vocabulary knows: 1 beside 2 is no yes."""
    numbers = frozenset(text.strip() for text in texts if text and text.strip().isdigit())
    return numbers if numbers - {"0", "1"} else frozenset()


def read(field: str, text: str | None) -> Reading:
    """The meaning of one text of a vocabulary field. Unknown ones get the problem 'unknown_value', several ways of
    contact or outcomes in one cell 'several_values', several topics 'several_first', "3 calls" 'several_contacts'.

    "NA" among outcomes is the teachers' short form of "no answer"; elsewhere it says nothing.
    """
    if is_null(text) or (field != "outcome" and plain(text) == "na") or not chosen(text):
        return Reading()
    if field in _ONE_OF_SEVERAL and (found := several(field, text)):
        return _of_several(field, text, found)
    found = recognize(field, text)
    if found:
        return Reading(found[0], "several_contacts" if many_contacts(field, text) else None)
    return Reading(UNKNOWN.get(field, "unknown"), "unknown_value", offer(field, text))
