"""The command line: parse, call, print. Output on stdout, faults on stderr.

Exit codes: 0 done, 1 faults found, 2 wrong usage or settings.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Collection, Mapping, Sequence
from gettext import ngettext
from importlib import import_module
from typing import NamedTuple

from bot import __version__
from bot.errors import ContentError, SettingsError, TutorError

FAULTS = 1
USAGE = 2


class Command(NamedTuple):
    """A command as `--help` lists it.

    Attributes:
        module: has `configure(parser)`, which says the rest; loaded only where the command is run or asked about.
        help: one line.
        parts: the commands under this one, which then has no module.
    """

    module: str
    help: str
    parts: Mapping[str, Command] = {}


COMMANDS: Mapping[str, Command] = {
    "run": Command("run", "start every platform that has a token; with none, the terminal chat"),
    "chat": Command("chat", "chat in the terminal, or with a pipe: one message a line"),
    "ask": Command("ask", "look a question up: answer, a choice, or nothing"),
    "card": Command("card", "typeset a concept as pictures of a phone's size"),
    "grade": Command("grade", "grade answers: JSON lines in, JSON lines out"),
    "check": Command("authors.check", "check the content: every fault as file:line: what is wrong: how to mend it"),
    "import": Command("authors.import_", "turn a Markdown document into concept files; again to follow its changes"),
    "misses": Command("authors.misses", "what was asked and not found, alike together, most frequent first"),
    "contests": Command("authors.contests", "list contested marks; accept a phrasing, or decline with a sentence"),
    "content": Command("authors.pack", "fold accepted phrasings into the concept files"),
    "replay": Command("authors.replay", "explain a mark: every grading of an attempt, by the rubric it was made with"),
    "simulate": Command("evaluate.simulate", "what a setting comes to over a year"),
    "migrate": Command("operators.migrate", "bring the database to this version"),
    "doctor": Command("operators.doctor", "check content, database, settings and fonts, and say what to do"),
    "completion": Command("operators.completion", "print what makes a shell complete all this"),
    "eval": Command(
        "",
        "measure asking or grading on labelled cases",
        {
            "ask": Command("evaluate.asking", "a table per kind of question, and precision over coverage"),
            "grade": Command(
                "evaluate.grading",
                "compare marks with a person's: correlation, kappa, false passes and fails, every disagreement",
            ),
        },
    ),
}
"""In the order of the help."""


def build_parser(*wanted: str) -> argparse.ArgumentParser:
    """Make the parser; it knows every command by its line of help, and what the wanted ones take.

    A module is loaded with all that its command needs, and a start should not pay for those it does not run.
    """
    parser = argparse.ArgumentParser(
        prog="tutor",
        description="An interview tutor that lives in a chat and needs no language model.",
        epilog="Settings are environment variables that begin with TUTOR_; .env.example lists them.",
    )
    parser.add_argument("--version", action="version", version=f"tutor-bot {__version__}")
    _add(COMMANDS, parser, wanted)
    return parser


def _add(commands: Mapping[str, Command], parser: argparse.ArgumentParser, wanted: Collection[str]) -> None:
    under = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, command in commands.items():
        added = under.add_parser(name, help=command.help)
        if name not in wanted:
            continue
        if command.parts:
            _add(command.parts, added, command.parts)
        else:
            import_module(f"bot.cli.{command.module}").configure(added)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = build_parser(*words[:1]).parse_args(words or ["--help"])
    gc.freeze()  # the command is loaded and stays; see `bot/__main__.py`
    gc.enable()
    try:
        return _run(args)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return USAGE
    except ContentError as error:
        print(error, file=sys.stderr)
        faults = len(error.faults)
        told = ngettext("{} fault: mend it", "{} faults: mend them", faults).format(faults)
        print(f"{told}, then run: tutor check", file=sys.stderr)
        return FAULTS
    except TutorError as error:
        print(error, file=sys.stderr)
        return FAULTS
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FAULTS


def _run(args: argparse.Namespace) -> int:
    from bot import settings

    given = settings.load()
    logging.basicConfig(level=given.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    result: int = args.run(args, given)
    return result
