"""Small random districts full of traps: the same rows as lists for the oracle and as rows in a store.

    world = small(seed=1)          # lists of spans and contacts
    write(store, world)            # the same rows in enrollment, contact_row and their neighbours; no facts

Two districts with different as-of dates, two school years. Every trap of the findings occurs whatever the seed: open
spans that overlap, two spans with one entry date, a move from grade 5 to 6 in winter, gaps, students without contacts,
replies on the same day with and without times, on the 7th, 8th, 30th and 31st day, mass rows, contacts of students
who are not enrolled, asks that are still open, duplicates and unmatched rows that nobody may count.
"""

import random
from datetime import date, timedelta

import pandas as pd

from tests.support.oracle_words import Contact, Span, World, last_day_of

DISTRICTS = {"North": date(2026, 3, 10), "South": date(2026, 2, 2)}  # with their as-of dates
SCHOOLS = {
    "North": {
        "Alder Elementary": range(-1, 6), "Birch K-8": range(9), "Cedar Elementary": range(6),
        "Dogwood Middle": range(6, 9), "Hazel Middle": range(6, 9),
        "Ivy High": range(9, 14), "Juniper High": range(9, 13), "Kapok Academy": range(6, 13),
    },
    "South": {"Elm Elementary": range(-2, 6), "Fir Middle": range(6, 9), "Grove High": range(9, 13)},
}  # fmt: skip
YEARS = {"2024-25": date(2024, 8, 15), "2025-26": date(2025, 8, 18)}
WAITS = (0, 0, 0, 1, 2, 5, 6, 7, 7, 8, 8, 29, 30, 31)
TIMES = (None, None, 0, 8 * 3600, 8 * 3600, 12 * 3600 + 5, 17 * 3600)
CHOICES = {
    "channel": ("phone", "phone", "email", "text", "app_message", "letter", "in_person", "conference", "other"),
    "outcome": ("sent", "sent", "sent", "unknown", "left_message", "reached", "replied", "no_answer", "not_delivered"),
    "initiated_by": ("unknown", "unknown", "unknown", "school", "family", "student"),
    "topic": ("academics", "attendance", "behavior", "iep", "other"),
    "tone": ("positive", "neutral", "concern", "unknown"),
    "language": ("english", "spanish", "somali", None),
    "interpreter": (True, False, None),
    "student_present": (True, False, None),
}


def small(seed: int = 1, students: int = 44, threads: int = 9) -> World:
    """A district of `students` students, each with about `threads` exchanges of one or two contacts."""
    dice = random.Random(seed)
    spans, contacts = [], []
    for number in range(students):
        district = "South" if number % 4 == 3 else "North"
        mine = _spans(dice, 1000 + number, district, number, len(spans))
        spans += mine
        if number % 11 != 5:  # every 11th student has no contact at all
            for _ in range(dice.randrange(2 * threads + 1)):
                contacts += _thread(dice, mine, len(contacts))
    for district, as_of in DISTRICTS.items():
        contacts += _at_the_end(dice, spans, district, as_of, len(contacts))
    return World(spans, contacts)


# -- spans ---------------------------------------------------------------------------------------------


def _spans(dice, student: int, district: str, number: int, order: int) -> list[Span]:
    kind = number // 4 % 11
    grade = {2: 5, 8: 13, 9: -1}.get(kind, dice.randrange(-1, 12))
    first, second = YEARS.values()
    plan = [(grade, first, None), (min(grade + 1, 13), second, None)]  # (grade, entry, exit)
    if kind == 1:
        plan = [(grade, first, date(2025, 6, 13)), (grade, second, date(2026, 1, 30))]
    elif kind == 2:  # from 5 to 6 in winter
        plan = [(5, first, date(2025, 1, 31)), (6, date(2025, 2, 1), None), (7, second, None)]
    elif kind == 3:  # the old school leaves its span open
        plan.append((min(grade + 1, 12), date(2026, 1, 7), None))
    elif kind == 4:  # a gap of weeks
        plan = [(grade, first, date(2024, 11, 1)), (grade, date(2025, 1, 6), None), (grade + 1, second, None)]
    elif kind == 5:  # two with one entry date: the later loaded wins
        plan.append((max(grade, 0), second, None))
    elif kind == 6:
        plan = plan[:1]
    elif kind == 7:  # arrives late, and a span that begins after the as-of date
        plan = [(grade, date(2025, 10, 1), date(2026, 3, 2)), (grade, date(2026, 4, 1), None)]
    elif kind == 10:  # a short span inside a long one, which does not resume
        plan.insert(1, (min(grade + 1, 12), date(2025, 2, 3), date(2025, 2, 28)))
    return [_span(dice, student, district, *one, order + place) for place, one in enumerate(plan)]


