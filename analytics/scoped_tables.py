"""The scoped tables: SQL for the only tables that a measure's SQL may name.

    scoped_span       enrolled stretches [start_day, end_day), clipped to period and as-of date, split by time cuts
    scoped_enrolled   the same added up: days, students and schools of each cell
    scoped_school_days   days of each cell by school
    scoped_contact    what happened: sums of student_day by student and month or day
    scoped_closed     the same, without asks that are still open
    scoped_first      first delivered contacts of a student's school year
    scoped_reply      the school's asks, one by one, with the days for which each was watched
    scoped_roll       who is enrolled on the last day of a cell
    scoped_recent     of those, who had a delivered contact before it
    scoped_week       each school's weeks of lessons
    scoped_own_week   those in which the school itself logged something

Each has `cut_1` and `cut_2` (0 where not asked) and `place` (0, or the school when added up by school).
Whole months are read from student_month, days at the ends of a period, weeks, channels and topics from student_day.
"""

import re

from analytics import periods
from analytics.measures import CUTS

SUMS = (
    "mass", "attempts", "attempts_own", "delivered", "known", "two_way", "school_asks", "school_asks_answered",
    "family_asks", "family_asks_answered", "began_family", "began_known", "tone_positive", "tone_known",
    "present", "present_known", "language_met", "language_known",
)  # fmt: skip

_FLAGS = ("iep", "english_learner", "low_income")
_OPEN_END = 10**6  # a day number after any contact


def complete(scope, sql: str) -> tuple[str, dict]:
    """(text, parameters): a measure's SQL preceded by the scoped tables that it names, and those that they name."""
    tables = _Tables(scope)
    wanted: dict[str, str] = {}
    _collect(tables, sql, wanted)
    steps = ",\n".join(f"{name} AS (\n{text}\n)" for name, text in wanted.items())
    body = re.sub(r"^(\s*--[^\n]*\n)*\s*WITH\s", "", sql)
    return f"WITH {steps}" + (f",\n{body}" if body != sql else f"\n{sql}"), tables.parameters


def _collect(tables, sql: str, wanted: dict[str, str]) -> None:
    for name in dict.fromkeys(re.findall(r"\bscope(?:d)?_[a-z_]+", sql)):
        if name not in wanted:
            text = getattr(tables, name)()
            _collect(tables, text, wanted)
            wanted[name] = text


