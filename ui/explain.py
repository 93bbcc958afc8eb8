"""How a number explains itself: definition, numerator, denominator, students, schools, what was left out and why.

Owns the text of every popover and tooltip about a number, and the same in every export, so that the two cannot
differ. All of it is counted in the viewer's own scope; nothing here names a student.
"""

from collections.abc import Callable
from dataclasses import replace

from access.viewer import Viewer
from analytics import left_out
from analytics.cells import COUNTS
from analytics.figures import words
from analytics.measures import MEASURES
from analytics.question import Question
from ui import cache, export, filters, gate
from ui.text import plain

NOTHING = "Nothing that was loaded for these schools, days and filters was left out."


def about(measure) -> str:
    """Numerator, denominator, unit and caveat of a measure, as text."""
    factor = f"{measure.factor:g} × " if measure.factor != 1 else ""
    return (
        f"{measure.question} \n\nValue: {factor}{measure.numerator} / {measure.denominator}. "
        f"Unit: {measure.unit_words}. \n\n{measure.caveat}"
    )


def leaves_out(measure) -> str:
    """What a measure leaves out, in one line, whatever was loaded."""
    return "; ".join(what for what, _ in left_out.reasons(measure.name))


def in_words(answer, viewer: Viewer | None = None) -> str:
    """The definition of an answer's measure, what it counted over all of its cells, and what it left out, as text."""
    viewer = viewer or gate.entered()
    measure = answer.measure
    parts = [f"**{measure.label}** (`{measure.name}`)", about(measure)]
    if answer.method:
        parts.append(plain(answer.method))
    if answer.start and answer.end:
        parts += [f"**Counted** {counted(viewer, answer)}", _listed(cache.left_out(viewer, answer.question))]
    parts += [plain(note) for note in answer.notes]
    return "\n\n".join(parts)


def counted(viewer: Viewer, answer) -> str:
    """Numerator, denominator, students and schools of an answer over all of its cells, and its days."""
    whole = cache.ask(viewer, replace(answer.question, by=())).table
    found = {name: whole[name].iloc[0] for name in COUNTS}
    return _numbers(found | {"first_day": answer.start, "last_day": answer.end})


def _listed(reasons) -> str:
    if not reasons:
        return f"**Left out** {NOTHING}"
    return "\n".join(("**Left out and why**\n", *(f"- {plain(str(reason))}" for reason in reasons)))


def figures(rows, now) -> list[str]:
    """The definition of each measure among a practice's figures, with what it counted over all bands and left out."""
    parts = []
    for row, reasons in _measured(rows, now):
        measure = MEASURES[row["figure"]]
        said = f"**{plain(row['label'])}** (`{measure.name}`)\n\n{about(measure)}\n\n**Counted** {_numbers(row)}"
        parts.append(f"{said}\n\n{_listed(reasons)}")
    return parts


def figures_csv(rows, notes=(), now=None) -> Callable[[], bytes]:
    """The rows of a chart that is no single measure, each with what it is; a district's own with what it left out.

    The file is made when somebody asks for it, as in `csv`.
    """
    measured = [] if now is None else _measured(rows, now)

    def made() -> bytes:
        told = rows.assign(about=" ".join(notes))
        if now is not None:
            reasons = {row["figure"]: " ".join(map(str, found)) for row, found in measured}
            of = {name: f"{measure.numerator} / {measure.denominator}" for name, measure in MEASURES.items()}
            told = told.assign(
                value_is=rows["figure"].map(of), filters=now.of_whom(), left_out=rows["figure"].map(reasons)
            )
        return export.csv(told)

    return made


def _measured(rows, now) -> list[tuple[dict, tuple]]:
    """(the row of all bands, what was left out) of each figure that is a measure, over the days that it counted."""
    whole = rows[(rows["band"] == "all") & rows["figure"].isin(list(MEASURES))].to_dict("records")
    return [(row, cache.left_out(gate.entered(), _asked(row, now))) for row in whole]


def _asked(row: dict, now) -> Question:
    return replace(now.question(row["figure"]), start=row["first_day"], end=row["last_day"])


def _numbers(row: dict) -> str:
    return (
        f"in all: numerator {words.count(row['numerator'])}, denominator {words.count(row['denominator'])}; "
        f"{words.counted(row['students'], 'student')} in {words.counted(row['schools'], 'school')}; "
        f"{words.period(row['first_day'], row['last_day'])}."
    )


def csv(answer, also=None, table=None) -> Callable[[], bytes]:
    """An answer's table, or `table` in its place, with everything that explains it; `also` below it.

    The file is made when somebody asks for it, of what this run found: nothing is read from the store then.
    """
    viewer = gate.entered()
    parts = [(answer, cache.left_out(viewer, answer.question), table, _of_whom(viewer, answer))]
    if also is not None:
        parts.append((also, cache.left_out(viewer, also.question), None, _of_whom(viewer, also)))
    return lambda: export.answer_csv(*(export.explained(*part) for part in parts))


def _of_whom(viewer: Viewer, answer) -> str:
    return filters.of_whom(answer.question, cache.offered(viewer))
