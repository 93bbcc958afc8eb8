"""Log entries that pack everything into one text, as DeansList writes them into PowerSchool:

    Jane Doe (REL: Mother) ***** P - Left Message - 202-555-0100 ***** CALL TOPIC: ... ***** RESPONSE: ...

Third parties' entries are joined by " ..... ". Only the channel, the outcome, with whom it was and the kind of topic
are taken out; the names, the number and the text stay behind.
"""

import re
from functools import lru_cache

from data.mapping import values

_JOINT = re.compile(r"\s*(?:\*{3,}|\.{4,})\s*")
_PERSON = re.compile(r"\(\s*([A-Za-z0-9]{1,4})\s*(?::[^)]*)?\)")
_TOPIC = re.compile(r"\btopic\s*:\s*(.+)$", re.I)
_CODE = re.compile(r"^\s*([A-Za-z]{1,5}|[A-Za-z][A-Za-z /-]{2,20}?)\s+-\s+([^-]+?)(?:\s+-(?:\s+.*)?)?$")

FIELDS = ("channel", "outcome", "contact_with", "topic")


def is_packed(text: str) -> bool:
    """Is this text a packed entry?"""
    parts = _JOINT.split(text)
    return len(parts) >= 2 and bool(_CODE.match(parts[1]) or _PERSON.search(parts[0]))


@lru_cache(maxsize=65536)
def unpack(text: str) -> dict[str, str]:
    """{field: value} of a packed entry, empty for any other text."""
    parts = _JOINT.split(text)
    if len(parts) < 2:
        return {}
    found: dict[str, str] = {}
    person = _PERSON.search(parts[0])
    party = values.recognize("contact_with", person[1]) if person else None
    if party:
        found["contact_with"] = party[0]
    elif "....." in text:
        found["contact_with"] = "third_party"
    code = _CODE.match(parts[1])
    for field, word in (("channel", code[1]), ("outcome", code[2])) if code else ():
        known = values.recognize(field, word)
        if known:
            found[field] = known[0]
    for part in parts[1:]:
        topic = _TOPIC.search(part)
        known = values.recognize("topic", topic[1]) if topic and not values.is_null(topic[1]) else None
        if known:
            found["topic"] = known[0]
    return found
