"""Repeats two ways in turn, takes medians, prints one table for each benchmark."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

HEAD = ("what", "ours", "other way", "ratio", "ratio of processor time", "target")


@dataclass(frozen=True)
class Line:
    """One line of a table. `ratio` is the other way / ours ("times faster") unless `slower`: ours / the other way.

    Seconds by the clock; `processor` are seconds of processors of both ways, which say more on a busy machine.
    """

    what: str
    ours: float
    other: float | None
    target: str = ""
    unit: str = "s"
    slower: bool = False
    processor: tuple[float | None, float | None] = (None, None)

    def cells(self) -> tuple[str, ...]:
        """The line as printed."""
        ratios = self._ratio(self.ours, self.other), self._ratio(*self.processor)
        return (self.what, self._shown(self.ours), self._shown(self.other), *ratios, self.target)

    def _shown(self, value: float | None) -> str:
        if value is None:
            return "-"
        if self.unit in ("B", "kB"):
            return f"{value / 1e6:,.0f} MB" if self.unit == "B" else f"{value / 1e3:,.0f} kB"
        return f"{value:.3g} {self.unit}"

    def _ratio(self, ours: float | None, other: float | None) -> str:
        if not ours or not other:
            return "-"  # nothing to compare, or too short for the clock
        return f"{ours / other:.2f} x as much" if self.slower else f"{other / ours:.1f} x faster"


def timed(what: str, mine: list, theirs: list, target: str, *, slower: bool = False) -> Line:
    """The line of two lists of `apart.Measured`: medians of their seconds."""
    processor = median(one.processor for one in mine), median(one.processor for one in theirs)
    seconds = median(one.seconds for one in mine), median(one.seconds for one in theirs)
    return Line(what, *seconds, target, slower=slower, processor=processor)


def memory(what: str, mine: list, theirs: list, target: str = "") -> Line:
    """The line of their largest memory."""
    return Line(what, *(median(one.memory for one in both) for both in (mine, theirs)), target, unit="B", slower=True)


def in_turn(runs: int, *ways: Callable) -> list[list]:
    """What each way gave in each of `runs` rounds; in a round every way runs once, so a busy machine meets all."""
    found = [[] for _ in ways]
    for _ in range(runs):
        for way, results in zip(ways, found, strict=True):
            results.append(way())
    return found


def median(values) -> float | None:
    """The median of the values that are there."""
    there = [value for value in values if value is not None]
    return statistics.median(there) if there else None


def show(title: str, lines: list[Line], notes: tuple[str, ...] = ()) -> None:
    """Print a table as Markdown, so that it can stand in the docs as it is."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    print(f"\n### {title}\n")
    for place, row in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
        if place == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    for note in notes:
        print(f"\n{note}")
    print(flush=True)
