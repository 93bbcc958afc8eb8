"""The ids of the store: numbers that depend on what a thing is, never on when it was loaded.

An id is the first 60 bits of the MD5 of the parts, joined by a character that no spreadsheet cell
holds. The same student, school or contact gets the same id in every store and in every load order,
in Python and in SQL. It refuses nothing and knows no table.
"""

import hashlib
import re
import unicodedata

SEPARATOR = "\x1f"

_LEVELS = {
    **dict.fromkeys(("es", "elem", "elementary"), "elementary"),
    **dict.fromkeys(("ms", "middle"), "middle"),
    **dict.fromkeys(("hs", "high"), "high"),
    **dict.fromkeys(("sch", "schl", "school"), "school"),
}


def number(*parts) -> int:
    """The 60-bit id of the parts; None counts as an empty text."""
    text = SEPARATOR.join("" if part is None else str(part) for part in parts)
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def number_sql(*expressions: str) -> str:
    """The SQL expression that computes `number` of the expressions' texts."""
    joined = ", chr(31), ".join(f"({expression})::VARCHAR" for expression in expressions)
    return f"('0x' || left(md5(concat({joined})), 15))::BIGINT"  # concat takes NULL as no text


def student_id(district: str, local_id: str) -> int:
    """The id of a student: the district and the id that the district gave, leading zeros and all."""
    return number(district, local_id)


def school_id(district: str, name: str) -> int:
    """The id of a school, the same for every way to write its name that `plain_school` makes equal."""
    return number(district, plain_school(name))


def plain_school(name: str) -> str:
    """The plain name of a school with its level in one form: "Lincoln ES", "Lincoln Elementary School" are one."""
    words = [_LEVELS.get(word, word) for word in plain_name(re.sub(r"(?i)\bk\W+(?=\d)", "k", name)).split()]
    return " ".join(words[:-1] if len(words) > 1 and words[-1] == "school" else words)


def plain_name(name: str) -> str:
    """A name without case, accents, punctuation and doubled blanks: "St. Mary's  School" -> "st marys school"."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", re.sub(r"['’ʼ`]", "", letters)).strip()
