"""`eval ask`: measure asking on labelled questions, or fit the confidence to them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import knowledge
from bot.core.retrieval import Index
from bot.core.retrieval.evidence import fitted
from bot.core.retrieval.evidence.confidence import EVIDENCE, Thresholds
from bot.core.retrieval.measure import Case, Outcome, curve, measure, share, summarise
from bot.errors import TutorError
from bot.settings import Settings
from bot.shipped import PACKAGE, own

DEVELOPMENT = PACKAGE.parent / "tests" / "data" / "ask_dev.jsonl"
FITTED = Path(fitted.__file__)


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor eval ask tests/data/ask_held_out.jsonl --errors"
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=DEVELOPMENT,
        help='one case a line: {"kind", "query", "gold": [headings]}; the development set if left out',
    )
    parser.add_argument("--errors", action="store_true", help="list the cases that went wrong")
    parser.add_argument("--fit", action="store_true", help="fit weights and thresholds to the file and write them")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Measure, or fit and then measure."""
    if args.fit:
        own(FITTED)  # refused before the work is done
    library = knowledge.load_library(settings)
    index = knowledge.load_index(settings, library)
    cases = read_cases(args.file)
    if args.fit:
        from bot.core.retrieval.evidence.fitting import fit

        thresholds = fit(index, cases)
        FITTED.write_text(as_module(thresholds), encoding="utf-8")
        index = Index.build(library, index.reader.language, thresholds)
        print(f"wrote {FITTED}")
    outcomes = measure(cases, index.search, library)
    print(table(outcomes))
    if args.errors:
        print(errors(outcomes))
    return 0


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read labelled questions, one JSON object a line.

    Raises:
        TutorError: naming file and line of the first that cannot be read.
    """
    return tuple(_cases(path))


def _cases(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise TutorError(f"{path}: cannot be read ({error.strerror}): name a file of labelled questions") from error
    for number, line in enumerate(lines, 1):
        try:
            case = json.loads(line)
            yield Case.of(case["kind"], case["query"], case["gold"])
        except (ValueError, KeyError, TypeError) as error:
            wanted = 'write {"kind": ..., "query": ..., "gold": [headings]}'
            raise TutorError(f"{path}:{number}: not a labelled question ({error!r}): {wanted}") from error


def as_module(thresholds: Thresholds) -> str:
    """Write weights and thresholds as the module they are kept in."""
    weights = "\n".join(
        f"        {weight},  # {name}" for name, weight in zip(EVIDENCE, thresholds.weights, strict=True)
    )
    return (
        '"""The weights and thresholds of `confidence.py`, as `tutor eval ask --fit` wrote them."""\n\n'
        "from __future__ import annotations\n\n"
        "from bot.core.retrieval.evidence.confidence import Thresholds\n\n"
        f"FITTED = Thresholds(\n    weights=(\n{weights}\n    ),\n"
        f"    bias={thresholds.bias},\n    answer={thresholds.answer},\n    offer={thresholds.offer},\n)\n"
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the figures per kind, in all, and the curve."""
    kinds = tuple(dict.fromkeys(outcome.case.kind for outcome in outcomes))
    rows = [f"{'kind':20}{'n':>5}{'right':>8}{'helped':>8}{'first 3':>8}{'silent':>8}"]
    rows += [_row(kind, [outcome for outcome in outcomes if outcome.case.kind == kind]) for kind in kinds]
    found = summarise(outcomes)
    rows.append(
        f"\ncombined {found.combined:.3f}  right {found.right:.3f}  helped {found.helped:.3f}  "
        f"first 3 {found.recalled:.3f}\nfalse answers: near {found.false_near:.3f}, far {found.false_far:.3f}; "
        f"silent: near {found.silent_near:.3f}, far {found.silent_far:.3f}\n"
    )
    rows.append(f"{'confidence':>10}{'coverage':>10}{'precision':>10}")
    rows += [f"{least:>9.0f}+{covered:>10.2f}{precise:>10.2f}" for least, covered, precise in curve(outcomes)]
    return "\n".join(rows)


def _row(kind: str, outcomes: Sequence[Outcome]) -> str:
    right = share(outcomes, lambda outcome: outcome.is_right)
    if not outcomes[0].case.gold:
        silent = share(outcomes, lambda outcome: outcome.is_silent)
        return f"{kind:20}{len(outcomes):>5}{right:>8.2f}{'':>16}{silent:>8.2f}"
    helped = share(outcomes, lambda outcome: outcome.is_helped)
    recalled = share(outcomes, lambda outcome: outcome.is_recalled)
    return f"{kind:20}{len(outcomes):>5}{right:>8.2f}{helped:>8.2f}{recalled:>8.2f}"


def errors(outcomes: Sequence[Outcome]) -> str:
    """List what went wrong: a cross before a wrong outcome, a tilde before an offer where silence was due."""
    return "\n".join(
        f"{'~' if outcome.is_right else 'x'} {outcome.case.kind}: {outcome.case.query} -> {outcome.decision.kind}: "
        + ", ".join(f"{c.concept.id} {c.score:.0f}" for c in outcome.decision.considered[:3])
        for outcome in outcomes
        if not outcome.is_right or (not outcome.case.gold and not outcome.is_silent)
    )
