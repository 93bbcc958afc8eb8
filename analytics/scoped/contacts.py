"""What happened: rows of the facts in the days of the period, joined to the spans in scope.

Whole months come from student_month, or student_month_channel where channels are told apart; the days at the
ends of a period, weeks and topics come from student_day. Both ways give the same sums.
"""

from analytics import periods
from analytics.scoped.pieces import values
from analytics.scoped.tallies import SUMS, Tallies, within


class Contacts(Tallies):
    """Tables over `student_month`, `student_month_channel`, `student_day`, `student_first`, `ask_month` and `reply`."""

    def scoped_contact(self) -> str:
        """Contacts of the period, by student and month or day."""
        return self._sums(self.scope.stretches)

    def scoped_closed(self) -> str:
        """Contacts of the period up to the last day on which asks are closed, in each district."""
        window, stops = self._closed_until()
        surely, perhaps = _split(self.scope.stretches, min(stops))
        closed = f"f.day <= m.as_of - {window}"
        days = self.rows("student_day", perhaps, self._named_sums(), closed)
        rest = "" if len(set(stops)) == 1 else f"UNION ALL {days}"
        return self._sums(surely) + rest

    def scoped_open(self) -> str:
        """Contacts of the period on days of which asks are still open: what scoped_closed leaves out."""
        window, stops = self._closed_until()
        _, perhaps = _split(self.scope.stretches, min(stops))
        if len(set(stops)) == 1:
            return self._sums(perhaps)
        return self.rows("student_day", perhaps, ("school_asks", "family_asks"), f"f.day > m.as_of - {window}")

    def _closed_until(self) -> tuple[int, list[int]]:
        """(the days in which an answer counts, the first open day of each district)."""
        window = self.scope.known.settings["reply_window_days"]
        return window, [as_of - window + 1 for as_of in self.scope.as_of.values()] or [0]

    def scoped_first(self) -> str:
        """First delivered contacts of a student's school year, where they happened."""
        return self.joined(self.firsts(self.scope.stretches), ("tone_good", "tone_known"))

    def scoped_ask(self) -> str:
        """Asks of the school: reply_days, watched_days (after which nothing more is known of them), asks (how many).

        By month where all were watched to the end; of later ones only those without an answer are read one by one.
        """
        longest = self.scope.known.longest_days
        watched = f"least({longest}, m.as_of - f.day) AS watched_days"
        if not self.months_table():
            return self.joined(self.single_asks(self.scope.stretches, "TRUE"), ("reply_days", watched, "asks"))
        months, days = periods.whole_months(self.widened(self.scope.stretches))
        first_open = periods.month_of(min(self.scope.as_of.values(), default=0) - longest)
        closed, still_open = _split(months, first_open)
        whole = ("reply_days", f"{longest} AS watched_days", "asks")
        return " UNION ALL ".join(
            (
                self.joined(self.asks(closed, "TRUE"), whole, times="f"),
                self.joined(self.asks(still_open, "f.reply_days IS NOT NULL"), whole, times="f"),
                self.joined(self.single_asks(still_open, "reply_days IS NULL"), ("reply_days", watched, "asks")),
                self.joined(self.single_asks(days, "TRUE"), ("reply_days", watched, "asks")),
            )
        )

    def scoped_outside(self) -> str:
        """Contacts of the period on days on which a student of the scope was not enrolled; without cuts."""
        # Widened at the end only: before the first enrolled day there are contacts, and none of them inside a span.
        last = self.scope.last_as_of
        begun = [(first, periods.next_month(stop - 1) if stop > last else stop) for first, stop in self.scope.stretches]
        return f"""
            SELECT f.student_id, {", ".join(f"f.{column}" for column in SUMS)}
            FROM {self.outside(begun)} AS f SEMI JOIN scope_member AS m ON m.student_id = f.student_id
            WHERE TRUE {self.contact_tests()}"""

    def scoped_staff(self) -> str:
        """Staff who logged a personal contact in the period, by student and month; cut by month or coarser."""
        masks = [
            (part.keys[0], sum(1 << (day - part.keys[0]) for day in range(part.first, part.stop)))
            for part in periods.parts(self.scope.stretches, ("month",))
        ]
        masked = f"JOIN ({values(masks, ('month', 'mask'))}) AS p ON p.month = f.{{day}} WHERE f.days & p.mask <> 0"
        if self.of_seats():
            logged = f"SELECT f.student_id, f.span_no, f.staff FROM staff_month AS f {masked.format(day='month')}"
            return self.joined(self.seats(logged, "staff"), ("staff",))
        stretches = [(month, month + 1) for month, _ in masks]
        return f"""
            SELECT f.* EXCLUDE (days) FROM ({self.rows("staff_month", stretches, ("staff", "days"))}) AS f
            {masked.format(day="day")}"""

    def scoped_entry(self) -> str:
        """Contacts of the period (how many) by the days from the contact to the day on which its file was loaded."""
        lag = "datediff('day', f.contact_date, CAST(u.loaded_at AS DATE)) AS lag_days"
        loaded = f"f.status = 'loaded' AND ({within('f.contact_day', self.scope.stretches)})"
        if self.of_seats():
            entered = f"""
                SELECT f.student_id, m.span_no, {lag}
                FROM contact_row AS f JOIN upload AS u ON u.upload_id = f.upload_id
                JOIN span AS m
                    ON m.student_id = f.student_id AND f.contact_day >= m.start_day AND f.contact_day < m.end_day
                WHERE {loaded}"""
            return self.joined(self.seats(entered, "lag_days"), ("lag_days", "counted AS contacts"))
        return f"""
            SELECT {lag}, 1 AS contacts
            FROM contact_row AS f JOIN upload AS u ON u.upload_id = f.upload_id
            JOIN scope_member AS m
                ON m.student_id = f.student_id AND f.contact_day >= m.start_day AND f.contact_day < m.end_day
            WHERE {loaded} {self.contact_tests()}"""

    def scope_value(self) -> str:
        """The values of the channel and topic cuts that occur among the contacts of the period."""
        cuts = self.cuts(contact="cut_{n}")
        occurs = "mass" if self.scope.measure.name == "mass_messages" else "attempts"
        return f"SELECT DISTINCT {cuts[0]} AS cut_1, {cuts[1]} AS cut_2 FROM scoped_contact WHERE {occurs} > 0"

    def _sums(self, stretches) -> str:
        """Sums of student_day over stretches of days: from their tally, else from whole months and days."""
        tally = self.sums(stretches)
        if tally:
            return self.joined(tally, self._named_sums(), times="f")
        table = self.months_table()
        if table is None:
            return self.rows("student_day", stretches, self._named_sums())
        months, days = periods.whole_months(self.widened(stretches))
        columns = self._named_sums()
        return f"{self.rows(table, months, columns)} UNION ALL {self.rows('student_day', days, columns)}"

    def _named_sums(self) -> tuple[str, ...]:
        """The sums that the question's SQL or a table over contacts names; without its SQL all of them."""
        named = {*self.named, "mass", "attempts"}  # `scope_value` looks at these two
        return tuple(column for column in SUMS if not self.named or column in named)

    def rows(self, fact: str, stretches, columns, test: str = "TRUE") -> str:
        """Rows of a fact in stretches of days, joined to the spans in scope, with cuts and place."""
        day = "month" if "month" in fact else "day"
        return self.joined(fact, columns, f"({within(f'f.{day}', stretches)}) AND {test}", day)

    def joined(self, source: str, columns, test: str = "TRUE", day: str = "day", times: str = "k") -> str:
        """Rows of a fact or a tally, joined to the spans in scope, with cuts and place.

        `times`: where cuts by time are read, from the calendar or from the tally itself (`f`).
        """
        calendar = f"JOIN calendar AS k ON k.day = f.{day}" if self.time_cuts and times == "k" else ""
        cuts = self.cuts("m.{column}", f"{times}.{{cut}}", "f.{cut}")
        shown = ", ".join(column if " " in column else f"f.{column}" for column in columns)
        place, last_school = self._place(times)
        return f"""
            SELECT f.student_id, m.school_id, f.{day} AS day, {cuts[0]} AS cut_1, {cuts[1]} AS cut_2,
                   {place} AS place, {shown}
            FROM {source} AS f
            JOIN scope_member AS m ON m.student_id = f.student_id AND m.span_no = f.span_no
            {calendar} {last_school}
            WHERE {test} {self.contact_tests()}"""

    def _place(self, times: str) -> tuple[str, str]:
        """(the school that a contact is added to, the join that finds it)."""
        if not self.scope.by_school:
            return "0", ""
        if not self.scope.measure.counts_students:
            return "m.school_id", ""
        cuts = self.cuts("m.{column}", f"{times}.{{cut}}")
        on = f"l.student_id = f.student_id AND l.cut_1 = {cuts[0]} AND l.cut_2 = {cuts[1]}"
        return "l.school_id", f"JOIN scope_last_school AS l ON {on}"


def _split(stretches, day: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(the stretches before a day, the rest)."""
    before = [(first, min(stop, day)) for first, stop in stretches if first < day]
    return before, [(max(first, day), stop) for first, stop in stretches if stop > day]
