"""Forms that stamp each answer and ask for the date only where it is another one: "Timestamp" beside "Date of contact
(if different)". The date that was given counts, else the day of the stamp: its time is that of the writing.
"""

import re
from dataclasses import replace

from data.mapping import headers, order, shapes
from data.mapping.model import Column, DateChoice
from data.mapping.words import plain

# The key in `Mapping.dates` of the column that counts where none was given.
STAMP = "_stamp"
_IF_DIFFERENT = re.compile(
    r"\bif (it )?(was |is |were )?(on )?(a |an )?(different|another|other than|earlier|not (on )?(the )?(same|today))\b"
    r"|\bblank if (it )?(was |is )?(on )?(the )?(today|same)\b|\bsi (es|fue)?( en)? ?(otra|otro|diferente|distinta)\b"
)


def of(columns: list[Column], taken: dict[str, Column]) -> tuple[Column, Column] | None:
    """(the column of dates given where they differ, the column of the usual date), where a table has both.

    `taken` are the columns of the fields; one of another field is neither.
    """
    others = {column.index for field, column in taken.items() if field != "contact_date"}
    dates = [column for column in columns if column.index not in others and any(map(shapes.is_date, column.sample))]
    given = [column for column in dates if _IF_DIFFERENT.search(plain(column.header))]
    usual = [column for column in dates if column not in given and shapes.share(column, shapes.is_date) > 0.8]
    ranked = sorted(usual, key=lambda column: -headers.scores(column.header, "contacts").get("contact_date", 0.0))
    if len(given) != 1 or not ranked or not headers.scores(ranked[0].header, "contacts").get("contact_date"):
        return None
    return given[0], ranked[0]


def choices(given: Column, usual: Column, context: dict, chosen: str | None) -> dict[str, DateChoice]:
    """How the dates of both columns are read: in one order, that of the many, where the few do not tell."""

    def decided(column: Column, said: str | None) -> DateChoice:
        return order.decide_as(column, context, said) if said else order.decide(column, context)

    stamp, own = decided(usual, chosen), decided(given, chosen)
    if own.ambiguous and not stamp.ambiguous:
        own = replace(decided(given, stamp.order), sentence=stamp.sentence)
    sentence = f"{own.sentence} Where “{given.header}” is blank, the day in “{usual.header}” counts."
    return {"contact_date": replace(own, otherwise=usual.header, sentence=sentence), STAMP: stamp}
