"""What a process that runs has in the scratch folder stays; what is left of one that does not is swept."""

import os
import subprocess
import sys
import threading

import pytest

from data import alive, scratch
from data.home import PROJECT

# Another program of the same home: makes a file and a folder, tells their names, and waits to be told to end.
OTHER = """
import sys
from data import scratch
made = scratch.file(".duckdb"), scratch.folder("reading-")
made[0].write_text("rows")
(made[1] / "sheet.arrow").write_text("rows")
print(*made, sep="\\n", flush=True)
sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def shared_home(tmp_path, monkeypatch):
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path / "home"))


@pytest.fixture
def other():
    program = subprocess.Popen(
        [sys.executable, "-c", OTHER], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield program
    program.kill()
    program.wait()
    program.stdin.close()
    program.stdout.close()


def names(program) -> list[str]:
    return [program.stdout.readline().strip() for _ in range(2)]


def test_what_another_running_program_uses_stays(other):
    made = names(other)
    scratch.sweep()
    assert all(os.path.exists(name) for name in made) and os.listdir(made[1]) == ["sheet.arrow"]


def test_what_a_killed_program_left_goes_at_once(other):
    made = names(other)
    other.kill()
    other.wait()
    scratch.sweep()
    assert not any(os.path.exists(name) for name in made)


def test_what_a_program_left_that_ended_goes_at_once_and_its_lock_with_it(other):
    made = names(other)
    other.communicate("end\n")
    assert other.returncode == 0 and all(os.path.exists(name) for name in made)
    assert list((scratch.place().parent / "running").iterdir()) == []
    scratch.sweep()
    assert not any(os.path.exists(name) for name in made)


def test_own_files_stay_for_a_day():
    kept, old = scratch.file(), scratch.folder("reading-")
    kept.touch()
    os.utime(old, (1, 1))
    scratch.sweep()
    assert list(scratch.place().iterdir()) == [kept]


def test_a_file_whose_process_nobody_knows_goes():
    left = scratch.place() / "0123abcd"
    left.touch()
    scratch.sweep()
    assert not left.exists()


def test_a_forked_process_is_known_by_a_lock_of_its_own():
    mine, (reading, writing) = alive.token(), os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, alive.token().encode())
        os._exit(0)  # as one that is killed
    os.waitpid(child, 0)
    gone = os.read(reading, 100).decode()
    os.close(reading), os.close(writing)
    assert alive.lives(mine) and gone != mine and not alive.lives(gone)


def test_many_threads_share_one_token():
    found = []
    threads = [threading.Thread(target=lambda: found.append(alive.token())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20 and len(set(found)) == 1 and alive.lives(found[0])


def test_where_a_disk_knows_no_locks_a_process_counts_as_running(monkeypatch):
    def refuse(*_, **__):
        raise OSError("no locks here")

    monkeypatch.setattr(alive, "_lock", refuse)
    kept = scratch.file()
    kept.touch()
    scratch.sweep()
    assert kept.exists()


def test_lock_files_of_killed_processes_go_after_a_day():
    mine = alive.token()
    running = scratch.place().parent / "running"
    for name in ("old", "young"):
        (running / name).touch()
    for name in ("old", mine):
        os.utime(running / name, (1, 1))
    scratch.sweep()
    assert sorted(path.name for path in running.iterdir()) == sorted([mine, "young"])


def test_names_and_locks_are_for_this_user_only():
    folder = scratch.folder("reading-")
    running = scratch.place().parent / "running"
    modes = [path.stat().st_mode & 0o777 for path in (folder, scratch.place(), running, running / alive.token())]
    assert modes == [0o700, 0o700, 0o700, 0o600]
