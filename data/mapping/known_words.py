"""What the words of the columns that fields took mean for sure, and in which units its numbers are."""

import re

from data.mapping import boxes, codes, evidence, shapes, values
from data.mapping.minutes import LONGEST, clock_of, typed_clock_of
from data.mapping.model import Column
from data.mapping.words import concepts, plain

# Of the different numbers of a column: the share over four hours that no log of minutes has, and the fewest that tell.
_MANY_LONG = 0.3
_FEWEST = 5
# From here on people round a length in minutes.
_NOT_ROUNDED = 20
# What a status says of a contact that has not been made; a call's result "scheduled" is that a meeting was.
_TO_COME = frozenset({"scheduled", "pending", "queued", "call queuing", "text queuing", "programada", "pendiente"})
_STATES = frozenset(
    {"completed", "complete", "held", "cancelled", "canceled", "rescheduled", "no show", "attended", "meeting held"}
)
_YES_NO_WORDS = frozenset({"yes", "no", "si", "y", "n", "true", "false"})
_ONLY_YES = frozenset({"y", "yes", "si", "true"})
_HOURS = re.compile(r"hour|\bhrs?\b(?! min)|\bhoras?\b(?! min)")
_UNIT = re.compile(r"\b(m|mm|mins?|minutes?|minutos?|h|hh|hrs?|hours?|horas?|s|secs?|seconds?|segundos?)\b")


def units(taken: dict[str, Column], context: dict, scale: str | None) -> dict[str, str]:
    """What the numbers of lengths, grades and lunch codes are in: {"minutes": "seconds", "grade": "plain", ...}."""
    units = {}
    if "minutes" in taken:
        units["minutes"] = _unit_of(taken["minutes"])
        units["minutes_clock"] = clock_of(taken["minutes"].header, taken["minutes"].seen)
        units["minutes_typed"] = typed_clock_of(taken["minutes"].header, taken["minutes"].seen)
    if "grade" in taken:
        units["grade"] = scale or _grade_scale(taken["grade"], context)
    if "low_income" in taken:
        words = shapes.words_of(taken["low_income"])
        units["low_income"] = "lunch" if words & {"r", "p", "free", "paid", "reduced"} or "t" not in words else "flags"
    for field in ("low_income", "english_learner"):
        if field in taken and codes.own_codes(field, shapes.words_of(taken[field])):
            units[f"{field}_codes"] = "own"
    return units


def _unit_of(column: Column) -> str:
    said = plain(column.header)
    if "SECONDS" in concepts(column.header)[0] and "minutes" not in said:
        return "seconds"
    return "hours" if _HOURS.search(said) else "seconds" if in_seconds(column) else "minutes"


def in_seconds(column: Column) -> bool:
    """Does a column of bare numbers whose header names no unit hold lengths that are none in minutes?"""
    if not unitless(column):
        return False
    numbers = [int(text) for text in column.seen]
    return len(numbers) >= _FEWEST and sum(number > LONGEST for number in numbers) > _MANY_LONG * len(numbers)


def maybe_seconds(column: Column) -> bool:
    """May a column of bare numbers whose header names no unit be in seconds? People round long calls to five minutes,
    and a call in which nobody is spoken to takes no 28."""
    long = [int(text) for text in column.seen if int(text) > _NOT_ROUNDED] if unitless(column) else []
    return not in_seconds(column) and len(long) > 1 and sum(number % 5 > 0 for number in long) > len(long) / 2


def unitless(column: Column) -> bool:
    """Does a column of lengths hold bare numbers under a header that names no unit?"""
    return not _UNIT.search(plain(column.header)) and all(text.strip().isdecimal() for text in column.seen)


def _grade_scale(column: Column, context: dict) -> str:
    """ParentSquare counts down to -4, Illuminate counts K as 1; only a clear sign tells them apart."""
    if {"GRADE", "ID"} <= concepts(column.header)[0]:
        return "illuminate"
    texts = {text for text, _ in column.top}
    where = plain(f"{context.get('file_name') or ''} {context.get('tab_name') or ''}").replace(" ", "")
    return "parentsquare" if texts & {"-3", "-4"} or "parentsquare" in where else "plain"


