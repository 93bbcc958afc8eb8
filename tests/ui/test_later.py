"""What stands where on a page: what clicks open is filled in last, and a chart is cleared away when another comes.

Time stands still here but for who waits.
"""

import pytest
import streamlit as st

from ui import later


class Clock:
    """A clock that only waiting moves; `waits` are the waits that took some time."""

    def __init__(self):
        self.now, self.waits = 100.0, []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float):
        self.now += seconds
        self.waits += [seconds] if seconds else []


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    """A session whose page begins, and its clock."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(later, "time", clock := Clock())
    later.begin()
    return clock


def test_what_is_left_is_filled_in_once_and_in_its_order():
    done = []
    for number in (1, 2):
        later.fill_in(lambda number=number: done.append(number))
    assert not done
    later.finish()
    later.finish()
    assert done == [1, 2]


def test_charts_have_a_moment_for_themselves_once(clock):
    later.fill_in(list)
    clock.now += later.MOMENT / 3  # something was asked meanwhile
    later.let_charts_show()
    later.finish()
    assert clock.waits == [pytest.approx(later.MOMENT * 2 / 3)]


def test_nothing_waits_where_there_is_no_chart_or_it_was_sent_a_while_ago(clock):
    later.finish()
    later.fill_in(list)
    clock.now += later.MOMENT * 2
    later.finish()
    assert not clock.waits


def test_a_run_that_was_broken_off_leaves_nothing_to_the_next():
    later.fill_in(lambda: pytest.fail("of the run before"))
    later.begin()
    later.finish()


def run(*figures) -> list[tuple[str, bool]]:
    """The places of a page's charts."""
    later.begin()
    places = []
    for figure in figures:
        places.append(later.place(figure))
        later.fill_in(list)
    later.finish()
    return places


def test_a_chart_keeps_its_name_and_takes_its_turn_where_the_figure_is_another():
    one, two, three = object(), object(), object()
    first = run(one, two)
    assert [name for name, _ in first] == ["1", "2"]
    assert run(one, two) == first, "the same figures stay as they are"
    second = run(one, three)
    assert second[0] == first[0] and second[1] == ("2", not first[1][1])
    assert run(three, three) == [("1", not first[0][1]), second[1]]
