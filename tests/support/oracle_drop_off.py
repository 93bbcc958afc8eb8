"""The drop-off of spec/metrics.md by hand: school sums, ratio, clustered interval. Goes with `oracle`."""

from dataclasses import dataclass
from math import exp, log, sqrt

from scipy.stats import t

from tests.support.oracle import MEASURES, parts
from tests.support.oracle_words import World

COUNTS_STUDENTS = ("reach", "two_way_reach", "silent")
COUNTS_PER_30_DAYS = ("contact_rate", "mass_messages")


@dataclass
class Drop:
    """One band: value, ratio to elementary, drop-off and interval (None where refused); schools with enrolled days."""

    value: float | None
    ratio: float | None = None
    drop_off: float | None = None
    low: float | None = None
    high: float | None = None
    students: int = 0
    schools: int = 0


def school_sums(world: World, name: str, band: str, **asked) -> dict[str, tuple[float, float]]:
    """Y and T of every school with enrolled days in the band."""
    part = parts(world, ("band",), **asked)[(band,)]
    schools = {span.school for _, _, span in part.days}
    if name not in COUNTS_STUDENTS:
        by_school = parts(world, ("band", "school"), **asked)
        cells = {school: MEASURES[name](by_school[(band, school)]) for school in schools}
        return {school: (cell.numerator, cell.denominator) for school, cell in cells.items()}
    last: dict[int, tuple] = {}
    for student, day, span in part.days:
        last[student] = max(last.get(student, (day, span.school)), (day, span.school))
    sums = dict.fromkeys(schools, (0, 0))
    for student, (_, school) in last.items():
        one = MEASURES[name](only(part, student))
        sums[school] = (sums[school][0] + one.numerator, sums[school][1] + one.denominator)
    return sums


def only(part, student: int):
    """The part of one student in a cell."""
    return type(part)(
        part.world,
        [entry for entry in part.days if entry[0] == student],
        [(contact, span) for contact, span in part.contacts if contact.student == student],
        part.end,
        part.start,
        part.contact_labels,
    )


def drop_off(world: World, name: str, **asked) -> dict[str, Drop]:
    """Elementary, middle and high."""
    cells = {key[0]: MEASURES[name](part) for key, part in parts(world, ("band",), **asked).items()}
    sums = {band: school_sums(world, name, band, **asked) for band in ("elementary", "middle", "high")}
    return {band: one_band(name, sums[band], sums["elementary"], cells[band]) for band in sums}


def one_band(name: str, here: dict, base: dict, cell) -> Drop:
    factor = 30 if name in COUNTS_PER_30_DAYS else 1
    (y_b, t_b), (y_0, t_0) = totals(here), totals(base)
    found = Drop(factor * y_b / t_b if t_b else None, students=cell.students, schools=len(here))
    if not (t_b and t_0 and y_0):
        return found
    found.ratio = (y_b / t_b) / (y_0 / t_0)
    found.drop_off = 1 - found.ratio
    if here is base or y_b == 0 or min(len(here), len(base)) < 3:
        return found
    e_b = {g: (y - y_b / t_b * time) / y_b for g, (y, time) in here.items()}
    e_0 = {g: (y - y_0 / t_0 * time) / y_0 for g, (y, time) in base.items()}
    v_b, v_0 = spread(e_b.values()), spread(e_0.values())
    both = set(e_b) & set(e_0)
    variance = spread([e_b.get(g, 0) - e_0.get(g, 0) for g in set(e_b) | set(e_0)]) if both else v_b + v_0
    if v_b + v_0 == 0:
        return found
    df = (v_b + v_0) ** 2 / (v_b**2 / (len(e_b) - 1) + v_0**2 / (len(e_0) - 1))
    half = t.ppf(0.975, df) * sqrt(variance)
    found.low, found.high = 1 - exp(log(found.ratio) + half), 1 - exp(log(found.ratio) - half)
    return found


def totals(sums: dict) -> tuple[float, float]:
    return sum(y for y, _ in sums.values()), sum(time for _, time in sums.values())


def spread(values) -> float:
    values = list(values)
    return len(values) / (len(values) - 1) * sum(value**2 for value in values)
