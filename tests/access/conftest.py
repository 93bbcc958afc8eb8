"""A home with data and a directory of people, for pages under a sign-in."""

import pytest

from access.directory import Directory
from tests.support import screens


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A home with the small sample district."""
    home = tmp_path_factory.mktemp("access_home")
    screens.sample(home)
    return home


@pytest.fixture
def directory(home, monkeypatch) -> Directory:
    """An empty directory of people in that home."""
    screens.at(home, monkeypatch)
    (home / "access.sqlite").unlink(missing_ok=True)
    return Directory(home / "access.sqlite")
