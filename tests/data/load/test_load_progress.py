"""A load says how far it is, each portion of facts included."""

from data import derive
from data.load import commit
from data.store import open_store
from tests.support.loading import load, log, preview, roster

ROWS = [
    [f"0012{3 + number % 3}", f"9/{1 + number}/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"]
    for number in range(9)
]


def test_every_portion_of_facts_is_told(tmp_path, monkeypatch):
    store, told = open_store(tmp_path / "store.duckdb"), []
    load(store, roster())
    monkeypatch.setattr(derive, "CHUNK", 2)
    commit(store, preview(store, log(ROWS)), "test", progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert len([step for step, _ in told if step == "Working out replies and months"]) > 2
    assert store.value("SELECT count(DISTINCT student_id) FROM student_day") == 3