class _Tables:
    """One method a table, each returning its SELECT. Values that people wrote go into `parameters`."""

    def __init__(self, scope):
        self.scope = scope
        self.by = (*scope.question.by, None, None)[:2]
        self.time_cuts = tuple(cut for cut in scope.question.by if CUTS[cut].of == "time")
        self.contact_cuts = tuple(cut for cut in scope.question.by if CUTS[cut].of == "contact")
        self.parameters: dict = {}

    # -- who and where ---------------------------------------------------------------------------------

    def scope_school(self) -> str:
        """The schools in scope, each with the as-of date of its district."""
        counted = self.scope.counted
        self.parameters["school_ids"] = [school.school_id for school in counted]
        self.parameters["school_as_of"] = [self.scope.as_of[school.district] for school in counted]
        return "SELECT unnest($school_ids::BIGINT[]) AS school_id, unnest($school_as_of::INTEGER[]) AS as_of"

    def scope_member(self) -> str:
        """Spans in scope, not clipped, with the values of the span cuts that were asked."""
        tests = ["TRUE"]
        for cut, values in self.scope.wanted.items():
            if CUTS[cut].of == "span":
                self.parameters[f"wanted_{cut}"] = sorted(values)
                tests.append(f"{_span_value(cut)} IN (SELECT unnest($wanted_{cut}::VARCHAR[]))")
        cuts = [_span_value(cut) if cut and CUTS[cut].of == "span" else "0" for cut in self.by]
        return f"""
            SELECT s.student_id, s.span_no, s.start_day, s.end_day, s.school_id, p.as_of,
                   {cuts[0]} AS own_1, {cuts[1]} AS own_2
            FROM span AS s JOIN scope_school AS p ON p.school_id = s.school_id
            WHERE {" AND ".join(tests)}"""

    def scope_part(self) -> str:
        """The parts of the period, with the values of the time cuts that were asked."""
        return _values(
            [(part.first, part.stop, *self._time_keys(part.keys)) for part in self._parts()],
            ("first_day", "stop_day", "time_1", "time_2"),
        )

    def scope_last_school(self) -> str:
        """Of each student and cell: the school of the last enrolled day."""
        return """
            SELECT student_id, cut_1, cut_2, arg_max(school_id, end_day) AS school_id
            FROM scope_clipped GROUP BY student_id, cut_1, cut_2"""

    def scope_clipped(self) -> str:
        """Enrolled stretches in each part of the period."""
        return f"""
            SELECT m.student_id, m.span_no, m.school_id, m.as_of,
                   greatest(m.start_day, t.first_day) AS start_day,
                   least(m.end_day, t.stop_day, m.as_of + 1) AS end_day,
                   {self._cut(1, "m.own_1", "t.time_1", "0")} AS cut_1,
                   {self._cut(2, "m.own_2", "t.time_2", "0")} AS cut_2
            FROM scope_member AS m
            JOIN scope_part AS t ON m.start_day < t.stop_day AND m.end_day > t.first_day AND m.as_of >= t.first_day
            WHERE m.start_day <= m.as_of"""

    def scoped_span(self) -> str:
        """Enrolled stretches with their place; never split by channel or topic."""
        if not self.scope.by_school:
            return "SELECT *, 0 AS place FROM scope_clipped"
        if not self.scope.measure.counts_students:
            return "SELECT *, school_id AS place FROM scope_clipped"
        return """
            SELECT c.*, l.school_id AS place
            FROM scope_clipped AS c
            JOIN scope_last_school AS l
                ON l.student_id = c.student_id AND l.cut_1 = c.cut_1 AND l.cut_2 = c.cut_2"""

    def scoped_enrolled(self) -> str:
        """Days, students and schools of each cell; the same for every channel and topic."""
        counted = """
            SELECT cut_1, cut_2, place, sum(end_day - start_day) AS days,
                   count(DISTINCT student_id) AS students, count(DISTINCT school_id) AS schools
            FROM scoped_span GROUP BY cut_1, cut_2, place"""
        return self._for_every_value(counted)

    def scoped_school_days(self) -> str:
        """Enrolled days of each cell by the school in which they were."""
        return self._for_every_value("""
            SELECT cut_1, cut_2, school_id, sum(end_day - start_day) AS days
            FROM scope_clipped GROUP BY cut_1, cut_2, school_id""")

    # -- what happened ---------------------------------------------------------------------------------

    def scoped_contact(self) -> str:
        """Contacts of the period, by student and month or day."""
        return self._contacts(self.scope.stretches)

    def scoped_closed(self) -> str:
        """Contacts of the period up to the day before which an ask is closed, in each district."""
        window = self.scope.known.settings["reply_window_days"]
        if not self.scope.as_of:
            return self._contacts([])
        ends = [day - window + 1 for day in self.scope.as_of.values()]
        surely = [(first, min(stop, min(ends))) for first, stop in self.scope.stretches if first < min(ends)]
        rest = [(max(first, min(ends)), stop) for first, stop in self.scope.stretches if stop > min(ends)]
        whole = self._contacts(surely)
        if max(ends) == min(ends):
            return whole
        closed = f"f.day <= m.as_of - {window}"
        return f"{whole} UNION ALL {self._rows('student_day', 'day', rest, SUMS, closed)}"

    def scoped_first(self) -> str:
        """First delivered contacts of a student's school year, where they happened."""
        return self._rows("student_first", "day", self.scope.stretches, ("tone_good", "tone_known"))

    def scoped_reply(self) -> str:
        """The school's asks: reply_days, and watched_days, after which nothing more can be known of it."""
        watched = "least((SELECT longest_days FROM reply_rule), m.as_of - f.day) AS watched_days"
        return self._rows("reply", "day", self.scope.stretches, ("reply_days", watched), "f.side = 'outbound'")

    def _contacts(self, stretches) -> str:
        """Sums over stretches of days: from whole months where that is possible, else from days."""
        by_day = self.contact_cuts or "week" in self.time_cuts or self._contact_tests()
        if by_day:
            return self._rows("student_day", "day", stretches, SUMS)
        months, days = periods.whole_months(self._widened(stretches))
        return (
            self._rows("student_month", "month", months, SUMS)
            + "\nUNION ALL\n"
            + self._rows("student_day", "day", days, SUMS)
        )

    def _widened(self, stretches) -> list[tuple[int, int]]:
        """The same stretches, begun and ended at a month's border where no contact lies between."""
        widened = []
        for first, stop in stretches:
            if first <= self.scope.known.first_day:
                first = periods.month_of(first)
            if stop > self.scope.last_as_of:
                stop = periods.next_month(stop - 1)
            widened.append((first, stop))
        return widened

    def _rows(self, fact: str, day: str, stretches, columns, test: str = "TRUE") -> str:
        """Rows of a fact in stretches of days, joined to the spans in scope."""
        within = " OR ".join(f"f.{day} >= {first} AND f.{day} < {stop}" for first, stop in stretches) or "FALSE"
        calendar = f"JOIN calendar AS k ON k.day = f.{day}" if self.time_cuts else ""
        time = [f"k.{cut}" if cut in self.time_cuts else "0" for cut in self.by]
        contact = [f"f.{cut}" if cut in self.contact_cuts else "0" for cut in self.by]
        cuts = [self._cut(n, f"m.own_{n}", time[n - 1], contact[n - 1]) for n in (1, 2)]
        shown = ", ".join(column if " " in column else f"f.{column}" for column in columns)
        place, last_school = self._place(*cuts)
        return f"""
            SELECT f.student_id, m.school_id, f.{day} AS day, {cuts[0]} AS cut_1, {cuts[1]} AS cut_2,
                   {place} AS place, {shown}
            FROM {fact} AS f
            JOIN scope_member AS m ON m.student_id = f.student_id AND m.span_no = f.span_no
            {calendar} {last_school}
            WHERE ({within}) AND {test} {self._contact_tests()}"""

    def _place(self, cut_1: str, cut_2: str) -> tuple[str, str]:
        """(the school that a contact is added to, the join that finds it)."""
        if not self.scope.by_school:
            return "0", ""
        if not self.scope.measure.counts_students:
            return "m.school_id", ""
        cuts = ["0" if cut in self.contact_cuts else text for cut, text in zip(self.by, (cut_1, cut_2), strict=True)]
        return "l.school_id", (
            "JOIN scope_last_school AS l ON l.student_id = f.student_id "
            f"AND l.cut_1 = {cuts[0]} AND l.cut_2 = {cuts[1]}"
        )

    def _contact_tests(self) -> str:
        """The filters on channel and topic, which narrow contacts only."""
        tests = ""
        for cut in ("channel", "topic"):
            if cut in self.scope.wanted:
                self.parameters[f"wanted_{cut}"] = sorted(self.scope.wanted[cut])
                tests += f" AND f.{cut} IN (SELECT unnest($wanted_{cut}::VARCHAR[]))"
        return tests

    # -- silence ---------------------------------------------------------------------------------------

    def scope_last_day(self) -> str:
        """The last day of each cell of time, by as-of date."""
        rows = [(*keys, day) for keys, day in self._last_days().items()]
        return _values(rows, ("time_1", "time_2", "as_of", "last_day"))

    def scope_roll(self) -> str:
        """Who is enrolled on the last day of each cell."""
        return f"""
            SELECT m.student_id, m.school_id, t.last_day, {self._cut(1, "m.own_1", "t.time_1", "0")} AS cut_1,
                   {self._cut(2, "m.own_2", "t.time_2", "0")} AS cut_2
            FROM scope_member AS m
            JOIN scope_last_day AS t ON t.as_of = m.as_of AND t.last_day >= m.start_day AND t.last_day < m.end_day"""

    def scoped_roll(self) -> str:
        """The same for every channel and topic that is asked for."""
        place = "school_id" if self.scope.by_school else "0"
        contact = [f"cut_{n}" if cut in self.contact_cuts else "0" for n, cut in enumerate(self.by, 1)]
        everyone = self._for_every_value(f"SELECT *, {place} AS place FROM scope_roll")
        return f"SELECT *, {contact[0]} AS contact_1, {contact[1]} AS contact_2 FROM ({everyone})"

    def scoped_recent(self) -> str:
        """Students with a delivered contact while enrolled, at any school, in the days that end on a last day."""
        days = self.scope.known.settings["silence_days"]
        cuts = [f"f.{cut}" if cut in self.contact_cuts else "0" for cut in self.by]
        shown = f"f.student_id, r.last_day, {cuts[0]} AS contact_1, {cuts[1]} AS contact_2"
        delivered = f"f.delivered > 0 AND f.span_no > 0 {self._contact_tests()}"
        from_days = f"""
            SELECT {shown} FROM student_day AS f
            JOIN scope_look_back AS r ON f.day >= r.days_from AND f.day <= r.last_day WHERE {delivered}"""
        if self.contact_cuts or self._contact_tests():
            return f"SELECT DISTINCT * FROM ({from_days})"
        return f"""
            SELECT DISTINCT * FROM (
                SELECT {shown} FROM student_month AS f
                JOIN scope_look_back AS r ON f.month >= r.month_from AND f.month < r.month_stop
                WHERE {delivered} AND f.last_delivered > r.last_day - {days}
                UNION ALL {from_days}
            )"""

    def scope_look_back(self) -> str:
        """Of each last day: the whole months that end by then, and the first of the days to be looked at singly."""
        days = self.scope.known.settings["silence_days"]
        by_day = self.contact_cuts or self._contact_tests()
        rows = []
        for last_day in sorted(set(self._last_days().values())):
            ends_month = last_day + 1 == periods.next_month(last_day) or last_day >= self.scope.last_as_of
            stop = periods.next_month(last_day) if ends_month else periods.month_of(last_day)
            first = last_day - days + 1
            rows.append((last_day, periods.month_of(first), stop, first if by_day else max(first, stop)))
        return _values(rows, ("last_day", "month_from", "month_stop", "days_from"))

    # -- weeks -----------------------------------------------------------------------------------------

    def scope_lesson_week(self) -> str:
        """Weeks with a weekday of lessons in each cell of time, and the first such day."""
        settings = self.scope.known.settings
        lessons = [
            (max(first, begins), min(stop, ends), part.keys)
            for part in self._parts()
            for first, stop in [(part.first, part.stop)]
            for begins, ends in periods.lessons(first, stop, settings["first_day"], settings["last_day"])
        ]
        days = _values(
            [(first, stop, *self._time_keys(keys)) for first, stop, keys in lessons],
            ("first_day", "stop_day", "time_1", "time_2"),
        )
        return f"""
            SELECT t.time_1, t.time_2, k.week, min(k.day) AS first_day
            FROM ({days}) AS t JOIN calendar AS k ON k.day >= t.first_day AND k.day < t.stop_day
            WHERE k.weekday <= 5 GROUP BY t.time_1, t.time_2, k.week"""

    def scoped_week(self) -> str:
        """Weeks of lessons of each school with enrolled days in the cell."""
        time = " AND ".join(f"t.time_{n} = s.cut_{n}" for n, cut in enumerate(self.by, 1) if cut in self.time_cuts)
        return self._for_every_value(f"""
            SELECT DISTINCT s.cut_1, s.cut_2, s.place, s.school_id, t.week
            FROM (SELECT DISTINCT cut_1, cut_2, place, school_id, as_of FROM scoped_span) AS s
            JOIN scope_lesson_week AS t ON t.first_day <= s.as_of {"AND " + time if time else ""}""")

    def scoped_own_week(self) -> str:
        """Weeks in which a school logged an attempt for one of its own students of the cell."""
        return f"""
            SELECT DISTINCT f.cut_1, f.cut_2, f.place, f.school_id, k.week
            FROM ({self._rows("student_day", "day", self.scope.stretches, ("attempts_own",), "f.attempts_own > 0")}) AS f
            JOIN calendar AS k ON k.day = f.day"""

    # -- pieces ----------------------------------------------------------------------------------------

    def _parts(self) -> list[periods.Part]:
        return periods.parts(self.scope.stretches, self.time_cuts)

    def _last_days(self) -> dict[tuple, int]:
        """The last day of each (time_1, time_2, as-of date); parts come in the order of days, so the last one stays."""
        return {
            (*self._time_keys(part.keys), as_of): min(part.stop - 1, as_of)
            for part in self._parts()
            for as_of in set(self.scope.as_of.values())
            if part.first <= as_of
        }

    def _time_keys(self, keys: tuple) -> tuple:
        """The time values in the places of cut_1 and cut_2, 0 elsewhere."""
        of = dict(zip(self.time_cuts, keys, strict=True))
        return tuple(of.get(cut, 0) for cut in self.by)

    def _cut(self, number: int, span: str, time: str, contact: str) -> str:
        """Of three expressions the one that cut `number` is about."""
        cut = self.by[number - 1]
        return {"span": span, "time": time, "contact": contact}[CUTS[cut].of] if cut else "0"

    def _for_every_value(self, select: str) -> str:
        """Rows repeated for every value of the channel or topic cuts that occurs in the period."""
        if not self.contact_cuts:
            return select
        cuts = [f"v.cut_{n}" if cut in self.contact_cuts else f"e.cut_{n}" for n, cut in enumerate(self.by, 1)]
        return f"""
            SELECT {cuts[0]} AS cut_1, {cuts[1]} AS cut_2, e.* EXCLUDE (cut_1, cut_2)
            FROM ({select}) AS e CROSS JOIN scope_value AS v"""

    def scope_value(self) -> str:
        """The values of the channel and topic cuts that occur among the contacts of the period."""
        cuts = [f"cut_{n}" if cut in self.contact_cuts else "0" for n, cut in enumerate(self.by, 1)]
        occurs = "mass" if self.scope.measure.name == "mass_messages" else "attempts"
        return f"SELECT DISTINCT {cuts[0]} AS cut_1, {cuts[1]} AS cut_2 FROM scoped_contact WHERE {occurs} > 0"


def _span_value(cut: str) -> str:
    """A span cut's value; a school by its id, so that two schools of one name stay apart."""
    if cut == "school":
        return "s.school_id"
    if cut in _FLAGS:
        return f"CASE WHEN s.{cut} THEN 'yes' WHEN NOT s.{cut} THEN 'no' ELSE 'unknown' END"
    return f"coalesce(s.{cut}, 'unknown')"


def _values(rows: list[tuple], columns: tuple[str, ...]) -> str:
    """A small table of numbers and school years; an empty one keeps its columns."""
    text = ", ".join("(" + ", ".join(repr(value) for value in row) + ")" for row in rows)
    if rows:
        return f"SELECT * FROM (VALUES {text}) AS v({', '.join(columns)})"
    return "SELECT " + ", ".join(f"0 AS {column}" for column in columns) + " WHERE FALSE"
