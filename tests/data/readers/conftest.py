"""Readers under test keep their scratch files in a folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """A home folder for one test; its scratch folder must be empty afterwards."""
    home = tmp_path / "home"
    monkeypatch.setenv("BOTHWAYS_HOME", str(home))
    yield home
    scratch = home / "scratch"
    assert not scratch.exists() or not list(scratch.iterdir())
