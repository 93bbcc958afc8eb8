"""Cell values to text, and text tidied: the one place that decides how a cell is written down.

Text stays as it is but for outer blanks and NUL characters; a blank cell is NULL; whole numbers have no
".0"; dates are ISO. Nothing is guessed: "00123" stays "00123".
"""

import re
from datetime import date, datetime, time, timedelta

import pyarrow as pa
import pyarrow.compute as pc

# OpenDocument writes durations and times so.
ISO_DURATION = re.compile(r"P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
ISO_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?")
DATE_TEXT = r"^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$"
# Numbers are kept to nine decimals: what a spreadsheet shows, without the noise of binary fractions.
DECIMALS = 9


def text_of(value) -> str | None:
    """A cell value of a spreadsheet (str, number, bool, date, time, duration or None) as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta):
        return hours_text(round(value.total_seconds()))
    return None if value is None else str(value)


def number_text(value: float) -> str:
    """12345.0 as "12345", 0.1 as "0.1", never with an exponent."""
    if value.is_integer():
        return str(int(value))
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".") if value == value else ""


def moment_text(value: datetime) -> str:
    """A date and time to the second; a date alone at midnight, which is how spreadsheets store dates."""
    if value.microsecond:
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


def time_text(value: time) -> str:
    """A time of day to the nearest second."""
    seconds = value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1e6)
    return hours_text(seconds % 86400)


def hours_text(seconds: int) -> str:
    """A length of time as hours, minutes and seconds; it may exceed a day."""
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def opendocument_text(text: str) -> str:
    """A string of an OpenDocument sheet that is an ISO duration or moment, written as the others are."""
    if found := ISO_DURATION.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours_text(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    if found := ISO_MOMENT.fullmatch(text):
        day, clock = found.groups()
        clock = clock if len(clock) == 8 else clock + ":00"
        return day if clock == "00:00:00" else f"{day} {clock}"
    return text


def tidy(column: pa.Array) -> pa.Array:
    """A column of texts (or a dictionary of them) without outer blanks, NUL characters and what keeps a spreadsheet
    program from reading a number, NULL where nothing is left."""
    if pa.types.is_dictionary(column.type):
        return pa.DictionaryArray.from_arrays(column.indices, tidy(column.dictionary))
    if holds(column, b"\0"):
        column = pc.replace_substring(column, "\0", "")
    column = pc.utf8_trim_whitespace(column)
    if holds(column, b'="'):
        # ="00123" in a text file is 00123, written so that a spreadsheet program keeps the zeros.
        column = pc.utf8_trim_whitespace(pc.replace_substring_regex(column, r'^="([^"]*)"$', r"\1"))
    if holds(column, b"'"):
        # '00123 is 00123: what is typed before it to keep the zeros was exported with it.
        column = pc.replace_substring_regex(column, r"^'([0-9][^']*)$", r"\1")
    if pc.min(pc.binary_length(column)).as_py() == 0:
        column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    return column


def holds(column: pa.Array, text: bytes) -> bool:
    """May `text` stand in some cell of a string column? A quick look at its bytes: no answer is exact but False."""
    letters = column.buffers()[2]
    return letters is not None and re.search(re.escape(text), letters) is not None


def looks_dated(column: pa.Array) -> bool:
    """Do most values of a column (a dictionary) read as the ISO dates that date cells become?"""
    dated = pc.match_substring_regex(column.dictionary, DATE_TEXT).take(column.indices)
    return (pc.sum(dated).as_py() or 0) * 2 >= max(1, len(dated) - dated.null_count)
