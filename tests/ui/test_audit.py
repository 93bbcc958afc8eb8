"""Every way in which a list of students is shown or leaves writes a line of the audit log, with no student in it."""

import ast
import time

import pandas as pd
import pytest
import streamlit as st

from access.directory import Directory
from access.viewer import Viewer
from data.home import PROJECT
from data.store import open_store
from tests.support import loading
from ui import audit, sign_in, upload_names, upload_preview

# Numbers of measures and releases, no students: these buttons need no line.
OF_NUMBERS = {("ui/tables.py", "csv")}
# What shows students, and the line that each writes.
VIEWS = {
    ("ui/family_list.py", "load"): "audit.seen",
    ("ui/upload_names.py", "allowed_offers"): "audit.seen",
    ("ui/upload_preview.py", "first_rows"): "audit.seen",
    ("ui/upload_history.py", "_write"): "audit.seen",
}
VIEWER = Viewer("principal", "a@x.org", ("Lincoln ES",), None, True)


def functions():
    """(file, function's name, its source) of every function of the screens."""
    for path in sorted((*(PROJECT / "ui").glob("*.py"), *(PROJECT / "pages").glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path.relative_to(PROJECT).as_posix(), node.name, ast.unparse(node)


def test_every_download_button_is_of_numbers_or_goes_through_the_audit():
    found = [(file, name, source) for file, name, source in functions() if "download_button(" in source]
    assert {("ui/family_list.py", "download"), ("ui/upload_preview.py", "mended"), *OF_NUMBERS} <= {
        (file, name) for file, name, _ in found
    }
    for file, name, source in found:
        assert (file, name) in OF_NUMBERS or "audit.taken(" in source, f"{file} {name}"
    for page in (PROJECT / "pages").glob("*.py"):
        assert "download_button" not in page.read_text(encoding="utf-8"), page


def test_every_view_of_a_list_of_students_writes_its_line():
    sources = {(file, name): source for file, name, source in functions()}
    for place, call in VIEWS.items():
        assert call in sources[place], place


@pytest.fixture
def directory(tmp_path, monkeypatch) -> Directory:
    """The directory of an empty home, with one principal, and nobody's page open."""
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path))
    monkeypatch.setattr(st, "session_state", {})
    people = Directory(tmp_path / "access.sqlite")
    people.add("a@x.org", "principal", ["Lincoln ES"])
    return people


def test_rows_of_a_preview_that_are_taken_are_in_the_log(directory, monkeypatch, tmp_path):
    taken = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, *_, **__: taken.update({label: data}))
    monkeypatch.setattr(sign_in, "viewer", lambda: VIEWER)
    store = open_store(tmp_path / "district.duckdb")
    log = [["00123", "13/45/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"]]
    planned = loading.preview(store, loading.log(log + [["00123", "9/3/2025", *log[0][2:]]] * 9))
    upload_preview.mended("Rows", planned.set_aside, "Ana Lopez.csv", f"aside-{planned.sha256}")
    assert directory.log() == []
    assert taken["Rows"]()[:2] == b"PK"
    ((_, who, what, scope, rows),) = directory.log()
    assert (who, what, rows) == ("a@x.org", "rows set aside exported", 1)
    assert "Ana" not in scope and scope.startswith("file ")


def test_near_names_that_are_shown_are_in_the_log_once(directory):
    offers = pd.DataFrame({"school": ["Lincoln ES", "Roosevelt MS"], "name": ["Ana Lopez", "Cy Young"]})
    for _ in range(2):
        assert list(upload_names.allowed_offers(VIEWER, offers)["name"]) == ["Ana Lopez"]
    assert [line[1:] for line in directory.log()] == [("a@x.org", "near names shown", "Lincoln ES", 1)]
    assert upload_names.allowed_offers(Viewer("district", "d@x.org"), offers).empty
    assert len(directory.log()) == 1


def test_a_button_of_a_page_that_was_open_when_access_ended_gives_nothing(directory, monkeypatch):
    monkeypatch.setattr(sign_in, "configured", lambda: True)
    viewer = directory.find("a@x.org").viewer()
    button = audit.taken(viewer, "list", "Lincoln ES", 1, lambda: b"list")
    assert button() == b"list"
    directory.add("a@x.org", "principal", ["Roosevelt MS"])
    with pytest.raises(audit.NoLonger):
        button()
    directory.add("a@x.org", "principal", ["Lincoln ES"])
    assert button() == b"list"
    time.sleep(0.01)
    directory.revoke("a@x.org")
    with pytest.raises(audit.NoLonger):
        button()
    assert len(directory.log()) == 2


def test_a_button_of_before_a_removal_gives_nothing_to_who_is_let_in_anew(directory, monkeypatch):
    monkeypatch.setattr(sign_in, "configured", lambda: True)
    viewer = directory.find("a@x.org").viewer()
    button = audit.taken(viewer, "list", "Lincoln ES", 1, lambda: b"list")
    time.sleep(0.01)
    directory.remove("a@x.org")
    with pytest.raises(audit.NoLonger):
        button()
    directory.add("a@x.org", "principal", ["Lincoln ES"])
    with pytest.raises(audit.NoLonger):
        button()
    assert audit.taken(viewer, "list", "Lincoln ES", 1, lambda: b"list")() == b"list"
    assert len(directory.log()) == 1
