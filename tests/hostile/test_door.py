"""Before a sign-in nothing is taken: no file stays in memory, no download is handed out, no public start."""

import os
import subprocess
import sys

import pytest

from access.directory import Directory
from data.home import PROJECT
from tests.support import browser, screens, socket

MEGABYTE = b"x" * (1 << 20)
REFUSED = (403, 0)  # 0: the server hung up before it had the body


def memory(address: str) -> int:
    """The megabytes that the server process holds."""
    process = browser.PROCESSES[int(address.rsplit(":", 1)[1])]
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) >> 10 for line in status if line.startswith("VmRSS"))


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="this system does not say what a process holds")
def test_files_of_strangers_are_refused_and_leave_no_trace_in_memory(address):
    stranger = socket.Visitor(address)
    with stranger.session() as session:
        session.run("upload")
        assert session.id
        assert stranger.put(session, b"small", "f") == 403
        before = memory(address)
        answers = [stranger.put(session, MEGABYTE * 20, f"f{n}") for n in range(10)]
        assert set(answers) <= set(REFUSED)
        assert memory(address) < before + 40  # of the 200 that were sent


@pytest.mark.parametrize(("email", "status"), [("a@x.org", 204), ("leader@x.org", 204), ("panel@x.org", 403)])
def test_who_loads_hands_files_in_and_who_reads_does_not(email, status, visitors):
    visitor = visitors(email)
    with visitor.session() as session:
        session.run("upload")
        assert visitor.put(session, b"Student ID,Date\n") == status


def test_somebody_who_was_taken_out_hands_nothing_in(visitors, directory):
    visitor = visitors("leaver@x.org")
    directory.remove("leaver@x.org")
    with visitor.session() as session:
        session.run("upload")
        assert visitor.put(session, b"Student ID,Date\n") == 403


@pytest.mark.parametrize("change", ["", "x", "e30"])
def test_a_cookie_that_was_written_elsewhere_opens_nothing(change, visitors, address):
    known = visitors("leader@x.org").cookies
    forged = change + known["_streamlit_user"][1:] if change else ""
    forger = socket.Visitor(address, {**known, "_streamlit_user": forged})
    with forger.session() as session:
        assert "Please sign in." in str(session.run("families").elements)
        assert forger.put(session, b"x") == 403


def test_a_download_is_handed_out_to_who_may_come_in_only(visitors, address):
    leader = visitors("leader@x.org")
    with leader.session() as session:
        file = session.download(session.run("frequency").widget("CSV").deferred_file_id)
        assert file.endswith(".csv") and leader.get(file)[0] == 200
        assert socket.Visitor(address).get(file)[0] == 403
        assert visitors("stranger@x.org").get(file)[0] == 403


def test_what_the_server_counts_is_not_for_strangers(visitors, address):
    assert socket.Visitor(address).get("/_stcore/metrics")[0] == 403
    assert visitors("leader@x.org").get("/_stcore/metrics")[0] == 200
    asked = {"method": "POST", "data": b'{"page": "families"}'}
    status, _, body = socket.Visitor(address).get("/_stcore/agent/interact", **asked)
    assert status in (403, 404, 405) and b"Elementary" not in body


def test_without_sign_in_files_come_from_this_machine_only(tmp_path):
    screens.sample(tmp_path).close()
    with browser.running(tmp_path) as address:
        here = socket.Visitor(address)
        with here.session() as session:
            session.run("upload")
            assert here.put(session, b"Student ID,Date\n") == 204
            upload = f"/_stcore/upload_file/{session.id}/f"
            for elsewhere in ({"Host": "bothways.district.org"}, {"X-Forwarded-For": "10.0.0.9"}):
                assert here.get(upload, elsewhere, "PUT", b"x")[0] == 403


@pytest.mark.parametrize("place", ["0.0.0.0", "::"])
def test_a_public_address_without_sign_in_does_not_start(place, tmp_path):
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.address", place]
    port = ["--server.port", str(browser.free_port())]
    ended = subprocess.run(
        [*command, *port], cwd=PROJECT, env=browser.environment(tmp_path), capture_output=True, text=True, timeout=60
    )  # fmt: skip
    assert ended.returncode != 0
    assert "has no sign-in, so it shows nothing" in ended.stderr and "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_start_with_a_broken_secrets_file_opens_nothing(tmp_path):
    screens.sample(tmp_path).close()
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n")
    with browser.running(tmp_path, "--secrets.files", str(broken)) as address:
        visitor = socket.Visitor(address)
        with visitor.session() as session:
            assert "The sign-in is not set up correctly" in str(session.run("families").elements)
            assert visitor.put(session, b"x") == 403
    assert Directory(tmp_path / "access.sqlite").log() == []
