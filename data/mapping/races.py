"""Race and ethnicity in several columns of a roster: one to tick for each race, or Race 1, Race 2 and Ethnicity.

Hispanic counts whatever else is said, and several others are two or more: the way in which districts report to the
US Department of Education (Federal Register, 19 October 2007, "Final Guidance on ... Racial and Ethnic Data").
"""

import re

from data.mapping import codes, shapes
from data.mapping.model import Column, Derived
from data.mapping.values import is_null
from data.mapping.words import concepts, plain

# The first that fits a header counts: "caucasian" holds "asian", and "nativeAmericanOrOtherPacificIslander" is meant
# as the Pacific one.
_RACES = (
    ("two_or_more", ("twoormore", "multirac")),
    ("hispanic", ("hispanic", "latino")),
    ("pacific_islander", ("pacific", "hawaiian")),
    ("american_indian", ("americanindian", "alaska", "nativeamerican")),
    ("white", ("white", "caucasian")),
    ("black", ("black", "africanamerican")),
    ("asian", ("asian",)),
    ("middle_eastern", ("middleeast",)),
)
_SERIES = re.compile(r"[\s_#.]*[1-9]$")


def of_header(header: str) -> str | None:
    """The race that a column is named after ("Race: White", "blackOrAfricanAmerican"), or None."""
    key = re.sub(r"[^a-z0-9]", "", str(header).casefold())
    return next((race for race, words in _RACES if any(word in key for word in words)), None)


def ticked(columns: list[Column]) -> list[Column]:
    """The columns to tick for a race each, where there are several; in those, "White" asks and names nobody's race."""
    found = [column for column in columns if of_header(column.header) and _is_tick(column)]
    return found if len({of_header(column.header) for column in found}) > 1 else []


def rule(columns: list[Column], taken: dict[str, Column]) -> dict[str, Derived]:
    """How `race_ethnicity` comes from several columns, if it does. Behind a blank header stand those that ask
    whether somebody is hispanic."""
    own, hispanic = taken.get("race_ethnicity"), taken.get("_hispanic")
    several = ticked(columns) or _series(columns, own)
    asked = [hispanic] if hispanic and hispanic not in several else []
    if several and own and own not in several and own is not hispanic:
        asked.append(own)  # "Ethnicity" with words, beside a column to tick for each race
    asks = ["", *(column.header for column in asked)] if asked else []
    if several:
        listed = ", ".join(f"“{header}”" for header in [column.header for column in several] + asks[1:])
        counted = "hispanic whatever else is said, two or more races where several are"
        said = f"Race and ethnicity are read from {listed}: {counted}."
        return {"race_ethnicity": Derived("races", [*(column.header for column in several), *asks], said)}
    if not asks:
        return {}
    said = f"A yes in “{asks[1]}” reads as hispanic, of any race."
    return {"race_ethnicity": Derived("races", asks, said)}


def of_rows(headers: list[str], texts: list, explained: dict[str, str]) -> list[str | None]:
    """What the columns of `rule` say, row by row; None where they say nothing. `explained`: what a person said that
    codes mean."""
    asks = headers.index("") if "" in headers else len(headers)
    told = [
        [_asked(text) if place > asks else _said(header, text, explained) for text in column]
        for place, (header, column) in enumerate(zip(headers, texts, strict=True))
        if header
    ]
    return [_joined({said for said in row if said}) for row in zip(*told, strict=True)]


def _joined(told: set[str]) -> str | None:
    """One of all that is said of a student. A code that nobody knows is a further race, but none by itself."""
    if "hispanic" in told:
        return "hispanic"
    if len(told) > 1:
        return "two_or_more"
    return next((said for said in told if said in codes.CODES["race_ethnicity"]), None)


def _asked(text: str | None) -> str | None:
    return "hispanic" if text and codes.boolean("hispanic", text).value else None


def _said(header: str, text: str | None, explained: dict[str, str]) -> str | None:
    """What a cell of a race's own column says, or one of words for races."""
    if not text or is_null(text):
        return None
    race = of_header(header)
    if race:
        yes = race == "hispanic" and _asked(text) or codes.boolean("race_ethnicity", text).value
        return race if yes or codes.read("race_ethnicity", text, {}).value == race else None
    read = codes.read("race_ethnicity", text, {})
    return explained.get(text) or (text if read.problem else read.value)


def _is_tick(column: Column) -> bool:
    """Is it of yes and no, ticks, or the race's own word where it applies?"""
    asked = of_header(column.header)

    def fits(text: str) -> bool:
        yes_or_no = codes.boolean("hispanic" if asked == "hispanic" else "race_ethnicity", text).problem is None
        return yes_or_no or is_null(text) or codes.read("race_ethnicity", text, {}).value == asked

    return bool(column.filled) and shapes.weighted(column, fits) > 0.99


def _series(columns: list[Column], own: Column | None) -> list[Column]:
    """ "Race 1", "Race 2", ..., where one of them is the field's own column."""
    if own is None:
        return []
    base = plain(_SERIES.sub("", own.header))
    found = [
        column
        for column in columns
        if column.filled and "RACE" in concepts(column.header)[0] and plain(_SERIES.sub("", column.header)) == base
    ]
    return found if len(found) > 1 else []
