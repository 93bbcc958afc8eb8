"""Tallies: sums over the days of a question by student and stretch, which the store keeps for its version.

Owns their SELECTs. They read facts alone: no viewer, no school and no filter of the question's owner is in them,
so the same tally serves all who ask about the same days, and each scoped table joins it to scope_member as it
would join the fact. A page of forty answers about two periods adds the facts up twice and not forty times.
"""

from analytics import periods
from analytics.scoped.pieces import Pieces

SUMS = (
    "mass", "attempts", "attempts_own", "delivered", "known", "two_way", "school_asks", "school_asks_answered",
    "family_asks", "family_asks_answered", "began_family", "began_known", "tone_positive", "tone_concern",
    "tone_known", "present", "present_known", "language_met", "language_known", "no_direction", "no_outcome",
    "no_time", "twins",
)  # fmt: skip
_ADDED = ", ".join(f"CAST(sum(f.{column}) AS INTEGER) AS {column}" for column in SUMS)
_AS_THEY_ARE = ", ".join(f"CAST({column} AS INTEGER) AS {column}" for column in SUMS)


class Tallies(Pieces):
    """SELECTs by the name that stands for them in the SQL of a question."""

    def __init__(self, scope, sql: str = ""):
        super().__init__(scope, sql)
        self.tallies: dict[str, str] = {}

    def kept(self, select: str) -> str:
        """The name that stands for the rows of a SELECT over facts."""
        select = " ".join(select.split())
        for name, known in self.tallies.items():
            if known == select:
                return name
        name = f"tally_{len(self.tallies):03d}"
        self.tallies[name] = select
        return name

    def months_table(self, cuts: tuple | None = None) -> str | None:
        """The fact that holds whole months as finely as `cuts` (the question's) need; None: only days do."""
        asked = {*(self.by if cuts is None else cuts), *self.scope.wanted}
        if asked & {"week", "topic"}:
            return None
        return "student_month_channel" if "channel" in asked else "student_month"

    def widened(self, stretches) -> list[tuple[int, int]]:
        """The same stretches, begun and ended at a month's border where no contact of the scope lies between."""
        nobody = self.scope.known.nobody
        return [
            (
                periods.month_of(first) if nobody(periods.month_of(first), first) else first,
                periods.next_month(stop - 1) if stop > self.scope.last_as_of else stop,
            )
            for first, stop in stretches
        ]

    def sums(self, stretches) -> str | None:
        """The tally of `SUMS` over stretches of days, by student, span and what the question tells apart in time,
        channel and topic, which are columns of it; `day` is the latest of each row. None where there is nothing to add
        up, or where it would be as long as the facts themselves.
        """
        contact = [cut for cut in ("channel", "topic") if cut in {*self.by, *self.scope.wanted}]
        if not stretches or contact and self.time_cuts or len(contact) > 1:
            return None
        if not contact and self.time_cuts == ("month",):
            return self.kept(self._by_month(stretches))
        source = " UNION ALL ".join(
            f"SELECT student_id, span_no, {day} AS day, {', '.join([*contact, *SUMS])} FROM {fact} "
            f"WHERE span_no > 0 AND ({within(day, days)})"
            for fact, day, days in self._facts(self.widened(stretches), self.months_table())
        )
        calendar = "JOIN calendar AS k ON k.day = f.day" if self.time_cuts else ""
        apart = [f"f.{cut}" for cut in contact] + [f"k.{cut}" for cut in sorted(self.time_cuts)]
        return self.kept(f"""
            SELECT f.student_id, f.span_no, max(f.day) AS day, {"".join(f"{cut}, " for cut in apart)} {_ADDED}
            FROM ({source}) AS f {calendar}
            GROUP BY {", ".join(["f.student_id", "f.span_no", *apart])}""")

    def _by_month(self, stretches) -> str:
        """`sums` by month: the fact has one row for a student, span and whole month, so that only days are added up."""
        months, days = periods.whole_months(self.widened(stretches))
        whole = f"""
            SELECT student_id, span_no, month AS day, month, {_AS_THEY_ARE}
            FROM student_month WHERE span_no > 0 AND ({within("month", months)})"""
        if not days:
            return whole
        return f"""{whole}
            UNION ALL
            SELECT f.student_id, f.span_no, max(f.day) AS day, k.month, {_ADDED}
            FROM student_day AS f JOIN calendar AS k ON k.day = f.day
            WHERE f.span_no > 0 AND ({within("f.day", days)}) GROUP BY f.student_id, f.span_no, k.month"""

    def asks(self, stretches, test: str) -> str:
        """The tally of the school's asks in whole months, by student, span and days to the answer."""
        calendar = "JOIN calendar AS k ON k.day = f.month" if self.time_cuts else ""
        contact = [cut for cut in ("channel",) if cut in {*self.by, *self.scope.wanted}]
        apart = [f"f.{cut}" for cut in contact] + [f"k.{cut}" for cut in sorted(self.time_cuts)]
        return self.kept(f"""
            SELECT f.student_id, f.span_no, max(f.month) AS day, f.reply_days,
                   {"".join(f"{cut}, " for cut in apart)} CAST(sum(f.asks) AS INTEGER) AS asks
            FROM ask_month AS f {calendar}
            WHERE f.span_no > 0 AND ({within("f.month", stretches)}) AND {test}
            GROUP BY {", ".join(["f.student_id", "f.span_no", "f.reply_days", *apart])}""")

    def single_asks(self, stretches, test: str) -> str:
        """The tally of the school's asks day by day, for those that were not watched to the end."""
        contact = "".join(f"{cut}, " for cut in ("channel", "topic") if cut in {*self.by, *self.scope.wanted})
        return self.kept(f"""
            SELECT student_id, span_no, day, reply_days, {contact} CAST(count(*) AS INTEGER) AS asks
            FROM reply WHERE span_no > 0 AND side = 'outbound' AND ({within("day", stretches)}) AND {test}
            GROUP BY ALL""")

    def firsts(self, stretches) -> str:
        """The first delivered contacts of school years, where they lie in the stretches."""
        return self.kept(f"""
            SELECT student_id, span_no, day, channel, topic, tone_good, tone_known
            FROM student_first WHERE {within("day", stretches)}""")

    def outside(self, stretches) -> str:
        """The tally of `SUMS` over days on which a student was not enrolled, by student and what filters need."""
        contact = [cut for cut in ("channel", "topic") if cut in self.scope.wanted]
        columns = ("student_id", *contact, *SUMS)
        source = " UNION ALL ".join(
            f"SELECT {', '.join(columns)} FROM {fact} WHERE span_no = 0 AND ({within(day, days)})"
            for fact, day, days in self._facts(stretches, self.months_table(()))
        )
        apart = ", ".join(f"f.{name}" for name in ("student_id", *contact))
        return self.kept(f"SELECT {apart}, {_ADDED} FROM ({source}) AS f GROUP BY {apart}")

    def own_weeks(self, stretches) -> str:
        """The tally of weeks (`day` is one of the week's) with an attempt of the student's own school, by month."""
        return self.kept(f"""
            SELECT f.student_id, f.span_no, max(f.day) AS day
            FROM student_day AS f JOIN calendar AS k ON k.day = f.day
            WHERE f.span_no > 0 AND f.attempts_own > 0 AND ({within("f.day", stretches)})
            GROUP BY f.student_id, f.span_no, k.week, k.month""")

    def own_months(self, stretches) -> str:
        """The tally of the days (a bit each) of whole months on which a school logged an attempt of its own.

        By school, grade and month (`day` is its first), with one student that had them: as `seats`.
        """
        return self.kept(f"""
            SELECT min(f.student_id) AS student_id, arg_min(f.span_no, f.student_id) AS span_no, f.month AS day,
                   bit_or(f.own_days) AS own_days
            FROM student_month AS f JOIN span AS s ON s.student_id = f.student_id AND s.span_no = f.span_no
            WHERE f.span_no > 0 AND f.own_days > 0 AND ({within("f.month", stretches)})
            GROUP BY s.school_id, s.grade, f.month""")

    def of_seats(self, *more: str) -> bool:
        """Does the question know no more of a student than school and grade, and nothing of the day or the contact?

        Or nothing but these `more` cuts.
        """
        return {*filter(None, self.by), *self.scope.wanted} <= {"band", "grade", "school", "district", *more}

    def seats(self, select: str, column: str) -> str:
        """The tally of rows of a SELECT by school, grade and `column`: `counted` rows, and one student that had them.

        That student stands for all of the same school and grade, of whom `of_seats` says that the question cannot
        tell them apart.
        """
        return self.kept(f"""
            SELECT min(f.student_id) AS student_id, arg_min(f.span_no, f.student_id) AS span_no,
                   min(s.start_day) AS day, f.{column}, count(*) AS counted
            FROM ({select}) AS f JOIN span AS s ON s.student_id = f.student_id AND s.span_no = f.span_no
            GROUP BY s.school_id, s.grade, f.{column}""")

    @staticmethod
    def _facts(stretches, months_table: str | None) -> list[tuple[str, str, list]]:
        """(fact, its column of days, the days to read in it) that together cover stretches of days."""
        if months_table is None:
            return [("student_day", "day", stretches)]
        months, days = periods.whole_months(stretches)
        return [(months_table, "month", months), ("student_day", "day", days)]


def within(day: str, stretches) -> str:
    """The test that a day lies in one of the stretches."""
    return " OR ".join(f"{day} >= {first} AND {day} < {stop}" for first, stop in stretches) or "FALSE"
