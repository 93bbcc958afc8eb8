"""The school years that can be released: those that are over, and which of them a release holds already."""

from datetime import date

from data.errors import Refusal
from data.schoolyear import bounds, named, start_year

LAST_DAYS = 30  # of lessons


def chosen(store, years: list[str] | None, early: bool) -> list[str]:
    """The years to release: those asked for, else those that are over and not released yet, else all that are over.

    Raises Refusal (`unknown_year`, `year_not_over` where `early` is not given).
    """
    named_years, over = _named(years), years_over(store)
    last = as_of(store) or date.min
    begun = [name for name in enrolled(store) if bounds(name)[0] <= last]
    running = [name for name in named_years or begun if name in begun and name not in over]
    if not named_years:
        if over:
            return [name for name in over if name not in released(store)] or over
        named_years = begun[-1:]
    if running and not early:
        raise Refusal(
            "year_not_over",
            f"{running[-1]} is not over. A school year is released once, when it is over; what is loaded later could "
            "not be released any more. To release it as it is now, tick the box on the page, or add --unfinished to "
            "the command.",
        )
    return named_years


def released(store) -> set[str]:
    """The school years that a release holds already."""
    return {name for (name,) in store.rows("SELECT DISTINCT school_year FROM release_year")}


def _named(years: list[str] | None) -> list[str]:
    """The years that were asked for, each once, as "2025-26"; Refusal `unknown_year` for anything else."""
    found = []
    for name in years or ():
        try:
            found.append(named(start_year(name)))
        except ValueError:
            raise Refusal(
                "unknown_year",
                f"{name!r} is not a school year such as 2025-26. A release has one table a school year; years "
                "together are never released.",
            ) from None
    return sorted(set(found))


def years_over(store, today: date | None = None) -> list[str]:
    """School years that are over: by the calendar, or because contacts are loaded up to the last month of lessons."""
    last, (month, day) = as_of(store), store.settings()["last_day"]
    if last is None:
        return []
    over = []
    for name in enrolled(store):
        begins, ends = bounds(name)
        loaded = (ends.replace(month=month, day=day) - last).days <= LAST_DAYS
        if begins <= last and (loaded or ends < (today or date.today())):
            over.append(name)
    return over


def enrolled(store) -> list[str]:
    """The school years in which somebody was enrolled."""
    return [name for (name,) in store.rows("SELECT DISTINCT school_year FROM span ORDER BY 1")]


def as_of(store) -> date | None:
    """The day of the last contact of any district; None without one."""
    return store.value("SELECT max(contact_date) FROM contact")
