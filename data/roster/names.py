"""A person's name as text -> its words, whatever the case, accents, order and suffix. Knows no roster.

"De la Cruz, María J.", "MARIA J DE LA CRUZ" and "de la cruz maria j" have the same words.
"""

import re
import unicodedata
from dataclasses import dataclass

from data.ids import plain_school

SUFFIXES = {
    **dict.fromkeys(("jr", "junior"), "jr"),
    **dict.fromkeys(("sr", "senior"), "sr"),
    **dict.fromkeys(("ii", "2nd"), "ii"),
    **dict.fromkeys(("iii", "3rd"), "iii"),
    **dict.fromkeys(("iv", "4th"), "iv"),
}
# Of a text that names several people; of what is in brackets only "(and Luis)" counts, and nothing in quotes.
SEVERAL = r"^[^(\[{\"“]*([&;+]|\s[Aa][Nn][Dd]\s|[(\[]\s*([&+]|[Aa][Nn][Dd]\s))"
_MAYBE_SEVERAL = re.compile(r"[^\W\d_]\s*/\s*[^\W\d_]{2}|\s[yY]\s")
_PARTICLES = {"de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "den", "ter", "ten",
              "el", "al", "bin", "ibn", "san", "santa", "st", "y"}  # fmt: skip
_ASIDE = re.compile(r"[(\[{].*?[)\]}]|[\"“”].*?[\"“”]")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_RELATIVES = (
    "parents?|guardians?|family|mother|mom|mommy|mum|mama|mam[aá]|father|dad|daddy|pap[aá]|padres?|madre|tutora?|familia|"
    "(?:step|grand|foster )?(?:mother|father|mom|dad|parents?)|grandma|grandpa|aunt|uncle|abuel[oa]|t[ií][oa]|"
    "brother|sister|herman[oa]"
)
# "Parent of Ana Lopez", "Sean O'Brien's mom", "Ana Lopez - mother".
_OF_RELATIVE = re.compile(
    rf"(?:the\s+)?(?:{_RELATIVES})\s*(?:/\s*(?:{_RELATIVES}))?\s+(?:of|for|to|de)\s+(?P<after>\S.*)"
    rf"|(?P<owner>.*[\w).])\s*['’‘ʼ`´]s?\s+(?:{_RELATIVES})"
    rf"|(?P<before>.*[\w).])\s*[-–—/:,]\s*(?:{_RELATIVES})",
    re.IGNORECASE,
)
_HAS_BESIDE = re.compile(r"[(\[{\"“”\d]")
_BETWEEN = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True)
class Name:
    """The words of a name without its suffix. `first` and `last` are None where the text does not tell them apart."""

    words: tuple[str, ...]
    first: tuple[str, ...] | None = None
    last: tuple[str, ...] | None = None
    suffix: str = ""


def words_of(text: str | None) -> list[str]:
    """The words of a text: no case, accents or punctuation; what is in brackets or quotes and numbers are left out."""
    if not text:
        return []
    text = _ASIDE.sub(" ", text) if text[:1] not in '([{"“' else text
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _APOSTROPHES.sub("", text.casefold()).translate(_LETTERS)
    return [word for word in _BETWEEN.split(text) if word and not word.isdigit()]


def parse(text: str) -> Name:
    """The name that one cell holds: "Last, First Middle", "First Middle Last" or any order of them."""
    before, comma, after = text.partition(",")
    last, suffix = _without_suffix(words_of(before))
    if not comma:
        return Name(tuple(last), suffix=suffix)
    first, after_suffix = _without_suffix(words_of(after.replace(",", " ")))
    suffix = suffix or after_suffix
    if not first or not last:
        return Name(tuple(last or first), suffix=suffix)
    return Name((*first, *last), tuple(first), tuple(last), suffix)


def several(text: str) -> bool:
    """Does it name more than one person: "Ana & Luis Lopez", "Ben Smith; Cy Young"?"""
    return bool(re.search(SEVERAL, text))


def maybe_several(text: str) -> bool:
    """May it name more than one: "Ana Lopez / Luis Lopez", "Ana y Luis Lopez"? A slash and a "y" are in names as well;
    whose roster name has the same words is one."""
    said = _ASIDE.sub(" ", text)
    return bool(_MAYBE_SEVERAL.search(said)) and of_relative(said) is None


def of_relative(text: str) -> str | None:
    """The name in a text for somebody's relative: "Sean O'Brien's mom" -> "Sean O'Brien"; None where it is none."""
    found = _OF_RELATIVE.fullmatch(text.strip())
    return next((name for name in found.groups() if name), None) if found else None


def with_suffix(last: str, suffix: str) -> str:
    """A last name with what its own column says of father and son: "Smith", "JR." -> "Smith JR."; once only, and only
    where it is such a word."""
    said = words_of(suffix)
    known = len(said) == 1 and said[0] in SUFFIXES
    return f"{last} {suffix}" if known and not _without_suffix(words_of(last))[1] else last


def plainly_has(text: str, word: str) -> bool:
    """Does it show at a glance that `word` is a word of the name `text`? False does not mean that it is none."""
    plain_word = word.isascii() and word.isalpha() and word.casefold() not in SUFFIXES
    return plain_word and word in text.replace(",", " ").split() and not _ASIDE.search(text)


def of_parts(first: str | None, last: str | None) -> Name:
    """The name of a roster row, whose first and last names stand in two columns."""
    firsts, suffix = _without_suffix(words_of(first))
    lasts, last_suffix = _without_suffix(words_of(last))
    return Name((*firsts, *lasts), tuple(firsts), tuple(lasts), last_suffix or suffix)


def split(text: str) -> tuple[str | None, str | None]:
    """(first name, last name) of a whole name as written: by the comma, else the last word with its particles."""
    before, comma, after = (part.strip() for part in text.partition(","))
    if comma and before and after and after.casefold().strip(". ") not in SUFFIXES:
        return after, before
    parts = text.replace(",", " ").split()
    cut = len(parts) - 1
    while cut > 1 and parts[cut].casefold().strip(".") in SUFFIXES:
        cut -= 1
    while cut > 1 and parts[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return " ".join(parts[:cut]) or None, " ".join(parts[cut:]) or None


def stand_in(first: str | None, last: str | None, school: str | None) -> str:
    """A local id for a student whom a roster knows by name only: the same for every way to write the name."""
    name = of_parts(first, last)
    known = " ".join([*(name.last or ()), name.suffix]).strip() + ", " + " ".join(name.first or ())
    return f"{known} @ {plain_school(school) if school else '?'}"


def plain(text: str) -> str:
    """The words of a name in one form, for remembering what was written: "José  NÚÑEZ" -> "jose nunez"."""
    name = parse(text)
    return " ".join([*name.words, name.suffix]).strip()


def beside(text: str) -> list[str]:
    """The words of a text that are not those of the name: what is in brackets or quotes, and numbers."""
    name = set(words_of(text))
    plainly = [word for word in _BETWEEN.split(_APOSTROPHES.sub("", text.casefold())) if word]
    return [word for word in plainly if word.isdigit() or word not in name] if _HAS_BESIDE.search(text) else []


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and words[-1] in SUFFIXES:
        return words[:-1], SUFFIXES[words[-1]]
    if len(words) == 1 and words[0] in SUFFIXES:
        return [], SUFFIXES[words[0]]
    return words, ""
