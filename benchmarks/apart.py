"""Runs one step in a process of its own, so that neither way inherits the other's memory or caches.

Seconds are taken inside that process around the step alone: starting Python and its imports are not counted.
Processor seconds are those of the step and its children, which a machine shared with others changes little.
Memory is the largest sum, over the process and its children, of memory of their own (anonymous pages, which a
file that is mapped from disk does not fill); it is read from /proc every 20 ms, and is None without /proc.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from data.home import PROJECT

EVERY_SECONDS = 0.02


@dataclass(frozen=True)
class Measured:
    """What a step took (seconds by the clock, seconds of processors, bytes), and what it returned (JSON)."""

    seconds: float
    processor: float
    memory: int | None
    result: object = None


class Clock:
    """Starts when it is made; `stop` leaves `seconds` and `processor` (seconds, children that have ended included)."""

    def __init__(self):
        self._begun, self._used = time.perf_counter(), _processor()

    def stop(self) -> "Clock":
        """Take the time."""
        self.seconds, self.processor = time.perf_counter() - self._begun, _processor() - self._used
        return self


def _processor() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def run(step: str, *arguments) -> Measured:
    """Run `module:function` with these arguments; raises RuntimeError where it fails.

    A step may return (`Clock`, result) where something had to be prepared before the clock started.
    """
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        said = Path(folder) / "said.json"
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.apart", step, json.dumps(arguments, default=str), str(said)],
            cwd=PROJECT,
            env={**os.environ, "STREAMLIT_LOGGER_LEVEL": "error"},  # pages run without a browser here; no warnings
        )
        memory = None
        while child.poll() is None:
            now = memory_of(child.pid)
            memory = now if memory is None else max(memory, now or 0)
            time.sleep(EVERY_SECONDS)
        if child.returncode:
            raise RuntimeError(f"The step {step} of the benchmark failed.")
        seconds, processor, result = json.loads(said.read_text(encoding="utf-8"))
    return Measured(seconds, processor, memory, result)


def memory_of(pid: int) -> int | None:
    """Bytes of anonymous memory of a process and all below it."""
    total, waiting = None, [pid]
    while waiting:
        one = Path(f"/proc/{waiting.pop()}")
        try:
            status = (one / "status").read_text(encoding="utf-8")
            for task in (one / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text(encoding="utf-8").split()]
        except OSError:
            continue  # it ended, or there is no /proc
        kilobytes = [int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon:")]
        total = (total or 0) + 1024 * sum(kilobytes)
    return total


def _main() -> None:
    step, arguments, said = sys.argv[1:]
    module, name = step.split(":")
    function = getattr(importlib.import_module(module), name)
    clock = Clock()
    result = function(*json.loads(arguments))
    clock.stop()
    if isinstance(result, tuple):
        clock, result = result
    Path(said).write_text(json.dumps([clock.seconds, clock.processor, result]), encoding="utf-8")


if __name__ == "__main__":
    _main()
