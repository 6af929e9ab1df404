"""`import`: turn any Markdown document into concept files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.adapters.importing.concept_writer import import_document
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor import notes.md --into content/my-notes"
    parser.add_argument("document", type=Path, help="a Markdown file, saved as UTF-8")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="the topic's folder in the pack")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  every command takes both
    """Import, and say what was added, changed, kept and retired."""
    summary = import_document(args.document, args.into)
    for warning in summary.warnings:
        print(warning, file=sys.stderr)
    for line in summary.lines():
        print(line)
    return 0
