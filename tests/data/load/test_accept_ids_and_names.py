"""Rows that wait under a number and rows that wait under a name, offered together and accepted together."""

from contextlib import closing

from data.load import matches
from data.store import open_store
from tests.support import loading

NAMED = ["Student", "Date", "Method"]
NUMBERED = ["Student ID", "Date", "Method"]


def test_numbers_and_names_that_wait_join_in_one_go(tmp_path):
    """One log knows Ana by a number that lost its zeros, another knows Ben by a name with a slip."""
    with closing(open_store(tmp_path / "district.duckdb")) as store:
        loading.load(store, loading.roster())
        loading.load(store, loading.log([["123", "9/3/2025", "Phone"]], name="numbers.csv", headers=NUMBERED))
        loading.load(store, loading.log([["Ben Smyth", "9/4/2025", "Phone"]], name="names.csv", headers=NAMED))
        offers = matches.waiting(store)
        given = {(offer["given_id"], offer["given_name"]) for offer in offers.to_dict("records")}
        assert given == {("123", None), (None, "Ben Smyth")}, "what a row lacks is None: NaN is no text"
        assert matches.accept(store, offers.to_dict("records"), "Ms. Rivera") == 2
        assert matches.waiting(store).empty
        assert store.value("SELECT count(*) FROM contact") == 2
