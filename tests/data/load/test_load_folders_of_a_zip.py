"""Logs in a zip whose folders say what no file does: the way of contact, the school year."""

from data.load import commit, plan
from tests.support.files import zipped


def test_folders_tell_the_way_of_contact_and_the_year(with_roster, tmp_path):
    row = "Student ID,Date,Result\n00123,9/15,Done\n"
    files = {"Logs 2025-26/Calls/September.csv": row, "Logs 2025-26/Home Visits/September.csv": row.replace("15", "16")}
    for planned in plan(with_roster, zipped(tmp_path / "logs.zip", files), "logs.zip", "Ms. Rivera"):
        commit(with_roster, planned, "Ms. Rivera", accept_hold=True)
        planned.close()
    found = with_roster.rows("SELECT channel, contact_date::VARCHAR FROM contact ORDER BY contact_date")
    assert found == [("phone", "2025-09-15"), ("home_visit", "2025-09-16")]
