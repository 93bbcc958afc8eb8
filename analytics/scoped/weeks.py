"""Weeks: each school's weeks of lessons in a cell, and those in which the school itself logged something."""

from analytics import periods
from analytics.scoped.contacts import Contacts
from analytics.scoped.pieces import values


class Weeks(Contacts):
    """Tables for `weeks_logged`."""

    def scope_lesson_week(self) -> str:
        """Weeks with a weekday of lessons in each cell of time, and the first such day."""
        settings = self.scope.known.settings
        stretches = [
            (max(part.first, begins), min(part.stop, ends), *self.time_keys(part.keys))
            for part in self.parts()
            for begins, ends in periods.lessons(part.first, part.stop, settings["first_day"], settings["last_day"])
        ]
        days = values(stretches, ("first_day", "stop_day", "time_1", "time_2"))
        return f"""
            SELECT t.time_1, t.time_2, k.week, min(k.day) AS first_day
            FROM ({days}) AS t JOIN calendar AS k ON k.day >= t.first_day AND k.day < t.stop_day
            WHERE k.weekday <= 5 GROUP BY t.time_1, t.time_2, k.week"""

    def scoped_week(self) -> str:
        """Weeks of lessons of each school with enrolled days in the cell."""
        same_time = [f"t.time_{n} = s.cut_{n}" for n, cut in enumerate(self.by, 1) if cut in self.time_cuts]
        return self.every_value(f"""
            SELECT DISTINCT s.cut_1, s.cut_2, s.place, s.school_id, t.week
            FROM (SELECT DISTINCT cut_1, cut_2, place, school_id, as_of FROM scoped_span) AS s
            JOIN scope_lesson_week AS t ON {" AND ".join(["t.first_day <= s.as_of", *same_time])}""")

    def scoped_own_week(self) -> str:
        """Weeks in which a school logged an attempt for one of its own students of the cell."""
        table = self.months_table()
        months, days = [], self.scope.stretches
        if table:
            months, days = periods.whole_months(self.widened(self.scope.stretches))
        if self.contact_cuts or self.contact_tests():
            by_day = self.rows("student_day", days, ("attempts_own",), "f.attempts_own > 0")
        else:
            by_day = self.joined(self.own_weeks(days), ("1 AS one",))
        found = f"""
            SELECT f.cut_1, f.cut_2, f.place, f.school_id, k.week
            FROM ({by_day}) AS f JOIN calendar AS k ON k.day = f.day"""
        if table:
            if self.of_seats("month", "school_year"):
                by_month = self.joined(self.own_months(months), ("own_days",))
            else:
                by_month = self.rows(table, months, ("own_days",), "f.own_days > 0")
            found += f"""
            UNION ALL
            SELECT f.cut_1, f.cut_2, f.place, f.school_id, k.week
            FROM (SELECT cut_1, cut_2, place, school_id, day AS month, bit_or(own_days) AS own_days
                  FROM ({by_month}) GROUP BY cut_1, cut_2, place, school_id, day) AS f
            JOIN calendar AS k ON k.month = f.month AND (f.own_days >> (k.day - k.month)) & 1 = 1"""
        return f"SELECT DISTINCT * FROM ({found})"
