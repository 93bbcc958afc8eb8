"""What all scoped tables share: the cuts that were asked, the parts of the period, small tables of numbers."""

import re

from analytics import periods
from analytics.measures import CUTS

_FLAGS = ("iep", "english_learner", "low_income")


class Pieces:
    """The question's scope in the pieces that SQL is made of. Values that people wrote go into `parameters`."""

    def __init__(self, scope, sql: str = ""):
        self.scope = scope
        self.named = frozenset(re.findall(r"\w+", sql))  # the words of the question's SQL, columns among them
        self.by = (*scope.question.by, None, None)[:2]
        self.time_cuts = tuple(cut for cut in scope.question.by if CUTS[cut].of == "time")
        self.contact_cuts = tuple(cut for cut in scope.question.by if CUTS[cut].of == "contact")
        self.parameters: dict = {}

    def parts(self) -> list[periods.Part]:
        """The parts of the period, in the order of days."""
        return periods.parts(self.scope.stretches, self.time_cuts)

    def time_keys(self, keys: tuple) -> tuple:
        """The values of the time cuts in the places of cut_1 and cut_2, 0 elsewhere."""
        of = dict(zip(self.time_cuts, keys, strict=True))
        return tuple(of.get(cut, 0) for cut in self.by)

    def cuts(self, span: str = "0", time: str = "0", contact: str = "0") -> list[str]:
        """The expressions of cut_1 and cut_2: for each the one of its kind, `{n}`, `{cut}` and `{column}` filled in."""
        of = {"span": span, "time": time, "contact": contact}
        return [
            of[CUTS[cut].of].format(n=n, cut=cut, column=span_column(cut)) if cut else "0"
            for n, cut in enumerate(self.by, 1)
        ]

    def wants(self, cut: str, expression: str) -> str:
        """The test that an expression has one of the wanted values of a cut."""
        self.parameters[f"wanted_{cut}"] = sorted(self.scope.wanted[cut])
        return f"{expression} IN (SELECT unnest($wanted_{cut}::VARCHAR[]))"

    def contact_tests(self, table: str = "f") -> str:
        """The filters on channel and topic, which narrow contacts and never students or days: ' AND ...' or ''."""
        wanted = [cut for cut in ("channel", "topic") if cut in self.scope.wanted]
        return "".join(f" AND {self.wants(cut, f'{table}.{cut}')}" for cut in wanted)

    def every_value(self, select: str) -> str:
        """Rows repeated for every value of the channel or topic cuts that occurs in the period."""
        if not self.contact_cuts:
            return select
        cuts = self.cuts("e.cut_{n}", "e.cut_{n}", "v.cut_{n}")
        return f"""
            SELECT {cuts[0]} AS cut_1, {cuts[1]} AS cut_2, e.* EXCLUDE (cut_1, cut_2)
            FROM ({select}) AS e CROSS JOIN scope_value AS v"""


def span_value(cut: str) -> str:
    """A span cut's value in table `s`; a school by its id, so that two schools of one name stay apart."""
    if cut == "school":
        return "s.school_id"
    if cut in _FLAGS:
        return f"CASE WHEN s.{cut} THEN 'yes' WHEN NOT s.{cut} THEN 'no' ELSE 'unknown' END"
    return f"coalesce(s.{cut}, 'unknown')"


def span_column(cut: str) -> str:
    """The column of `scope_member` that holds a span cut's value."""
    return "school_id" if cut == "school" else cut


def values(rows: list[tuple], columns: tuple[str, ...]) -> str:
    """A small table of numbers and school years of our own making; an empty one keeps its columns."""
    if not rows:
        return "SELECT " + ", ".join(f"0 AS {column}" for column in columns) + " WHERE FALSE"
    text = ", ".join("(" + ", ".join(repr(value) for value in row) + ")" for row in rows)
    return f"SELECT * FROM (VALUES {text}) AS v({', '.join(columns)})"
