"""A principal takes back own uploads only; the district takes back any."""

import pytest

from data.errors import Refusal
from data.load import undo
from data.store import open_store
from tests.support import loading


def test_a_principal_takes_back_own_uploads_only(tmp_path):
    store = open_store(tmp_path / "district.duckdb")
    upload = loading.load(store, loading.roster())
    loaded_by = store.value("SELECT loaded_by FROM upload")
    with pytest.raises(Refusal) as refused:
        undo(store, upload.upload_id, "b@x.org", own_only=True)
    assert refused.value.code == "not_your_upload" and store.value("SELECT count(*) FROM student") > 0
    undo(store, upload.upload_id, loaded_by, own_only=True)
    assert store.value("SELECT count(*) FROM student") == 0
