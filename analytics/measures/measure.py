"""What the registry says of a measure, and the SQL file of this folder that computes it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Measure:
    """One measure.

    name         the public name
    label        as a title says it
    question     what a person wants to know
    numerator    in words; so is `denominator`
    unit         'share', 'contacts', 'days': what the value counts
    unit_words   the unit as an axis says it
    caveat       what it does not say
    counts       what the denominator counts: 'days', 'students', 'contacts' or 'weeks'
    factor       value = factor x numerator / denominator
    ratio        a ratio of sums, so that `drop_off` and `school_sums` take it
    beside       the measure that is always shown beside it
    extras       further columns of the answer
    needs        the sum (a mark of `contact_mark`) without which it can say nothing; `unsaid` is the sentence for a
                 log in which no contact has it
    """

    name: str
    label: str
    question: str
    numerator: str
    denominator: str
    unit: str
    unit_words: str
    caveat: str
    counts: str
    factor: float = 1.0
    ratio: bool = True
    beside: str | None = None
    extras: tuple[str, ...] = ()
    needs: str | None = None
    unsaid: str = ""

    @property
    def sql(self) -> str:
        """The measure's own SQL."""
        return _text(self.name)

    @property
    def sums_sql(self) -> str:
        """As `sql`, numerators and denominators only: counting students and schools takes longer than both."""
        return f"SELECT cut_1, cut_2, place, numerator, denominator FROM (\n{self.sql}\n) AS counted"

    @property
    def counts_students(self) -> bool:
        """Is it a share of students, so that a student belongs to one school in `school_sums`?"""
        return self.ratio and self.counts == "students"


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
