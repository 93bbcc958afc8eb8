"""Date texts -> days and times, in the order that `data.mapping.order` decided for their column.

Times with an offset are brought to the district's zone. Midnight is no time of day. What no calendar has is
a problem, not a guess.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from data.mapping.model import DateChoice, DateReading, Mapping, Reading
from data.mapping.values import is_null
from data.mapping.words import plain
from data.schoolyear import name_of, start_year

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september set septiembre setiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ],
        1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|mié|jue|vie|sab|sáb|dom)[a-záé]*\.?,?\s+(?=\S)", re.I)
TIME = re.compile(
    r"(?:[T,\s]+|^)(?:at\s+|@\s*|a las\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s?(?:m\b\.?)?"
    r"\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[ecmp][sd]t)?\s*$",
    re.I,
)
HOUR = re.compile(r"[,\s]+(?:at\s+|@\s*|a las\s+)?(\d{1,2})\s*([ap])\.?m\.?\s*$", re.I)
TRIPLE = re.compile(r"^(\d{1,4})([-/.\s])\s?(\d{1,2})\2\s?(\d{4}|\d{2})$")
PAIR = re.compile(r"^(\d{1,2})[-/](\d{1,2})$")
DAY_MONTH = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th|º)?[-\s/.]*(?:de\s+)?([a-z]+)\.?(?:,?[-\s/.]+(?:del?\s+)?'?(\d{4}|\d{2}))?$"
)
# "Sept 14-18" is a span of days, and no day of 2018.
MONTH_DAY = re.compile(
    r"^(?![a-z]+\.?\s*\d{1,2}\s*[-/]\s*\d{1,2}$)([a-z]+)\.?[-\s/.]*(\d{1,2})(?:st|nd|rd|th)?(?:(?:,\s*|[-\s/.]+)(?:del?\s+)?'?(\d{4}|\d{2}))?$"
)
SERIAL = re.compile(r"^(\d{5})(\.\d+)?$")
EIGHT = re.compile(r"^(19|20)(\d{2})(\d{2})(\d{2})$")
# What systems and people write where somebody has not left, and databases where there is no date at all.
_HERE = re.compile(
    r"((still|currently|now) )?(current(ly)?|present|active|enrolled|attending|here|open|ongoing)( student)?|to date|"
    r"(no|none|not) (exit( date)?|end( date)?|exited|withdrawn|left)|actual(mente)?|presente|activ[oa]|inscrit[oa]"
)
_NO_DAY = re.compile(r"[0/.\-\s:t]+|(1900-0?1-0?1|0?1/0?[01]/1900|1899-12-3[01]|12/3[01]/1899)([ t][0:.]+)?", re.I)
_OF_ENROLLMENT = frozenset({"entry_date", "exit_date"})
_AFTERNOON = frozenset(range(1, 6))
_NOON = frozenset({"noon", "midday", "mediodía", "mediodia"})
_AP = re.compile("[ap]", re.I)
_OTHER_CLOCK = re.compile(r"\d\s*[ap]\.?(\s?m\b|\b)|(?<![\d:.])(1[3-9]|2[0-3]|00)(?!\d)", re.I)
_SAME = re.compile(
    r"(the )?same( (day|date|as above))?|today|no|none|n a|na|(el )?mismo( dia)?|(la )?misma( fecha)?|hoy"
)
_OFFSETS = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}


def body_of(text: str) -> str:
    """The date part: weekday, time and remarks in brackets cut off, accents and case folded."""
    text = re.sub(r"\s*\([^)]*\)\s*$", "", text.strip())
    text = HOUR.sub("", TIME.sub("", text))
    # "Mar 3" is a day of March and not a Tuesday ("martes").
    first = plain(text).split(" ", 1)[0]
    if first not in MONTHS:
        text = _WEEKDAY.sub("", text)
    return text.strip(" ,").lower()


def interpret_dates(
    texts: list[str | None], mapping: Mapping, context: dict, field: str | None = None
) -> list[DateReading]:
    """Each distinct date text as a day (and time) in the district's zone.

    `field` names the date column (default: the main one). context: `today` (a date), `school_year`
    ("2025-26"), `time_zone`. Problems: 'unreadable_date', 'impossible_date', 'date_before_2000',
    'date_in_future' (a contact after today; an enrollment more than five years ahead). Blank texts read
    as no value and no problem, and so does an enrollment's "-" or 1/1/1900, and an exit "current" or of 12/31/2099.
    """
    choice = (mapping.dates.get(field) if field else mapping.date) or DateChoice()
    today = context.get("today") or date.today()
    main = field or ("contact_date" if mapping.kind == "contacts" else "entry_date")
    last = today + timedelta(days=5 * 366) if main in _OF_ENROLLMENT else today
    key = (choice.order, choice.no_year, choice.zone, choice.from_utc)
    year = choice.school_year or context.get("school_year") or name_of(today)
    return [
        DateReading()
        if not text or not text.strip() or choice.otherwise and _as_stamped(text) or says_no_date(text, main)
        else _checked(_read(text.strip(), key, year), last, main == "exit_date")
        for text in texts
    ]


def says_no_date(text: str, field: str) -> bool:
    """Does a cell among entry or exit dates say that there is none: "-", "N/A", 00/00/0000; of exits, "current"?"""
    if field not in _OF_ENROLLMENT:
        return False
    here = field == "exit_date" and bool(_HERE.fullmatch(plain(text)))
    return here or is_null(text) or bool(_NO_DAY.fullmatch(text.strip()))


def _as_stamped(text: str) -> bool:
    """Does a cell under "Date of contact (if different)" say that it is not?"""
    return bool(_SAME.fullmatch(plain(text))) or not plain(text)


def _checked(reading: DateReading, last: date, open_end: bool) -> DateReading:
    if reading.value is None:
        return reading
    if open_end and reading.value.date() > last:
        # Systems let those leave in 2099 or 9999 who have not left.
        return DateReading()
    if reading.value.year < 2000:
        return DateReading(None, False, "date_before_2000")
    if reading.value.date() > last:
        return DateReading(None, False, "date_in_future")
    return reading


@lru_cache(maxsize=65536)
def _read(text: str, key: tuple, school_year: str) -> DateReading:
    order, _, zone, from_utc = key
    serial = SERIAL.match(text)
    if serial:
        moment = datetime(1899, 12, 30) + timedelta(seconds=round(float(text) * 86400))
        return DateReading(moment, bool(moment.hour or moment.minute or moment.second))
    parts = parts_of(body_of(text), order, school_year)
    if parts is None:
        return DateReading(None, False, "unreadable_date")
    tail = TIME.search(text) or None
    seconds = _tail_seconds(text, tail)
    if seconds is None:
        return DateReading(None, False, "unreadable_date")
    try:
        moment = datetime(*parts) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return DateReading(None, False, "impossible_date")
    if zone and (from_utc or (tail and tail[5])):
        moment = _to_zone(moment, tail[5] if tail else None, zone)
    return DateReading(moment, bool(moment.hour or moment.minute or moment.second))


def parts_of(body: str, order: str, school_year: str) -> tuple[int, int, int] | None:
    """(year, month, day) as written; not yet checked against the calendar."""
    if eight := EIGHT.match(body):
        return int(eight[1] + eight[2]), int(eight[3]), int(eight[4])
    if triple := TRIPLE.match(body):
        first, second, third = triple[1], int(triple[3]), triple[4]
        if len(first) > 2:
            return int(first), second, int(third)
        return (_year(third), second, int(first)) if order == "dmy" else (_year(third), int(first), second)
    if pair := PAIR.match(body):
        day, month = (pair[1], pair[2]) if order == "dmy" else (pair[2], pair[1])
        return _in_school_year(int(month), school_year), int(month), int(day)
    named = DAY_MONTH.match(body)
    day, word, year = (named[1], named[2], named[3]) if named else (None, None, None)
    if not named and (named := MONTH_DAY.match(body)):
        day, word, year = named[2], named[1], named[3]
    month = MONTHS.get(plain(word)) if word else None
    if not month:
        return None
    return (_year(year) if year else _in_school_year(month, school_year)), month, int(day)


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _in_school_year(month: int, school_year: str) -> int:
    start = start_year(school_year)
    return start if month >= 7 else start + 1


def _tail_seconds(text: str, tail) -> int | None:
    if tail is None:
        hour = HOUR.search(text)
        return clock(int(hour[1]), 0, 0, hour[2]) if hour else 0
    return clock(int(tail[1]), int(tail[2]), int(tail[3] or 0), tail[4])


def _to_zone(moment: datetime, mark: str | None, zone: str) -> datetime:
    mark = (mark or "z").lower()
    if mark in ("z", "utc", "gmt"):
        offset = timedelta()
    elif mark in _OFFSETS:
        offset = timedelta(hours=_OFFSETS[mark])
    else:
        sign, digits = mark[0], mark[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if sign == "-" else 1)
    return (moment - offset).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def clock(hour: int, minute: int, second: int, half: str | None) -> int | None:
    """Seconds since midnight of a time of day ('a' or 'p' for the half), None where no clock shows it."""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else None


def of_the_afternoon(texts: Iterable[str]) -> bool:
    """Are the times of a column, of which none says a.m. or p.m., those of a clock with twelve hours, so that 1:15 is
    after noon? None lies at 13:00 or later, or in the hour after midnight, and some from 1:00 to 5:59.

    Texts that are no time ("lunch", "N/A") say nothing of the clock, unless they have its words or hours ("14h30").
    """
    read = [(text, read_time(text)) for text in texts]
    hours = {reading.value // 3600 for _, reading in read if reading.value is not None}
    midnight = any(reading.value is None and not reading.problem for _, reading in read)
    told = any((_OTHER_CLOCK if reading.problem else _AP).search(text) for text, reading in read)
    if midnight or told:
        return False
    return bool(hours & _AFTERNOON) and max(hours) < 13 and min(hours) > 0


def are_seconds(texts) -> bool:
    """Does a column hold times as seconds since midnight (34200 is 9:30), as some systems store them? Its numbers of
    five digits tell, where one is no time written without colons (93000): 34260 would be 3:42:60."""
    said = [text.strip() for text in texts if text and text.strip() not in ("", "0")]
    if not said or not all(text.isdecimal() and len(text) < 6 and int(text) < 86_400 for text in said):
        return False
    return any(len(text) == 5 and max(int(text[1:3]), int(text[3:])) > 59 for text in said)


@lru_cache(maxsize=16384)
def read_time(text: str, afternoon: bool = False) -> Reading:
    """Seconds since midnight of a time text ("2:05 PM", "14:05", "1405", "2 pm"); None for midnight.

    `afternoon`: hours from 1 to 5 are, in a column of which `of_the_afternoon` says so. Problem 'unreadable_time' where
    it is no time.
    """
    text = text.strip()
    if text.lower().removeprefix("12 ") in _NOON:
        return Reading(43_200)
    digits = re.fullmatch(r"(\d{1,2})(\d{2})", text) if len(text) >= 3 else None
    hour = re.fullmatch(r"(\d{1,2})\s*([ap])\.?\s*m?\.?", text, re.I)
    if re.fullmatch(r"0?\.\d+", text):
        seconds = round(float(text) * 86400)
    elif tail := TIME.search(" " + re.sub(r"(?<=\d)\.(?=\d{2}\b)", ":", text)):
        seconds = clock(int(tail[1]), int(tail[2]), int(tail[3] or 0), tail[4])
    elif hour:
        seconds = clock(int(hour[1]), 0, 0, hour[2])
    elif digits:
        seconds = clock(int(digits[1]), int(digits[2]), 0, None)
    else:
        seconds = None
    if seconds is None:
        return Reading(None, "unreadable_time")
    return Reading((seconds + (43_200 if afternoon and seconds // 3600 in _AFTERNOON else 0)) or None)
