"""`content apply`: fold what was accepted in the chat into the pack's files."""

from __future__ import annotations

import argparse
import sys

from bot import app, knowledge
from bot.adapters.content import pack_editor
from bot.core.content.library import Library, Question
from bot.errors import NotFoundError
from bot.settings import Settings
from bot.shipped import own


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: tutor content apply"
    parser.add_argument("action", choices=["apply"], help="apply: write them into the files")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  there is one action
    """Write every accepted phrase into its file; those that have it already are left alone."""
    content = own(settings.content)
    library = knowledge.load_library(settings)
    store = app.load_store(settings)
    with store.transaction() as tx:
        accepted = tx.phrases()
    store.close()
    faults = 0
    for question_id, point_id, phrase in accepted:
        try:
            question = _question(library, question_id)
            was_new = pack_editor.add_phrase(content, question, point_id, phrase)
        except NotFoundError as error:
            print(error, file=sys.stderr)
            faults += 1
            continue
        print(f"{question.path}: {question_id} {point_id} {'accepts' if was_new else 'has already'} {phrase!r}")
    return 1 if faults else 0


def _question(library: Library, question_id: str) -> Question:
    if question_id not in library.questions:
        raise NotFoundError(f"there is no question {question_id} any more: its accepted phrase is left out")
    return library.questions[question_id]
