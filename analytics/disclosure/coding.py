"""A numerator becomes a band, and a band tells which numerators it allows.

Shares are shown as [k w, (k+1) w) per cent, the last band closed at 100, with the width w by the number
of students; rates as [k h, (k+1) h) with the smallest step h that holds at least five contacts. All
arithmetic is exact (integers and fractions): a band decided by a rounded float could hold the wrong
numerator.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf

# (from how many students, width in per cent); a smaller group is not published at all. The finest that there are: a
# district's settings can be coarser (`listed`).
SHARE_WIDTHS = ((1000, 1), (500, 2), (100, 5), (40, 10), (20, 20), (10, 25))
RATE_STEPS = tuple(Fraction(n, 10) for n in (1, 2, 5, 10, 20, 50))
RATE_MIN_CONTACTS = 5
RATE_DAYS = 30

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")

SUPPRESSED = "‡"  # the one mark, whatever the reason
NOBODY = "nobody enrolled at the end"  # no student is counted, which everybody knows by the enrolled days


@dataclass(frozen=True)
class Coded:
    """A published value: its text, and the smallest and largest numerator that give the same text.

    `high` is None where the band has no upper end (it never is for a share).
    """

    text: str
    low: int
    high: int


def share_width(students: int, widths=SHARE_WIDTHS) -> int | None:
    """The width in per cent for a group of `students`, or None where the group is too small."""
    return next((width for at_least, width in widths if students >= at_least), None)


def students_of(width: int, widths=SHARE_WIDTHS) -> tuple[int, float]:
    """The fewest and the most students for whom a share is shown in bands of `width`: what a width gives away."""
    finer = [least for least, w in widths if w < width]
    return min(least for least, w in widths if w == width), min(finer) - 1 if finer else inf


def share(numerator: int, denominator: int, students: int, widths=SHARE_WIDTHS) -> Coded | None:
    """The band of numerator / denominator for a group of `students`; None where it is not published."""
    width = share_width(students, widths)
    if width is None or denominator <= 0:
        return None
    last = 100 // width - 1
    k = min(100 * numerator // (denominator * width), last)
    low = _ceil(k * width * denominator, 100)
    high = denominator if k == last else _ceil((k + 1) * width * denominator, 100) - 1
    end = "100%" if k == last else f"under {(k + 1) * width}%"
    return Coded(f"{k * width}% to {end}", low, high)


def rate_step(enrolled_days: int) -> Fraction | None:
    """The smallest step whose band holds at least five contacts over `enrolled_days`, or None."""
    return next((step for step in RATE_STEPS if step * enrolled_days / RATE_DAYS >= RATE_MIN_CONTACTS), None)


def rate(contacts: int, enrolled_days: int) -> Coded | None:
    """The band of contacts per student per 30 enrolled days; None where no step is coarse enough."""
    step = rate_step(enrolled_days)
    if step is None:
        return None
    per_step = step * enrolled_days / RATE_DAYS  # contacts in one band, a fraction
    k = int(Fraction(contacts) / per_step)
    low = ceil(k * per_step)
    high = ceil((k + 1) * per_step) - 1
    upper = f"{float((k + 1) * step):.1f}"
    return Coded(f"under {upper}" if k == 0 else f"{float(k * step):.1f} to under {upper}", low, high)


def interval(published: str) -> tuple[float, float] | None:
    """The ends of a published band: shares of one or rates; None where there is none."""
    if published in (SUPPRESSED, NOBODY):
        return None
    numbers = [float(number) for number in _NUMBERS.findall(published)]
    low, high = numbers if len(numbers) == 2 else (0.0, numbers[0])
    return (low / 100, high / 100) if "%" in published else (low, high)


def need(students: int) -> int:
    """How far apart two numerators of a protected group must be able to lie."""
    return students if students <= 3 else max(3, ceil(students / 2))


def _ceil(a: int, b: int) -> int:
    return -(-a // b)
