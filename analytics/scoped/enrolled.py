"""Who was where: spans in scope, clipped to the period and the as-of date, split by time cuts, added up."""

from analytics.measures import CUTS
from analytics.scoped.pieces import Pieces, span_value, values

_USUAL_CUTS = ("band", "grade")


class Enrolled(Pieces):
    """Tables over `span`."""

    def scope_school(self) -> str:
        """The schools in scope whose district has contacts, each with the as-of date of its district."""
        counted = self.scope.counted
        self.parameters["school_ids"] = [school.school_id for school in counted]
        self.parameters["school_as_of"] = [self.scope.as_of[school.district] for school in counted]
        return "SELECT unnest($school_ids::BIGINT[]) AS school_id, unnest($school_as_of::INTEGER[]) AS as_of"

    def scope_member(self) -> str:
        """Spans in scope, not clipped, with the values of span cuts: the usual ones, and those of the question.

        The days asked for are not in it, so that one table serves all that a page asks of the same schools and groups.
        """
        tests = [self.wants(cut, span_value(cut)) for cut in self.scope.wanted if CUTS[cut].of == "span"]
        own = sorted({*_USUAL_CUTS, *(cut for cut in self.scope.question.by if CUTS[cut].of == "span")} - {"school"})
        return f"""
            SELECT s.student_id, s.span_no, s.start_day, s.end_day, s.school_id, p.as_of,
                   {", ".join(f"{span_value(cut)} AS {cut}" for cut in own)}
            FROM span AS s JOIN scope_school AS p ON p.school_id = s.school_id
            WHERE {" AND ".join(["s.start_day <= p.as_of", *tests])}"""

    def member_parameters(self) -> dict:
        """What `scope_school` and `scope_member` need of the parameters, once both are written."""
        named = {"school_ids", "school_as_of", *(f"wanted_{cut}" for cut in CUTS if CUTS[cut].of == "span")}
        return {name: value for name, value in self.parameters.items() if name in named}

    def scope_part(self) -> str:
        """The parts of the period, with the values of the time cuts."""
        return values(
            [(part.first, part.stop, *self.time_keys(part.keys)) for part in self.parts()],
            ("first_day", "stop_day", "time_1", "time_2"),
        )

    def scope_clipped(self) -> str:
        """Enrolled stretches in each part of the period."""
        parts, first, stop, table = self.parts(), "t.first_day", "t.stop_day", "scope_member AS m, scope_part AS t"
        cuts = self.cuts("m.{column}", "t.time_{n}")
        if len(parts) == 1:  # numbers in place of a join with one row
            first, stop, table = parts[0].first, parts[0].stop, "scope_member AS m"
            keys = self.time_keys(parts[0].keys)
            cuts = [
                repr(key) if cut in self.time_cuts else own for cut, key, own in zip(self.by, keys, cuts, strict=True)
            ]
        return f"""
            SELECT m.student_id, m.span_no, m.school_id, m.as_of,
                   greatest(m.start_day, {first}) AS start_day, least(m.end_day, {stop}, m.as_of + 1) AS end_day,
                   {cuts[0]} AS cut_1, {cuts[1]} AS cut_2
            FROM {table} WHERE m.start_day < {stop} AND m.end_day > {first} AND m.as_of >= {first}"""

    def scope_last_school(self) -> str:
        """Of each student and cell: the school of the last enrolled day."""
        return """
            SELECT student_id, cut_1, cut_2, arg_max(school_id, end_day) AS school_id
            FROM scope_clipped GROUP BY student_id, cut_1, cut_2"""

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
        return self.every_value("""
            SELECT cut_1, cut_2, place, sum(end_day - start_day) AS days,
                   count(DISTINCT student_id) AS students, count(DISTINCT school_id) AS schools
            FROM scoped_span GROUP BY cut_1, cut_2, place""")

    def scoped_school_days(self) -> str:
        """Enrolled days of each cell by the school in which they were."""
        return self.every_value("""
            SELECT cut_1, cut_2, school_id, sum(end_day - start_day) AS days
            FROM scope_clipped GROUP BY cut_1, cut_2, school_id""")
