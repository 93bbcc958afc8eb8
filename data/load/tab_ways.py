"""Sheets that are named after ways of contact: a tab for calls, one for e-mails, in a log in which no column says it.

Where the titles of all sheets say the same way, the mapping reads it (`data.mapping.ways`); here they differ.
"""

from dataclasses import replace

from data import mapping as meaning
from data.readers import Notice

_SHOWN = 8
_WORDS = {"phone": "phone", "home_visit": "home visit", "letter": "letter", "email": "e-mail", "text": "text",
          "conference": "conference"}  # fmt: skip


def read(table, preview) -> list[Notice]:
    """Let the rows of each sheet of a log be of the way of contact that its name or title says; what was done."""
    mapping = table.mapping
    if preview.kind != "contacts" or "channel" in {*mapping.fields, *mapping.derived, *mapping.constants}:
        return []
    found = [meaning.titled_way([*part.shape.titles, part.sheet.name or ""]) for part in table.parts]
    if not any(found):
        return []
    for part, way in zip(table.parts, found, strict=True):
        if way:
            part.shape = replace(part.shape, above={**part.shape.above, "channel": way})
    told = dict.fromkeys(
        f"{part.sheet.name}: {_WORDS[way]}" for part, way in zip(table.parts, found, strict=True) if way
    )
    listed = ", ".join([*told][:_SHOWN]) + (f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else "")
    without = [f"“{part.sheet.name}”" for part, way in zip(table.parts, found, strict=True) if not way]
    but = f" {', '.join(without[:_SHOWN])} {'says' if len(without) == 1 else 'say'} none." if without else ""
    words = "No column says the way of contact: it is the one that the sheet's name or title says"
    return [Notice("tab_ways", f"{words} ({listed}).{but}")]
