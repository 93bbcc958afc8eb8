"""Runs one step in a process of its own, so that neither way inherits the other's memory or caches.

Seconds are taken inside that process around the step alone: starting Python and its imports are not counted.
Memory is the largest sum, over the process and its children, of memory of their own (anonymous pages, which a
file that is mapped from disk does not fill); it is read from /proc every 20 ms, and is None without /proc.
"""

import importlib
import json
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
    """What a step took, and what it returned (JSON)."""

    seconds: float
    memory: int | None
    result: object = None


def run(step: str, *arguments) -> Measured:
    """Run `module:function` with these arguments; raises RuntimeError where it fails.

    A step may return (seconds, result) where it measured itself, with anything to be prepared left out.
    """
    with tempfile.TemporaryDirectory(prefix="bothways-bench-") as folder:
        said = Path(folder) / "said.json"
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.apart", step, json.dumps(arguments, default=str), str(said)],
            cwd=PROJECT,
        )
        memory = None
        while child.poll() is None:
            now = _memory_of(child.pid)
            memory = now if memory is None else max(memory, now or 0)
            time.sleep(EVERY_SECONDS)
        if child.returncode:
            raise RuntimeError(f"The step {step} of the benchmark failed.")
        seconds, result = json.loads(said.read_text(encoding="utf-8"))
    return Measured(seconds, memory, result)


def _memory_of(pid: int) -> int | None:
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
    begun = time.perf_counter()
    result = function(*json.loads(arguments))
    seconds = time.perf_counter() - begun
    if isinstance(result, tuple):
        seconds, result = result
    Path(said).write_text(json.dumps([seconds, result]), encoding="utf-8")


if __name__ == "__main__":
    _main()
