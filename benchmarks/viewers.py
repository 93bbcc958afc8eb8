"""Twenty viewers click through the pages while a file of 200,000 rows loads; beside one viewer alone.

A viewer is a web socket client that speaks Streamlit's own messages, without a browser. A click asks for another page
and is timed until the script has finished and all that it sent has come. Between clicks a viewer reads for a while
(`--think` seconds on average). Each viewer has filters of its own, so that answers are computed and not only found.
The file is loaded by the server's own process, as the upload page does it, on a thread beside the viewers.
"""

import csv
import os
import random
import shutil
import threading
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from benchmarks import apart, pages, questions, served, table

LOADED_ROWS = 200_000
ALONE_CLICKS = 60
PATIENCE = 120.0
FILTERS = ("", "band=elementary", "band=middle", "band=high", "channel=phone", "channel=email", "band=middle&band=high")
NOT_CLICKED = ("upload", "uploads", "release", "panel", "administration")
LOAD, DONE = "BOTHWAYS_BENCH_LOAD", ".done"


@dataclass
class Clicks:
    """What viewers met: seconds of each rerun, reruns that showed an error, bytes that came."""

    seconds: list = field(default_factory=list)
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
        begun = time.perf_counter()
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

    def click_through(self, dice: random.Random, think: float, go_on) -> None:
        """Click until `go_on()` says no."""
        try:
            names = [name for name in self.pages if name not in NOT_CLICKED]
            while go_on():
                time.sleep(dice.expovariate(1 / think) if think else 0)
                self.go(dice.choice(names))
        except Exception as error:  # noqa: BLE001 - counted and told in the table
            self.clicks.errors.append(f"{type(error).__name__}: {error}")


def _is_error(element) -> bool:
    return element.WhichOneof("type") == "exception" or element.alert.body.startswith("This page could not be made")


def alone(address: str, think: float, clicks: int) -> Clicks:
    """One viewer by itself."""
    found = Clicks()
    viewer = Viewer(address, FILTERS[0], found)
    viewer.go("", timed=False)
    viewer.click_through(random.Random(1), think, lambda: len(found.seconds) < clicks and not found.errors)
    return found


def together(address: str, viewers: int, think: float, begin, go_on) -> Clicks:
    """Many viewers at once: when all are there, `begin()`, then they click as long as `go_on()` says."""
    found, threads = Clicks(), []
    for number in range(viewers):
        viewer = Viewer(address, FILTERS[number % len(FILTERS)], found)
        viewer.go("", timed=False)
        asked = (random.Random(100 + number), think, go_on)
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


def _log(path: Path, rows: int, students: list[str], last: date) -> Path:
    """A contact log of the two months that end on a day."""
    dice = random.Random(1)
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
    rows = min(LOADED_ROWS, sizes.rows or LOADED_ROWS)
    students, last = apart.run("benchmarks.viewers:students", store).result
    file = _log(folder / "new.csv", rows, students, date.fromisoformat(last))
    alone_p95, many_p95, beyond, lines, seconds, errors = [], [], [], [], [], []
    for number in range(runs):
        home = served.home(folder, shutil.copy(store, folder / f"round{number}.duckdb"))
        go = folder / f"go{number}"
        server = served.serving("-m", "benchmarks.viewers", BOTHWAYS_HOME=home, **{LOAD: f"{file}|{go}"})
        with server as (address, process):
            one = alone(address, sizes.think / 10, min(ALONE_CLICKS, sizes.clicks))
            before = apart.memory_of(process.pid)
            until, most = [0.0], [0]

            def begin(go=go, until=until):
                go.touch()
                until[0] = time.monotonic() + sizes.least_seconds

            def go_on(go=go, until=until, most=most, process=process):
                most[0] = max(most[0], apart.memory_of(process.pid) or 0)
                return time.monotonic() < until[0] or not Path(f"{go}{DONE}").exists() and process.poll() is None

            many = together(address, sizes.viewers, sizes.think, begin, go_on)
        shutil.rmtree(home)
        seconds.append(float(Path(f"{go}{DONE}").read_text(encoding="utf-8")))
        alone_p95.append(p95(one.seconds))
        many_p95.append(p95(many.seconds))
        beyond.append((most[0], before))
        errors += one.errors + many.errors
        lines.append(f"{len(many.seconds)} reruns of {sizes.viewers} viewers, {many.received / 1e6:,.0f} MB sent")
    what = f"p95 of a rerun, {sizes.viewers} viewers and a load beside one alone"
    memory = (table.median(both[place] for both in beyond) for place in (0, 1))
    table.show(
        f"viewers: {rows:,} rows load into {apart.run('benchmarks.pages:contacts', store).result:,} contacts",
        [
            table.Line(what, table.median(many_p95), table.median(alone_p95), "within 3 x", slower=True),
            table.Line("memory of the server, at most beside before", *memory, unit="B", slower=True),
            table.Line("the load meanwhile", table.median(seconds), None),
        ],
        (*lines, f"Errors: {len(errors)}. {' '.join(map(str, errors[:3]))}".strip()),
    )


def serve(arguments: list[str]) -> None:
    """The program, and on a thread a load that begins when a file says so (the server's side of this benchmark)."""
    from streamlit.web import bootstrap

    file, go = os.environ[LOAD].split("|")
    threading.Thread(target=_load_when_told, args=(Path(file), Path(go)), daemon=True).start()
    port = int(arguments[arguments.index("--server.port") + 1])
    options = {"server_port": port, "server_headless": True}
    bootstrap.load_config_options(options)
    bootstrap.run("dashboard.py", False, [], options)


def _load_when_told(file: Path, go: Path):
    from data.home import default_store
    from data.load import commit, plan
    from data.store import open_store

    while not go.exists():
        time.sleep(0.1)
    begun, store = time.perf_counter(), open_store(default_store())
    preview = plan(store, file, file.name, "benchmark")[0]
    try:
        commit(store, preview, "benchmark", accept_hold=True)
    finally:
        preview.close()
    Path(f"{go}{DONE}").write_text(f"{time.perf_counter() - begun}", encoding="utf-8")


if __name__ == "__main__":
    import sys

    serve(sys.argv[1:])
