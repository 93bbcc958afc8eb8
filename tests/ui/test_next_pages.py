"""Pages that may be opened next: the same questions as theirs, for the same viewer, in quiet moments, and given up."""

import atexit
import threading
import time
from types import SimpleNamespace

import pytest

from access.viewer import LOCAL, Viewer
from ui import cache, next_pages, stores


@pytest.fixture(scope="module", autouse=True)
def nothing_left_by_other_tests():
    """What pages of other tests in this process asked ahead, or left to be worked out, is over."""
    workers = cache._WORKERS._max_workers
    all_there = threading.Barrier(workers)
    for free in [cache._WORKERS.submit(all_there.wait, 60) for _ in range(workers)]:
        free.result()
    next_pages._worker.end()
    next_pages._worker = next_pages._Worker()
    atexit.register(next_pages._worker.end)


@pytest.fixture
def store(monkeypatch):
    """A store at rest that counts what it is asked."""
    made = []
    here = SimpleNamespace(path="a.duckdb", version=1, being_written=False, ahead=None, made=made)
    monkeypatch.setattr(stores, "of_this_run", lambda: SimpleNamespace(store=here))
    monkeypatch.setitem(cache._MAKE, "ask", lambda store, viewer, *asked: made.append((viewer, *asked)) or list(asked))
    monkeypatch.setattr(next_pages, "QUIET_SECONDS", 0)
    monkeypatch.setattr(next_pages, "LOOK_SECONDS", 0.001)
    cache.MEMORY.forget()
    yield here
    cache.MEMORY.forget()


def work(store, *questions, viewer=LOCAL) -> next_pages.Work:
    return next_pages.Work(store, store.version, viewer, [(cache.ask, question) for question in questions])


def test_what_was_worked_out_before_is_found_by_the_page_that_asks(store):
    work(store, "a", "b").run()
    assert store.made == [(LOCAL, "a"), (LOCAL, "b")]
    assert cache.ask(LOCAL, "a") == ["a"] and len(store.made) == 2


def test_no_other_viewer_and_no_later_version_gets_it(store):
    one, two = Viewer("principal", schools=("A",)), Viewer("principal", schools=("B",))
    work(store, "a", viewer=one).run()
    cache.ask(two, "a")
    store.version = 2
    cache.ask(one, "a")
    assert store.made == [(one, "a"), (two, "a"), (one, "a")]


def test_the_next_click_gives_up_what_was_not_begun(store, monkeypatch):
    here = work(store, "a", "b")
    monkeypatch.setattr(next_pages.st, "session_state", {next_pages._OF_THIS_SCREEN: here})
    monkeypatch.setitem(cache._MAKE, "ask", lambda *asked: store.made.append(asked[2:]) or next_pages.give_up())
    here.run()
    assert store.made == [("a",)] and not next_pages.st.session_state
    next_pages.give_up()  # a screen that asked for nothing


def test_a_load_gives_up_what_was_not_begun(store, monkeypatch):
    def load(store, viewer, *asked):
        store.version += 1
        store.made.append(asked)

    monkeypatch.setitem(cache._MAKE, "ask", load)
    work(store, "a", "b").run()
    assert store.made == [("a",)]


@pytest.mark.parametrize("busy", ["a page asked just now", "somebody writes", "sums are being made", "an answer is"])
def test_it_waits_for_a_quiet_moment(busy, store, monkeypatch):
    monkeypatch.setattr(next_pages, "LONGEST_SECONDS", 0.05)
    if busy == "a page asked just now":
        monkeypatch.setattr(next_pages, "QUIET_SECONDS", 3600)
        cache.ask(LOCAL, "by a page")
    elif busy == "somebody writes":
        store.being_written = True
    elif busy == "sums are being made":
        store.ahead = SimpleNamespace(is_alive=lambda: True)
    else:
        monkeypatch.setitem(cache.MEMORY._in_the_making, "key", threading.Lock())
    work(store, "a").run()
    assert (LOCAL, "a") not in store.made


def test_its_own_questions_do_not_count_as_somebody_asking(store):
    cache.ask(LOCAL, "by a page")
    before = cache._last_asked
    work(store, "a").run()
    assert cache._last_asked == before and len(store.made) == 2


def test_what_fails_is_said_where_a_page_asks_it(store, monkeypatch):
    def fail(store, viewer, question):
        store.made.append(question)
        raise ValueError(question)

    monkeypatch.setitem(cache._MAKE, "ask", fail)
    work(store, "a", "b").run()
    assert store.made == ["a", "b"]
    with pytest.raises(ValueError, match="a"):
        cache.ask(LOCAL, "a")


@pytest.mark.parametrize(("said", "begun"), [("no", 0), ("", 1)])
def test_whoever_starts_the_program_may_keep_the_processor(said, begun, store, monkeypatch):
    put, drawn = [], SimpleNamespace(viewer=LOCAL)
    monkeypatch.setenv("BOTHWAYS_FORESEE", said)
    monkeypatch.setattr(next_pages.filters, "drawn", lambda: drawn)
    monkeypatch.setattr(next_pages.filters, "own_choices", lambda: ("contact_rate", "contact_rate", "iep"))
    monkeypatch.setattr(next_pages.frame, "mode", lambda: "light")
    monkeypatch.setattr(next_pages.st, "session_state", {})
    monkeypatch.setattr(next_pages._worker, "put", put.append)
    next_pages.begin("overview")
    assert len(put) == begun


def test_one_answer_at_a_time_in_the_whole_program(store, monkeypatch):
    here, most = [], []

    def slow(store, viewer, question):
        here.append(question)
        most.append(len(here))
        time.sleep(0.01)
        here.remove(question)

    monkeypatch.setitem(cache._MAKE, "ask", slow)
    worker = next_pages._Worker()
    for screen in range(4):
        worker.put(work(store, f"{screen} a", f"{screen} b"))
    until = time.monotonic() + 10
    while len(most) < 8 and time.monotonic() < until:
        time.sleep(0.01)
    worker.end()
    assert most == [1] * 8 and not worker.is_alive()
