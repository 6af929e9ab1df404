"""The command line: parse, call, print. Output on stdout, faults on stderr.

Exit codes: 0 done, 1 faults found, 2 wrong usage or settings.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Sequence
from gettext import ngettext
from importlib import import_module

from bot import __version__, settings
from bot.errors import ContentError, SettingsError, TutorError

FAULTS = 1
USAGE = 2
_COMMANDS = {
    "run": "chat",
    "chat": "chat",
    "ask": "ask",
    "card": "card",
    "grade": "grade",
    "check": "check",
    "import": "import_",
    "misses": "misses",
    "contests": "contests",
    "content": "pack",
    "replay": "replay",
    "simulate": "simulate",
    "migrate": "migrate",
    "doctor": "doctor",
}
"""The module of each command, in the order of the help."""
_EVALUATIONS = ("evaluate.asking", "evaluate.grading")


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """Make the parser of one command, or of every command where the word is none.

    A module is loaded with all that its command needs, and a start should not pay for those it does not run.
    """
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="An interview tutor that lives in a chat and needs no language model.",
        epilog="Settings are environment variables that begin with TUTOR_; .env.example lists them.",
    )
    parser.add_argument("--version", action="version", version=f"tutor-bot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    if command in _COMMANDS:
        _add(_COMMANDS[command], commands)
        return parser
    for module in dict.fromkeys(_COMMANDS.values()):
        _add(module, commands)
    evaluating = commands.add_parser("eval", help="measure asking or grading on labelled cases")
    kinds = evaluating.add_subparsers(title="what to measure", metavar="WHAT", required=True)
    for module in _EVALUATIONS:
        _add(module, kinds)
    return parser


def _add(module: str, commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    import_module(f"bot.cli.{module}").add_to(commands)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    args = build_parser(words[0] if words else "").parse_args(words)
    gc.freeze()  # the command is loaded and stays; see `bot/__main__.py`
    gc.enable()
    try:
        given = settings.load()
        logging.basicConfig(level=given.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        for chatty in ("apscheduler", "alembic"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        result: int = args.run(args, given)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return USAGE
    except ContentError as error:
        print(error, file=sys.stderr)
        faults = len(error.faults)
        told = ngettext("{} fault: mend it", "{} faults: mend them", faults).format(faults)
        print(f"{told}, then run: python -m bot check", file=sys.stderr)
        return FAULTS
    except TutorError as error:
        print(error, file=sys.stderr)
        return FAULTS
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FAULTS
    return result
