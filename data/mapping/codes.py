"""Cell texts -> grades, yes and no, languages, race and ethnicity, gender (`vocab/codes.json`).

Refuses to guess: a grade of -1 means pre-kindergarten in one system and transitional kindergarten in another,
so it is asked about ('ask_grade') until a person has said which.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from data.mapping.boxes import chosen
from data.mapping.minutes import minutes
from data.mapping.model import Reading
from data.mapping.values import bare, is_null
from data.mapping.words import plain, read_vocab

CODES = read_vocab("codes.json")
BOOLEANS = frozenset({"iep", "english_learner", "low_income", "interpreter", "student_present", "hispanic", "no_show"})

_GRADES = {code: grade for grade, words in CODES["grade"].items() for code in words.split()}
_YES = frozenset(CODES["yes"].split())
_NO = frozenset(CODES["no"].split())
_LANGUAGES = {
    code: name.replace("_", " ") for name, words in read_vocab("languages.json").items() for code in words.split()
}
LANGUAGES = (*sorted(set(_LANGUAGES.values()) - {"other"}), "other")
_GROUPS = frozenset({"language", "home_language", "race_ethnicity", "gender"})
_UNREAD = frozenset({"unknown_value", "kept_as_written", "unknown_grade"})
_UNSAID = frozenset({"na", "unknown", "unk", "tbd", "not recorded", "not available", "desconocido"})
# What a language, a race or a gender is not: nobody was told.
_NOT_TOLD = frozenset(
    {
        "unspecified", "not specified", "no response", "declined", "declined to state", "decline to state",
        "declined to answer", "declined to respond", "refused", "missing", "not provided", "not reported", "not stated",
        "not listed", "not collected", "undeclared", "undetermined", "prefer not to answer", "prefer not to say", "zxx",
    }
)  # fmt: skip
_SERVICES = {
    **dict.fromkeys(("p", "primary", "primary enrollment", "p primary", "main", "home"), "primary"),
    **dict.fromkeys(("s", "secondary", "secondary enrollment", "s secondary", "concurrent"), "secondary"),
    **dict.fromkeys(("n", "n special ed services", "special ed services", "partial"), "other"),
}
_NOT_ENGLISH = frozenset(
    {"non english", "not english", "other non english", "other non english language", "other language", "mis"}
)
# "3: Asian", "R-Reduced", "SPA - Spanish"; "White (01)". A word such as "non" or "ex" before it is no code.
_CODE = r"(?!(?:no|non|not|ex|pre|un|was|old)\b)(?:[A-Z]{0,3}\d{1,4}[A-Z]?|[A-Z]{1,3})"
_CODE_FIRST = re.compile(
    rf"{_CODE}\s*(?:[:=|]|\s[-–—]+\s)\s*(?P<label>\D.+)|(?:[A-Z]?\d{{1,4}}|[A-Z])[-–—]+(?P<tight>[^\W\d].+)", re.I
)
_CODE_LAST = re.compile(rf"(?P<label>[^\d()]{{2,}}?)\s*\({_CODE}\)", re.I)
_REGION = re.compile(r"^([a-z]{2,3})[-_][A-Z]{2}$")  # es-MX is Spanish, wherever it is spoken
_JOINED = re.compile(r"[;,/&+\n]|\b(?:and|y)\b", re.I)
_FROM_K = re.compile(r"(gr(ade)?s?\.?\s*)?k(g|inder(garten)?)?\s*[-–—/&+,]\s*\d", re.I)
# "8 AM" is a time, "Kindergarten AM" half a day of it.
_GRADE_WORDS = re.compile(
    r"\b(grade|grado|gr|grd|level|nivel|the|de|program|half|full|day|year)\b|(?<!\d )\b(am|pm|morning|afternoon)\b"
)


@lru_cache(maxsize=4096)
def grade(text: str, scale: str = "plain") -> Reading:
    """A grade as 'PK', 'TK', 'K', '1'..'12' or '13'.

    scale: 'plain', 'parentsquare' (-1 TK, -2 and below PK) or 'illuminate' (grade + 1, 15 pre-K).
    Problems: 'ask_grade' (-1, -2), 'graduated' (99 and the like), 'unknown_grade'.
    """
    text = text.strip().strip("[]\"' ")
    number = re.fullmatch(r"([-+]?\d+)(\.0+)?", text)
    if number and int(number[1]) < 0:
        return _below_kindergarten(int(number[1]), scale)
    if number and scale == "illuminate":
        return _illuminate(int(number[1]))
    if number:
        text = number[1]
    words = plain(text)
    if words in ("99", "graduated", "grad", "graduate", "alumni"):
        return Reading(None, "graduated")
    if _is_span(text):
        return Reading(None, "unknown_grade")
    bare = _GRADE_WORDS.sub(" ", words).replace(" ", "").lstrip("0") or ("0" if "0" in words else "")
    bare = re.sub(r"^(gr|grd|g|grade)0?(?=\d)", "", bare)  # GR12, G5
    found = _GRADES.get(words.replace(" ", "")) or _GRADES.get(bare)
    return Reading(found) if found else Reading(None, "unknown_grade")


def _is_span(text: str) -> bool:
    """Two grades in a cell ("1/2", "1 & 2", "K-5"), of a class or school with both: not grade 12, and not K5. Long
    numbers are ages ("18-21")."""
    numbers = re.findall(r"\d+", text)
    return bool(len(numbers) > 1 and len("".join(numbers)) < 3 or _FROM_K.match(text))


def _below_kindergarten(number: int, scale: str) -> Reading:
    if scale == "parentsquare":
        return Reading("TK" if number == -1 else "PK")
    if scale in ("PK", "TK") and number == -1:
        return Reading(scale)
    return Reading(None, "ask_grade") if number >= -2 else Reading("PK")


def _illuminate(number: int) -> Reading:
    if number == 14:
        return Reading(None, "graduated")
    if number == 15:
        return Reading("PK")
    return Reading("K" if number == 1 else str(number - 1)) if 1 <= number <= 13 else Reading(None, "unknown_grade")


@lru_cache(maxsize=8192)
def boolean(field: str, text: str, lunch: bool = False) -> Reading:
    """Yes or no, with the field's own codes (ELL, RFEP, Free, Paid, 504, ...).

    `lunch`: the column is one of meal codes, where F is free and not false.
    """
    said, text = text, chosen(text)
    if not text:
        # "☐ Interpreter" is a no, "☐ Yes ☐ No" was not answered.
        return Reading(False if said.count("☐") == 1 else None)
    code = plain(text).replace(" ", "")
    own = CODES.get(field, {})
    order = [("own", own), ("any", None)] if lunch or field != "low_income" else [("any", None), ("own", own)]
    for kind, words in order:
        yes, no = (_YES, _NO) if kind == "any" else (words.get("yes", "").split(), words.get("no", "").split())
        if code in no:
            return Reading(False)
        if code in yes:
            return Reading(True)
    leading = plain(text).split(" ", 1)[0]
    letter = re.match(r"\s*([yn])\s*[-–:,(]", text, re.I)  # "Y - Ms. Vega"
    if leading in ("yes", "si") or letter and letter[1] in "yY":
        return Reading(True)
    if letter or leading in ("no", "not", "non", "never"):
        return Reading(False)
    # "✓ Ms. Vega": the box itself says it.
    return Reading(True) if said != text else Reading(None, "unknown_value")


@lru_cache(maxsize=4096)
def language(text: str) -> Reading:
    """A language as its lower-case English name, from a name or an ISO code; None where misspelt. Of several it is
    the first, with the problem 'several_first'.

    A name that the list does not have stays as it is written, with a note (a rare language is still not English);
    one that is near a known name is offered, not taken.
    """
    text = _REGION.sub(r"\1", text.strip())
    found = [name for part in [text, *re.split(r"[;,/(]", text)] if (name := _language(part))]
    if found:
        several = {_language(part) for part in _JOINED.split(text)} - {None}
        return Reading(found[0], "several_first" if not _language(text) and len(several) > 1 else None)
    code = plain(text)
    if code in _NOT_ENGLISH:
        return Reading("other")
    if code in ("other", "otro", "unknown", "multiple", "undetermined", "und", "mul"):
        return Reading("other" if code in ("other", "otro") else None)
    near = process.extractOne(
        code.replace(" ", ""), [name for name in _LANGUAGES if len(name) > 3], scorer=fuzz.ratio, score_cutoff=75
    )
    if near or len(code) < 4 or not re.fullmatch(r"[a-z ]+", code):
        return Reading(None, "unknown_value", _LANGUAGES[near[0]] if near else None)
    return Reading(code, "kept_as_written")


def _language(text: str) -> str | None:
    code = re.sub(r"^\d+(?=[a-z])", "", plain(text).replace(" ", ""))
    return _LANGUAGES.get(code) or _LANGUAGES.get(re.sub(r"(language|idioma)$", "", code))


@lru_cache(maxsize=4096)
def group(field: str, text: str) -> Reading:
    """race_ethnicity or gender as lower_snake text; an unknown one stays readable, with a note."""
    code = plain(text).replace(" ", "")
    for name, words in CODES[field].items():
        if code in words.split():
            return Reading(name)
    if code in ("unknown", "notspecified", "declined", "notreported", "u", "decline", "prefernottosay"):
        return Reading()
    if field == "race_ethnicity":
        several = {name for name in map(_race, re.split(r"[;,/|&+]| and ", text.lower())) if name}
        if "hispanic" in several:
            return Reading("hispanic")
        if several:
            return Reading("two_or_more" if len(several) > 1 else several.pop())
    if code.isdigit() or len(code) < 3:
        return Reading(None, "unknown_value")
    return Reading(plain(text).replace(" ", "_"), "kept_as_written")


def _race(text: str) -> str | None:
    code = plain(text).replace(" ", "")
    return next((name for name, words in CODES["race_ethnicity"].items() if code in words.split()), None)


def read(field: str, text: str | None, units: dict[str, str]) -> Reading:
    """The meaning of one text of a field that this module owns. `units` are those of the mapping."""
    if is_null(text) or plain(text) in _UNSAID:
        return Reading()
    text = bare(text)
    if field in _GROUPS and plain(text) in _NOT_TOLD:
        return Reading()
    reading = _read(field, text, units)
    label = label_of(text) if reading.problem in _UNREAD and field != "minutes" else None
    told = _read(field, label, units) if label else reading
    return reading if told.problem or told.value is None else told


def label_of(text: str) -> str | None:
    """The words beside a code: "3: Asian", "R-Reduced", "SPA - Spanish" and "White (01)" say what the code means."""
    found = _CODE_FIRST.fullmatch(text) or _CODE_LAST.fullmatch(text)
    return next((words.strip() for words in found.groups() if words), None) if found else None


def _read(field: str, text: str, units: dict[str, str]) -> Reading:
    if field == "grade":
        return grade(text, units.get("grade", "plain"))
    if field in BOOLEANS:
        if units.get(f"{field}_codes") and _is_unsure_code(field, text):
            return Reading(None, "unknown_value")
        return boolean(field, text, units.get(field) == "lunch")
    if field in ("language", "home_language"):
        reading = language(text)
        # Of two languages of a contact none is sure to be the family's.
        both = field == "language" and reading.problem == "several_first"
        return Reading(None, "several_languages") if both else reading
    if field == "minutes":
        clocks = units.get("minutes_clock", ""), units.get("minutes_typed", "h")
        return minutes(text, units.get("minutes", "minutes"), *clocks)
    return group(field, text)


def own_codes(field: str, words: set[str]) -> bool:
    """Do the others of a column rob some codes of the meaning that they have alone? Beside a 3, a 1 among lunch codes
    is no yes; beside E, L and R of language fluency, T is not true."""
    if field == "low_income":
        return any(re.fullmatch(r"[2-9]|0[3-9]", word) for word in words)
    return field == "english_learner" and "t" in words and len(words & {"e", "l", "r", "i"}) > 1


def _is_unsure_code(field: str, text: str) -> bool:
    code = text.strip().casefold()
    return code == "t" if field == "english_learner" else bool(re.fullmatch(r"0?[0-9]", code))


def service(text: str) -> str | None:
    """Is the row of an enrollment that of the student's first school, or of another one? None: it does not say."""
    return _SERVICES.get(plain(text))
