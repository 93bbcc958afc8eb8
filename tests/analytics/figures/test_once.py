"""Kept figures: the same numbers are drawn once, other numbers never get a figure that was drawn of these."""

import gc
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

import pandas as pd

from analytics.figures import once
from analytics.figures.draft import figure_of


@dataclass(frozen=True)
class Asked:
    viewer: str
    table: pd.DataFrame


def drawing():
    drawn = []

    @once.once
    def bar(asked, title="", mode="light"):
        drawn.append(title)
        return figure_of(
            {"data": [{"type": "bar", "y": list(asked.table["value"])}], "layout": {"title": {"text": title}}}
        )

    return bar, drawn


def asked(*values, viewer="district"):
    return Asked(viewer, pd.DataFrame({"school": ["Elm"] * len(values), "value": values}))


def test_the_same_numbers_are_drawn_once():
    bar, drawn = drawing()
    first = bar(asked(1.0, 2.0), "once")
    assert bar(asked(1.0, 2.0), "once") is first
    assert drawn == ["once"]


def test_a_figure_that_no_screen_holds_any_more_is_found_as_it_was(monkeypatch):
    monkeypatch.setattr(once, "_shown", WeakValueDictionary())
    bar, drawn = drawing()
    before = bar(asked(1.0, 2.0), "found").to_dict()
    gc.collect()
    assert not once._shown
    assert bar(asked(1.0, 2.0), "found").to_dict() == before
    assert drawn == ["found"]


def test_one_other_number_word_or_colour_is_another_figure():
    bar, drawn = drawing()
    others = [
        bar(asked(1.0, 2.0), "first"),
        bar(asked(1.0, 2.5), "first"),
        bar(asked(1.0, 2.0), "second"),
        bar(asked(1.0, 2.0), "first", mode="dark"),
        bar(asked(1.0, 2.0, viewer="principal"), "first"),
    ]
    assert len({id(figure) for figure in others}) == len(drawn) == 5
    assert list(others[1].data[0].y) == [1.0, 2.5]


def test_an_answer_that_was_changed_meanwhile_is_drawn_anew():
    bar, drawn = drawing()
    before = asked(1.0)
    bar(before, "changed")
    after = replace(before, table=before.table.assign(value=[3.0]))
    assert list(bar(after, "changed").data[0].y) == [3.0]
    before.table.loc[0, "value"] = 7.0
    assert list(bar(before, "changed").data[0].y) == [7.0]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(once, "MOST", 3)
    monkeypatch.setattr(once, "_drawn", {})
    bar, drawn = drawing()
    for number in range(5):
        bar(asked(float(number)), "many")
    assert len(once._drawn) == 3
    bar(asked(4.0), "many")
    assert len(drawn) == 5, "the latest is still there"
    bar(asked(0.0), "many")
    assert len(drawn) == 6, "the oldest was given up"
