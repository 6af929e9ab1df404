"""`run`: start the platforms."""

from __future__ import annotations

import argparse
import datetime

from bot import app
from bot.adapters.runtime.clock import SystemClock
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: TUTOR_LANGUAGE=en tutor run"
    add_now(parser)
    parser.set_defaults(run=run)


def add_now(parser: argparse.ArgumentParser) -> None:
    """Let the clock be started at another time."""
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
