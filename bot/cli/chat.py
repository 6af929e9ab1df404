"""`chat`: start the terminal."""

from __future__ import annotations

import argparse

from bot import app
from bot.adapters.runtime.clock import SystemClock
from bot.cli.run import add_now
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "example: printf '什么是感受野\\n/daily\\n' | tutor chat --now 2026-01-01T07:59:50+08:00"
    add_now(parser)
    parser.add_argument("--room", action="store_true", help="several people at one prompt, to try a study group")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Start the terminal."""
    app.serve(settings, SystemClock(args.now), ("room" if args.room else "console",))
    return 0
