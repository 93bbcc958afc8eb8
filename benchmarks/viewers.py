"""Twenty viewers click through the pages while a file of 200,000 rows loads; beside one viewer alone.

A viewer is a web socket client that speaks Streamlit's own messages, without a browser. A click asks for another page
and is timed until the script has finished and all that it sent has come. Between clicks a viewer reads for a while
(`--think` seconds on average). Viewers have filters of their own, so that answers are computed and not only found. What
that costs by itself is in one of the two measures beside them: one viewer alone who clicks under the same filters in
turn. The other is one alone without a filter, whose answers are mostly found.

The server's own process loads, as the upload page does it, on a thread beside the viewers: the first file once they
have clicked for a while, the next ones each `--each` seconds, each with other rows. What is counted begins with the
first load: clicks that begin while a file loads, and all of them, those after it included, when every answer is worked
out anew. The clicks of all rounds are taken together: those of one load are few.
"""

import csv
import json
import math
import os
import random
import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks import apart, pages, questions, served, table

LOADED_ROWS = 200_000
ALONE_CLICKS = 60
PATIENCE = 120.0
FILTERS = ("", "band=elementary", "band=middle", "band=high", "channel=phone", "channel=email", "band=middle&band=high")
NOT_CLICKED = ("upload", "uploads", "release", "panel", "administration")
LOAD = "BOTHWAYS_BENCH_LOAD"
EVERY_SECONDS = 0.05
BEFORE_LOADS = 15.0  # seconds for which viewers have clicked when the first load begins


@dataclass
class Clicks:
    """What viewers met: seconds of each rerun and when it began, reruns that showed an error, bytes that came."""

    seconds: list = field(default_factory=list)
    begun: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    received: int = 0


class Viewer:
    """One session of the program."""

    def __init__(self, address: str, filters: str, clicks: Clicks):
        from websockets.sync.client import connect

        self.filters, self.clicks, self.pages, self.page = filters, clicks, {}, ""
        self.socket = connect(
            f"ws://{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE
        )

    def go(self, page: str, *, timed: bool = True):
        """Ask for a page ("" is the first one) and wait until its script has finished."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        asked = BackMsg()
        asked.rerun_script.query_string = self.filters
        asked.rerun_script.page_script_hash = self.pages.get(page, "")
        begun, clock = time.perf_counter(), time.time()
        self.socket.send(asked.SerializeToString())
        while True:
            data = self.socket.recv(timeout=PATIENCE)
            self.clicks.received += len(data)
            said = ForwardMsg.FromString(data)
            kind = said.WhichOneof("type")
            if kind == "navigation":
                self.pages = {one.url_pathname: one.page_script_hash for one in said.navigation.app_pages}
            elif kind == "delta" and _is_error(said.delta.new_element):
                self.clicks.errors.append(page)
            elif kind == "script_finished" and said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                break  # a run that was stopped to begin anew says so, and is no end
        if timed:
            self.clicks.seconds.append(time.perf_counter() - begun)
            self.clicks.begun.append(clock)

    def click(self, dice: random.Random):
        """Go to any page."""
        self.go(dice.choice([name for name in self.pages if name not in NOT_CLICKED]))

    def click_through(self, dice: random.Random, think: float, go_on) -> None:
        """Click until `go_on()` says no."""
        with _counted(self.clicks):
            while go_on():
                time.sleep(_pause(dice, think))
                if go_on():
                    self.click(dice)


@contextmanager
def _counted(clicks: Clicks):
    """What fails here is counted, and told in the table."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        clicks.errors.append(f"{type(error).__name__}: {error}")


def _pause(dice: random.Random, think: float) -> float:
    return dice.expovariate(1 / think) if think else 0.0


def _is_error(element) -> bool:
    return element.WhichOneof("type") == "exception" or element.alert.body.startswith("This page could not be made")


def alone(address: str, think: float, clicks: int, filters: tuple[str, ...]) -> Clicks:
    """One viewer, who clicks under these filters in turn, each in a tab of its own."""
    found, dice = Clicks(), random.Random(1)
    tabs = [Viewer(address, one, found) for one in filters]
    for tab in tabs:
        tab.go("", timed=False)
    with _counted(found):
        for number in range(clicks):
            time.sleep(_pause(dice, think))
            tabs[number % len(tabs)].click(dice)
    return found


