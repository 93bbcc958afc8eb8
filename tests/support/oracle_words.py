"""The words of spec/metrics.md, in plain Python: enrolment, sides, asks and answers. Slow and obvious on purpose.

Written from the text of the specification alone, so that a mistake in the program's SQL cannot hide here.
Owns no measure (see `oracle`), and imports nothing of the program.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

CONVERSATION_CHANNELS = {"in_person", "video", "home_visit", "conference"}
CONVERSATION_OUTCOMES = {"reached", "replied"}
LONGEST_REPLY = 30


@dataclass(frozen=True)
class Span:
    """A row of a roster: one student at one school in one grade, from entry to exit (None: end of its year)."""

    student: int
    district: str
    school: str
    grade: str
    school_year: str
    entry: date
    exit: date | None
    load_order: int = 0
    home_language: str | None = None
    iep: bool | None = None
    english_learner: bool | None = None
    low_income: bool | None = None
    race_ethnicity: str | None = None
    gender: str | None = None


@dataclass(frozen=True, eq=False)  # two rows that read the same are two contacts
class Contact:
    """A loaded row of a contact log. `row` puts the rows of one day into order; `school` is who logged it."""

    row: tuple
    student: int
    district: str
    day: date
    second: int | None = None
    channel: str = "phone"
    direction: str = "unknown"
    outcome: str = "unknown"
    initiated_by: str = "unknown"
    audience: str = "personal"
    topic: str = "other"
    tone: str = "unknown"
    language: str | None = None
    interpreter: bool | None = None
    student_present: bool | None = None
    school: str | None = None

    @property
    def personal(self) -> bool:
        return self.audience == "personal"

    @property
    def delivered(self) -> bool:
        return self.personal and self.outcome not in ("no_answer", "not_delivered")

    @property
    def side(self) -> str:
        """conversation, outbound, inbound or unknown; asked only of delivered contacts."""
        if (
            self.direction == "two_way"
            or self.outcome in CONVERSATION_OUTCOMES
            or self.channel in CONVERSATION_CHANNELS
        ):
            return "conversation"
        return self.direction


@dataclass
class World:
    """Everything that was loaded, and the settings that the definitions name."""

    spans: list[Span]
    contacts: list[Contact]
    reply_window: int = 7
    silence_days: int = 60
    first_day: tuple[int, int] = (8, 15)
    last_day: tuple[int, int] = (6, 15)
    bands: dict[str, list[str]] = field(
        default_factory=lambda: {
            "elementary": ["TK", "K", "1", "2", "3", "4", "5"],
            "middle": ["6", "7", "8"],
            "high": ["9", "10", "11", "12"],
        }
    )

    # -- enrolment ---------------------------------------------------------------------------------

    @cached_property
    def enrolled(self) -> dict[tuple[int, date], Span]:
        """The span of every student on every enrolled day."""
        return {(span.student, day): span for span, first, last in self.stays for day in days(first, last)}

    @cached_property
    def stays(self) -> list[tuple[Span, date, date]]:
        """Spans with their true first and last day: each ends before the next of the student begins."""
        stays = []
        for student in {span.student for span in self.spans}:
            mine = sorted((s for s in self.spans if s.student == student), key=lambda s: (s.entry, s.load_order))
            mine = [s for s in mine if last_day_of(s) >= s.entry]
            for place, span in enumerate(mine):
                later = mine[place + 1 :]
                if any(other.entry == span.entry for other in later):
                    continue
                last = min([last_day_of(span), *(other.entry - timedelta(1) for other in later)])
                stays.append((span, span.entry, last))
        return stays

    def band(self, grade: str) -> str:
        return next((band for band, grades in self.bands.items() if grade in grades), "other")

    @cached_property
    def as_of(self) -> dict[str, date]:
        """The latest contact date of each district, whatever the contact; a district without contacts has none."""
        latest: dict[str, date] = {}
        for contact in self.contacts:
            latest[contact.district] = max(contact.day, latest.get(contact.district, contact.day))
        return latest

    # -- asks and answers --------------------------------------------------------------------------

    @cached_property
    def delivered_of(self) -> dict[int, list[Contact]]:
        found: dict[int, list[Contact]] = {}
        for contact in self.contacts:
            if contact.delivered:
                found.setdefault(contact.student, []).append(contact)
        return found

    @cached_property
    def reply_days(self) -> dict[Contact, int]:
        """Of every ask that has one within 30 days: the days to its earliest answer."""
        found = {}
        for contacts in self.delivered_of.values():
            for ask in contacts:
                waits = [(c.day - ask.day).days for c in contacts if answers(c, ask, LONGEST_REPLY)]
                if waits:
                    found[ask] = min(waits)
        return found

    @cached_property
    def is_answer(self) -> set[Contact]:
        """The contacts that answer some ask within the reply window."""
        return {
            contact
            for contacts in self.delivered_of.values()
            for contact in contacts
            if any(answers(contact, ask, self.reply_window) for ask in contacts)
        }

    def answered(self, ask: Contact) -> bool:
        return self.reply_days.get(ask, LONGEST_REPLY + 1) <= self.reply_window

    def two_way(self, contact: Contact) -> bool:
        return contact.side == "conversation" or self.answered(contact) or contact in self.is_answer

    def beginner(self, contact: Contact) -> str | None:
        """family, school or None: who began a delivered contact."""
        if contact.initiated_by != "unknown":
            return "school" if contact.initiated_by == "school" else "family"
        if contact in self.is_answer:
            return None
        return {"inbound": "family", "outbound": "school"}.get(contact.direction)

    @cached_property
    def first_of_year(self) -> set[Contact]:
        """The first delivered contact of each student in each school year while enrolled."""
        first: dict[tuple, Contact] = {}
        for contacts in self.delivered_of.values():
            for contact in contacts:
                if (contact.student, contact.day) in self.enrolled:
                    key = (contact.student, school_year(contact.day))
                    first[key] = min(first.get(key, contact), contact, key=order_in_year)
        return set(first.values())


def answers(contact: Contact, ask: Contact, window: int) -> bool:
    """Is `contact` (delivered, of the same student) an answer to `ask` within `window` calendar days?"""
    opposite = {"outbound": "inbound", "inbound": "outbound"}.get(ask.side)
    if opposite is None or contact.side not in (opposite, "conversation"):
        return False
    wait = (contact.day - ask.day).days
    if wait == 0 and contact.second is not None and ask.second is not None and contact.second < ask.second:
        return False
    return 0 <= wait <= window


def order_in_year(contact: Contact) -> tuple:
    """By day; on one day the timed ones first, by time; then by row."""
    return (contact.day, contact.second is None, contact.second or 0, contact.row)


def last_day_of(span: Span) -> date:
    return span.exit or date(int(span.school_year[:4]) + 1, 6, 30)


def days(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def school_year(day: date) -> str:
    start = day.year if day.month >= 7 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def monday(day: date) -> date:
    return day - timedelta(day.weekday())


def end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
