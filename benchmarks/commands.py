"""How long the command line takes: whole processes, in turns with a bare `python -c pass`, warm.

    python -m benchmarks.commands                         every command, 10 rounds
    python -m benchmarks.commands --rounds 30 --beside ../old   the same beside another checkout

Medians of the wall time in seconds, the CPU time of all its processes, and the wall time as a multiple of the bare
one's, which says what is ours on a machine that is busy or slow. Before it is counted each runs once, so that caches
and compiled modules are there. `check` is also told by the concept, as it grows with the pack.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRADED = '{"question": "jokers-in-one-hand/probability", "answer": "8/53"}'
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "--help": ("--help",),
    "ask": ("ask", "什么是感受野"),
    "grade": ("grade", "--json", "-"),
    "check": ("check",),
}


@dataclass
class Times:
    """What the runs of a command took, in seconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self, words: tuple[str, ...], checkout: Path, home: Path) -> None:
        """Run it once and note what it took."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
        environment = {**kept, "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / "data")}
        began, used = time.perf_counter(), _used()
        subprocess.run(
            [sys.executable, *words],
            cwd=checkout, env=environment, input=GRADED, text=True, check=True, capture_output=True,
        )  # fmt: skip
        self.wall.append(time.perf_counter() - began)
        self.cpu.append(_used() - used)


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measure(words: tuple[str, ...], checkouts: list[Path], rounds: int) -> list[Times]:
    """Return the times of a bare Python, then those of the command in each checkout, taken in turns."""
    asked = [(ROOT, ("-c", "pass")), *((checkout, ("-m", "bot", *words)) for checkout in checkouts)]
    times = [Times() for _ in asked]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            counted = times if number else [Times() for _ in asked]
            for place, (one, (checkout, command)) in enumerate(zip(counted, asked, strict=True)):
                one.run(command, checkout, Path(folder) / str(place))
    return times


def main() -> None:
    """Measure and print a line a command and checkout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--beside", type=Path, help="another checkout, to be measured in turns with this one")
    args = parser.parse_args()
    checkouts = [ROOT, *([args.beside] if args.beside else [])]
    concepts = len([path for path in (ROOT / "content").glob("*/*.md") if not path.name.startswith("_")])
    print(f"{'command':12}{'wall s':>9}{'cpu s':>9}{'x bare':>9}")
    for name, words in COMMANDS.items():
        bare, *found = measure(words, checkouts, args.rounds)
        for checkout, one in zip(checkouts, found, strict=True):
            wall, cpu = statistics.median(one.wall), statistics.median(one.cpu)
            told = f"   {wall / concepts * 1000:.0f} ms a concept" if name == "check" else ""
            where = "" if checkout is ROOT else f"   {checkout}"
            print(f"{name:12}{wall:9.3f}{cpu:9.3f}{wall / statistics.median(bare.wall):9.1f}{told}{where}", flush=True)


if __name__ == "__main__":
    main()