def together(address: str, viewers: int, think: float, seed: int, begin, go_on) -> Clicks:
    """Many viewers at once: when all are there, `begin()`, then they click as long as `go_on()` says."""
    found, threads = Clicks(), []
    for number in range(viewers):
        viewer = Viewer(address, FILTERS[number % len(FILTERS)], found)
        viewer.go("", timed=False)
        asked = (random.Random(1000 * seed + number), think, go_on)
        threads.append(threading.Thread(target=viewer.click_through, args=asked, daemon=True))
    begin()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def students(store: str) -> list:
    """(the ids of a store's students, the day of its latest contact), for a file that finds them."""
    opened = questions.opened(store)
    ids = [local_id for (local_id,) in opened.rows("SELECT local_id FROM student ORDER BY local_id")]
    return [ids, str(opened.value("SELECT max(contact_date) FROM contact"))]


class Watch:
    """The largest memory of a process, read all the while."""

    def __init__(self, pid: int):
        self.most = self.before = apart.memory_of(pid) or 0
        self._pid, self._over = pid, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        while not self._over.wait(EVERY_SECONDS):
            self.most = max(self.most, apart.memory_of(self._pid) or 0)

    def stop(self):
        """Look no longer."""
        self._over.set()
        self._thread.join()


def _log(path: Path, rows: int, students: list[str], last: date, seed: int) -> Path:
    """A contact log of the two months that end on a day."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("Student ID", "Date", "Time", "Method", "Direction", "Result", "Staff"))
        for _ in range(rows):
            day, minute = last - timedelta(dice.randrange(60)), dice.randrange(8 * 60, 17 * 60)
            how = dice.choice(("Phone call", "Email", "Text message", "In person"))
            what = dice.choice(("Outgoing", "Incoming")), dice.choice(("Sent", "Replied", "No answer"))
            time_of_day = f"{minute // 60}:{minute % 60:02d}"
            staff = f"Staff member {dice.randrange(400):03d}"
            writer.writerow((dice.choice(students), f"{day:%m/%d/%Y}", time_of_day, how, *what, staff))
    return path


def p95(seconds: list) -> float:
    """The 95th percentile (the smallest number that 95 % do not exceed)."""
    return sorted(seconds)[max(0, -(-95 * len(seconds) // 100) - 1)]


def run(folder: Path, sizes, runs: int) -> None:
    """Print the table."""
    store = folder / "own.duckdb"
    shutil.copy(pages.sample(folder, sizes, sizes.rows or pages.CONTACTS), store)
    held = apart.run("benchmarks.pages:contacts", store).result
    rows = min(LOADED_ROWS, sizes.rows or LOADED_ROWS)
    students, last = apart.run("benchmarks.viewers:students", store).result
    files = max(1, int(sizes.least_seconds / sizes.each))
    for number in range(files):
        _log(folder / f"new{number:02d}.csv", rows, students, date.fromisoformat(last), number)
    rounds = [_round(folder, store, sizes, number) for number in range(runs)]
    plain, filtered, many, before, most, loads = (list(column) for column in zip(*rounds, strict=True))
    during = [_begun(*both) for both in zip(many, loads, strict=True)]
    since = [_begun(clicks, [(load[0][0], math.inf)]) for clicks, load in zip(many, loads, strict=True)]
    lines = [
        table.Line(f"p95 of a rerun, {sizes.viewers} viewers beside one alone {how}: {when}",
                   _p95s(theirs), _p95s([clicks.seconds for clicks in one]), "within 3 x", slower=True)
        for how, one in (("with the same filters", filtered), ("without a filter", plain))
        for when, theirs in (("begun while a file loads", during), ("begun since then", since))
    ]  # fmt: skip
    memory = (table.median(both) for both in (most, before))
    errors = [error for clicks in (*plain, *filtered, *many) for error in clicks.errors]
    table.show(
        f"viewers: {rows:,} rows load, a file each {sizes.each:g} s, into {held:,} contacts",
        [
            *lines,
            table.Line("memory of the server, at most beside before", *memory, unit="B", slower=True),
            table.Line("one load", table.median(end - begin for load in loads for begin, end in load), None),
        ],
        (
            *(_said(*both, sizes.viewers) for both in zip(many, during, loads, strict=True)),
            f"Errors: {len(errors)}. {' '.join(map(str, errors[:3]))}".strip(),
        ),
    )


def _begun(clicks: Clicks, spans: list) -> list[float]:
    """The seconds of those clicks that began within one of the spans (from, to)."""
    return [
        seconds
        for seconds, at in zip(clicks.seconds, clicks.begun, strict=True)
        if any(begin <= at <= end for begin, end in spans)
    ]


def _p95s(rounds: list) -> float | None:
    clicks = [one for seconds in rounds for one in seconds]
    return p95(clicks) if clicks else None


def _said(clicks: Clicks, during: list, loads: list, viewers: int) -> str:
    whole = f"{len(clicks.seconds)} reruns of {viewers} viewers, {len(during)} of them begun during {len(loads)} loads"
    return f"{whole}; {clicks.received / 1e6:,.0f} MB sent"


def _round(folder: Path, store: Path, sizes, number: int) -> tuple:
    """(clicks of one viewer alone without and with filters, of all with loads; memory before and at most; when loads
    began and ended).
    """
    home = served.home(folder, shutil.copy(store, folder / f"round{number}.duckdb"))
    go, over, done = (folder / f"{name}{number}" for name in ("go", "over", "done"))
    before = min(BEFORE_LOADS, sizes.least_seconds)
    told = "|".join(map(str, (folder, go, over, done, before, sizes.each)))
    alone_by_filters = []
    for filters in (FILTERS[:1], FILTERS):  # each on a server that has answered nothing yet
        with served.serving("-m", "streamlit", "run", "dashboard.py", BOTHWAYS_HOME=home) as (address, _):
            alone_by_filters.append(alone(address, sizes.think / 10, min(ALONE_CLICKS, sizes.clicks), filters))
    with served.serving("-m", "benchmarks.viewers", BOTHWAYS_HOME=home, **{LOAD: told}) as (address, process):
        watch, until = Watch(process.pid), [0.0]

        def begin():
            go.touch()
            until[0] = time.monotonic() + before + sizes.least_seconds

        def go_on():
            return time.monotonic() < until[0] and process.poll() is None

        many = together(address, sizes.viewers, sizes.think, 1 + number, begin, go_on)
        over.touch()
        while not done.exists() and process.poll() is None:
            time.sleep(EVERY_SECONDS)
        watch.stop()
    shutil.rmtree(home)
    loads = json.loads(done.read_text(encoding="utf-8"))
    assert loads, "at least one file was loaded"
    return *alone_by_filters, many, watch.before, watch.most, loads


def serve(arguments: list[str]) -> None:
    """The program, and on a thread loads that begin when a file says so (the server's side of this benchmark)."""
    from streamlit.web import cli

    *places, before, each = os.environ[LOAD].split("|")
    told = (*map(Path, places), float(before), float(each))
    threading.Thread(target=_load_when_told, args=told, daemon=True).start()
    cli.main(["run", "dashboard.py", *arguments])


def _load_when_told(folder: Path, go: Path, over: Path, done: Path, before: float, each: float):
    """Load a file each so many seconds, first so many after `go` is there, until `over` is; write when to `done`."""
    from data.home import default_store
    from data.priority import giving_way
    from data.store import open_store

    while not go.exists():
        time.sleep(EVERY_SECONDS)
    time.sleep(before)
    loads, store = [], open_store(default_store())
    try:
        for file in sorted(folder.glob("new*.csv")):
            begun = time.time()
            loaded = giving_way(partial(_load, store, file))
            assert loaded, "the students of the file are those of the store"
            loads.append((begun, time.time()))
            while time.time() < begun + each and not over.exists():
                time.sleep(EVERY_SECONDS)
            if over.exists():
                break
    finally:
        whole = done.with_suffix(".whole")
        whole.write_text(json.dumps(loads), encoding="utf-8")
        whole.rename(done)


def _load(store, file: Path, tell) -> int:
    """How many rows of a file were loaded."""
    from data.load import commit, plan

    preview = plan(store, file, file.name, "benchmark", progress=tell)[0]
    try:
        return commit(store, preview, "benchmark", accept_hold=True, progress=tell).counts["rows_loaded"]
    finally:
        preview.close()


if __name__ == "__main__":
    import sys

    serve(sys.argv[1:])
