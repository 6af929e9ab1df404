"""Grading: what a mark costs, over every marked answer and over the longest that is read.

    python -m benchmarks.grade

CPU time of the grading thread, so that a busy machine does not matter; the best of five for the longest answers.
"""

from __future__ import annotations

import gc
import json
import statistics
import time
from pathlib import Path

from bot import knowledge, settings
from bot.core.content.library import Question
from bot.core.grading import Grader

MARKED = Path("tests/data/grade_dev.jsonl")
LONGEST = (
    "NMS 删框，soft-NMS 降低分数 and the receptive field is larger; BN 依赖 batch，LN 不。2018 年 IoU 是 1/8，" * 60
)[:4096]
HEAVY = ("bn-vs-ln/difference", "dilated-conv/purpose", "one-stage-vs-two-stage/difference", "broken-stick/triangle")


def cost_ms(grader: Grader, question: Question, answer: str) -> float:
    """Return what one mark costs in milliseconds of CPU."""
    started = time.thread_time()
    grader.grade(question, answer)
    return 1000 * (time.thread_time() - started)


def main() -> None:
    """Print the median, the 99th percentile and the worst."""
    library = knowledge.load_library(settings.load())
    grader = knowledge.load_grader(library)
    cases = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    known = [(library.questions[case["question"]], case["answer"]) for case in cases]
    for question, answer in known:  # every rubric is prepared once
        grader.grade(question, answer)
    gc.collect()
    costs = sorted(cost_ms(grader, question, answer) for question, answer in known)
    print(f"{len(costs)} marked answers: median {statistics.median(costs):.2f} ms, ", end="")
    print(f"p99 {costs[int(0.99 * len(costs))]:.2f} ms, worst {costs[-1]:.2f} ms")
    for name in HEAVY:
        best = min(cost_ms(grader, library.questions[name], LONGEST) for _ in range(5))
        print(f"{len(LONGEST):,} characters on {name}: {best:.1f} ms")


if __name__ == "__main__":
    main()
