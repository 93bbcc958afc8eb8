"""The four practices of family partnership, each with its figures, its change and what it can and cannot say.

    prepared            staff who logged at all; families reached in the first 30 days of lessons
    mutual competence   who begins, both reply rates, and the balance between them
    good intention      positive share, good or neutral news first, families who heard concerns only
    next generation     the student taking part, grade by grade, against the fall of family contact

Owns the figures of the partnership page that are no measures: `staff_who_logged`, `balance` and `concerns_only`.
It refuses to add the practices up: there is no score.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from access.viewer import Viewer
from analytics import together, trends
from analytics.answer import ask
from analytics.cells import COUNTS
from analytics.lookups import lookups
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.scope import scope_of
from data.schoolyear import day_date, day_number, name_of, start_year
from data.store import Store

FIRST_DAYS = 30
COLUMNS = [
    "figure", "label", "unit", "band", "value", "numerator", "denominator", "students", "schools", "first_day",
    "last_day",
]  # fmt: skip


@dataclass(frozen=True)
class Practice:
    """One practice. `figures`: `COLUMNS`, a row for "all" and each band; `changes`: as `trends.answer` gives them.

    `curve` (next generation only): grade, student_present, contact_rate. `says` and `cannot_say` are sentences.
    """

    name: str
    label: str
    figures: pd.DataFrame
    changes: pd.DataFrame
    says: str
    cannot_say: str
    curve: pd.DataFrame | None = None


# name: (title, measures, further figures, what it says, what it cannot say)
PRACTICES = {
    "prepared": (
        "Prepared to partner", ("reach",), ("staff_who_logged",),
        "How many families were reached in the first 30 days of lessons, before there was a problem to speak about, "
        "and how many staff the log names.",
        "It cannot say how many staff there are: the log names only those who logged. And a contact is no training.",
    ),
    "mutual_competence": (
        "Mutual competence", ("family_initiated", "family_reply_rate", "school_reply_rate"), ("balance",),
        "Who begins, and whether each side answers the other. A balance above zero: the school answers families more "
        "often than families answer the school.",
        "It cannot say whether an answer helped, and messages that ask for no answer lower the families' rate.",
    ),
    "good_intention": (
        "Good intention", ("positive_share", "positive_first"), ("concerns_only",),
        "How much of the news is good, whether the year begins with it, and how many families heard concerns only.",
        "Tone is the logger's own view of a contact, not the family's, and contacts without a tone are left out.",
    ),
    "next_generation": (
        "The next generation", ("student_present", "contact_rate"), (),
        "Whether students take over a part of the conversation as contact with families falls from grade to grade.",
        "Few logs record it, and a student in the room is not yet a student with a voice.",
    ),
}  # fmt: skip

OWN_LABELS = {
    "staff_who_logged": ("Staff named in the log", "people"),
    "balance": ("School reply rate less family reply rate", "share"),
    "concerns_only": ("Families who heard concerns only", "share"),
}

_HEARD = """
WITH heard AS (
    SELECT cut_1 AS band, student_id, arg_max(school_id, day) AS school_id,
           max(CASE WHEN tone_known > tone_concern THEN 1 ELSE 0 END) AS other_news
    FROM scoped_contact WHERE tone_known > 0 GROUP BY cut_1, student_id
)
SELECT band, school_id, CAST(sum(1 - other_news) AS BIGINT) AS numerator, count(*) AS denominator
FROM heard GROUP BY band, school_id
"""

STAFF = "SELECT cut_1 AS band, count(DISTINCT staff) AS staff FROM scoped_staff GROUP BY cut_1"


def page(store: Store, viewer: Viewer, question: Question) -> list[Practice]:
    """All four practices over the question's period and filters (its measure and cuts are replaced).

    Changes are held to the false discovery rate over the whole page.
    """
    now = _this_year(store, viewer, question)
    asked = {name: tuple(_asked(store, now, measure) for measure in PRACTICES[name][1]) for name in PRACTICES}
    figures = [question for questions in asked.values() for question in questions]
    together.read(store, viewer, [replace(question, by=by) for by in ((), ("band",)) for question in figures])
    together.read(store, viewer, [replace(question, by=("grade",)) for question in asked["next_generation"]])
    changes = trends.answer(store, viewer, tuple(figures))
    return [_practice(store, viewer, now, name, asked[name], changes) for name in PRACTICES]


def concerns_only(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """Families whose contacts with a known tone were all concerns / families with such a contact, by band and "all"."""
    rows = []
    for band, sums in _by_band(store, viewer, question, _HEARD):
        above, below = int(sums["numerator"].sum()), int(sums["denominator"].sum())
        rows.append((band, above / below if below else None, above, below))
    return pd.DataFrame(rows, columns=["band", "value", "numerator", "denominator"]).astype({"value": float})


def staff_who_logged(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """Names of staff in the log, by band of the student and "all". A count: nobody's name leaves the store."""
    rows = [(band, float(found["staff"].sum())) for band, found in _by_band(store, viewer, question, STAFF)]
    return pd.DataFrame(rows, columns=["band", "value"]).assign(numerator=lambda t: t["value"], denominator=None)


