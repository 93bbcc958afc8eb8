"""How a number explains itself: definition, numerator, denominator, students, schools, what was left out and why.

Owns the text of every popover and tooltip about a number, and the same in every export, so that the two cannot
differ. All of it is counted in the viewer's own scope; nothing here names a student.
"""

from dataclasses import replace

from access.viewer import Viewer
from analytics.figures import words
from ui import cache, export, gate
from ui.text import plain

NOTHING = "Nothing that was loaded for these schools, days and filters was left out."


def about(measure) -> str:
    """Numerator, denominator, unit and caveat of a measure, as text."""
    factor = f"{measure.factor:g} × " if measure.factor != 1 else ""
    return (
        f"{measure.question} \n\nValue: {factor}{measure.numerator} / {measure.denominator}. "
        f"Unit: {measure.unit_words}. \n\n{measure.caveat}"
    )


def in_words(answer, viewer: Viewer | None = None) -> str:
    """The definition of an answer's measure, what it counted over all of its cells, and what it left out, as text."""
    viewer = viewer or gate.entered()
    measure = answer.measure
    parts = [f"**{measure.label}** (`{measure.name}`)", about(measure)]
    if answer.method:
        parts.append(plain(answer.method))
    if answer.start and answer.end:
        parts += [f"**Counted** {counted(viewer, answer)}", _left_out(viewer, answer)]
    parts += [plain(note) for note in answer.notes]
    return "\n\n".join(parts)


def counted(viewer: Viewer, answer) -> str:
    """ "27,473 / 569,409 in all: numerator / denominator. 1,600 students in 12 schools, 1 August to …"."""
    whole = cache.ask(viewer, replace(answer.question, by=())).table.iloc[0]
    return (
        f"in all: numerator {words.count(whole['numerator'])}, denominator {words.count(whole['denominator'])}; "
        f"{words.count(whole['students'])} students in {words.count(whole['schools'])} schools; "
        f"{words.period(answer.start, answer.end)}."
    )


def _left_out(viewer: Viewer, answer) -> str:
    reasons = cache.left_out(viewer, answer.question)
    if not reasons:
        return f"**Left out** {NOTHING}"
    return "\n".join(("**Left out and why**\n", *(f"- {plain(str(reason))}" for reason in reasons)))


def csv(answer, also=None, table=None) -> bytes:
    """An answer's table, or `table` in its place, with everything that explains it; `also` below it."""
    viewer = gate.entered()
    first = export.explained(answer, cache.left_out(viewer, answer.question), table)
    if also is None:
        return export.answer_csv(first)
    return export.answer_csv(first, export.explained(also, cache.left_out(viewer, also.question)))
