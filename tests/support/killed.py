"""Kill a load or an undo at random moments, and look at the store afterwards.

    python tests/support/killed.py STORE TRIALS [SEED]

Each trial is a forked process that opens the store, checks that it is in one of the two known states, begins to
load (or to undo) a file and is killed within the time that this takes. Prints a JSON object: trials, torn (states
that were neither), killed_while_writing. A longer run by hand: TRIALS 2000.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])  # and not this folder: a helper here has the name of a standard module

from data.check import digests  # noqa: E402
from data.load import commit, undo  # noqa: E402
from data.store import open_store  # noqa: E402
from tests.support.loading import load, log, preview, roster  # noqa: E402

ROWS = [
    [f"0012{3 + n % 3}", f"{9 + n % 3}/{1 + n % 28}/2025", "Phone", "Outbound", "Reached", f"Staff {n}", "Academics"]
    for n in range(2000)
]
LOG = log(ROWS)


def in_child(work) -> str:
    """What `work` returns, computed in a process of its own: this one never opens the store."""
    child, pipe = start(lambda say: say(work()))
    os.waitpid(child, 0)
    return pipe.readline().strip()


def start(work):
    """A forked process that runs work(say); its id and the pipe on which it says something."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(lambda words: os.write(writing, f"{words}\n".encode()))
        finally:
            os._exit(0)
    os.close(writing)
    return child, os.fdopen(reading)


def main(path: str, trials: int, seed: int) -> dict:
    """Run the trials."""

    def state() -> str:
        return digests(open_store(path))[-1][2]

    def prepare() -> str:
        load(open_store(path), roster())
        return state()

    def loaded() -> str:
        upload = load(open_store(path), LOG)
        now = state()
        undo(open_store(path), upload.upload_id, "test")
        return now

    before, after = in_child(prepare), in_child(loaded)
    torn, writing, longest = [], 0, 0.5
    chance = random.Random(seed)

    def trial(say):
        store, now = open_store(path), state()
        planned = None if now == after else preview(store, LOG)
        say(now)
        if planned:
            commit(store, planned, "test", accept_hold=True)
        else:
            undo(store, store.value("SELECT max(upload_id) FROM active_file"), "test")
        say("done")

    for number in range(trials):
        child, pipe = start(trial)
        now = pipe.readline().strip()
        began = time.monotonic()
        if now not in (before, after):
            torn.append([number, now])
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        done = pipe.read().strip() == "done"
        writing += not done
        # The moments are spread over the time that the work takes here.
        longest = 0.9 * longest + 0.1 * 1.2 * (time.monotonic() - began) if done else min(longest * 1.05, 3.0)
    last = in_child(state)
    if last not in (before, after):
        torn.append([trials, last])
    return {"trials": trials, "torn": torn, "killed_while_writing": writing, "longest": round(longest, 2)}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)))
