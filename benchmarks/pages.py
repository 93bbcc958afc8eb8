"""All data that each page needs, without any cache; and the same answers computed from the contacts themselves.

`reference` writes out six measures. The line "beside the contacts" compares our time for a page's questions about
those with the reference's time for the very same questions, and says whether the numerators agree; "all of it" is
the page's whole data, statistics included.
"""

from pathlib import Path

from benchmarks import apart, questions, reference, table

CONTACTS = 1_000_000
SCHOOLS = 40


def sample(folder: Path, sizes, contacts: int) -> Path:
    """The sample district with so many contacts, or the store that was named."""
    if sizes.store:
        return sizes.store.resolve()
    path = folder / "sample.duckdb"
    apart.run("benchmarks.pages:make", path, sizes.students, contacts)
    return path


def make(path: str, students: int, contacts: int) -> None:
    """Write a sample district of two school years."""
    from data import demo

    demo.create(path, students=students, schools=min(SCHOOLS, max(6, students // 20)), contacts=contacts)


def contacts(path: str) -> int:
    """How many contacts a store holds."""
    return questions.opened(path).value("SELECT count(*) FROM contact")


def measure(path: str, runs: int) -> dict:
    """By page: number of calls, seconds of each round for all, for the compared ones, and for the reference."""
    store = questions.opened(path)
    found = {"contacts": store.value("SELECT count(*) FROM contact"), "pages": {}}
    for page in questions.PAGES:
        calls = questions.recorded(store, page)
        compared = [call for call in calls if call[0] == "ask" and reference.covers(call[1][0])]
        whole, ours, theirs = table.in_turn(
            runs,
            lambda calls=calls: questions.answered(store, calls),
            lambda compared=compared: questions.answered(store, compared),
            lambda compared=compared: _from_contacts(store, compared),
        )
        found["pages"][page] = [
            len(calls), len(compared), _medians(whole), _medians(ours), _medians(theirs), _agree(store, compared),
        ]  # fmt: skip
    return found


def _medians(clocks: list) -> tuple[float, float]:
    return table.median(one.seconds for one in clocks), table.median(one.processor for one in clocks)


def _from_contacts(store, calls) -> apart.Clock:
    clock = apart.Clock()
    for _, (question,) in calls:
        _reference(store, question)
    return clock.stop()


def _reference(store, question):
    from data.schoolyear import day_number

    return reference.answer(store, question, day_number(question.start), day_number(question.end))


def _agree(store, calls) -> bool:
    """Are all numerators of both ways the same?"""
    from access.viewer import LOCAL
    from analytics.answer import ask

    for _, (question,) in calls:
        ours, theirs = ask(store, LOCAL, question).table, _reference(store, question)
        if int(ours["numerator"].sum()) != int(theirs["numerator"].sum()):
            return False
    return True


def run(folder: Path, sizes, runs: int) -> None:
    """Print the table."""
    found = apart.run("benchmarks.pages:measure", sample(folder, sizes, sizes.rows or CONTACTS), runs).result
    lines = []
    for page, (calls, compared, whole, ours, theirs, _) in found["pages"].items():
        lines.append(table.Line(f"{page}: all of it, {calls} answers", whole[0], None))
        if compared:
            what, processor = f"{page}: {compared} answers beside the contacts", (ours[1], theirs[1])
            lines.append(table.Line(what, ours[0], theirs[0], "5 x faster", processor=processor))
    agree = all(one[-1] for one in found["pages"].values())
    said = "The numerators of both ways agree." if agree else "The numerators of both ways DIFFER."
    table.show(f"pages: {found['contacts']:,} contacts, {sizes.students:,} students", lines, (said,))
