"""The command line: parse, call, print. Output on stdout, faults on stderr.

Exit codes: 0 done, 1 faults found, 2 wrong usage or settings.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from bot import __version__, settings
from bot.cli import (
    ask,
    card,
    chat,
    check,
    contests,
    doctor,
    eval_ask,
    eval_grade,
    grade,
    import_,
    migrate,
    misses,
    pack,
    replay,
    simulate,
)
from bot.errors import ContentError, SettingsError, TutorError

FAULTS = 1
USAGE = 2
_COMMANDS = (chat, ask, card, grade, check, import_, misses, contests, pack, replay, simulate, migrate, doctor)
_EVALUATIONS = (eval_ask, eval_grade)


def build_parser() -> argparse.ArgumentParser:
    """Make the parser of every command."""
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="An interview tutor that lives in a chat and needs no language model.",
        epilog="Settings are environment variables that begin with TUTOR_; .env.example lists them.",
    )
    parser.add_argument("--version", action="version", version=f"tutor-bot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add_to(commands)
    evaluating = commands.add_parser("eval", help="measure asking or grading on labelled cases")
    kinds = evaluating.add_subparsers(title="what to measure", metavar="WHAT", required=True)
    for module in _EVALUATIONS:
        module.add_to(kinds)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    args = build_parser().parse_args(argv)
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
        print(f"{len(error.faults)} faults: mend them, then run: python -m bot check", file=sys.stderr)
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
