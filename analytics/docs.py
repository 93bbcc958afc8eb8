"""The pages of docs/measures: one a measure, written from the registry, each with an example worked by pencil.

    python -m analytics.docs          writes the pages

Owns how a page reads. The words of a measure come from the registry and the numbers from `worked`; a test holds
the pages to both, so that the documentation cannot drift from the program.
"""

from pathlib import Path

from analytics import left_out
from analytics.measures import MEASURES, Measure
from analytics.worked import LOG, SCHOOL, STUDENTS, WORKED

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "measures"
BY_HAND = ("drop_off.md", "transition.md")
HEAD = "<!-- Written by `python -m analytics.docs` from the registry of measures. Change that, not this page. -->\n"


def pages() -> dict[str, str]:
    """Every page by file name."""
    return {"README.md": index(), **{f"{name}.md": page(measure) for name, measure in MEASURES.items()}}


def write() -> list[Path]:
    """Write all pages; returns the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return [FOLDER / name for name in pages()]


def page(measure: Measure) -> str:
    """The page of one measure."""
    lines = [
        f"{HEAD}# {measure.label} (`{measure.name}`)",
        measure.question,
        _table(("", ""), _definition(measure)),
        f"**What it does not say.** {measure.caveat}",
        "**What it leaves out, and why.** Each number that is shown or exported says how many these are.",
        "\n".join(f"- {what}: {why}" for what, why in left_out.reasons(measure.name)),
        "## By pencil",
        f"The district is the one on [the first page](README.md): {len(STUDENTS)} students, twelve rows of a log.",
        "\n".join(f"{number}. {step}" for number, step in enumerate(WORKED[measure.name].steps, 1)),
        f"```\npython -m analytics {measure.name} --by band\n```",
        _further(measure),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def index() -> str:
    """The first page: all measures, and the district of the examples."""
    rows = [(f"[`{name}`]({name}.md)", m.label, m.unit_words) for name, m in MEASURES.items()]
    by_hand = [
        ("[`drop_off`](drop_off.md)", "Drop-off", "1 - the ratio of a band's value to that of elementary"),
        ("[`transition`](transition.md)", "Same students", "the same students' value, one grade later over before"),
    ]
    lines = [
        f"{HEAD}# The measures",
        "Every number that is shown, printed or exported is one of these, with this name.",
        _table(("name", "as a title says it", "unit"), rows + by_hand),
        "## The district of the examples",
        f"All three students are enrolled at {SCHOOL} from 1 to 30 September 2025, 30 days each. The last row of the "
        "log is of 30 September, so that is the as-of date.",
        _table(("id", "student", "grade", "home language"), STUDENTS),
        _table(
            ("row", "date", "time", "student", "channel", "direction", "outcome", "audience", "tone", "language")
            + ("interpreter", "student took part"),
            [
                (r.number, r.date, r.time, r.student, r.channel, r.direction, r.outcome, r.audience, r.tone)
                + (r.language, r.interpreter, r.student_present)
                for r in LOG
            ],
        ),
    ]
    return "\n\n".join(lines) + "\n"


def _definition(measure: Measure) -> list[tuple[str, str]]:
    times = f"{measure.factor:g} x " if measure.factor != 1 else ""
    rows = [
        ("value", f"{times}numerator / denominator" if measure.ratio else measure.unit_words),
        ("numerator", measure.numerator),
        ("denominator", measure.denominator),
        ("unit", measure.unit_words),
    ]
    if measure.beside:
        rows.append(("always shown beside it", f"[`{measure.beside}`]({measure.beside}.md)"))
    if measure.extras:
        rows.append(("further columns", ", ".join(f"`{extra}`" for extra in measure.extras)))
    return rows


def _further(measure: Measure) -> str:
    if not measure.ratio:
        return ""
    return "How much less it is in middle and high school: [`drop_off`](drop_off.md)."


def _table(head: tuple, rows) -> str:
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in (head, ("---",) * len(head), *rows)]
    return "\n".join(lines)


if __name__ == "__main__":
    for path in write():
        print(path.relative_to(FOLDER.parent.parent))
