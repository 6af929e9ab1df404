"""Texts: what a sentence costs, and what reading all of them costs a program that has just begun.

    python -m benchmarks.texts

A sentence may cost 10 µs, and both languages together 25 ms with the library that reads them.
"""

from __future__ import annotations

import argparse
import statistics
import string
import subprocess
import sys
import time

from bot import texts
from bot.core.language.wording import LANGUAGES, Counted, Wording

LANGUAGES.come_from(texts.find)

Sentences = list[tuple[str, dict[str, int]]]
"""Keys, with a value for each placeholder."""
READ = """
import time
from bot import texts
from bot.core.language.wording import LANGUAGES
LANGUAGES.come_from(texts.find)
began = time.process_time()
for language in LANGUAGES:
    LANGUAGES[language]
print(1e3 * (time.process_time() - began))
"""


def reading(runs: int) -> list[float]:
    """Return the milliseconds of CPU time that finding and reading all languages takes, a process for each run."""
    return [float(subprocess.check_output([sys.executable, "-c", READ], text=True)) for _ in range(runs)]


def saying(language: str, rounds: int) -> tuple[float, float]:
    """Return the microseconds of a plain sentence and of one that counts, on average over all of a language."""
    plain: Sentences = []
    counted: Sentences = []
    for key, text in LANGUAGES[language].items():
        last = text.forms[-1] if isinstance(text, Counted) else text
        values = {name: 7 for _, name, _, _ in string.Formatter().parse(last) if name}
        (counted if isinstance(text, Counted) else plain).append((key, values))
    return _each(language, plain, rounds), _each(language, counted, rounds)


def _each(language: str, sentences: Sentences, rounds: int) -> float:
    began = time.process_time()
    for _ in range(rounds):
        for key, values in sentences:
            Wording(language)(key, **values)
    return 1e6 * (time.process_time() - began) / (rounds * len(sentences))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--runs", type=int, default=7)
    args = parser.parse_args()
    for language, sentences in LANGUAGES.items():
        plain, counted = saying(language, args.rounds)
        print(
            f"{language}: {len(sentences)} sentences, {plain:.2f} µs each, {counted:.2f} µs where something is counted"
        )
    taken = reading(args.runs)
    print(f"both read at once: {statistics.median(taken):.1f} ms ({min(taken):.1f} to {max(taken):.1f})")


if __name__ == "__main__":
    main()
