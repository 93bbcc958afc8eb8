"""Short forms of first names (`vocab/nicknames.csv`). They are only ever offered: Alex may be Alejandra."""

import csv
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "vocab" / "nicknames.csv"


@lru_cache(maxsize=1)
def _related() -> dict[str, set[str]]:
    related = defaultdict(set)
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for formal, *short in csv.reader(lines):
            for name in short:
                related[formal].add(name)
                related[name].add(formal)
    return related


def other_forms(first_name: str) -> list[str]:
    """The names that a plain first name may stand for, and the short forms it may have ("bob" -> robert)."""
    return sorted(_related().get(first_name, ()))
