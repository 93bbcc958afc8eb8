"""The scoped tables: SQL for the only tables that a measure's SQL may name.

    scoped_span        enrolled stretches [start_day, end_day), clipped to period and as-of date, split by time cuts
    scoped_enrolled    the same added up: days, students and schools of each cell
    scoped_school_days days of each cell by school
    scoped_contact     what happened: sums of student_day by student and month or day
    scoped_closed      the same, without asks that are still open
    scoped_open        asks that are still open
    scoped_first       first delivered contacts of a student's school year
    scoped_ask         the school's asks, by days to the answer, with the days for which they were watched
    scoped_outside     contacts on days on which a student of the scope was not enrolled, for the data-quality page
    scoped_entry       contacts by the days until their file was loaded, for the data-quality page
    scoped_staff       staff who logged personal contacts, by student and month
    scoped_roll        how many students are enrolled on the last day of a cell
    scoped_heard       who of them had a delivered contact in the days before it
    scoped_week        each school's weeks of lessons
    scoped_own_week    those in which the school itself logged something

Each has `cut_1` and `cut_2` (0 where not asked) and `place` (0, or the school when added up by school).
Tables named `scope_...` are steps between the facts and these. No other module writes SQL over facts for a measure.
"""

import re

from analytics.scoped.enrolled import Enrolled
from analytics.scoped.silence import Silence
from analytics.scoped.weeks import Weeks
from data.store import Narrowed

MEMBER, SCHOOL = "scope_member", "scope_school"


class _Tables(Enrolled, Silence, Weeks):
    """All tables, one method each; a method returns a SELECT, which may name further tables."""


def complete(scope, sql: str) -> tuple[str, dict, dict[str, str | Narrowed]]:
    """(text, parameters, kept): a measure's SQL preceded by the tables that it names, and by those that they name.

    `kept` are the SELECTs that stand in the text under a name each: the tallies, and the spans in scope.
    """
    tables = _Tables(scope, sql)
    steps, parameters, kept = _written(tables, sql)
    before = _named(steps)
    own_steps = re.match(r"(\s*--[^\n]*\n)*\s*WITH\s", sql)
    text = f"WITH {before},\n{sql[own_steps.end() :]}" if own_steps else f"WITH {before}\n{sql}"
    return text, parameters, kept


def tallies(scope, sql: str) -> list[str]:
    """The SELECTs over facts alone that a measure's SQL rests on (`analytics.scoped.tallies`)."""
    tables = _Tables(scope, sql)
    _written(tables, sql)
    return list(tables.tallies.values())


def together(scope, sqls: dict[str, str]) -> tuple[str, dict, dict[str, str | Narrowed]]:
    """As `complete`, of several measures' SQL by name over the tables of one scope; `part` is a row's name."""
    every = " ".join(sqls.values())
    steps, parameters, kept = _written(_Tables(scope, every), every)
    parts = {f"part_{name}": sql for name, sql in sqls.items()}
    rows = " UNION ALL BY NAME ".join(f"SELECT '{name}' AS part, * FROM part_{name}" for name in sqls)
    return f"WITH {_named(steps)},\n{_named(parts)}\n{rows}", parameters, kept


def _named(steps: dict[str, str]) -> str:
    return ",\n".join(f"{name} AS (\n{text}\n)" for name, text in steps.items())


def _written(tables: _Tables, sql: str) -> tuple[dict[str, str], dict, dict[str, str | Narrowed]]:
    """(steps, parameters, kept): the tables that a SELECT names and those that they name, in an order for SQL.

    The spans in scope are no step: all that a page asks of the same schools and groups finds them in one kept table,
    known by exactly these schools and groups, its parameters.
    """
    steps: dict[str, str] = {}
    _collect(tables, sql, steps)
    if MEMBER not in steps:
        return steps, tables.parameters, dict(tables.tallies)
    own = tables.member_parameters()
    member = Narrowed(f"WITH {_named({SCHOOL: steps.pop(SCHOOL)})} {steps.pop(MEMBER)}", own)
    rest = {name: value for name, value in tables.parameters.items() if name not in own}
    return steps, rest, {**tables.tallies, MEMBER: member}


def _collect(tables: _Tables, sql: str, steps: dict[str, str]) -> None:
    for name in dict.fromkeys(re.findall(r"\bscoped?_[a-z_]+", sql)):
        if name not in steps:
            text = getattr(tables, name)()
            _collect(tables, text, steps)
            steps[name] = text
