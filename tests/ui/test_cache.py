"""Answers that are kept: never another viewer's or an older one's, never one that somebody else changes; and once."""

import gc
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from access.viewer import LOCAL, Viewer
from data.home import PROJECT
from ui import cache, stores
from ui.memory import Memory


@pytest.fixture
def store(monkeypatch):
    """A store that counts how often it is asked; each answer is a list of its own."""
    made = []
    here = SimpleNamespace(path="a.duckdb", version=1, made=made)
    monkeypatch.setattr(stores, "of_this_run", lambda: SimpleNamespace(store=here))

    def make(store, viewer, *asked):
        made.append((store.version, viewer, asked))
        return [store.version, viewer.schools, *asked]

    monkeypatch.setitem(cache._MAKE, "ask", make)
    cache.MEMORY.forget()
    yield here
    cache.MEMORY.forget()


def test_the_same_question_is_worked_out_once_and_each_gets_a_copy(store):
    first = cache.ask(LOCAL, "q")
    first.append("changed by a page")
    assert cache.ask(LOCAL, "q") == [1, None, "q"]
    assert len(store.made) == 1


def test_no_other_viewer_and_no_later_version_gets_it(store):
    one, two = Viewer("principal", schools=("A",)), Viewer("principal", schools=("B",))
    assert cache.ask(one, "q")[1] == ("A",) and cache.ask(two, "q")[1] == ("B",)
    store.version = 2
    assert cache.ask(one, "q")[0] == 2
    store.path = "b.duckdb"
    cache.ask(one, "q")
    assert len(store.made) == 4


def test_who_comes_while_an_answer_is_worked_out_waits_for_it(store, monkeypatch):
    begun, go_on, found = threading.Event(), threading.Event(), []

    def slow(*_):
        store.made.append("slow")
        begun.set()
        assert go_on.wait(10)
        return "answer"

    monkeypatch.setitem(cache._MAKE, "ask", slow)
    threads = [threading.Thread(target=lambda: found.append(cache.ask(LOCAL, "q"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert found == ["answer"] * 5 and store.made == ["slow"]


def test_who_comes_just_when_an_answer_is_done_leaves_nothing_in_the_making(monkeypatch):
    memory = Memory(2)
    memory.get("key", lambda: "answer")
    found, late = memory._found, [None]
    monkeypatch.setattr(memory, "_found", lambda key: late.pop() if late else found(key))
    assert memory.get("key", lambda: pytest.fail("it is there")) == "answer"
    assert not memory.is_making()


def test_an_answer_that_failed_is_asked_for_again(store, monkeypatch):
    def fail(*_):
        raise ValueError("once")

    with monkeypatch.context() as once:
        once.setitem(cache._MAKE, "ask", fail)
        with pytest.raises(ValueError, match="once"):
            cache.ask(LOCAL, "q")
    assert cache.ask(LOCAL, "q") == [1, None, "q"]
    assert not cache.MEMORY._in_the_making


def test_it_is_bounded_and_the_longest_unused_goes_first(store, monkeypatch):
    monkeypatch.setattr(cache.MEMORY, "most", 2)
    for question in ("a", "b", "a", "c", "a", "b"):
        cache.ask(LOCAL, question)
    assert [asked for *_, (asked,) in store.made] == ["a", "b", "c", "b"]
    assert len(cache.MEMORY) == 2


def test_what_is_asked_ahead_is_worked_out_beside_each_other_and_found(store, monkeypatch):
    monkeypatch.setattr(cache.st, "session_state", {})
    both = threading.Barrier(2, timeout=10)

    def together(asked_store, viewer, question):
        both.wait()  # passes only where two are here at once
        store.made.append((asked_store, viewer, question))
        return question

    monkeypatch.setitem(cache._MAKE, "ask", together)
    with ThreadPoolExecutor(2) as workers:
        monkeypatch.setattr(cache, "_WORKERS", workers)
        cache.ahead(LOCAL, (cache.ask, "a"), (cache.ask, "b"))
    assert {question for *_, question in store.made} == {"a", "b"}
    assert all(one == (store, LOCAL, one[2]) for one in store.made)
    assert [cache.ask(LOCAL, "a"), cache.ask(LOCAL, "b")] == ["a", "b"] and len(store.made) == 2


def test_what_is_asked_ahead_for_one_viewer_is_not_anothers(store, monkeypatch):
    monkeypatch.setattr(cache.st, "session_state", {})
    one, two = Viewer("principal", schools=("A",)), Viewer("principal", schools=("B",))
    with ThreadPoolExecutor(1) as worker:
        monkeypatch.setattr(cache, "_WORKERS", worker)
        cache.ahead(one, (cache.ask, "q"))
    assert cache.ask(two, "q")[1] == ("B",) and cache.ask(one, "q")[1] == ("A",)
    assert len(store.made) == 2


def test_what_fails_ahead_is_said_where_the_page_asks(store, monkeypatch):
    def fail(*_):
        raise ValueError("said")

    monkeypatch.setattr(cache.st, "session_state", {})
    monkeypatch.setitem(cache._MAKE, "ask", fail)
    with ThreadPoolExecutor(1) as worker:
        monkeypatch.setattr(cache, "_WORKERS", worker)
        cache.ahead(LOCAL, (cache.ask, "q"))
    with pytest.raises(ValueError, match="said"):
        cache.ask(LOCAL, "q")


def test_what_a_screen_no_longer_shows_is_given_up(store, monkeypatch):
    monkeypatch.setattr(cache.st, "session_state", {})
    go_on = threading.Event()
    monkeypatch.setitem(cache._MAKE, "spread", lambda *_: go_on.wait(10))
    with ThreadPoolExecutor(1) as worker:
        monkeypatch.setattr(cache, "_WORKERS", worker)
        cache.ahead(LOCAL, (cache.contacts_per_family, "now"), (cache.ask, "left behind"))
        cache.ahead(LOCAL, (cache.ask, "shown"))
        go_on.set()
    assert [asked for *_, (asked,) in store.made] == ["shown"]


def test_the_collector_passes_over_what_the_server_has_ready():
    said = "import dashboard, gc, sys; print(gc.get_freeze_count(), 'ui.show' in sys.modules, gc.isenabled())"
    found = subprocess.run([sys.executable, "-c", said], cwd=PROJECT, capture_output=True, text=True, check=True)
    frozen, there, enabled = found.stdout.split()[-3:]
    assert int(frozen) > 50_000 and there == enabled == "True"
    assert gc.get_freeze_count() == 0, "tests themselves are collected as ever"
