"""How schools lie, in a sentence: their spread, who lies outside what chance explains, and who logged nothing."""

from analytics.clustered import FEWEST_SCHOOLS
from analytics.figures.findings import NOTHING, with_value
from analytics.figures.words import joined, value
from analytics.funnel import few_outside

MOST_NAMED = 3  # schools in a headline
FEWEST_FOR_HALF = 8  # schools: half of fewer is no half


def schools(answer) -> str:
    """How far the middle half of the schools lie apart, or all of a few; no school is named first or last."""
    known = with_value(answer.table)["value"]
    if len(known) < 4:
        return f"{answer.measure.label} of each school"
    unit, all_of_them = answer.measure.unit, len(known) < FEWEST_FOR_HALF
    low, high = (value(known.quantile(part), unit) for part in ((0, 1) if all_of_them else (0.25, 0.75)))
    if low == high:
        alike = sum(value(number, unit) == low for number in known)
        return f"{answer.measure.label}: {low} at {alike} of {len(known)} schools"
    if all_of_them:
        return f"{answer.measure.label}: from {low} to {high} at {len(known)} schools"
    return f"{answer.measure.label}: half of the schools lie between {low} and {high}"


def funnel(found, answer) -> str:
    """Which schools lie outside, by name, or that none does; and which logged nothing. Of those inside, nothing."""
    outside = list(found.outside()["school"])
    ending = "" if outside else few_outside(found)
    return _outside(found, answer, joined(outside), f"what chance and the usual spread of schools explain{ending}")


def funnel_short(found, answer) -> str:
    """The same as a headline, which a phone shows in a few lines; `usual_range` says at the chart what it means."""
    return _outside(found, answer, _few(list(found.outside()["school"])), "the usual range")


def usual_range(found) -> str:
    """What the headline calls the usual range, and how many lie near its end; "" without limits."""
    if found.note:
        return ""
    between = found.between()
    verb = "lies" if between == 1 else "lie"
    near = f"; {between} of these schools {verb} in it but outside the 95 % ones" if between else ""
    return f"The usual range is what lies inside the 99.8 % limits{near}."


def _outside(found, answer, who: str, what: str) -> str:
    silent = list(found.without_log()["school"])
    verb = "lie" if len(found.outside()) > 1 else "lies"
    said = f"{who or ('No other school' if silent else 'No school')} {verb} outside {what}"
    logging = with_value(found.schools)["school"].nunique() - len(silent)
    if found.note or (silent and logging < FEWEST_SCHOOLS):  # one or two that log have no others to be compared with
        said = _each_school(found, answer)
    logged = f"{_few(silent)} logged no personal contact" if silent else ""
    return ". ".join(part for part in (logged, said) if part)


def _each_school(found, answer) -> str:
    """What a measure is at schools that have no limits: few of them, or all alike. "" where none of them logged."""
    known = with_value(found.schools)
    if known.empty:
        return f"{answer.measure.label}: {NOTHING}"
    known = known[~known["school"].isin(found.without_log()["school"])]
    said = [value(number, answer.measure.unit) for number in known["value"]]
    if len(said) > 3:
        return f"{answer.measure.label}: {said[0]} at each of these schools"
    each = [f"{school} {number}" for school, number in zip(known["school"], said, strict=True)]
    return f"{answer.measure.label}, {answer.measure.unit_words}: {joined(each)}" if each else ""


def _few(schools: list[str]) -> str:
    """Schools by name; how many they are, where the names would fill a headline."""
    if len(schools) > MOST_NAMED:
        return f"{len(schools)} schools"
    return joined(school.removesuffix(" School") for school in schools)


def without_log(found) -> str:
    """How many schools logged nothing or hardly, and what that does to the numbers; "" where none. Of a funnel."""
    silent, hardly, schools = len(found.without_log()), len(found.hardly_logging()), len(found.schools)
    parts = []
    if silent:
        parts.append(
            f"{_of(silent, schools)} logged no personal contact in these dates; {_their(silent)} students count as not "
            "contacted."
        )
    if hardly:
        whose = _their(hardly)
        parts.append(
            f"{_of(hardly, schools)} logged in under half of {whose} weeks; {whose} students may have been contacted "
            "more often than is shown."
        )
    return " ".join(parts)


def without_log_then(found) -> str:
    """The same of the days that are compared with: from a school that had hardly a log, a rise is one of the log."""
    silent, hardly, schools = len(found.without_log()), len(found.hardly_logging()), len(found.schools)
    parts = [f"{_of(silent, schools, False)} logged no personal contact"] if silent else []
    parts += [f"{_of(hardly, schools, False)} logged in under half of {_their(hardly)} weeks"] if hardly else []
    return f"A year earlier {joined(parts)}." if parts else ""


def _of(some: int, schools: int, begins: bool = True) -> str:
    """ "2 of 24 schools", "All 3 schools", "This school"; without a capital inside a sentence."""
    if some < schools:
        return f"{some} of {schools} schools"
    said = {1: "This school", 2: "Both schools"}.get(schools, f"All {schools} schools")
    return said if begins else f"{said[0].lower()}{said[1:]}"


def _their(schools: int) -> str:
    return "its" if schools == 1 else "their"