def _span(dice, student, district, grade, entry, exit, order) -> Span:
    schools = [name for name, grades in SCHOOLS[district].items() if grade in grades] or list(SCHOOLS[district])
    return Span(
        student=student, district=district, school=dice.choice(schools), grade=_grade(grade),
        school_year="2024-25" if entry < date(2025, 7, 1) else "2025-26", entry=entry, exit=exit, load_order=order,
        home_language=dice.choice(("english", "english", "spanish", "somali", None)),
        iep=dice.choice((True, False, False, None)), english_learner=dice.choice((True, False)),
        low_income=dice.choice((True, False, None)), race_ethnicity=dice.choice(("black", "white", "asian", None)),
        gender=dice.choice(("female", "male", None)),
    )  # fmt: skip


def _grade(number: int) -> str:
    return {-2: "PK", -1: "TK", 0: "K"}.get(number, str(number))


# -- contacts ------------------------------------------------------------------------------------------


def _thread(dice, spans: list[Span], count: int) -> list[Contact]:
    """A contact and perhaps its reply; now and then before, after or between the enrolled days."""
    span = dice.choice(spans)
    as_of = DISTRICTS[span.district]
    length = (last_day_of(span) - span.entry).days
    day = span.entry + timedelta(dice.randrange(-12, length + 12))
    side, other = dice.choice((("outbound", "inbound"), ("outbound", "inbound"), ("inbound", "outbound")))
    rows = [_contact(dice, span, day, side, count)]
    if dice.random() < 0.6:
        wait = timedelta(dice.choice(WAITS))
        rows.append(_contact(dice, span, day + wait, dice.choice((other, other, "two_way", "unknown")), count + 1))
    return [row for row in rows if row.day <= as_of]


