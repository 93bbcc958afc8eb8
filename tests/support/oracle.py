"""Every measure of spec/metrics.md by brute force, straight from lists of spans and contacts.

    world = World(spans, contacts)
    measure(world, "reach", by=("band", "month"), start=..., end=...) -> {("elementary", "2025-09"): Cell(...), ...}

It goes over every enrolled day and every contact, for every question, and shares no code and no idea with the
program's SQL. A few hundred students at most. Labels are texts as the command line prints them.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from tests.support.oracle_words import (
    LONGEST_REPLY,
    Contact,
    Span,
    World,
    days,
    end_of_month,
    monday,
    school_year,
)

TIME_CUTS = ("school_year", "month", "week")
CONTACT_CUTS = ("channel", "topic")
GROUP_CUTS = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender")
SPAN_CUTS = ("band", "grade", "school", "district", *GROUP_CUTS)
CUTS = (*SPAN_CUTS, *TIME_CUTS, *CONTACT_CUTS)
FULL_CUTS = ("band", "grade", "school", "month")  # their empty rows are shown

KNOWN_TONES = ("positive", "neutral", "concern")


@dataclass
class Cell:
    """One row of an answer. `students` and `schools` are the distinct ones in the denominator."""

    numerator: float
    denominator: float
    students: int
    schools: int
    value: float | None
    extras: dict = field(default_factory=dict)


@dataclass
class Part:
    """What belongs to one cell: its enrolled days, its contacts, its time and its restriction of contacts."""

    world: World
    days: list[tuple[int, date, Span]]
    contacts: list[tuple[Contact, Span]]
    end: date | None  # last day of the period within the cell's week, month or year
    start: date | None
    contact_labels: tuple[tuple[str, str], ...]

    @property
    def personal(self):
        return [(c, s) for c, s in self.contacts if c.personal]

    @property
    def delivered(self):
        return [(c, s) for c, s in self.contacts if c.delivered]


def measure(world: World, name: str, by=(), start=None, end=None, schools=(), where=()) -> dict[tuple, Cell]:
    """All cells of one measure. `where` is ((cut, label), ...); `schools` are names."""
    return {key: MEASURES[name](part) for key, part in parts(world, by, start, end, schools, where).items()}


# -- cells ---------------------------------------------------------------------------------------------


def parts(world: World, by=(), start=None, end=None, schools=(), where=()) -> dict[tuple, Part]:
    """The days and contacts of every cell: those that occur, and the empty ones that must be shown."""
    start = start or min((span.entry for span in world.spans), default=None)
    latest = max(world.as_of.values(), default=None)
    end = min(end or latest, latest) if latest else None
    if start is None or end is None:
        return {}
    by_contact = tuple((cut, label) for cut, label in where if cut in CONTACT_CUTS)
    by_span = tuple((cut, label) for cut, label in where if cut not in CONTACT_CUTS)

    def inside(span: Span, day: date) -> bool:
        if not start <= day <= min(end, world.as_of.get(span.district, date.min)):
            return False
        if schools and span.school not in schools:
            return False
        return all(label_of_day(world, cut, span, day) == label for cut, label in by_span)

    enrolled = [(student, day, span) for (student, day), span in world.enrolled.items() if inside(span, day)]
    contacts = []
    for contact in world.contacts:
        span = world.enrolled.get((contact.student, contact.day))
        if span and inside(span, contact.day) and matches(contact, by_contact):
            contacts.append((contact, span))

    cells: dict[tuple, Part] = {}
    for key in cell_keys(world, by, start, end, enrolled, contacts, schools, where):
        labels = tuple(zip(by, key, strict=True))
        cell_contact = tuple((cut, label) for cut, label in labels if cut in CONTACT_CUTS)
        cells[key] = Part(
            world, [], [], end=last_of(labels + by_span, end), start=first_of(labels + by_span, start),
            contact_labels=by_contact + cell_contact,
        )  # fmt: skip
    day_cuts = tuple(cut for cut in by if cut not in CONTACT_CUTS)
    by_day_key: dict[tuple, list[Part]] = {}
    for key, part in cells.items():
        by_day_key.setdefault(tuple(label for cut, label in zip(by, key, strict=True) if cut in day_cuts), []).append(
            part
        )
    for student, day, span in enrolled:
        for part in by_day_key.get(tuple(label_of_day(world, cut, span, day) for cut in day_cuts), ()):
            part.days.append((student, day, span))
    for contact, span in contacts:
        cells[contact_key(world, by, contact, span)].contacts.append((contact, span))
    return cells


def cell_keys(world, by, start, end, enrolled, contacts, schools, where) -> list[tuple]:
    """The full grid of the cuts' labels: the ones that must be shown and the ones that occur."""
    values = []
    for cut in by:
        if cut in CONTACT_CUTS:
            found = {getattr(contact, cut) for contact, _ in contacts}
        else:
            found = {label_of_day(world, cut, span, day) for _, day, span in enrolled}
        values.append(sorted(found | set(always(world, cut, start, end, schools, where))))
    return list(product(*values))


