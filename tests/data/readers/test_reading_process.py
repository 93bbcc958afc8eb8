"""The process around a reading: what it leaves behind, what it tells, how it fails."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from data import scratch
from data.errors import Refusal
from data.home import PROJECT
from data.readers import child, limits, parent, read
from data.readers.refusals import SENTENCES
from tests.support.files import workbook


def test_tables_outlive_the_files_they_came_in(tmp_path, own_home):
    """A large table is mapped from a file whose name is already gone."""
    (tmp_path / "log.csv").write_text("".join(f"{i},some longer text to fill the file\n" for i in range(60_000)))
    (found,) = read(tmp_path / "log.csv", "log.csv")
    assert not list((own_home / "scratch").iterdir())
    assert found.sheets[0].table.column("c0").to_pylist()[-1] == "59999"


def test_the_scratch_folder_is_for_this_user_only(tmp_path, own_home, monkeypatch):
    modes = []
    listen = parent._ask_child

    def ask(path, name, folder, *rest):
        modes.append(oct(os.stat(folder).st_mode & 0o777))
        return listen(path, name, folder, *rest)

    monkeypatch.setattr(parent, "_ask_child", ask)
    (tmp_path / "log.csv").write_text("a,b\n")
    read(tmp_path / "log.csv", "log.csv")
    assert modes == ["0o700"]


def test_what_a_killed_reading_left_is_swept_by_the_next_one(tmp_path, own_home):
    (tmp_path / "log.csv").write_text("a,b\n")
    read(tmp_path / "log.csv", "log.csv")
    (own_home / "scratch" / "0123456789abcdef-reading-killed").mkdir()
    (own_home / "scratch" / "0123456789abcdef-0123abcd").touch()  # what a page keeps while it is read
    beside, old = scratch.folder("reading-"), scratch.folder("reading-")
    os.utime(old, (1, 1))
    read(tmp_path / "log.csv", "log.csv")
    assert list((own_home / "scratch").iterdir()) == [beside]
    beside.rmdir()


def test_progress_rises_to_the_end(tmp_path):
    (tmp_path / "log.csv").write_text("".join(f"{i},text\n" for i in range(200_000)))
    heard = []
    read(tmp_path / "log.csv", "log.csv", lambda stage, fraction: heard.append((threading.get_ident(), fraction)))
    fractions = [fraction for _, fraction in heard]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert {thread for thread, _ in heard} == {threading.get_ident()}


def test_a_caller_that_gives_up_leaves_nothing_behind(tmp_path, own_home):
    class Stopped(BaseException):
        pass

    def stop(stage, fraction):
        raise Stopped

    (tmp_path / "log.csv").write_text("a,b\n")
    with pytest.raises(Stopped):
        read(tmp_path / "log.csv", "log.csv", stop)
    assert not list((own_home / "scratch").iterdir())


@pytest.mark.parametrize(
    "code, ending",
    [("reader_failed", signal.SIGABRT), ("reader_failed", signal.SIGKILL), ("too_slow", signal.SIGXCPU)],
)
def test_a_reader_that_dies_is_a_sentence(tmp_path, monkeypatch, code, ending):
    """As a crash of the spreadsheet library would end it, in the middle of a word."""
    start = subprocess.Popen
    program = f"import os, sys; print('{{\"progr', end='', flush=True); os.kill(os.getpid(), {int(ending)})"
    monkeypatch.setattr(subprocess, "Popen", lambda command, **how: start([sys.executable, "-c", program], **how))
    (tmp_path / "log.csv").write_text("a,b\n")
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "log.csv", "log.csv")
    assert refused.value.code == code


def test_several_readings_at_once(tmp_path):
    for i in range(4):
        workbook(tmp_path / f"{i}.xlsx", {"Log": [[f"file {i}", "x"]]})
    found = {}

    def one(i):
        found[i] = read(tmp_path / f"{i}.xlsx", f"{i}.xlsx")[0].sheets[0].table.to_pylist()[0]["c0"]

    threads = [threading.Thread(target=one, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {i: f"file {i}" for i in range(4)}


def test_a_file_that_is_not_there_or_no_file(tmp_path):
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "none.csv", "none.csv")
    assert refused.value.code == "missing_file"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "pipe", "pipe")
    assert refused.value.code == "unreadable_file"


def test_a_hostile_file_name_is_only_text(tmp_path):
    (tmp_path / "log.csv").write_text("")
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "log.csv", "../../etc/\x1b[31mpass\nwd{code}\udcff" + "x" * 300)
    assert refused.value.sentence.isprintable()
    assert len(refused.value.sentence) < 200


def test_every_sentence_says_what_to_do():
    words = {"what": "a PDF", "megabytes": 9, "most": 9, "cells": "9", "columns": 9, "other": "log.xlsx"}
    for code, sentence in SENTENCES.items():
        full = sentence.format(name="log.xlsx", **words)
        assert "log.xlsx" in full and full.count(". ") >= 1, code


def test_the_reading_process_starts_light(tmp_path):
    """It is started for every file: the pages, data frames and the store are none of its business."""
    workbook(tmp_path / "x.xlsx", {"Log": [["Student", "Date"], [1, "x"]]})
    (tmp_path / "out").mkdir()
    job = {"path": str(tmp_path / "x.xlsx"), "name": "x", "folder": str(tmp_path / "out"), "seconds": 60}
    command = [sys.executable, "-X", "importtime", "-m", "data.readers.child"]
    done = subprocess.run(command, cwd=PROJECT, input=json.dumps(job), capture_output=True, text=True, check=True)
    assert '"workbooks"' in done.stdout
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "pyarrow" in loaded
    assert not {"streamlit", "pandas.core", "duckdb", "plotly", "scipy", "openpyxl"} & loaded


@pytest.mark.parametrize(
    "failure, code",
    [
        (OSError(errno.ENOSPC, "full"), "disk_full"),
        (OSError(errno.EACCES, "no"), "unreadable_file"),
        (MemoryError(), "reader_failed"),
    ],
)
def test_what_the_machine_refuses_is_a_sentence(tmp_path, failure, code):
    def fail(stage, fraction):
        raise failure

    (tmp_path / "log.csv").write_text("a,b\n")
    (tmp_path / "out").mkdir()
    job = {"path": str(tmp_path / "log.csv"), "name": "log.csv", "folder": str(tmp_path / "out")}
    assert child.answer(job, fail)["refusal"][0] == code


def test_a_file_beyond_the_size_limit_is_not_opened(tmp_path, monkeypatch):
    book = workbook(tmp_path / "x.xlsx", {"Log": [["Student", "Date"]]})
    monkeypatch.setattr(limits, "MAX_SPREADSHEET_BYTES", 1000)
    (tmp_path / "out").mkdir()
    job = {"path": str(book), "name": "x.xlsx", "folder": str(tmp_path / "out")}
    assert child.answer(job, lambda stage, fraction: None)["refusal"][0] == "too_large"
