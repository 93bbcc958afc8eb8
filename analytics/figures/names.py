"""Names of schools cut to fit beside a chart. The full ones are in the hover and the table.

A chart draws what has one name in one row, so no two schools may be cut to the same text: "Martin Luther King Jr.
Elementary" and "... Middle" differ at their ends, and so do schools of one name in two districts.
"""

import os
from collections import Counter
from collections.abc import Iterable

LONGEST = 22
# Names that are alike at their beginning get some more room.
LONGEST_ALIKE = 26
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_LEAST = 6  # letters of the beginning that are still worth showing


def short(name: str, longest: int = LONGEST) -> str:
    """A school's name, cut at its end where it is too long."""
    name = name.removesuffix(" School")
    return name if len(name) <= longest else name[: longest - 1].rstrip() + _CUT


def shorts(names: Iterable[str]) -> dict[str, str]:
    """{name: short name} of all schools of a chart, each its own text."""
    found = {str(name): short(str(name)) for name in names}
    for cut in (_without_middle, lambda name, _: name):
        times = Counter(found.values())
        for text in [text for text, count in times.items() if count > 1]:
            alike = [name for name in found if found[name] == text]
            found |= {name: cut(name, alike) for name in alike}
    return found


def _without_middle(name: str, alike: list[str]) -> str:
    """The beginning, and the end from where the names differ: "Alder Elem... (District 1)"."""
    same = os.path.commonprefix(alike)
    opened = same.rfind("(")
    start = opened if opened > same.rfind(")") else same.rfind(" ") + 1
    end = name[start:].removesuffix(" School")
    if not start:
        return short(name, LONGEST_ALIKE)
    if len(end) > LONGEST_ALIKE - _LEAST - 2:
        end = end[: LONGEST_ALIKE // 2 - 1].rstrip() + _CUT
    room = LONGEST_ALIKE - len(end) - len(_CUT) - 1
    return f"{name[:room].rstrip()}{_CUT} {end}"
