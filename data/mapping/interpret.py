"""The meaning of cell texts under a mapping: one function for every field.

Words that a person has explained come first, then the vocabularies. Names, ids, schools and staff pass
through as they are, outer and doubled blanks aside.
"""

from data.mapping import boxes, codes, dates, values
from data.mapping.model import Mapping, Reading

_CODED = codes.BOOLEANS | {"grade", "language", "home_language", "race_ethnicity", "gender", "minutes"}


def interpret(field: str, texts: list[str | None], mapping: Mapping) -> list[Reading]:
    """What each text of a field means; give distinct texts, the answers come in their order.

    Problems: 'unknown_value' (a word no vocabulary has; `offer` may name the nearest), 'several_values',
    'several_first', 'several_languages', 'unclear_minutes', 'long_minutes', 'ask_grade', 'unknown_grade', 'graduated',
    'unreadable_time'. A blank or "N/A" is no value and no problem. contact_time gives seconds since midnight, minutes a
    float, flags True or False.
    """
    explained, afternoon = mapping.values.get(field, {}), bool(mapping.date and mapping.date.afternoon)
    own = values.numbers_of_its_own(texts) if field in values.FIELDS else frozenset()
    shown = boxes.spelt(texts) if field in codes.BOOLEANS else texts
    if field == "contact_time" and dates.are_seconds(texts):
        return [Reading(int(text) or None if (text or "").strip() else None) for text in texts]
    return [
        Reading(explained[said]) if (said := (text or "").strip()) in explained
        else Reading(values.UNKNOWN.get(field, "unknown"), "unknown_value") if said in own
        else _one(field, (spelt or "").strip(), mapping.units, afternoon)
        for text, spelt in zip(texts, shown, strict=True)
    ]  # fmt: skip


def _one(field: str, text: str, units: dict[str, str], afternoon: bool) -> Reading:
    if field in values.FIELDS:
        return values.read(field, text)
    if field in _CODED:
        return codes.read(field, text, units)
    if field == "contact_time":
        return Reading() if values.is_null(text) else dates.read_time(text, afternoon)
    if values.is_null(text) or text.upper() == "NA":
        return Reading()
    return Reading(text if field in ("student_id", "record_id") else " ".join(text.split()))
