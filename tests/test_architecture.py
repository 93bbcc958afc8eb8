"""The shape of the program, held over its syntax trees: which room knows which, and what every file owes its reader."""

import ast
from functools import cache
from pathlib import Path

import pytest

from analytics.measures import CUTS, MEASURES
from tests.support import oracle

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("access", "data", "analytics", "ui", "pages")

# What a room may import of the others. Imports point one way: pages -> ui -> analytics -> the store.
MAY_IMPORT = {
    "access": (),
    "data": (),
    "analytics": (
        "access.viewer", "data.errors", "data.home", "data.schoolyear", "data.settings", "data.store",
    ),
    "ui": ("access", "analytics", "data"),
    "pages": ("analytics", "ui"),
    "dashboard": ("ui",),
}  # fmt: skip
STREAMLIT = ("ui", "pages", "dashboard")
# What a person reads on a terminal; beside these only a module that is a command itself (`__name__ == "__main__"`).
PRINTS = ("__main__.py", "command.py", "commands", "commands.py", "printing.py")

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def files(*rooms: str) -> list[Path]:
    """The program's own files, by room; "dashboard" is the file of that name."""
    found = [path for room in rooms for path in sorted((PROJECT / room).rglob("*.py"))]
    return found + ([PROJECT / "dashboard.py"] if "dashboard" in rooms else [])


ALL = files(*ROOMS, "dashboard")


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(PROJECT).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def imported(path: Path) -> set[str]:
    """Dotted names of all that a file imports, wherever in the file: `from data import ids` is data.ids."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports by a relative name"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def names_in(path: Path) -> set[str]:
    return {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}


def under(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_one_way(room):
    others = tuple(one for one in (*ROOMS, "dashboard", "tests", "benchmarks") if one != room)
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in files(room)
        for name in sorted(imported(path))
        if under(name, others) and not under(name, MAY_IMPORT[room])
    ]
    assert files(room) and not wrong


def test_only_screens_know_streamlit():
    users = {room_of(path) for path in ALL if any(under(name, ("streamlit",)) for name in imported(path))}
    assert users and users <= set(STREAMLIT)


@pytest.mark.parametrize("path", files("pages"), ids=name_of)
def test_a_page_begins_with_its_gate(path):
    """Streamlit runs a page that is requested directly without the router: only its own first statement protects it."""
    statements = [
        node
        for node in tree(path).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    first = statements[0]
    call = getattr(first, "value", None)
    assert isinstance(first, ast.Assign | ast.Expr) and isinstance(call, ast.Call)
    assert ast.unparse(call.func) == "gate.enter" and call.args, "names the roles that may enter"
    assert {ast.literal_eval(role) for role in call.args} <= {"district", "principal", "panel"}


@pytest.mark.parametrize("path", files("pages"), ids=name_of)
def test_a_page_is_flat_and_holds_no_sql(path):
    for node in ast.walk(tree(path)):
        assert not isinstance(node, ast.ClassDef | ast.FunctionDef), f"line {node.lineno}: pages read top to bottom"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.upper().split()
            assert not ("SELECT" in words and "FROM" in words), f"line {node.lineno} holds SQL"


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_file_can_be_read(path):
    """Short, with a docstring that says what it owns; functions fit a screen; public ones say what they do."""
    module = tree(path)
    if not path.read_text(encoding="utf-8").strip():
        return
    assert ast.get_docstring(module), "a module says what it owns"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} is public and has no docstring"


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_nothing_is_left_behind(path):
    """No forgotten print, no stub, no note to self."""
    talks = any(part in PRINTS for part in path.parts) or "__name__" in names_in(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "breakpoint"
            assert talks or node.func.id != "print", f"line {node.lineno} prints"
        if isinstance(node, ast.Raise) and node.exc is not None:
            assert "NotImplementedError" not in ast.unparse(node.exc), f"line {node.lineno} is a stub"
    for word in ("TODO", "FIXME", "XXX"):
        assert word not in path.read_text(encoding="utf-8")


def test_the_registry_and_the_definitions_read_by_hand_name_the_same_measures():
    assert set(MEASURES) == set(oracle.MEASURES)
    assert set(CUTS) == set(oracle.CUTS)


@pytest.mark.parametrize("name", [*MEASURES, "drop_off", "transition"])
def test_every_measure_is_documented(name):
    page = PROJECT / "docs" / "measures" / f"{name}.md"
    assert page.exists() and len(page.read_text(encoding="utf-8")) > 500
    assert f"({name}.md)" in (PROJECT / "docs" / "measures" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_every_measure_explains_itself(measure):
    for words in (measure.label, measure.question, measure.numerator, measure.denominator, measure.caveat):
        assert len(words) > 5
    assert measure.sql.lstrip().startswith("--"), "its SQL begins by saying what it counts"


def test_no_click_reaches_a_store_before_the_gate():
    """A callback runs before the page, and so before its gate: somebody who was taken out could press it."""
    given = {
        name_of(path): ast.unparse(call)
        for path in files("ui", "pages")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and {one.arg for one in call.keywords} & {"on_click", "on_change"}
        for one in ast.walk(call)
        if isinstance(one, ast.Name) and one.id == "store"
    }
    assert given == {}
