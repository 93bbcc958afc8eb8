"""A file that is loaded while a page is made: all numbers of the page are of one state of the store."""

import pytest

from tests.support import loading, screens
from ui import cache, stores

MORE = [
    [f"0012{student}", f"9/{day}/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"]
    for day in range(8, 27)
    for student in (3, 4, 5)
]


def shown(test) -> dict:
    assert not test.exception and not test.error
    texts = [element.value for kind in (test.title, test.markdown, test.caption) for element in kind]
    charts = [chart.proto.spec for chart in test.get("plotly_chart")]
    return {"texts": texts, "tiles": [one.value for one in test.metric], "charts": charts}


@pytest.mark.parametrize("page", [name for name in screens.MEASURED if name != "definitions"])
def test_a_page_during_which_a_file_comes_in_shows_the_store_of_after(page, own_home, monkeypatch):
    """After the second answer of the page 57 contacts come in, beside the two that are there."""
    store, answered, worked_out = screens.both(own_home), [], cache._kept

    def kept(*asked):
        found = worked_out(*asked)
        answered.append(asked[3])
        if len(answered) == 2:
            loading.load(store, loading.log(MORE, "more.csv"))
        return found

    monkeypatch.setattr(cache, "ahead", lambda *_: None)
    monkeypatch.setattr(cache, "_kept", kept)
    before = store.version
    found = shown(screens.opened(page))
    assert store.version == before + 1 and len(answered) > 2
    assert found == shown(screens.opened(page))


def test_a_page_is_made_once_where_nothing_comes_in(own_home, monkeypatch):
    screens.both(own_home)
    runs, begin = [], stores.forget_run
    monkeypatch.setattr(stores, "forget_run", lambda: (runs.append(1), begin()))
    shown(screens.opened("frequency"))
    assert len(runs) == 1
