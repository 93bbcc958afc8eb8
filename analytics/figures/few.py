"""Grade bands of few students: said as counts, never as a percentage beside another band.

Under `FEWEST_STUDENTS` one family is more than a tenth of its band, and a difference between bands is one of
single families. Owns which bands of an answer are so small and their sentence, and how the share of a handful is said.
"""

from analytics.clustered import FEWEST_STUDENTS
from analytics.figures import words
from analytics.figures.words import count, joined, percent

NAMES = {"elementary": "elementary", "middle": "middle school", "high": "high school"}
BASE = "elementary"


def bands(answer) -> list[str]:
    """The bands of an answer by band with too few students to compare them; none where students were not counted."""
    if "students" not in answer.table:
        return []
    rows = answer.table[answer.table["students"].between(1, FEWEST_STUDENTS - 1)]
    return [band for band in NAMES if band in set(rows["band"])]


def comparable(answer) -> list[str]:
    """The bands that may stand beside elementary: none where elementary itself is too small."""
    small = bands(answer)
    return [] if BASE in small else [band for band in NAMES if band not in (BASE, *small)]


def counted(answer) -> str:
    """The small bands as counts: "3 elementary students had 2 contacts and 4 high school students none"; else ""."""
    rows = _rows(answer)
    parts = [_one(rows[band], band, answer.measure.unit) for band in bands(answer)]
    return f"{joined(parts)}: too few to compare" if parts else ""


def share(row: dict, many: str, one: tuple[str, str]) -> str:
    """A share in words: "62 % of families were reached", "3 of 8 families were reached" where they are a handful.

    `many` is what follows the number; `one` what is said where the number is 1 of 1, and 0 of 1: a person does not
    count to one.
    """
    if row["denominator"] == 1:
        return one[0] if row["numerator"] else one[1]
    if row["denominator"] >= FEWEST_STUDENTS:
        return f"{percent(row['value'])} of {many}"
    return f"{count(row['numerator'])} of {count(row['denominator'])} {many}"


def _rows(answer) -> dict[str, dict]:
    """The rows of the answer by band, with the sums that an estimate keeps beside its table."""
    table, behind = answer.table, getattr(answer, "behind", None)
    if behind is not None:
        table = table.merge(behind, on="band")
    return {row["band"]: row for row in table.to_dict("records")}


def _one(row: dict, band: str, unit: str) -> str:
    if unit == "share":
        return f"{NAMES[band]} {count(row['numerator'])} of {count(row['denominator'])}"
    students = words.counted(row["students"], f"{NAMES[band]} student")
    contacts = row["numerator"]
    return f"{students} had {words.counted(contacts, 'contact') if contacts else 'no contacts'}"
