"""How long a contact took: texts -> minutes.

Reads what has one meaning: "12", "1 hr 5 min", "0:12:30". What has two ("15-20", "15+", and "1:05" where its column
does not tell minutes and seconds from hours and minutes) is left out with the problem 'unclear_minutes'. So is
"12:30:00": Excel keeps a typed 12:30 as this time of day, and its column must tell what was meant. A bare 600, which
may be seconds, is no length of a contact in minutes ('long_minutes').
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
_SECONDS_LAST = re.compile(r"\b(h|hh|hrs?|hours?) (mm?|mins?|minutes?) (ss?|secs?|seconds?)$")
_MINUTES_FIRST = re.compile(r"(?<!h )(?<!hh )\b(mm?|mins?|minutes?) (ss?|secs?|seconds?)$")
# Lengths that people write as words.
_SPOKEN = {
    "half an hour": "30 m", "half hour": "30 m", "1/2 hour": "30 m", "1/2 hr": "30 m", "½ hour": "30 m", "½ hr": "30 m",
    "media hora": "30 m", "an hour": "60 m", "one hour": "60 m", "una hora": "60 m", "an hour and a half": "90 m",
    "quarter of an hour": "15 m", "a quarter of an hour": "15 m", "quarter hour": "15 m",
}  # fmt: skip
# No contact takes so many hours, and nearly every log of calls has one of so many minutes.
_TOO_MANY_HOURS = 4
LONGEST = _TOO_MANY_HOURS * 60


def clock_of(header: str, texts: Iterable[str]) -> str:
    """What stands before the colon of a column's "1:05": 'm' (minutes and seconds), 'h' (hours and minutes), or ''
    where neither the header nor a text with too many hours says so."""
    said = _said_by(header)
    firsts = [int(clock[1] or 0) for clock in _clocks(texts) if not clock[3] and not clock[4]]
    return said or ("m" if max(firsts, default=0) >= _TOO_MANY_HOURS else "")


def typed_clock_of(header: str, texts: Iterable[str]) -> str:
    """What stands first in a column's "1:05:00", as `clock_of`: seconds other than 00 were not made by Excel, and
    lengths under an hour alone are no lengths under a minute. 'm' where more are of too many hours than of none."""
    clocks = [clock for clock in _clocks(texts) if clock[3]]
    hours = [int(clock[1] or 0) for clock in clocks]
    if any(int(clock[3]) for clock in clocks) or not any(hours) or _SECONDS_LAST.search(plain(header)):
        return "h"
    long = sum(one >= _TOO_MANY_HOURS for one in hours)
    return _said_by(header) or ("m" if long > hours.count(0) else "")


def _said_by(header: str) -> str:
    said = plain(header)
    return "h" if _HOURS_FIRST.search(said) else "m" if _MINUTES_FIRST.search(said) else ""


def _clocks(texts: Iterable[str]) -> list[re.Match]:
    found = (_CLOCK.fullmatch(text.strip().lower()) for text in texts)
    return [clock for clock in found if clock]


@lru_cache(maxsize=8192)
def minutes(text: str, unit: str = "minutes", clock: str = "", typed: str = "h") -> Reading:
    """As `_minutes`, without lengths that no contact takes: problem 'long_minutes'."""
    reading = _minutes(text, unit, clock, typed)
    return Reading(None, "long_minutes") if (reading.value or 0) > LONGEST else reading


def _minutes(text: str, unit: str, clock: str, typed: str) -> Reading:
    """Minutes from "12", "12 min", "1 hr 5 min", "0:12:30", "750 seconds". `unit` is that of a bare number, `clock`
    what stands before the colon of "1:05" (see `clock_of`), `typed` first in "1:05:00" (see `typed_clock_of`).
    Problems: 'unclear_minutes', 'unknown_value'."""
    words = _ABOUT.sub("", re.sub(r",(?=\d{3}\b|\s)", "", " ".join(text.lower().split())))
    words = _SPOKEN.get(words.rstrip("."), words)
    told = _CLOCK.fullmatch(words)
    if told:
        return _typed(told, typed) if told[3] else _by_clock(told, clock)
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


def _typed(told: re.Match, typed: str) -> Reading:
    first, second, third = int(told[1] or 0), int(told[2]), int(told[3])
    if typed == "m" and not third:
        return Reading(first + second / 60)
    if typed != "h" or first >= _TOO_MANY_HOURS:
        return Reading(None, "unclear_minutes")
    return Reading(first * 60 + second + third / 60)


def _by_clock(told: re.Match, clock: str) -> Reading:
    first, second = int(told[1] or 0), int(told[2])
    before = {"h": "h", "m": "m"}.get((told[4] or "")[:1], clock)
    if not before:
        return Reading(None, "unclear_minutes")
    return Reading(first * 60.0 + second if before == "h" else first + second / 60)
