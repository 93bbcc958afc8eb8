"""Silence: who is enrolled on the last day of a cell, and who of them had a delivered contact before it.

Looks back over any school, and before the period. Whole months come from student_month's last delivered day.
"""

from analytics import periods
from analytics.scoped.contacts import Contacts
from analytics.scoped.pieces import values


class Silence(Contacts):
    """Tables for `silent`."""

    def scope_last_day(self) -> str:
        """The last day of each cell of time, by as-of date."""
        rows = [(*keys, day) for keys, day in self._last_days().items()]
        return values(rows, ("time_1", "time_2", "as_of", "last_day"))

    def scope_roll(self) -> str:
        """Who is enrolled on the last day of each cell; a student has one span on a day."""
        cuts = self.cuts("m.{column}", "t.time_{n}")
        return f"""
            SELECT m.student_id, m.school_id, t.last_day, {cuts[0]} AS cut_1, {cuts[1]} AS cut_2,
                   {"m.school_id" if self.scope.by_school else "0"} AS place
            FROM scope_member AS m
            JOIN scope_last_day AS t ON t.as_of = m.as_of AND t.last_day >= m.start_day AND t.last_day < m.end_day"""

    def scoped_roll(self) -> str:
        """How many students and schools that are; the same for every channel and topic."""
        return self.every_value("""
            SELECT cut_1, cut_2, place, count(*) AS students, count(DISTINCT school_id) AS schools
            FROM scope_roll GROUP BY cut_1, cut_2, place""")

    def scoped_heard(self) -> str:
        """Of those on the roll, who had a delivered contact in the days that end on the last day."""
        cuts = self.cuts("r.cut_{n}", "r.cut_{n}", "c.contact_{n}")
        return f"""
            SELECT {cuts[0]} AS cut_1, {cuts[1]} AS cut_2, r.place, r.student_id
            FROM scope_roll AS r
            JOIN scope_recent AS c ON c.student_id = r.student_id AND c.last_day = r.last_day"""

    def scope_value(self) -> str:
        """As of other measures, and the channels and topics of the days looked back on, which may begin before."""
        found = super().scope_value()
        if self.scope.measure.name != "silent":
            return found
        cuts = self.cuts(contact="cut_{n}")
        return f"{found} UNION SELECT {cuts[0]}, {cuts[1]} FROM scoped_heard"

    def scope_recent(self) -> str:
        """Students with a delivered contact while enrolled, at any school, in the days that end on a last day.

        Without a cut or filter by channel or topic it is a tally: any viewer who asks about the same last days
        looks up the same students, and joins them to the own roll.
        """
        if self.contact_cuts or self.contact_tests():
            return self._recent("scope_look_at_day", "scope_look_at_month")
        looks = (f"({self.scope_look_at_day()})", f"({self.scope_look_at_month()})")
        heard = self.kept(f"SELECT student_id, last_day FROM ({self._recent(*looks)}) GROUP BY student_id, last_day")
        return f"SELECT student_id, last_day, 0 AS contact_1, 0 AS contact_2 FROM {heard}"

    def _recent(self, days_table: str, months_table: str) -> str:
        days = self.scope.known.settings["silence_days"]
        cuts = self.cuts(contact="f.{cut}")
        shown = f"SELECT f.student_id, r.last_day, {cuts[0]} AS contact_1, {cuts[1]} AS contact_2"
        delivered = f"f.delivered > 0 AND f.span_no > 0 {self.contact_tests()}"
        found = f"{shown} FROM student_day AS f JOIN {days_table} AS r ON r.day = f.day WHERE {delivered}"
        if self._months():
            found += f"""
            UNION ALL
            {shown} FROM {self._months()} AS f JOIN {months_table} AS r ON r.month = f.month
            WHERE {delivered} AND f.last_delivered > r.last_day - {days}"""
        return found

    def scope_look_at_month(self) -> str:
        """The months that end by a last day and reach into the days before it."""
        rows = [(last, month) for last, months, _ in self._looks() for month in months]
        return values(rows, ("last_day", "month"))

    def scope_look_at_day(self) -> str:
        """The days before a last day that no such month holds."""
        return values([(last, day) for last, _, days in self._looks() for day in days], ("last_day", "day"))

    def _months(self) -> str | None:
        """The fact of whole months to look back over; cuts by time only say from where."""
        return self.months_table(self.contact_cuts)

    def _looks(self) -> list[tuple[int, list[int], range]]:
        """Of each last day: the whole months to look at, and the single days."""
        looks = []
        for last in sorted(set(self._last_days().values())):
            first = last - self.scope.known.settings["silence_days"] + 1
            whole = last + 1 == periods.next_month(last) or last >= self.scope.last_as_of
            stop = periods.next_month(last) if whole else periods.month_of(last)
            if not self._months() or stop <= first:
                looks.append((last, [], range(first, last + 1)))
                continue
            months = [part.keys[0] for part in periods.parts([(periods.month_of(first), stop)], ("month",))]
            looks.append((last, months, range(stop, last + 1)))
        return looks

    def _last_days(self) -> dict[tuple, int]:
        """The last day of each (time_1, time_2, as-of date); parts come in the order of days, so the last one stays."""
        return {
            (*self.time_keys(part.keys), as_of): min(part.stop - 1, as_of)
            for part in self.parts()
            for as_of in sorted(set(self.scope.as_of.values()))
            if part.first <= as_of
        }
