"""`run` and `chat`: start the platforms, or the terminal."""

from __future__ import annotations

import argparse
import datetime

from bot import app
from bot.adapters.runtime.clock import SystemClock
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    run_parser = commands.add_parser(
        "run",
        help="start every platform that has a token; with none, the terminal chat",
        epilog="example: TUTOR_LANGUAGE=en python -m bot run",
    )
    _add_now(run_parser)
    run_parser.set_defaults(run=run)
    chat_parser = commands.add_parser(
        "chat",
        help="chat in the terminal, or with a pipe: one message a line",
        epilog="example: printf '什么是感受野\\n/daily\\n' | python -m bot chat --now 2026-01-01T07:59:50+08:00",
    )
    _add_now(chat_parser)
    chat_parser.add_argument("--room", action="store_true", help="several people at one prompt, to try a study group")
    chat_parser.set_defaults(run=chat)


def _add_now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--now", type=_moment, metavar="TIME", help="start the clock here: ISO 8601 with an offset")


def _moment(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 time, such as 2026-01-01T08:00:00+08:00") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset: add one, such as +08:00")
    return moment


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Start what the settings ask for."""
    app.serve(settings, SystemClock(args.now))
    return 0


def chat(args: argparse.Namespace, settings: Settings) -> int:
    """Start the terminal."""
    app.serve(settings, SystemClock(args.now), ("room" if args.room else "console",))
    return 0