def always(world: World, cut: str, start: date, end: date, schools, where) -> list[str]:
    """The labels of a cut that have a row even when nothing is in them."""
    if cut == "band":
        return ["elementary", "middle", "high"]
    if cut == "grade":
        return ["TK", "K", *(str(n) for n in range(1, 13))]
    if cut == "school":
        districts = [label for name, label in where if name == "district"]
        named = set(schools) | {label for name, label in where if name == "school"}
        return [
            span.school
            for span in world.spans
            if (not named or span.school in named) and (not districts or span.district in districts)
        ]
    if cut == "month":
        first, last = first_of(where, start), last_of(where, end)
        return [f"{day:%Y-%m}" for day in days(first, last)]
    return []


def contact_key(world: World, by, contact: Contact, span: Span) -> tuple:
    return tuple(
        getattr(contact, cut) if cut in CONTACT_CUTS else label_of_day(world, cut, span, contact.day) for cut in by
    )


def label_of_day(world: World, cut: str, span: Span, day: date) -> str:
    """The label of a cut for a student who is in `span` on `day`."""
    if cut == "school_year":
        return school_year(day)
    if cut == "month":
        return f"{day:%Y-%m}"
    if cut == "week":
        return monday(day).isoformat()
    if cut == "band":
        return world.band(span.grade)
    value = getattr(span, cut)
    if value is None:
        return "unknown"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def matches(contact: Contact, labels) -> bool:
    return all(getattr(contact, cut) == label for cut, label in labels)


def bounds_of(cut: str, label: str) -> tuple[date, date]:
    if cut == "school_year":
        return date(int(label[:4]), 7, 1), date(int(label[:4]) + 1, 6, 30)
    if cut == "month":
        first = date.fromisoformat(label[:7] + "-01")
        return first, end_of_month(first)
    first = date.fromisoformat(label)
    return first, first + timedelta(6)


def first_of(labels, start: date) -> date:
    return max([start, *(bounds_of(cut, label)[0] for cut, label in labels if cut in TIME_CUTS)])


def last_of(labels, end: date) -> date:
    return min([end, *(bounds_of(cut, label)[1] for cut, label in labels if cut in TIME_CUTS)])


# -- measures ------------------------------------------------------------------------------------------


def ratio(numerator, denominator, counted, factor=1) -> Cell:
    """A cell; `counted` are the (student, span) pairs of the denominator."""
    return Cell(
        numerator,
        denominator,
        students=len({student for student, _ in counted}),
        schools=len({(span.district, span.school) for _, span in counted}),
        value=factor * numerator / denominator if denominator else None,
    )


def per_enrolled_day(part: Part, counted: list) -> Cell:
    return ratio(len(counted), len(part.days), [(student, span) for student, _, span in part.days], factor=30)


def share(counted: list, good) -> Cell:
    """The share of (contact, span) pairs for whose contact `good` holds."""
    return ratio(sum(1 for contact, _ in counted if good(contact)), len(counted), [(c.student, s) for c, s in counted])


def share_of_students(part: Part, contacts: list) -> Cell:
    students = {student for student, _, _ in part.days}
    met = {contact.student for contact, _ in contacts}
    return ratio(len(met), len(students), [(student, span) for student, _, span in part.days])


def contact_rate(part: Part) -> Cell:
    return per_enrolled_day(part, part.delivered)


def mass_messages(part: Part) -> Cell:
    return per_enrolled_day(part, [c for c, _ in part.contacts if c.audience == "mass"])


def reach(part: Part) -> Cell:
    return share_of_students(part, part.delivered)


def two_way_reach(part: Part) -> Cell:
    return share_of_students(part, [(c, s) for c, s in part.delivered if part.world.two_way(c)])


def attempt_success(part: Part) -> Cell:
    return share(part.personal, lambda contact: contact.delivered)


def contacts_per_student(part: Part) -> Cell:
    """Numerator: contacts; denominator: students; value: the median; extras: quantiles and the share at zero."""
    counts = {student: 0 for student, _, _ in part.days}
    for contact, _ in part.delivered:
        counts[contact.student] += 1
    cell = ratio(sum(counts.values()), len(counts), [(student, span) for student, _, span in part.days])
    ordered = sorted(counts.values())
    cell.extras = {f"p{p}": quantile(ordered, p / 100) for p in (25, 50, 75, 90)}
    cell.extras["share_zero"] = ordered.count(0) / len(ordered) if ordered else None
    cell.value = cell.extras["p50"]
    return cell


