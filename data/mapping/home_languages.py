"""Rosters with several columns for a language: "Home Language" counts, not the first one, or that of letters."""

import re

from data.mapping.model import Column
from data.mapping.words import concepts, plain

_AT_HOME = re.compile(r"\b(home|hogar|casa|hm)\b")


def only_of_home(columns: list[Column]) -> list[Column]:
    """The columns without those of other languages of the student, where one says that it is of the home."""
    found = [column for column in columns if column.filled and "HOMELANGUAGE" in concepts(column.header)[0]]
    others = [
        column for column in found if not _AT_HOME.search(plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.header)))
    ]
    return columns if len(others) == len(found) else [column for column in columns if column not in others]
