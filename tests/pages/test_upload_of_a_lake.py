"""A dashboard over a lake loads nothing, and says why before a file is asked for."""

from tests.support import screens


def test_uploads_are_off_over_a_lake_and_say_why(monkeypatch, tmp_path):
    monkeypatch.setenv("BOTHWAYS_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path))
    for page in ("upload", "uploads"):
        shown = screens.opened(page)
        assert any("nothing is loaded here" in error.value for error in shown.error), page
        assert not shown.file_uploader
