"""The grade that a tab or a title gives to a whole sheet: "1st Grade", "Gr 2", "Mrs. Vega - Room 4 - Grade 3".

A number alone ("3"), several grades ("Grades 3-5") and two different ones give none.
"""

import re

from data.mapping import codes

_NUMBER = r"(1[0-2]|0?[1-9])"
_WORD = (
    r"pre-?\s?k(?:indergarten)?|pk|tk|transitional kindergarten|kindergarten|kinder|kdg|"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)(?= grade)|"
    r"freshm[ae]n|sophomores?|juniors|seniors"
)
_AFTER = r"(?:grade|graders?|gr|grado)\b(?![.: ]*\d)"  # "Room 12, Grade 3" is of grade 3
_GRADE = re.compile(
    rf"\b(?:grade|gr|grado)\b[.: ]*{_NUMBER}\b|\b{_NUMBER}(?:st|nd|rd|th|o|°|º)[ -]+{_AFTER}|"
    rf"\b{_NUMBER} ?{_AFTER}|\b(?:grade|gr)\b[.: ]*(k)\b|\b({_WORD})\b",
    re.I,
)
_SEVERAL = re.compile(
    r"\bgrades\b|\bgrados\b|(?<![\d])(?:k|pk|tk|\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|—|to|through|thru|and|&|,|/)\s*"
    r"(?:k\b|\d{1,2}(?:st|nd|rd|th)?(?!\d))",
    re.I,
)
_PLURAL = {"freshmen": "freshman"}


def of_texts(texts: list[str]) -> str | None:
    """The only grade that the texts (a tab's name, the titles above its table) name."""
    found = set()
    for text in texts:
        if _SEVERAL.search(text):
            return None
        found |= {grade for match in _GRADE.finditer(text) if (grade := _read(match))}
    return found.pop() if len(found) == 1 else None


def _read(match: re.Match) -> str | None:
    text = next(group for group in match.groups() if group).lower()
    text = _PLURAL.get(text, text)
    return codes.grade(text).value or codes.grade(text.removesuffix("s")).value