def quantile(ordered: list, p: float) -> float | None:
    if not ordered:
        return None
    place = p * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def silent(part: Part) -> Cell:
    """On the last day of the period (or the district's as-of date): nobody reached in the 60 days that end on it."""
    world = part.world
    present = [
        (student, day, span)
        for student, day, span in part.days
        if day == min(part.end, world.as_of.get(span.district, date.min))
    ]
    quiet = 0
    for student, day, _ in present:
        quiet += not any(
            0 <= (day - contact.day).days < world.silence_days
            and (student, contact.day) in world.enrolled
            and matches(contact, part.contact_labels)
            for contact in world.delivered_of.get(student, [])
        )
    return ratio(quiet, len(present), [(student, span) for student, _, span in present])


def known(part: Part) -> list:
    return [(c, s) for c, s in part.delivered if c.direction != "unknown" or c.side == "conversation"]


def two_way_share(part: Part) -> Cell:
    return share(known(part), part.world.two_way)


def direction_known(part: Part) -> Cell:
    inside = {contact for contact, _ in known(part)}
    return share(part.delivered, inside.__contains__)


def closed_asks(part: Part, side: str) -> list:
    wait = timedelta(part.world.reply_window)
    return [(c, s) for c, s in part.delivered if c.side == side and c.day <= part.world.as_of[c.district] - wait]


def family_reply_rate(part: Part) -> Cell:
    return share(closed_asks(part, "outbound"), part.world.answered)


def school_reply_rate(part: Part) -> Cell:
    return share(closed_asks(part, "inbound"), part.world.answered)


def days_to_reply(part: Part) -> Cell:
    """Numerator: answered within 30 days; denominator: outbound asks; value: the Kaplan-Meier median."""
    world = part.world
    asks = [(c, s) for c, s in part.delivered if c.side == "outbound"]
    waits = []  # (days, answered)
    for ask, _ in asks:
        seen = min(LONGEST_REPLY, (world.as_of[ask.district] - ask.day).days)
        waits.append((world.reply_days[ask], True) if ask in world.reply_days else (seen, False))
    cell = share(asks, world.reply_days.__contains__)
    cell.value, cell.extras = None, {"answered_in_2_days": None}
    surviving = Fraction(1)
    for day in range(LONGEST_REPLY + 1):
        at_risk = sum(1 for wait, _ in waits if wait >= day)
        events = sum(1 for wait, answered in waits if answered and wait == day)
        surviving *= 1 - Fraction(events, at_risk) if at_risk else 1
        if waits and day == 2:
            cell.extras["answered_in_2_days"] = float(1 - surviving)
        if waits and cell.value is None and surviving <= Fraction(1, 2):
            cell.value = day
    return cell


def family_initiated(part: Part) -> Cell:
    begun = [(c, s) for c, s in part.delivered if part.world.beginner(c)]
    return share(begun, lambda contact: part.world.beginner(contact) == "family")


def positive_share(part: Part) -> Cell:
    return share([(c, s) for c, s in part.delivered if c.tone in KNOWN_TONES], lambda c: c.tone == "positive")


def positive_first(part: Part) -> Cell:
    first = [(c, s) for c, s in part.delivered if c in part.world.first_of_year and c.tone in KNOWN_TONES]
    return share(first, lambda c: c.tone != "concern")


def student_present(part: Part) -> Cell:
    return share([(c, s) for c, s in part.delivered if c.student_present is not None], lambda c: c.student_present)


def language_match(part: Part) -> Cell:
    counted = [(c, s) for c, s in part.delivered if s.home_language not in (None, "english") and c.language is not None]
    met = {c for c, s in counted if c.language == s.home_language or c.interpreter}
    return share(counted, met.__contains__)


def weeks_logged(part: Part) -> Cell:
    """Weeks with a contact logged by the school itself / weeks with a weekday of lessons, summed over schools."""
    world, pairs = part.world, {(span.district, span.school) for _, _, span in part.days}
    open_weeks, logged = set(), set()
    for district, school in pairs:
        for day in days(part.start, min(part.end, world.as_of[district])):
            if day.weekday() < 5 and lessons(world, day):
                open_weeks.add((district, school, monday(day)))
    for contact, span in part.personal:
        if contact.school in (None, span.school):
            logged.add((span.district, span.school, monday(contact.day)))
    students = [(student, span) for student, _, span in part.days]
    return ratio(len(logged & open_weeks), len(open_weeks), students)


def lessons(world: World, day: date) -> bool:
    """Between the first and the last day of the school year that the day lies in?"""
    start = int(school_year(day)[:4])
    return date(start, *world.first_day) <= day <= date(start + 1, *world.last_day)


MEASURES = {
    function.__name__: function
    for function in (
        contact_rate, reach, attempt_success, contacts_per_student, silent, two_way_share, direction_known,
        two_way_reach, family_reply_rate, school_reply_rate, days_to_reply, family_initiated, positive_share,
        positive_first, student_present, language_match, mass_messages, weeks_logged,
    )
}  # fmt: skip
