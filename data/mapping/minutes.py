"""How long a contact took: texts -> minutes.

Reads what has one meaning: "12", "1 hr 5 min", "0:12:30". What has two ("15-20", "15+", and "1:05" where its column
does not tell minutes and seconds from hours and minutes) is left out with the problem 'unclear_minutes'.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from data.mapping.model import Reading
from data.mapping.words import plain

_SIZE = {"h": 60, "m": 1, "s": 1 / 60}
_UNIT = r"(h|hrs?|hours?|horas?|m|mins?|minutes?|minutos?|s|secs?|seconds?|segundos?)(?![a-z])\.?"
_PART = re.compile(rf"(\d+(?:\.\d+)?)\s*(?:{_UNIT}|(?=\s|$))")
_PARTS = re.compile(rf"(?:(?:{_PART.pattern})\s*(?:(?:and|y)\s+)?)+")
_CLOCK = re.compile(rf"(\d*):(\d{{2}})(?::(\d{{2}}))?\s*(?:{_UNIT})?")
_ABOUT = re.compile(r"^(?:~|≈|about|around|approx(?:imately)?\.?|ca\.)\s*")
_OPEN = re.compile(r"[<>+≤≥]|\d\s*(?:-|–|—|to|or|a|x)\s*\d")
_HOURS_FIRST = re.compile(r"\b(h|hh|hrs?|hours?) (mm?|mins?|minutes?)$")
_MINUTES_FIRST = re.compile(r"(?<!h )(?<!hh )\b(mm?|mins?|minutes?) (ss?|secs?|seconds?)$")
# No contact takes so many hours, and nearly every log of calls has one of so many minutes.
_TOO_MANY_HOURS = 4


def clock_of(header: str, texts: Iterable[str]) -> str:
    """What stands before the colon of a column's "1:05": 'm' (minutes and seconds), 'h' (hours and minutes), or ''
    where neither the header nor a text with too many hours says so."""
    said = plain(header)
    if _HOURS_FIRST.search(said):
        return "h"
    if _MINUTES_FIRST.search(said):
        return "m"
    clocks = [_CLOCK.fullmatch(text.strip().lower()) for text in texts]
    firsts = [int(clock[1] or 0) for clock in clocks if clock and not clock[3] and not clock[4]]
    return "m" if max(firsts, default=0) >= _TOO_MANY_HOURS else ""


@lru_cache(maxsize=8192)
def minutes(text: str, unit: str = "minutes", clock: str = "") -> Reading:
    """Minutes from "12", "12 min", "1 hr 5 min", "0:12:30", "750 seconds". `unit` is that of a bare number, `clock`
    what stands before the colon of "1:05" (see `clock_of`). Problems: 'unclear_minutes', 'unknown_value'."""
    words = _ABOUT.sub("", re.sub(r",(?=\d{3}\b|\s)", "", " ".join(text.lower().split())))
    told = _CLOCK.fullmatch(words)
    if told:
        return _by_clock(told, clock)
    parts = [(float(number), (sign or "")[:1]) for number, sign in _PART.findall(words)]
    if _OPEN.search(words) and re.search(r"\d", words):
        return Reading(None, "unclear_minutes")
    if not _PARTS.fullmatch(words):
        return Reading(None, "unknown_value")
    if len(parts) == 1:
        number, sign = parts[0]
        return Reading(number * _SIZE[sign or unit[0]])
    if len(parts) == 2 and parts[0][1] == "h" and not parts[1][1]:
        parts[1] = (parts[1][0], "m")  # "1h 05"
    signs = "".join(sign or "?" for _, sign in parts)
    if signs not in ("hm", "hs", "ms", "hms"):
        return Reading(None, "unclear_minutes")
    return Reading(sum(number * _SIZE[sign] for number, sign in parts))


def _by_clock(told: re.Match, clock: str) -> Reading:
    first, second, third = int(told[1] or 0), int(told[2]), told[3]
    if third:
        return Reading(first * 60 + second + int(third) / 60)
    before = {"h": "h", "m": "m"}.get((told[4] or "")[:1], clock)
    if not before:
        return Reading(None, "unclear_minutes")
    return Reading(first * 60.0 + second if before == "h" else first + second / 60)