def _contact(dice, span: Span, day: date, direction: str, count: int, **known) -> Contact:
    own = dice.choice((span.school, span.school, None, *SCHOOLS[span.district]))
    second = dice.choice(TIMES) or None  # midnight is no time of day
    drawn = {name: dice.choice(values) for name, values in CHOICES.items()}
    drawn["audience"] = "mass" if dice.random() < 0.08 else "personal"
    if dice.random() < 0.1:
        direction = "unknown"
    fixed = {"direction": direction, "second": second, "school": own}
    row = (count // 150, count)  # several uploads
    return Contact(row=row, student=span.student, district=span.district, day=day, **{**drawn, **fixed, **known})


def _at_the_end(dice, spans, district: str, as_of: date, count: int) -> list[Contact]:
    """Asks around the last days of the district: closed, open, open and answered; the last contact is a mass one."""
    mine = [span for span in spans if span.district == district and span.entry <= as_of <= last_day_of(span)][:6]
    plain = {"audience": "personal", "outcome": "sent", "channel": "email"}
    rows = []
    for span, back in zip(mine, (6, 7, 8, 7, 2, 30), strict=False):
        for day, direction in ((as_of - timedelta(back), "outbound"), (as_of - timedelta(back // 2), "inbound")):
            rows.append(_contact(dice, span, day, direction, count + len(rows), **plain))
            if back == 7:
                break
    rows.append(_contact(dice, mine[0], as_of, "outbound", count + len(rows), audience="mass"))
    return rows


# -- into a store --------------------------------------------------------------------------------------


def write(store, world: World) -> None:
    """Put a world into an empty store: the clean tables, as a load would leave them. The caller derives the facts."""
    names = sorted({(span.district, span.school) for span in world.spans})
    school_ids = {name: 700 + place for place, (_, name) in enumerate(names)}
    tables = {
        "upload": _uploads(world),
        "school": _frame(
            [(school_ids[name], district, name, name.split()[0]) for district, name in names],
            ("school_id", "district", "name", "short_name"),
        ),
        "student": _frame(
            sorted({(span.student, span.district, f"{span.student:06d}", "Given", "Family") for span in world.spans}),
            ("student_id", "district", "local_id", "first_name", "last_name"),
        ),
        "enrollment": _frame(  # of two rows with one key the later stays
            list({(s.student, s.school, s.entry): _enrollment_row(s, school_ids) for s in world.spans}.values())
        ),
        "roster_row": _frame([_roster_row(span) for span in world.spans]),
        "contact_row": _frame(
            [row for place, contact in enumerate(world.contacts) for row in _contact_rows(contact, place, school_ids)]
        ),
    }
    with store.writing() as cursor:
        for table, frame in ((table, frame) for table, frame in tables.items() if len(frame)):
            cursor.register("rows", frame)
            cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
            cursor.unregister("rows")


def _frame(rows: list, columns=None) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _uploads(world: World) -> pd.DataFrame:
    kinds = {contact.row[0] + 2: "contacts" for contact in world.contacts} | {1: "roster"}
    counts = dict.fromkeys(
        ("read", "loaded", "duplicate", "changed", "set_aside", "unmatched", "not_family", "left_out"), 0
    )
    return _frame(
        [
            {
                "upload_id": upload, "kind": kind, "file_name": f"{kind} {upload}.xlsx", "sha256": f"{upload}",
                "loaded_at": pd.Timestamp("2026-03-11"), "loaded_by": "tests", "district": "North",
                "header_signature": "", "mapping": "{}", "state": "loaded",
                **{f"rows_{name}": count for name, count in counts.items()},
            }
            for upload, kind in kinds.items()
        ]
    )  # fmt: skip


GROUPS = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender")


def _enrollment_row(span: Span, school_ids: dict) -> dict:
    return {
        "student_id": span.student, "school_id": school_ids[span.school], "school_year": span.school_year,
        "grade": span.grade, "entry_date": span.entry, "exit_date": span.exit,
        "entry_day": _number(span.entry), "exit_day": _number(last_day_of(span)), "load_order": span.load_order,
        **{group: getattr(span, group) for group in GROUPS},
    }  # fmt: skip


def _roster_row(span: Span) -> dict:
    return {
        "upload_id": 1, "sheet": "", "source_row": span.load_order + 2, "district": span.district,
        "school": span.school, "local_id": f"{span.student:06d}", "first_name": "Given", "last_name": "Family",
        "school_year": span.school_year, "grade": span.grade, "entry_date": span.entry, "exit_date": span.exit,
        **{group: getattr(span, group) for group in GROUPS},
    }  # fmt: skip


def _contact_rows(contact: Contact, place: int, school_ids: dict) -> list[dict]:
    """The loaded row; beside every 20th a duplicate and an unmatched one, dated later than everything."""
    row = {
        "upload_id": contact.row[0] + 2, "sheet": "", "source_row": contact.row[1] + 2, "district": contact.district,
        "given_id": f"{contact.student:06d}", "status": "loaded", "changed": False,
        "contact_id": (place * 7919) % 1_000_003, "identity": place, "copy_no": 1,  # ids are not in row order
        "student_id": contact.student,
        "school_id": None if contact.school is None else school_ids.get(contact.school, 799),  # 799: without students
        "contact_date": contact.day, "contact_day": _number(contact.day), "contact_second": contact.second,
        **{name: getattr(contact, name) for name in (*CHOICES, "direction", "audience")},
    }  # fmt: skip
    if place % 20:
        return [row]
    later = contact.day + timedelta(400)
    moved = {"contact_date": later, "contact_day": _number(later)}
    duplicate = {**row, **moved, "status": "duplicate", "contact_id": 2_000_000 + place}
    unmatched = {**row, **moved, "status": "unmatched", "contact_id": 3_000_000 + place, "student_id": None}
    return [row, duplicate, unmatched]


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
