"""What the values of a column look like: dates, times, ids, person names, phone numbers, long text.

Each test answers for one text; `share` gives the part of a column's rows (or of its sample) that pass.
"""

import re
from functools import lru_cache

from data.mapping.model import Column
from data.mapping.words import plain

SCHOOL_WORD = re.compile(
    r"\b(school|elementary|middle|high|academy|prep|charter|es|ms|hs|elem|campus|preparatory|magnet|intermediate|primary|"
    r"k ?8|escuela|colegio|primaria|secundaria|ecole|elementaire|lycee)\b"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*"
_DATE = re.compile(
    rf"""^(?:[a-zé]{{2,10}}\.?,?\s+)?                              # a weekday
    (?:\d{{1,4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,4}})?                  # 9/3/2025, 2025-09-03, 10/1
     |\d{{1,2}}(?:st|nd|rd|th)?[-\s/.]*(?:de\s+)?{_MONTH}\.?(?:,?[-\s/.]*(?:de(?:l)?\s+)?'?\d{{2,4}})?   # 3-Sep-25
     |{_MONTH}\.?[-\s/.]+\d{{1,2}}(?:st|nd|rd|th)?(?:,?[-\s/.]+'?\d{{2,4}})?   # Sep 3, 2025
     |(?:19|20)\d{{6}})                                            # 20250903
    (?:[T,\s]+.*)?$""",
    re.X | re.I,
)
_TIME = re.compile(r"^\d{1,2}[:.]\d{2}(:\d{2})?(\.\d+)?\s*([ap]\.?\s*m?\.?)?$|^\d{1,2}\s*[ap]\.?m\.?$", re.I)
_PHONE = re.compile(r"^\+?[\d\s().x-]{7,20}(?:\s*(?:ext|x)\.?\s*\d+)?$", re.I)
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_NAME = re.compile(r"^[A-ZÀ-Ýa-zà-ÿ'’.\-]+(?:,?\s+[A-ZÀ-Ýa-zà-ÿ'’.\-()\"]+){1,4}$")
_NUMBER_BESIDE = re.compile(
    r"^\s*#?[A-Z]?\d{3,}\s*[-–—:,]\s*|\s*(?:[(\[]\s*#?[A-Z]?\d{3,}\s*[)\]]|[-–—:#]\s*\d{3,})\s*$"
)
_NUMBERED_NAME = re.compile(r"^[A-ZÀ-Ý][A-Za-zà-ÿ'’\-]*\d*(?:,?\s+[A-ZÀ-Ý]?[A-Za-zà-ÿ'’.\-]*\d*){1,4}$")
_ID = re.compile(r"^[A-Za-z]{0,4}[-_ ]?\d[\dA-Za-z\-_]{0,35}$")
# An id that a program took for a quantity: 1234.0, and 1.23E+05, in which digits are lost.
_QUANTITY = re.compile(r"^\d+\.0+$|^\d(?:\.\d+)?E\+\d{2}$", re.I)
_TITLE = re.compile(r"^(mr|mrs|ms|mx|dr|miss|prof|coach|sr|sra|srta)\b\.?", re.I)


def is_date(text: str) -> bool:
    """Does it look like a date, with a time or without?"""
    other = _PHONE_STRICT.match(text) or _QUANTITY.match(text)
    return bool(_DATE.match(text)) and not other and len(text) <= 45


# 555-123-4567 would pass for a date; a phone number has ten digits in three groups.
_PHONE_STRICT = re.compile(
    r"^\+?1?[\s.(-]*\d{3}[\s.)-]*\d{3}[\s.-]*\d{4}(\s*(x|ext)\.?\s*\d+)?$|^\d{3}[-.]\d{4}$", re.I
)


def is_whole_date(text: str) -> bool:
    """A date of three numbers: 9/8/2025, 2025-09-08."""
    return is_date(text) and bool(re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", text.strip()))


def is_serial(text: str) -> bool:
    """A day number of a spreadsheet between 2000 and 2064, as text: 45901, 45901.5."""
    return bool(re.fullmatch(r"\d{5}(\.\d+)?", text)) and 36526 <= float(text) < 60000


def is_time(text: str) -> bool:
    """A time of day alone: "2:05 PM", "14:05", "14:05:30"."""
    return bool(_TIME.match(text))


def is_clock_digits(text: str) -> bool:
    """A time of day without a colon, as some systems write it: 0805, 1750."""
    return bool(re.fullmatch(r"(0?\d|1\d|2[0-3])[0-5]\d", text))


def is_phone(text: str) -> bool:
    """A telephone number of 7 to 15 digits with its separators."""
    if not _PHONE.match(text):
        return False
    digits = sum(sign.isdigit() for sign in text)
    return bool(_PHONE_STRICT.match(text)) or (10 <= digits <= 15 and not text.isdigit())


def is_email(text: str) -> bool:
    """An e-mail address."""
    return bool(_EMAIL.match(text))


@lru_cache(maxsize=16384)
def is_name(text: str) -> bool:
    """Two to five capitalized words without digits, as of a person: "Lopez, Maria", "Ms. Ada Byron"."""
    if not _NAME.match(text) or len(text) > 50:
        return False
    words = [word for word in re.split(r"[\s,]+", text) if word]
    return sum(word[0].isupper() or word in ("de", "la", "del", "van", "von", "y") for word in words) == len(words)


def without_number(text: str) -> str:
    """A name without the student's number beside it: "Lopez, Maria (00123)", "00123 - Lopez, Maria"."""
    return _NUMBER_BESIDE.sub("", text)


def is_numbered_name(text: str) -> bool:
    """Two to five words that begin with a name and bear numbers: "Student 12", "Lopez7, Ana7"."""
    return bool(_NUMBERED_NAME.match(text)) and any(sign.isdigit() for sign in text)


def is_one_name(text: str) -> bool:
    """One capitalized word, as a first or last name alone."""
    return bool(re.fullmatch(r"[A-ZÀ-Ý][A-Za-zÀ-ÿ'’\-]{1,24}\.?", text))


def is_id(text: str) -> bool:
    """A short code with a digit in it: 00123, S-4471, a3f9-..., 1234.0."""
    return bool(_ID.match(text) or _QUANTITY.match(text)) or bool(re.fullmatch(r"[0-9a-fA-F-]{8,36}", text))


def is_number(text: str) -> bool:
    """A plain number."""
    return bool(re.fullmatch(r"[-+]?\d+(\.\d+)?", text))


def is_long(text: str) -> bool:
    """A sentence and not a value: more than 60 signs or more than eight words."""
    return len(text) > 60 or text.count(" ") > 8


def has_title(text: str) -> bool:
    """Begins with Mr., Ms., Dr., Coach: how schools write their staff."""
    return bool(_TITLE.match(text))


def share(column: Column, test) -> float:
    """The part of a column's sampled distinct texts that pass a test."""
    return sum(map(test, column.sample)) / len(column.sample) if column.sample else 0.0


def weighted(column: Column, test) -> float:
    """The part of the rows behind a column's most frequent texts that pass a test."""
    rows = sum(count for _, count in column.top)
    return sum(count for text, count in column.top if test(text)) / rows if rows else 0.0


def repeats(column: Column) -> float:
    """0 where every value is different, near 1 where few values come again and again."""
    return 1 - column.distinct / column.filled if column.filled else 0.0


def words_of(column: Column) -> set[str]:
    """The distinct texts of a column in comparable form."""
    return {plain(text) for text, _ in column.top}
