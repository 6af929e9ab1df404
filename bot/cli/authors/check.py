"""`check`: read the whole pack and print every fault, a table of what it covers, and exit 1 where one is serious."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from gettext import ngettext

from bot import knowledge
from bot.adapters.content import errata, lint
from bot.core.content.library import Concept, Library
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: TUTOR_CONTENT=./my-pack tutor check"
    parser.add_argument("--errata", action="store_true", help="print the page of the source document's errors instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Check, print and count."""
    library, faults = knowledge.read_library(settings)
    if args.errata:
        print(errata.page(library), end="")
        return 0
    faults = tuple(sorted({*faults, *lint.pack(library, settings.content, knowledge.load_grader(library))}))
    for fault in faults:
        print(f"{fault} (warning)" if fault.is_warning else fault, file=sys.stderr)
    print(_table(library))
    serious = sum(not fault.is_warning for fault in faults)
    print(_counted(serious, len(faults) - serious))
    return 1 if serious else 0


def _counted(faults: int, warnings: int) -> str:
    told = ngettext("{} fault", "{} faults", faults), ngettext("{} warning", "{} warnings", warnings)
    return ", ".join(told).format(faults, warnings)


def _table(library: Library) -> str:
    rows = [("topic", "concepts", "passages", "names", "figures", "questions by kind")]
    rows += [_row(topic.id, list(library.of_topic(topic.id))) for topic in library.topics]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _row(topic_id: str, concepts: Sequence[Concept]) -> tuple[str, str, str, str, str, str]:
    kinds = Counter(question.kind for concept in concepts for question in concept.questions)
    return (
        topic_id,
        str(len(concepts)),
        str(sum(len(concept.passages) for concept in concepts)),
        str(sum(len(concept.names) + len(concept.cues) for concept in concepts)),
        str(len({picture.path for concept in concepts for picture in lint.pictures(concept)})),
        ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())),
    )
