"""What is released is listed in the settings: measures, student groups, and the widths of shares by group size.

Settings can release less or show it coarser than the defaults, never more or finer: whatever else stands there is
refused, and nothing is released by it. The settings of a store are changed here (`keep`) and nowhere else.
"""

import json
from dataclasses import dataclass

from analytics.disclosure import coding, cube
from data.errors import Refusal

NAMES = {"measures": "release_measures", "groups": "release_groups", "widths": "share_widths"}
MEASURES = tuple(measure.name for measure in cube.MEASURES)


@dataclass(frozen=True)
class Listed:
    """The fixed cube of a store: names in the cube's own order, widths as in `coding.SHARE_WIDTHS`."""

    measures: tuple[str, ...]
    groups: tuple[str, ...]
    widths: tuple[tuple[int, int], ...]
    n_min: int


def of(settings: dict) -> Listed:
    """What the settings list, checked. Raises Refusal `bad_release_setting`."""
    measures = _known("release_measures", settings["release_measures"], MEASURES)
    if not measures:
        raise _bad("release_measures", "it names no measure")
    groups = _known("release_groups", settings["release_groups"], cube.GROUPS)
    return Listed(measures, groups, _widths(settings["share_widths"]), max(int(settings["n_min"]), cube.N_MIN))


def keep(store, **given):
    """Set `measures`, `groups` or `widths` for the releases to come; None leaves one as it is. Nothing is kept that
    `of` refuses."""
    chosen = {NAMES[name]: value for name, value in given.items() if value is not None}
    of({**store.settings(), **chosen})
    with store.writing() as write:
        for name, value in chosen.items():
            write.execute("DELETE FROM setting WHERE name = ?", [name])
            write.execute("INSERT INTO setting (name, value) VALUES (?, ?)", [name, json.dumps(value)])


def widths_in_words(widths) -> str:
    """The widths as a person reads them: "1 from 1,000 students, 2 from 500"."""
    parts = [f"{width} from {least:,}{' students' if at == 0 else ''}" for at, (least, width) in enumerate(widths)]
    return ", ".join(parts)


def _known(name: str, given, allowed: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise _bad(name, "it is no list of names")
    if unknown := [one for one in given if one not in allowed]:
        raise _bad(name, f"{unknown[0]!r} cannot be released; there are {', '.join(allowed)}")
    return tuple(one for one in allowed if one in given)


def _widths(given) -> tuple[tuple[int, int], ...]:
    """Fails closed: steps that leave a size out, or show a size finer than the default does."""
    name = "share_widths"
    try:
        steps = sorted(((_whole(least), _whole(width)) for least, width in given), reverse=True)
    except (TypeError, ValueError):
        raise _bad(name, "each step is a number of students and a width, both whole") from None
    if not steps or steps[-1][0] != cube.N_MIN or len({least for least, _ in steps}) < len(steps):
        raise _bad(name, f"its steps have to begin at {cube.N_MIN} students, each number once")
    if any(width not in (1, 2, 5, 10, 20, 25, 50) for _, width in steps):
        raise _bad(name, "a width is 1, 2, 5, 10, 20, 25 or 50 per cent")
    if any(larger[1] > smaller[1] for larger, smaller in zip(steps, steps[1:], strict=False)):
        raise _bad(name, "a smaller group cannot have a finer width than a larger one")
    for least, width in steps:  # at its fewest students a step has to be coarsest
        finest = coding.share_width(least)
        if width < finest:
            raise _bad(name, f"from {least:,} students the width is {finest} or coarser, never finer")
    return tuple(steps)


def _whole(number) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError(number)
    return number


def _bad(name: str, why: str) -> Refusal:
    return Refusal("bad_release_setting", f"The setting {name} cannot be used, so nothing is released: {why}.")