def balance(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """School reply rate less family reply rate, by band and "all"."""
    school, family = (_measure(store, viewer, replace(question, measure=f"{who}_reply_rate")) for who in _SIDES)
    return school.assign(value=school["value"] - family["value"], numerator=None, denominator=None)


_SIDES = ("school", "family")
_OWN = {"staff_who_logged": staff_who_logged, "balance": balance, "concerns_only": concerns_only}


def _practice(store, viewer, now: Question, name: str, asked: tuple, changes: pd.DataFrame) -> Practice:
    label, measures, own, says, cannot_say = PRACTICES[name]
    tables = [
        _measure(store, viewer, question).assign(figure=question.measure, unit=MEASURES[question.measure].unit_words)
        for question in asked
    ]
    tables = [table.assign(label=_label(table)) for table in tables]
    for figure in own:
        words, unit = OWN_LABELS[figure]
        tables.append(_OWN[figure](store, viewer, now).assign(figure=figure, label=words, unit=unit))
    tables = [table.astype({"value": float}).reindex(columns=COLUMNS) for table in tables]
    # Counts stay whole where another figure of the practice has none.
    figures = pd.concat(tables, ignore_index=True).astype(dict.fromkeys(COUNTS, "Int64"))
    mine = changes[changes["measure"].isin(measures)].reset_index(drop=True)
    curve = _curve(store, viewer, now) if name == "next_generation" else None
    return Practice(name, label, figures, mine, says, cannot_say, curve)


def _label(table: pd.DataFrame) -> str:
    measure = table["figure"].iloc[0]
    if measure != "reach":
        return MEASURES[measure].label
    return f"Families reached {first_days_in_words(*table[['first_day', 'last_day']].iloc[0])}"


def first_days_in_words(first: date | None, last: date | None) -> str:
    """ "in the first 30 days of lessons", or how many of them are loaded while they are not over."""
    days = FIRST_DAYS if pd.isna(first) or pd.isna(last) else (last - first).days + 1
    if days >= FIRST_DAYS:
        return f"in the first {FIRST_DAYS} days of lessons"
    return f"in the {days} days since lessons began" if days > 1 else "on the first day of lessons"


def _asked(store: Store, now: Question, measure: str) -> Question:
    """The question of one measure; `reach` is asked of the first 30 days of lessons only."""
    question = replace(now, measure=measure, by=())
    return question if measure != "reach" or now.end is None else first_days_of_lessons(store, question)


def first_days_of_lessons(store: Store, question: Question) -> Question:
    """The question over the first 30 days of lessons of the school year in which its period ends.

    Lessons begin on the day of the settings, or on the first enrolled day where the rosters say that it came some days
    later. A roster that begins later than that is of a part of the year, and tells nothing of its first lessons.
    """
    year = start_year(name_of(question.end))
    month, day = store.settings()["first_day"]
    lessons = day_number(date(year if month >= 7 else year + 1, month, day))
    stretches = ((max(first, lessons), stop) for first, stop in lookups(store).enrolled)
    first = min((first for first, stop in stretches if first < min(stop, lessons + FIRST_DAYS)), default=lessons)
    return replace(question, start=day_date(first), end=day_date(first) + timedelta(FIRST_DAYS - 1))


def _this_year(store: Store, viewer: Viewer, question: Question) -> Question:
    both = trends.periods(store, viewer, replace(question, measure="contact_rate", by=()))
    return both[0] if both else replace(question, measure="contact_rate", by=())


def _measure(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """A measure for all and by band: band, value, numerator, denominator."""
    answer = ask(store, viewer, replace(question, by=()))
    bands = ask(store, viewer, replace(question, by=("band",))).table
    both = pd.concat([answer.table.assign(band="all"), bands], ignore_index=True)
    return both.assign(first_day=answer.start, last_day=answer.end)


def _curve(store: Store, viewer: Viewer, now: Question) -> pd.DataFrame:
    parts = [
        ask(store, viewer, replace(now, measure=measure, by=("grade",))).table.set_index("grade")["value"]
        for measure in ("student_present", "contact_rate")
    ]
    return pd.concat(parts, axis=1, keys=["student_present", "contact_rate"]).rename_axis("grade").reset_index()


def _by_band(store: Store, viewer: Viewer, question: Question, sql: str):
    """(band, rows of the SQL) for "all" and each band that occurs."""
    for by in ((), ("band",)):
        scope = scope_of(store, viewer, replace(question, measure="contact_rate", by=by))
        found = scope.run(store, sql)
        if not by:
            yield "all", found
        else:
            yield from found.groupby("band")
