"""What a person says about a mapping, checked: columns, constants, words, the order of dates.

The form is a dict, the same for a person's choices and for remembered ones:

    {"fields": {field: header or None}, "constants": {field: text}, "values": {field: {text: value}},
     "date_order": "mdy" | "dmy" | "ymd", "grade_scale": "PK" | "TK" | "parentsquare" | "illuminate" | "plain"}
"""

from rapidfuzz import fuzz, process

from data.errors import Refusal
from data.mapping import codes, headers, values
from data.mapping.model import NAMING_FIELDS, Choice, Column
from data.mapping.words import plain

_GRADE_SCALES = ("plain", "PK", "TK", "parentsquare", "illuminate")
_ORDERS = ("mdy", "dmy", "ymd")


def fields_of(kind: str) -> list[str]:
    """The public names of the fields of a kind, in the order of the spec."""
    return [field for field in headers.fields_of(kind) if not field.startswith("_")]


def columns_chosen(choices: dict, columns: list[Column], kind: str, source: str) -> dict[str, Choice | None]:
    """{field: choice} of the columns that a person named; None where the field shall have no column.

    Raises Refusal 'unknown_field' or 'unknown_header', with the nearest that there is. A remembered
    header that the file lacks is passed over.
    """
    known = fields_of(kind)
    chosen: dict[str, Choice | None] = {}
    for field, header in (choices.get("fields") or {}).items():
        if field not in known:
            raise Refusal("unknown_field", f"“{field}” is no field of a {_kind(kind)}.{_did_you_mean(field, known)}")
        if not header:
            chosen[field] = None
            continue
        column = _column(header, columns)
        if column:
            reason = (
                "Chosen by a person." if source == "person" else "Remembered from an earlier file with these headers."
            )
            chosen[field] = Choice(column.index, column.header, 1.0, reason, source)
        elif source == "person":
            there = [column.header for column in columns]
            raise Refusal("unknown_header", f"The file has no column “{header}”.{_did_you_mean(header, there)}")
    return chosen


def constants_chosen(choices: dict, kind: str) -> dict[str, str]:
    """{field: text} that a person gave for what the file lacks. Raises Refusal 'unknown_field'."""
    given = choices.get("constants") or {}
    known = [*fields_of(kind), "school", "school_year", "student_name"]
    for field in given:
        if field not in known:
            raise Refusal("unknown_field", f"“{field}” is no field of a {_kind(kind)}.{_did_you_mean(field, known)}")
    return {field: str(text) for field, text in given.items() if text not in (None, "")}


def values_chosen(choices: dict) -> dict[str, dict[str, object]]:
    """{field: {text: value}} that a person explained. Raises Refusal 'unknown_word' for a value no vocabulary has."""
    explained = choices.get("values") or {}
    for field, words in explained.items():
        allowed = allowed_values(field)
        if field in NAMING_FIELDS:
            raise Refusal("unknown_field", f"Values of “{field}” are taken as they are and cannot be mapped.")
        for text, value in words.items():
            if value is not None and allowed and value not in allowed:
                listed = ", ".join(str(one) for one in allowed)
                raise Refusal("unknown_word", f"“{text}” cannot become “{value}”: {field} is one of {listed}.")
    return {field: dict(words) for field, words in explained.items()}


def allowed_values(field: str) -> list | None:
    """The values that a field can have, None where any text is one."""
    if field in values.FIELDS:
        return list(values.FIELDS[field])
    if field == "grade":
        return list(codes.CODES["grade"])
    return [True, False] if field in codes.BOOLEANS else None


def offered_values(field: str) -> list | None:
    """The values that a person can choose for a word: those of the field, and of languages and groups those that are
    known; a file may have others."""
    if field in ("language", "home_language"):
        return list(codes.LANGUAGES)
    return list(codes.CODES[field]) if field in ("race_ethnicity", "gender") else allowed_values(field)


def order_chosen(choices: dict) -> str | None:
    """The order of dates that a person chose. Raises Refusal 'unknown_word'."""
    order = choices.get("date_order")
    if order and order not in _ORDERS:
        raise Refusal("unknown_word", f"The order of dates is one of {', '.join(_ORDERS)}, not “{order}”.")
    return order


def scale_chosen(choices: dict) -> str | None:
    """The scale of grades that a person chose. Raises Refusal 'unknown_word'."""
    scale = choices.get("grade_scale")
    if scale and scale not in _GRADE_SCALES:
        raise Refusal("unknown_word", f"The scale of grades is one of {', '.join(_GRADE_SCALES)}, not “{scale}”.")
    return scale


def _column(header: str, columns: list[Column]) -> Column | None:
    exact = [column for column in columns if column.header == header]
    loose = [column for column in columns if plain(column.header) == plain(header)]
    return (exact or loose or [None])[0]


def _kind(kind: str) -> str:
    return "contact log" if kind == "contacts" else "roster"


def _did_you_mean(word: str, known: list[str]) -> str:
    near = process.extract(word, known, scorer=fuzz.WRatio, score_cutoff=55, limit=2, processor=plain)
    if near:
        return " Did you mean " + " or ".join(f"“{match[0]}”" for match in near) + "?"
    return f" It has: {', '.join(known[:12])}." if known else ""