def known(taken: dict[str, Column], remembered: dict, chosen: dict) -> dict[str, dict[str, object]]:
    """The words of vocabulary columns that are known for sure, and those that a person explained."""
    found: dict[str, dict[str, object]] = {}
    for field in evidence.VOCABULARIES & set(taken):
        own = values.numbers_of_its_own(text for text, _ in taken[field].top)
        sure = {
            text: values.recognize(field, text) for text, _ in taken[field].top if len(text) <= 40 and text not in own
        }
        found[field] = {text: known[0] for text, known in sure.items() if known and known[1]}
        found[field].update(_yes_no(field, taken[field]))
        found[field].update(_told_by_others(field, taken[field]))
    for field in codes.BOOLEANS & set(taken):
        if _ticked(field, taken[field]):
            found.setdefault(field, {})[""] = False
        for text, told in _beside(field, taken[field]).items():
            found.setdefault(field, {})[text] = told
    for explained in (remembered, chosen):
        for field, words in explained.items():
            found.setdefault(field, {}).update(words)
    return {field: words for field, words in found.items() if words}


def _yes_no(field: str, column: Column) -> dict[str, object]:
    """What yes and no mean under headers such as "Parent initiated?", "Responded?", "Voicemail left"."""
    texts = [text for text, _ in column.top]
    if field not in ("initiated_by", "outcome"):
        return {}
    read = [codes.boolean("any", text) for text in boxes.spelt(texts)]
    if any(reading.problem for reading in read):
        # Beside "Pending" they say yes and no only where both are there; numbers, or one letter alone, may be codes.
        texts = [text for text in texts if plain(text) in _YES_NO_WORDS]
        read = [codes.boolean("any", text) for text in texts]
        if len({reading.value for reading in read}) < 2:
            return {}
    found, words = concepts(column.header)[0], plain(column.header)
    if field == "initiated_by":
        side = "student" if "STUDENT" in found else "family" if "FAMILY" in found else "school"
        yes, no = side, "family" if side == "school" else "school"
    elif "RESPONSE" in found:
        yes, no = "replied", "sent"
    elif "voicemail" in words or "message" in words:
        yes, no = "left_message", "unknown"
    elif "READ" in found or "SENT" in found:
        yes, no = "sent", "sent" if "READ" in found else "not_delivered"
    else:
        yes, no = "reached", "no_answer"
    # "N - left message" says more than no.
    more = {text: values.hint(field, text) for text in texts if " " in plain(text)}
    said = zip(texts, read, strict=True)
    return {text: more.get(text) or (yes if told.value else no) for text, told in said if told.value is not None}


def _told_by_others(field: str, column: Column) -> dict[str, object]:
    """Words whose meaning the header or the others of the column tell: PC beside TC, N under "Positive or negative",
    "Scheduled" as a status or beside "Completed"."""
    texts = [text for text, _ in column.top]
    found = {text: told for text in [*texts, "-"] if (told := values.among(field, text, texts))}
    asked = plain(column.header)
    if field == "outcome" and ("STATUS" in concepts(column.header)[0] or shapes.words_of(column) & _STATES):
        found.update({text: "not_delivered" for text in texts if plain(text) in _TO_COME})
    if field == "tone" and re.search(r"\bnegative\b|\b(p|pos) (n|neg)\b(?! c\b)", asked) and "neutral" not in asked:
        found.update({text: "concern" for text in texts if plain(text) == "n"})
    return found


def _beside(field: str, column: Column) -> dict[str, bool]:
    """Letters that say yes or no because of the others of their column: Texas counts the years after a student left
    the program as F, S, 3, 4 and 5 beside 0 and 1; S beside F and R, where nobody is P, pays the standard price."""
    words, texts = shapes.words_of(column), [text for text, _ in column.top]
    no: set[str] = set()
    if field == "english_learner" and "f" in words and words & {"0", "1", "00", "01"}:
        no = {"s", "3", "4", "5"}
    elif field == "low_income" and words & {"f", "r"} and not words & {"p", "paid"}:
        no = {"s"}
    return {text: False for text in texts if plain(text) in no}


def _ticked(field: str, column: Column) -> bool:
    """A column of ticks, of Y alone, or of its own name, and blanks: a blank there means no."""
    words = shapes.words_of(column)
    own = {"iep": {"iep", "sped"}, "english_learner": {"el", "ell", "lep", "eb"}, "low_income": {"frl", "sed"}}
    texts = [text.strip() for text, _ in column.top]
    ticks = all(
        set(text) <= set("xX") or text != said and said == "yes"
        for text, said in zip(texts, boxes.spelt(texts), strict=True)
    )
    only_yes = field in own and words <= _ONLY_YES
    return column.filled < column.total and bool(column.top) and (ticks or only_yes or words <= own.get(field, set()))
