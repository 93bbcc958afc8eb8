"""All data that each page needs; the same answers from the contacts themselves; and the same in a store with fewer.

No answer is kept from one round to the next. "First" is a page that is opened in the second or two after a load in
which the server has not yet made the sums of its days, so that the page makes them; "later" is every other one: those
sums are there (`data/ahead.py`, `data/kept.py`), the answers are not.

`reference` writes out measures as somebody with DuckDB at hand would. The lines "beside the contacts" compare our time
for those of a page's answers that can be made of them (`equivalents`) with the reference's time for the SELECTs that
they need, and say whether numerators and denominators agree. Our answers hold intervals and changes too; the
reference stops at the sums that these need. `--less FILE` names a store with fewer contacts, for what a page costs
there.
"""

from pathlib import Path

from benchmarks import apart, equivalents, questions, reference, table

CONTACTS = 1_000_000
SCHOOLS = 40
COMPARED = ("numerator", "denominator")


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


def both(path: str, runs: int, names: list[str] | None) -> list[dict]:
    """What `whole_pages` and `beside_contacts` find of one store, whose pages are recorded once."""
    return [whole_pages([path], runs, names), beside_contacts(path, runs, names)]


def beside_contacts(path: str, runs: int, names: list[str] | None) -> dict:
    """By page: compared calls, medians of first and later, and of the reference; which of them do not agree."""
    store = questions.opened(path)
    found = {"contacts": store.value("SELECT count(*) FROM contact"), "pages": {}}
    for page in names or questions.PAGES:
        compared, wanted = equivalents.of(questions.recorded(store, page))
        first, later, theirs = table.in_turn(
            runs,
            lambda compared=compared: _first(store, compared),
            lambda compared=compared: _later(store, compared),
            lambda wanted=wanted: _from_contacts(store, wanted),
        )
        agree = _agree(store, wanted, theirs[0])
        found["pages"][page] = [len(compared), _medians(first), _medians(later), _medians(theirs), agree]
    return found


def whole_pages(paths: list[str], runs: int, names: list[str] | None) -> dict:
    """By page: how many calls, and for each store the medians of first and later."""
    stores, found = [questions.opened(path) for path in paths], {}
    for page in names or questions.PAGES:
        asked = [(store, questions.recorded(store, page)) for store in stores]
        ways = [lambda one=one, way=way: way(*one) for one in asked for way in (_first, _later)]
        clocks = [_medians(one) for one in table.in_turn(runs, *ways)]
        found[page] = [len(asked[0][1]), *zip(clocks[::2], clocks[1::2], strict=True)]
    return found


def _first(store, calls) -> apart.Clock:
    store.kept.forget()
    return questions.answered(store, calls)


def _later(store, calls) -> apart.Clock:
    store.kept.forget(tables=False)
    return questions.answered(store, calls)


def _medians(clocks: list) -> tuple[float, float]:
    return table.median(one.seconds for one in clocks), table.median(one.processor for one in clocks)


def _from_contacts(store, wanted) -> apart.Clock:
    clock = apart.Clock()
    sums = [reference.answer(store, one) for one in wanted]
    clock.stop().sums = [[int(found[name].sum()) for name in COMPARED] for found in sums]
    return clock


def _agree(store, wanted, theirs: apart.Clock) -> list[str]:
    """The SELECTs whose sums are others than those that the reference found while it was timed."""
    return [
        f"{one.measure} by {', '.join(one.cuts) or 'nothing'}"
        for one, found in zip(wanted, theirs.sums, strict=True)
        if any(mine not in (None, theirs) for mine, theirs in zip(_ours(store, one), found, strict=True))
    ]


def _ours(store, wanted: reference.Wanted) -> tuple[int, int | None]:
    """Numerators and denominators of the answer by those cuts that an answer can have, added up.

    None where the denominators cannot be the same: of other cuts, or of schools and months without a logged week.
    """
    from access.viewer import LOCAL
    from analytics import families
    from analytics.answer import ask
    from analytics.question import Question
    from data.schoolyear import day_date

    if wanted.measure == reference.FAMILIES:
        listed, _ = families.to_reach(store, LOCAL, wanted.school)
        return int(listed["attempts_since"].sum()), len(listed)
    cuts = tuple(cut for cut in wanted.cuts if cut != "student_id")[:2]
    question = Question(wanted.measure, cuts, day_date(wanted.first), day_date(wanted.last))
    above, below = (int(ask(store, LOCAL, question).table[name].sum()) for name in COMPARED)
    return above, below if cuts == wanted.cuts and wanted.measure != "weeks_logged" else None


def run(folder: Path, sizes, runs: int) -> None:
    """Print the tables."""
    store = sample(folder, sizes, sizes.rows or CONTACTS)
    held = apart.run("benchmarks.pages:contacts", store).result
    if sizes.less:
        found = apart.run("benchmarks.pages:whole_pages", [store, sizes.less.resolve()], runs, sizes.pages).result
        _show_whole(found, held, sizes)
    else:
        whole, beside = apart.run("benchmarks.pages:both", store, runs, sizes.pages).result
        _show_whole(whole, held, sizes)
        _show_beside_contacts(beside, sizes)


def _show_whole(found: dict, held: int, sizes):
    lines = []
    for page, (calls, here, *less) in found.items():
        for place, when in enumerate(("first", "later")):
            mine, other = here[place], less[0][place] if less else (None, None)
            what, processor = f"{page}, {calls} answers, {when}", (mine[1], other[1])
            target = "within 1.3 x" if less else ""
            lines.append(table.Line(what, mine[0], other[0], target, slower=True, processor=processor))
    beside = f" beside {apart.run('benchmarks.pages:contacts', sizes.less.resolve()).result:,}" if sizes.less else ""
    table.show(f"pages: {held:,} contacts{beside}, {sizes.students:,} students", lines)


def _show_beside_contacts(found: dict, sizes):
    lines = []
    for page, (compared, first, later, theirs, _) in found["pages"].items():
        for when, ours in (("first", first), ("later", later)):
            if compared:
                what, processor = f"{page}, {compared} answers beside the contacts, {when}", (ours[1], theirs[1])
                lines.append(table.Line(what, ours[0], theirs[0], "5 x faster", processor=processor))
    differ = dict.fromkeys(what for one in found["pages"].values() for what in one[-1])
    said = f"The sums DIFFER: {'; '.join(differ)}." if differ else "Numerators and denominators of both ways agree."
    table.show(f"pages beside the contacts: {found['contacts']:,}, {sizes.students:,} students", lines, (said,))
