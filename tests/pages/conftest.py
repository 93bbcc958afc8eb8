"""Pages run against a home of their own: the sample, or a district's store that lacks something."""

import pytest

from tests.support import screens
from ui import next_pages


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory):
    """A home with the small sample district."""
    home = tmp_path_factory.mktemp("sample_home")
    screens.sample(home)
    return home


@pytest.fixture(autouse=True)
def nothing_in_the_background(monkeypatch):
    """What a page asks is asked by that page."""
    monkeypatch.setattr(next_pages._worker, "put", lambda work: None)


@pytest.fixture
def at_sample(sample_home, monkeypatch):
    """The program with the sample district."""
    screens.at(sample_home, monkeypatch)


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """An empty home, to put a district's own store in."""
    screens.at(tmp_path, monkeypatch)
    return tmp_path
